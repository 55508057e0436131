/** Option types, defaults and validation. Pure: nothing here touches the environment. */
import type { AuthOptions } from './auth/auth-options.js';
import type { BeforeAuthorize } from './auth/authorization.js';
import type { Clock } from './clock.js';
import type { ConnectAttempt, ReconnectPlan } from './connection/connection-state.js';
import type { NetworkSource } from './connection/network-observer.js';
import {
  amount,
  describe,
  duration,
  flag,
  hook,
  host,
  path,
  port,
  text,
  transports,
  validateAppKey,
  wrong,
} from './option-checks.js';
import type { TransportFactory } from './transport/transport.js';

/** The names of transports, as pusher-js users know them. */
export type TransportName =
  'ws' | 'wss' | 'xhr_streaming' | 'xhr_polling' | 'sockjs' | 'xdr_streaming' | 'xdr_polling';

/**
 * Options of the client. Names and units are those of pusher-js: durations are **milliseconds** here,
 * while HTML attributes, hooks and events speak of seconds, like the seed (T-07). All are optional (C-03).
 */
export interface PusherOptions extends AuthOptions {
  /** Which datacenter: `ws-<cluster>.pusher.com` (O-16). Without it the default us-east cluster, `mt1` (O-17). */
  cluster?: string | undefined;
  /** Encrypted connections only (O-02, P-01). Default true. `false` means plain first, then alternating; ignored on https pages. */
  forceTLS?: boolean | undefined;
  /** The seed's name for `forceTLS` (O-01). `forceTLS` wins where both are given. */
  encrypted?: boolean | undefined;
  /** Host of a self-hosted server; wins over `cluster`. */
  wsHost?: string | undefined;
  /** Port of plain connections. Default 80. */
  wsPort?: number | string | undefined;
  /** Port of encrypted connections. Default 443. */
  wssPort?: number | string | undefined;
  /** Path before `/app/<key>`, for servers behind a prefix. Default none. */
  wsPath?: string | undefined;
  /**
   * Host of the HTTP fallback. Default `sockjs-<cluster>.pusher.com`; with a `wsHost` of one's own there is none,
   * and then no fallback either: nothing is sent to a host that the page did not ask for.
   */
  httpHost?: string | undefined;
  /** Port of the plain HTTP fallback. Default 80. */
  httpPort?: number | string | undefined;
  /** Port of the encrypted HTTP fallback. Default 443. */
  httpsPort?: number | string | undefined;
  /** Path before `/app/<key>` of the HTTP fallback. Default `/pusher`; `/` for none. */
  httpPath?: string | undefined;
  /** Silence, in milliseconds, after which to ping; the server's own value is taken where it is shorter. Default 120 000. */
  activityTimeout?: number | undefined;
  /** How long a ping may go unanswered, in milliseconds. Default 30 000. */
  pongTimeout?: number | undefined;
  /** How long to try, in milliseconds from entering `connecting`, before calling it `unavailable`. Default 30 000 (T-01). */
  unavailableTimeout?: number | undefined;
  /** The wait between attempts while `unavailable`, in milliseconds. Default 10 000 (T-02). */
  unavailableRetryDelay?: number | undefined;
  /** How long one attempt may take, handshake included, in milliseconds. Default 10 000 (T-08). */
  connectTimeout?: number | undefined;
  /** How long the server may take to answer a subscription, in milliseconds. Default 10 000. */
  subscriptionTimeout?: number | undefined;
  /**
   * How long a connection must stay up, in milliseconds, before earlier failures are forgotten, so that
   * accept-then-close cannot become a tight loop. Default 10 000.
   */
  stableAfter?: number | undefined;
  /** How long an unused subscription is kept, in milliseconds, so that moving an element sends nothing. Default 300. */
  releaseDelay?: number | undefined;
  /** Connect as soon as the client exists (C-01, C-05). Default true. */
  connectAutomatically?: boolean | undefined;
  /** Reconnect after a loss or a failed attempt (P-05, P-06). Default true. */
  reconnectAutomatically?: boolean | undefined;
  /**
   * Exactly this many milliseconds from a loss to the next attempt (P-07); from the third failure in a row on
   * 100 at least. Default: the retry policy of docs.
   */
  reconnectDelay?: number | undefined;
  /** `auto` parks attempts while the browser says it is offline; `off` retries blindly. Default `auto`. */
  reachability?: 'auto' | 'off' | undefined;
  /** Only these transports. Default all. */
  enabledTransports?: readonly TransportName[] | undefined;
  /** Not these transports; wins over `enabledTransports`. */
  disabledTransports?: readonly TransportName[] | undefined;
  /** Accepted and without effect: there is no Flash any more (O-18). */
  disableFlash?: boolean | undefined;
  /** Where the timeline is submitted to: after `connected`, and every 60 s from then on (O-19). Default nowhere. */
  statsEndpoint?: string | undefined;
  /** Never submit anything. Default false. */
  disableStats?: boolean | undefined;
  /** pusher-js's opposite: false is `disableStats`; true submits nothing where there is no `statsEndpoint`. */
  enableStats?: boolean | undefined;
  /** Called before every attempt; return false to prevent it (libPusher's `connectionWillConnect:`). */
  beforeConnect?: ((attempt: ConnectAttempt) => unknown) | undefined;
  /** Called before every reconnection; return false to give up, or write `plan.delay` in seconds. */
  beforeReconnect?: ((plan: ReconnectPlan) => unknown) | undefined;
  /** Called before every authorization; may change the request, wait, answer instead, or prevent it. */
  beforeAuthorize?: ((event: BeforeAuthorize) => unknown) | undefined;
  /** How many client events may wait for their channel or for the rate. Default 100. */
  clientEventQueueLimit?: number | undefined;
  /** How long a client event may wait, in milliseconds. Default 10 000. */
  clientEventMaxAge?: number | undefined;
  /** Another way to carry frames: the in-memory server of `pusher-elements/testing`, or a WebSocket class in Node. */
  transport?: TransportFactory | undefined;
  /** Another clock, for tests. */
  clock?: Clock | undefined;
  /** Another source of `online`, `offline` and page events than the browser, for tests. */
  network?: NetworkSource | undefined;
}

