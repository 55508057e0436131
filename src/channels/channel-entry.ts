/** What the registry keeps for each name, and what it needs from outside. */
import type { AuthorizationAnswer } from '../auth/authorization.js';
import type { Clock, TimerHandle } from '../clock.js';
import type { OutboundFrame } from '../protocol/frames.js';
import type { Channel, EventMetadata } from './channel.js';
import type { ClientEventLimits } from './client-events.js';
import type { Inbox } from './signed-subscription.js';

/** What the registry needs of a connection. */
export interface ConnectionPort {
  readonly isOpen: boolean;
  send(frame: OutboundFrame): boolean;
}

/** Everything the registry needs from outside. */
export interface RegistryParts {
  readonly clock: Clock;
  readonly connection: () => ConnectionPort;
  /** Milliseconds; read when needed. */
  readonly settings: () => {
    readonly subscriptionTimeout: number;
    readonly releaseDelay: number;
  } & ClientEventLimits;
  /** A signature for the present connection. Rejects with an `AuthorizationError`, or with the reason of `signal`. */
  readonly authorize: (channel: Channel, signal: AbortSignal) => Promise<AuthorizationAnswer>;
  /** The user: who we are where an answer does not say it, and whether the server owes a sign-in its answer. */
  readonly user: { readonly id: string | undefined; readonly isSigningIn: boolean };
  /** Whether anybody listens to an event on the client as a whole. */
  readonly hears: (event: string) => boolean;
  /** An event for the client as a whole. */
  readonly deliver: (event: string, payload: unknown, metadata: EventMetadata) => void;
  /** Throws where the client has been disposed of. */
  readonly assertUsable: () => void;
  /** Trouble that concerns no subscription, such as an event that cannot be opened. */
  readonly warn: (message: string) => void;
}

/** A hold on a channel: while there is one, the channel stays subscribed. */
export interface Lease {
  readonly channel: Channel;
  /** Gives it back; the second time does nothing. */
  release(): void;
}

/** One channel name: who holds it, and how it stands on the wire. */
export interface Entry {
  readonly channel: Channel;
  leases: number;
  /** Whether `subscribe()` of the client is one of the holders. */
  isHeldByClient: boolean;
  /** What the server has been told and has confirmed on the present connection. */
  wire: 'unsubscribed' | 'authorizing' | 'pending' | 'subscribed' | 'failed';
  /** Stops the authorization that is under way. */
  authorization: AbortController | undefined;
  /** A confirmation that came while nobody held the channel; the next holder is told. */
  unheard: { readonly payload: unknown } | undefined;
  /** Whether a request was not answered, so that the server may have taken it. */
  isUncertain: boolean;
  /** Failures in a row, for the back-off. */
  strikes: number;
  releaseTimer: TimerHandle;
  /** When a confirmed subscription was lost, for the gap. */
  lostAt: number | undefined;
  /** Whether the next event of a cache channel is the replay of an old one. */
  expectsReplay: boolean;
  /** Opens the events of an encrypted channel. */
  inbox: Inbox | undefined;
}

/** A channel that nobody holds yet. */
export function createEntry(channel: Channel): Entry {
  return {
    channel,
    leases: 0,
    isHeldByClient: false,
    wire: 'unsubscribed',
    authorization: undefined,
    unheard: undefined,
    isUncertain: false,
    strikes: 0,
    releaseTimer: undefined,
    lostAt: undefined,
    expectsReplay: false,
    inbox: undefined,
  };
}
