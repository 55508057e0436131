/** Which transport is tried when (seed H-01 to H-05, O-18; protocol.md §10). Pure. */
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