/** Options that may change while a client lives. */
export type LiveOptions = Pick<
  PusherOptions,
  | 'activityTimeout'
  | 'pongTimeout'
  | 'unavailableTimeout'
  | 'unavailableRetryDelay'
  | 'connectTimeout'
  | 'subscriptionTimeout'
  | 'releaseDelay'
  | 'clientEventQueueLimit'
  | 'clientEventMaxAge'
  | 'reachability'
>;

/** Options with every default filled in; what the rooms receive. */
export interface ResolvedOptions {
  readonly key: string;
  readonly cluster: string | undefined;
  readonly forceTLS: boolean;
  /** Whether an encrypted attempt may follow a plain one that was not answered; not where `wss` is disabled. */
  readonly alternatesTLS: boolean;
  readonly wsHost: string;
  readonly wsPort: number;
  readonly wssPort: number;
  readonly wsPath: string;
  /** Undefined: there is no HTTP fallback. */
  readonly httpHost: string | undefined;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly httpPath: string;
  /** Undefined: nothing is submitted. */
  readonly statsEndpoint: string | undefined;
  readonly activityTimeout: number;
  readonly pongTimeout: number;
  readonly unavailableTimeout: number;
  readonly unavailableRetryDelay: number;
  readonly connectTimeout: number;
  readonly subscriptionTimeout: number;
  readonly stableAfter: number;
  readonly releaseDelay: number;
  readonly clientEventQueueLimit: number;
  readonly clientEventMaxAge: number;
  readonly reachability: 'auto' | 'off';
  readonly enabledTransports: readonly TransportName[] | undefined;
  readonly disabledTransports: readonly TransportName[];
}

