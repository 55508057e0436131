/** The six states of a connection, and the record of a change between two of them (seed S-01). */
import type { ConnectionError } from '../errors.js';

/**
 * - `initialized`: nothing has been tried yet (S-02).
 * - `connecting`: trying, for the first time or after a loss (S-03).
 * - `connected`: the server has accepted the connection (S-04).
 * - `unavailable`: it has not worked for a while; still retrying (S-05).
 * - `failed`: cannot work in this environment (S-06).
 * - `disconnected`: nothing is scheduled: by intent, by a fatal code, by a veto, or because automatic
 *   reconnection is off (S-07, requirements §3 row 9).
 */
export type ConnectionState =
  'initialized' | 'connecting' | 'connected' | 'unavailable' | 'failed' | 'disconnected';

/** All six, in the order of the seed. */
export const connectionStates: readonly ConnectionState[] = [
  'initialized',
  'connecting',
  'connected',
  'unavailable',
  'failed',
  'disconnected',
];

/** The payload of `state_change` (seed E-02), and what else is known at that moment. */
export interface StateChange {
  readonly previous: ConnectionState;
  readonly current: ConnectionState;
  /** The close or protocol code that led here, where one did. */
  readonly code?: number;
  /** Why, in words, where there is something to say. */
  readonly reason?: string;
  /** Which retry since the last working connection this belongs to; 0 where nothing has failed yet. */
  readonly attempt: number;
  /** When the next attempt is due, in milliseconds of the clock (`Date.now()`), if one is waiting. */
  readonly retryAt?: number;
}

/** Why a connection ended, or an attempt did. Given to `lost` listeners before the state changes. */
export interface ConnectionLoss {
  /** Whether the connection had been established. False: an attempt failed. */
  readonly wasConnected: boolean;
  /** The close or protocol code; undefined where there was none. */
  readonly code: number | undefined;
  readonly reason: string;
  readonly wasClean: boolean;
  /** The error that was emitted for it; undefined for a normal closure. */
  readonly error: ConnectionError | undefined;
  /** Whether retrying cannot help (protocol.md §6). */
  readonly isFatal: boolean;
  /** Whether this side asked for it. */
  readonly isIntentional: boolean;
  /** Which retry had failed; 0 for a first attempt, and for an established connection. */
  readonly attempt: number;
  /** Whether an attempt will follow, as things stand now: read again after the hooks have run (seed R-04). */
  readonly willReconnect: boolean;
}

/** Given to the hook before every attempt (libPusher's `connectionWillConnect:`). */
export interface ConnectAttempt {
  /** The address that is about to be opened. */
  readonly url: string;
  /** Which retry since the last working connection; 0 for an attempt that is not a retry. */
  readonly attempt: number;
  /** Whether the application asked for it with `connect()`. */
  readonly isManual: boolean;
}

/** What decided a delay before reconnecting. */
export type ReconnectStrategy =
  /** The server asked for it at once, or a link went silent. */
  | 'immediate'
  /** Jitter that grows with each failure. */
  | 'backoff'
  /** The `reconnectDelay` of the application. */
  | 'fixed'
  /** The ten-second rhythm of `unavailable`. */
  | 'unavailable';

/** Given to the hook before every reconnection (seed ). */
export interface ReconnectPlan {
  /** Seconds until the attempt, from the loss. Writable: what the hook leaves here is what is waited. */
  delay: number;
  /** Which retry since the last working connection this will be: 1, 2, 3, … (seed R-12). */
  readonly attempt: number;
  /** The code of the loss, where it had one. */
  readonly code?: number;
  readonly strategy: ReconnectStrategy;
}

/** Events may have been missed: from the loss of a connection to the next one. Times are `Date.now()` milliseconds. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  /** Seconds. */
  readonly duration: number;
  readonly reason: string;
}
