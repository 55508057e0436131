/** What the registry keeps for each name, and what it needs from outside. Types only. */
import type { Clock, TimerHandle } from '../clock.js';
import type { OutboundFrame } from '../protocol/frames.js';
import type { Channel, EventMetadata } from './channel.js';

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
  readonly settings: () => { readonly subscriptionTimeout: number; readonly releaseDelay: number };
  /** Whether anybody listens to an event on the client as a whole. */
  readonly hears: (event: string) => boolean;
  /** An event for the client as a whole. */
  readonly deliver: (event: string, payload: unknown, metadata: EventMetadata) => void;
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
  wire: 'unsubscribed' | 'pending' | 'subscribed' | 'failed';
  /** Failures in a row, for the back-off. */
  strikes: number;
  releaseTimer: TimerHandle;
  /** When a confirmed subscription was lost, for the gap. */
  lostAt: number | undefined;
}
