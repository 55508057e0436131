/** What an operator would set for an app in a dashboard. */

/** The settings of one app. */
export interface AppSettings {
  /** The number that server libraries use. Keep it numeric: some of them parse it. */
  readonly id: string;
  /** The public key in the address. */
  readonly key: string;
  /** What signatures are made with. */
  readonly secret: string;
  /** False: connections are refused with 4003. */
  readonly isEnabled: boolean;
  /** Connections beyond this are refused with 4004; null for no limit. */
  readonly maxConnections: number | null;
  /** Whether clients may send `client-…` events (protocol.md §7.4). */
  readonly hasClientEvents: boolean;
  /** Whether subscription counts are announced (protocol.md §7.6). */
  readonly hasSubscriptionCounts: boolean;
  /** True: plain connections are refused with 4000. */
  readonly isTLSOnly: boolean;
  /** Seconds of silence after which a client should ping; announced in the handshake. */
  readonly activityTimeout: number;
  /** Seconds of silence from a client after which the server pings; null for never. */
  readonly pingAfter: number | null;
  /** Seconds that a client has to answer the server's ping before it is closed with 4201. */
  readonly pongTimeout: number;
  /** What comes before `/app/{key}` in the address, for servers that live under a path. */
  readonly pathPrefix: string;
}

/** The settings with only the key required; see {@link completeSettings} for the defaults. */
export type AppOptions = Pick<AppSettings, 'key'> & Partial<AppSettings>;

/**
 * Fills in what was left out: id `"1"`, secret `"{key}-secret"`, enabled, no limit, client events and no
 * counts, TLS optional, 120 s activity timeout, 30 s pong timeout, no path prefix. `pingAfter` is one and
 * a half activity timeouts: the client's own ping is due first, and a server that pinged at the same
 * moment would hide a client that does not.
 */
export function completeSettings(options: AppOptions): AppSettings {
  const activityTimeout = options.activityTimeout ?? 120;
  return {
    id: '1',
    secret: `${options.key}-secret`,
    isEnabled: true,
    maxConnections: null,
    hasClientEvents: true,
    hasSubscriptionCounts: false,
    isTLSOnly: false,
    pingAfter: activityTimeout * 1.5,
    pongTimeout: 30,
    pathPrefix: '',
    ...options,
    activityTimeout,
  };
}
