/** What can happen in a schedule, as data: plain JSON, so that a schedule can be printed, shortened and replayed. */
import type { Behavior, FaultyFrame, HandshakeBehavior, SubscribeBehavior } from '../../src/testing/index.js';

/** One channel of every kind, and two whose names are traps. */
export const channelNames: readonly string[] = [
  'prices',
  'cache-score',
  'private-orders',
  'private-cache-mail',
  'presence-lobby',
  'presence-cache-hall',
  'private-encrypted-vault',
  'private-encrypted-cache-safe',
  'constructor',
  '__proto__',
];

/** How many components hold channels, and how many other people are on the server. */
export const holderCount = 4;
export const bystanderCount = 3;

/** How the authorization endpoint answers. Those with `delay` take that many milliseconds. */
export type Answer =
  | { readonly kind: 'yes'; readonly delay?: number }
  | { readonly kind: 'no'; readonly delay?: number; readonly isRetryable: boolean }
  | { readonly kind: 'throw' | 'hang' | 'twice' }
  | {
      readonly kind: 'wrong-signature' | 'malformed-user' | 'no-user' | 'not-an-object' | 'no-secret';
      readonly delay?: number;
    };

/** What the hook before an authorization does. */
export type AuthorizeHook =
  'nothing' | 'prevent' | 'throw' | { readonly wait: number } | { readonly respondAfter: number };

/** A moment inside the client, at which a listener or a hook of the application runs. */
export const moments = [
  'state_change',
  'connecting',
  'connected',
  'unavailable',
  'disconnected',
  'connecting_in',
  'error',
  'lost',
  'gap',
  'beforeConnect',
  'beforeReconnect',
  'authorize',
  'pusher:subscription_succeeded',
  'pusher:subscription_error',
  'pusher:state_change',
  'pusher:unsubscribed',
  'pusher:member_added',
  'event',
  'signin_success',
] as const;
export type Moment = (typeof moments)[number];

/** What the application does. May also be done from inside a listener. */
export type Command =
  | { readonly type: 'connect' | 'disconnect' | 'retry' | 'signin' | 'signout' | 'dispose' }
  | { readonly type: 'switch-cluster'; readonly cluster: string }
  | {
      readonly type: 'subscribe' | 'unsubscribe' | 'retry-channel' | 'listen' | 'unlisten';
      readonly channel: number;
    }
  | { readonly type: 'acquire'; readonly holder: number; readonly channel: number; readonly linger?: number }
  | { readonly type: 'release'; readonly holder: number }
  | { readonly type: 'trigger'; readonly channel: number; readonly count: number }
  | { readonly type: 'automatic'; readonly isOn: boolean }
  | { readonly type: 'delay'; readonly milliseconds: number | null }
  | { readonly type: 'configure'; readonly change: Configuration }
  | { readonly type: 'promise'; readonly of: 'connected' | 'subscribed' | 'ping'; readonly aborts: boolean };

/** Settings that may change while a client lives. */
export type Configuration = Partial<
  Record<
    | 'activityTimeout'
    | 'pongTimeout'
    | 'unavailableTimeout'
    | 'unavailableRetryDelay'
    | 'connectTimeout'
    | 'subscriptionTimeout'
    | 'releaseDelay'
    | 'clientEventQueueLimit'
    | 'clientEventMaxAge',
    number
  > & { readonly reachability: 'auto' | 'off' }
>;

/** What the application has prepared for a moment. */
export type Preparation =
  | { readonly type: 'inside'; readonly moment: Moment; readonly commands: readonly Command[] }
  | { readonly type: 'throw'; readonly moment: Moment }
  | { readonly type: 'veto'; readonly hook: 'beforeConnect' | 'beforeReconnect'; readonly times: number }
  | { readonly type: 'plan'; readonly seconds: number; readonly times: number }
  | { readonly type: 'answer'; readonly answer: Answer; readonly times: number }
  | { readonly type: 'authorize-hook'; readonly hook: AuthorizeHook; readonly times: number };

/** What time, the network and the page do. */
export type Weather =
  | { readonly type: 'wait' | 'sleep'; readonly milliseconds: number }
  | { readonly type: 'offline' | 'online'; readonly link: boolean; readonly signal: boolean }
  | { readonly type: 'page'; readonly signal: 'probe' | 'page-hidden' | 'page-shown' }
  | { readonly type: 'pause' | 'resume' | 'silence' }
  | { readonly type: 'support'; readonly isThere: boolean }
  | { readonly type: 'reply'; readonly fault: 'lose' | 'duplicate' | 'delay'; readonly milliseconds: number };

/** What the server does, and the other people on it. */
export type Deed =
  | { readonly type: 'drop' | 'server-ping' | 'tell-user' }
  | { readonly type: 'close'; readonly code: number }
  | { readonly type: 'faulty'; readonly fault: FaultyFrame }
  | { readonly type: 'error-frame'; readonly code: number | null }
  | { readonly type: 'handshake'; readonly behavior: HandshakeBehavior; readonly times: number }
  | { readonly type: 'script'; readonly behavior: Partial<Behavior> }
  | { readonly type: 'outage'; readonly isOn: boolean }
  | { readonly type: 'subscribing'; readonly channel: number; readonly behavior: SubscribeBehavior }
  | { readonly type: 'acknowledge'; readonly channel: number }
  | { readonly type: 'publish'; readonly channel: number; readonly count: number }
  /** Changes the key of an encrypted channel, and publishes: with `lags`, with the key before. */
  | { readonly type: 'rotate'; readonly channel: number; readonly count: number; readonly lags: boolean }
  | { readonly type: 'tls-only'; readonly isOn: boolean }
  | { readonly type: 'join' | 'leave' | 'say'; readonly who: number; readonly channel: number };

export type Action = Command | Preparation | Weather | Deed;

/** How the client and the app on the server are set up. */
export interface Setup {
  /** Milliseconds in each direction; 0 means that everything arrives in the same step. */
  readonly latency: number;
  readonly forceTLS: boolean;
  readonly connectAutomatically: boolean;
  readonly reconnectAutomatically: boolean;
  readonly reconnectDelay: number | null;
  readonly stableAfter: number;
  /** How signatures are asked for: by a handler, or by requests, one for each or one for many. */
  readonly asks: 'handler' | 'ajax' | 'batch';
  /** Whether each request carries something new, so that a refused one is worth trying again. */
  readonly sendsToken: boolean;
  readonly authorizationTimeout: number;
  readonly settings: Required<Omit<Configuration, 'reachability'>> & {
    readonly reachability: 'auto' | 'off';
  };
  readonly hasSubscriptionCounts: boolean;
  /** Seconds, of the server. */
  readonly serverActivityTimeout: number;
  /** Whether links that fell silent come back when everything is mended, or have to be noticed. */
  readonly mendsSilence: boolean;
}

export interface Schedule {
  readonly seed: number;
  readonly setup: Setup;
  readonly actions: readonly Action[];
}
