/** What each event of a connection carries. */
import type { ConnectionError } from '../errors.js';
import type { ConnectionLoss, Gap, StateChange } from './connection-state.js';

/** A frame as it came, with its payload decoded; for `connection.bind('message')`. */
export interface Message {
  readonly event: string;
  readonly channel?: string;
  readonly data?: unknown;
  readonly user_id?: string;
}

/** Event name → payload of `pusher.connection.bind`. */
export interface ConnectionEventMap {
  /** The state changed (seed E-02). */
  state_change: StateChange;
  /** The state became `connecting` (E-01). */
  connecting: undefined;
  /** The state became `connected`. */
  connected: { readonly socket_id: string };
  /** The state became `unavailable`. */
  unavailable: undefined;
  /** The state became `failed`. */
  failed: undefined;
  /** The state became `disconnected`. */
  disconnected: undefined;
  /** Seconds until the next attempt, once before each delayed one (E-03 to E-06). */
  connecting_in: number;
  /** Something went wrong (E-08). */
  error: ConnectionError;
  /** A connection ended or an attempt failed; before the state changes. */
  lost: ConnectionLoss;
  /** Connected again after a loss: events may have been missed. */
  gap: Gap;
  /** The browser's opinion of the network changed. */
  reachability: boolean;
  /** Any frame; decoded only while somebody listens. */
  message: Message;
}

/** Exactly `{ previous, current }` to whoever compares or prints it (seed E-02); the rest is there to be read. */
export function seedShape({ previous, current, ...more }: StateChange): StateChange {
  const properties = Object.entries(more).map(([name, value]) => [name, { value }] as const);
  return Object.defineProperties({ previous, current }, Object.fromEntries(properties)) as StateChange;
}
