/** From the inputs of the element to the options of the client: what is set there wins over `options`. */
import type { LiveOptions, PusherOptions } from '../../src/index.js';
import { warnOnce } from '../shared/dev-warning.js';
import type { ConnectionSettings } from './connection-settings.js';

const toMilliseconds = (
  element: ConnectionSettings,
  attribute: string,
  value: number | undefined,
): number | undefined => {
  // Undefined and null both say "nothing said", the latter from frameworks.
  if ((value ?? undefined) === undefined) return undefined;
  if (typeof value === 'number' && value >= 0 && value < Infinity) return value * 1000;
  warnOnce(element, `${attribute} cannot be ${String(value)}; the default is used. Give seconds, 0 or more.`);
  return undefined;
};

/** The delay after a loss, in milliseconds. A value that cannot be one is libPusher's (requirements §3 row 5). */
export function reconnectDelayOf(element: ConnectionSettings): number | undefined {
  const { reconnectDelay } = element;
  if ((reconnectDelay ?? undefined) === undefined) return element.options?.reconnectDelay;
  if (typeof reconnectDelay === 'number' && reconnectDelay >= 0 && reconnectDelay < Infinity)
    return reconnectDelay * 1000;
  warnOnce(
    element,
    `reconnect-delay cannot be ${String(reconnectDelay)}; 5 is used. Give seconds, 0 or more.`,
  );
  return 5000;
}

/** Options for the client, without hooks. */
export function clientOptions(element: ConnectionSettings): PusherOptions {
  const given = element.options ?? {};
  const time = (
    attribute: string,
    value: number | undefined,
    fallback: number | undefined,
  ): number | undefined => toMilliseconds(element, attribute, value) ?? fallback;
  return {
    ...given,
    cluster: cluster(element) ?? given.cluster,
    wsHost: element.host || given.wsHost,
    wsPort: element.wsPort ?? given.wsPort,
    wssPort: element.wssPort ?? given.wssPort,
    wsPath: element.wsPath || given.wsPath,
    httpHost: element.httpHost || given.httpHost,
    httpPath: element.httpPath || given.httpPath,
    statsEndpoint: statsEndpoint(element) ?? given.statsEndpoint,
    disableStats: element.disableStats || given.disableStats,
    // Only "off" is something that the element can say; "on" is what nobody needs to say.
    forceTLS: element.encrypted ? (given.forceTLS ?? given.encrypted) : false,
    reconnectAutomatically: element.reconnectAutomatically && (given.reconnectAutomatically ?? true),
    reconnectDelay: reconnectDelayOf(element),
    unavailableTimeout: time('unavailable-timeout', element.unavailableTimeout, given.unavailableTimeout),
    unavailableRetryDelay: time(
      'unavailable-retry-delay',
      element.unavailableRetryDelay,
      given.unavailableRetryDelay,
    ),
    connectTimeout: time('connect-timeout', element.connectTimeout, given.connectTimeout),
    activityTimeout: time('activity-timeout', element.activityTimeout, given.activityTimeout),
    pongTimeout: time('pong-timeout', element.pongTimeout, given.pongTimeout),
    reachability: element.reachability === 'off' ? 'off' : given.reachability,
    enabledTransports: element.enabledTransports ?? given.enabledTransports,
    disabledTransports: element.disabledTransports ?? given.disabledTransports,
  };
}

/** Those that can change on a client that is there. */
export function liveOptions(options: PusherOptions): LiveOptions {
  const {
    activityTimeout,
    pongTimeout,
    unavailableTimeout,
    unavailableRetryDelay,
    connectTimeout,
    reachability,
  } = options;
  return {
    activityTimeout,
    pongTimeout,
    unavailableTimeout,
    unavailableRetryDelay,
    connectTimeout,
    reachability,
  };
}

/** What makes a client another one: changing any of these replaces it. */
export function clientIdentity(element: ConnectionSettings, key: string): readonly unknown[] {
  const { cluster, encrypted, host, wsPort, wssPort, wsPath, httpHost, httpPath, options, simulate } =
    element;
  const stats = element.disableStats ? '' : element.statsEndpoint || options?.statsEndpoint;
  const transports = [element.enabledTransports?.join(), element.disabledTransports?.join()];
  const given = Object.entries(options ?? {})
    .filter(([name]) => !askedEachTime.includes(name))
    .flatMap(([name, value]) => [name, identify(name, value)]);
  const addresses = [cluster, encrypted, host, wsPort, wssPort, wsPath, httpHost, httpPath, stats];
  return [key, simulate, ...addresses, ...transports, ...given];
}

/** Where `clientIdentity` has the cluster. */
const clusterAt = 2;

/** Whether two identities are those of one app, as it seems, in two places. */
export function differInClusterOnly(a: readonly unknown[], b: readonly unknown[]): boolean {
  const differing = a.flatMap((value, index) => (Object.is(value, b[index]) ? [] : [index]));
  return a.length === b.length && differing.length === 1 && differing[0] === clusterAt;
}

/** Options that are read when they are needed, so that a new one needs no new client. */
const askedEachTime = [
  'beforeConnect',
  'beforeReconnect',
  'beforeAuthorize',
  'channelAuthorization',
  'userAuthentication',
  'authEndpoint',
  'authTransport',
  'auth',
  'authorizer',
];
/** Options that are what they are, not what they say. */
export const byReference: readonly string[] = ['clock', 'network', 'transport'];

/**
 * What has to change for an option to be another one: frameworks make equal objects and new functions with
 * each rendering.
 */
function identify(name: string, value: unknown): unknown {
  if (byReference.includes(name)) return value;
  if (typeof value === 'function') return 'function';
  if (typeof value !== 'object') return value;
  try {
    return JSON.stringify(value);
  } catch {
    return value;
  }
}

/** An endpoint that cannot be one is said so and left out: nothing has to stop for it. */
function statsEndpoint(element: ConnectionSettings): string | undefined {
  const { statsEndpoint: value } = element;
  if (value === '' || /^(https?:\/\/|(?![a-z][a-z0-9+.-]*:))\S+$/i.test(value)) return value || undefined;
  warnOnce(
    element,
    `stats-endpoint="${value}" cannot be an address and is ignored. ` +
      'Write one of your own server, such as "/stats".',
  );
  return undefined;
}

/** A cluster that cannot be one is said so and left out. */
function cluster(element: ConnectionSettings): string | undefined {
  const { cluster: value } = element;
  if (value === '' || /^[a-z0-9-]+$/i.test(value)) return value || undefined;
  warnOnce(
    element,
    `cluster="${value}" cannot be a cluster and is ignored. ` +
      'Write the short name from the dashboard of your app, such as "eu" or "us2".',
  );
  return undefined;
}
