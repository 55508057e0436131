/**
 * Which transport is tried when, and how often a better one is looked for. Pure: the whole policy of the
 * HTTP fallback in one file (seed H-01 to H-05, O-18; protocol.md §10).
 */
import type { TransportName } from '../options.js';

/** The transports that this client has. A WebSocket of either scheme has one name, as in pusher-js. */
export type WireName = 'ws' | 'xhr_streaming' | 'xhr_polling';
/** Those over HTTP. */
export type HttpName = Exclude<WireName, 'ws'>;

/** One transport of an attempt. */
export interface PlannedTransport {
  readonly name: WireName;
  /**
   * Milliseconds from the start of the attempt. When the one before has failed it starts at once, and those
   * after it move up with it.
   */
  readonly startAfter: number;
}

/** The options that the plan depends on. */
export interface PlanOptions {
  readonly enabledTransports: readonly TransportName[] | undefined;
  readonly disabledTransports: readonly TransportName[];
  readonly forceTLS: boolean;
  /** Where HTTP may go; undefined: nowhere, because the page named a WebSocket host of its own and no other. */
  readonly httpHost: string | undefined;
  /** How long the whole attempt may take, in milliseconds. */
  readonly connectTimeout: number;
}

/** What the environment can do. */
export interface Environment {
  readonly hasWebSocket: boolean;
  /** It can make HTTP requests. */
  readonly canRequest: boolean;
  /** It can read an answer that is still coming in. */
  readonly canStream: boolean;
}

/** The attempt that these waits are made for, in milliseconds; in a shorter one they are shorter, in proportion. */
export const fullAttempt = 10_000;
/** How long the WebSocket has for its handshake before HTTP streaming joins, in milliseconds (H-02). */
export const streamingDelay = 2000;
/** How long HTTP streaming has before polling joins, in milliseconds (H-03). */
export const pollingDelay = 4000;
/**
 * How long the WebSocket has where the last connection was over HTTP, in milliseconds: it probably will not
 * work this time either, and waiting the full time on every reconnection would help nobody.
 */
export const headStart = 500;

/**
 * The transports of one attempt, first to last; none where nothing can work (S-06). `last` is what carried
 * the last connection, where that was HTTP: it then comes before the other one.
 */
export function planTransports(
  options: PlanOptions,
  environment: Environment,
  last?: HttpName,
): readonly PlannedTransport[] {
  const http = httpTransports(options, environment, last);
  // Else HTTP would not get its turn where an application wants its attempts to be short.
  const pace = Math.min(1, options.connectTimeout / fullAttempt);
  if (!environment.hasWebSocket || !allowsWebSocket(options)) return spaced(http, 0, pace);
  const first = last !== undefined && http.includes(last) ? headStart : streamingDelay;
  return [{ name: 'ws', startAfter: 0 }, ...spaced(http, first, pace)];
}

/**
 * Whether the names allow a WebSocket. The allow list says `ws` for both schemes, as in pusher-js; `wss`
 * alone is understood too.
 */
export function allowsWebSocket(
  options: Pick<PlanOptions, 'enabledTransports' | 'disabledTransports' | 'forceTLS'>,
): boolean {
  const { enabledTransports: enabled, disabledTransports: disabled } = options;
  if (disabled.includes('ws') || (options.forceTLS && disabled.includes('wss'))) return false;
  return enabled === undefined || enabled.includes('ws') || enabled.includes('wss');
}

function httpTransports(options: PlanOptions, environment: Environment, last?: HttpName): HttpName[] {
  if (options.httpHost === undefined || !environment.canRequest) return [];
  const { enabledTransports: enabled, disabledTransports: disabled } = options;
  const usable = (['xhr_streaming', 'xhr_polling'] as const).filter(
    (name) =>
      (name === 'xhr_polling' || environment.canStream) &&
      (enabled === undefined || enabled.includes(name)) &&
      !disabled.includes(name),
  );
  return last === 'xhr_polling' ? usable.reverse() : usable;
}

const spaced = (names: readonly HttpName[], first: number, pace: number): PlannedTransport[] =>
  names.map((name, index) => ({ name, startAfter: (first + index * pollingDelay) * pace }));

/** The first wait before a WebSocket is tried beside an HTTP connection, and the longest one, in milliseconds. */
export const firstProbe = 10_000;
export const longestProbe = 300_000;
/** How long a WebSocket must have lasted, in milliseconds, for the next wait to be the first one again. */
export const provenAfter = 60_000;

/**
 * How long to wait, in milliseconds, before a WebSocket is tried beside an HTTP connection, after this many
 * tries since one proved itself: 10 s, 20 s, 40 s, … up to five minutes, each give or take a fifth, so that
 * the clients of a network that comes back do not come in step. `random` is in [0, 1).
 */
export function probeDelay(tries: number, random: number): number {
  return Math.min(longestProbe, firstProbe * 2 ** Math.min(tries, 10)) * (0.8 + 0.4 * random);
}