/** libPusher's delay, taken where a delay was asked for without a usable number (P-08, T-06). Milliseconds. */
export const defaultReconnectDelay = 5000;

/** A reconnect delay in milliseconds: absent stays absent, a value that cannot be one becomes libPusher's 5 s. */
export function resolveReconnectDelay(
  value: number | undefined,
  warn: (message: string) => void,
): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && value >= 0 && value < Infinity) return value;
  warn(
    `reconnectDelay cannot be ${describe(value)}; waiting ${String(defaultReconnectDelay / 1000)} seconds instead.`,
  );
  return defaultReconnectDelay;
}

/** Ports, with their defaults. */
const ports = { wsPort: 80, wssPort: 443, httpPort: 80, httpsPort: 443 } as const;

/** Durations in milliseconds, with their defaults. */
const durations = {
  activityTimeout: 120_000,
  pongTimeout: 30_000,
  unavailableTimeout: 30_000,
  unavailableRetryDelay: 10_000,
  connectTimeout: 10_000,
  subscriptionTimeout: 10_000,
  stableAfter: 10_000,
  releaseDelay: 300,
  clientEventMaxAge: 10_000,
} as const;

/** The options that a table names, each checked, or its default. */
const each = <Name extends keyof PusherOptions>(
  defaults: Readonly<Record<Name, number>>,
  options: PusherOptions,
  check: (name: string, value: PusherOptions[Name], fallback: number) => number,
): Record<Name, number> => {
  const checked = {} as Record<Name, number>;
  for (const name of Object.keys(defaults) as Name[])
    checked[name] = check(name, options[name], defaults[name]);
  return checked;
};

/**
 * Checks every option and fills in the defaults. A wrong value throws a `PusherError` that names the
 * option; a name that is not known is ignored, because applications pass options of other clients along.
 */
export function resolveOptions(key: string, options: PusherOptions): ResolvedOptions {
  const cluster = text(
    'cluster',
    options.cluster,
    /^[a-z0-9-]+$/i,
    'A cluster is a short name such as eu or us2.',
  );
  const forceTLS = flag('forceTLS', options.forceTLS) ?? flag('encrypted', options.encrypted) ?? true;
  for (const name of ['connectAutomatically', 'reconnectAutomatically'] as const) flag(name, options[name]);
  for (const name of ['beforeConnect', 'beforeReconnect', 'beforeAuthorize'] as const)
    hook(name, options[name]);
  const disabledTransports = transports('disabledTransports', options.disabledTransports) ?? [];
  const wsHost = host('wsHost', options.wsHost);
  const statsEndpoint = text(
    'statsEndpoint',
    options.statsEndpoint,
    /^(https?:\/\/|(?![a-z][a-z0-9+.-]*:))\S+$/i,
    'Give an address of yours, such as /stats or https://example.com/stats.',
  );
  const { reachability = 'auto' } = options;
  if (!['auto', 'off'].includes(reachability))
    throw wrong('reachability', reachability, 'Use "auto" or "off".');
  return {
    key: validateAppKey(key),
    ...each(ports, options, port),
    ...each(durations, options, duration),
    cluster,
    forceTLS,
    alternatesTLS: !disabledTransports.includes('wss'),
    wsHost: wsHost ?? `ws-${cluster ?? 'mt1'}.pusher.com`,
    wsPath: path('wsPath', options.wsPath, ''),
    httpHost:
      host('httpHost', options.httpHost) ??
      (wsHost === undefined ? `sockjs-${cluster ?? 'mt1'}.pusher.com` : undefined),
    httpPath: path('httpPath', options.httpPath, '/pusher'),
    statsEndpoint: options.disableStats || options.enableStats === false ? undefined : statsEndpoint,
    clientEventQueueLimit: amount(
      'clientEventQueueLimit',
      options.clientEventQueueLimit,
      100,
      'Give a number of events, 0 or more.',
    ),
    reachability,
    enabledTransports: transports('enabledTransports', options.enabledTransports),
    disabledTransports,
  };
}
