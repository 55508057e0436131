/** The checks of protocol.md §1 on the address of a new connection. Pure. */
import type { AppSettings } from './app-settings.js';

/** Why a connection is turned away. */
export interface Rejection {
  readonly code: number;
  readonly message: string;
}

/** An address, taken apart. */
export interface UpgradeAddress {
  readonly url: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly isEncrypted: boolean;
  /** What comes before `/app/{key}`; undefined when the path is not of that form. */
  readonly prefix: string | undefined;
  /** The app key, decoded. */
  readonly key: string | undefined;
}

/** What the checks need to know of the app that the key names. */
export interface AppLoad {
  readonly settings: AppSettings;
  readonly connectionCount: number;
}

const oldestProtocol = 4;
const newestProtocol = 7;
const versionFormat = /^\d+(\.\d+)*([-+.][\w.+-]+)?$/;

/** Takes an address apart. Never throws; what cannot be parsed has no path. */
export function parseAddress(url: string): UpgradeAddress {
  const parsed = parseURL(url);
  if (!parsed) return { url, path: '', query: {}, isEncrypted: false, prefix: undefined, key: undefined };
  const match = /^(.*)\/app\/([^/]+)$/.exec(parsed.pathname);
  return {
    url,
    path: parsed.pathname,
    query: Object.fromEntries(parsed.searchParams),
    isEncrypted: parsed.protocol === 'wss:' || parsed.protocol === 'https:',
    prefix: match?.[1],
    key: match?.[2] === undefined ? undefined : decodeKey(match[2]),
  };
}

/**
 * The first check that fails, in the order of the protocol: path, protocol missing, version malformed,
 * protocol unsupported, app unknown, app disabled, plain on a TLS-only app, app full, server full.
 */
export function findRejection(
  address: UpgradeAddress,
  app: AppLoad | undefined,
  isServerFull: boolean,
): Rejection | undefined {
  const { protocol, version } = address.query;
  if (address.prefix === undefined || address.prefix !== (app?.settings.pathPrefix ?? ''))
    return { code: 4005, message: 'Path not found' };
  if (protocol === undefined || protocol === '')
    return { code: 4008, message: 'No protocol version supplied' };
  if (version !== undefined && !versionFormat.test(version))
    return { code: 4006, message: 'Invalid version string format' };
  if (!isSupportedProtocol(protocol)) return { code: 4007, message: 'Unsupported protocol version' };
  if (app === undefined) return { code: 4001, message: `Could not find app by key ${address.key ?? ''}` };
  if (!app.settings.isEnabled) return { code: 4003, message: 'Application disabled' };
  if (app.settings.isTLSOnly && !address.isEncrypted)
    return { code: 4000, message: 'Application only accepts TLS connections, reconnect using wss://' };
  if (app.settings.maxConnections !== null && app.connectionCount >= app.settings.maxConnections)
    return { code: 4004, message: 'Application is over connection quota' };
  if (isServerFull) return { code: 4100, message: 'Over capacity' };
  return undefined;
}

function isSupportedProtocol(text: string): boolean {
  const protocol = Number(text);
  return Number.isInteger(protocol) && protocol >= oldestProtocol && protocol <= newestProtocol;
}

function parseURL(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

function decodeKey(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
