/**
 * A connection as elements see it: what is known of it now, and a word whenever that changes. A small
 * interface of plain functions, because the two sides may come from different copies of this library.
 */
import type { Clock, ConnectionError, ConnectionState, Pusher } from '../../src/index.js';
import { systemClock } from '../../src/index.js';

/** What is known of a connection at one moment. Never changed; replaced. */
export interface ConnectionSnapshot {
  readonly state: ConnectionState;
  /** Whether `connecting` means trying again after having been connected. */
  readonly isReconnecting: boolean;
  /** Whether the connection was refused because the app has too many (seed L-01). */
  readonly isLimited: boolean;
  readonly attempt: number;
  /** When the next attempt is due, in milliseconds of the connection's clock. */
  readonly retryAt: number | undefined;
  readonly lastError: ConnectionError | undefined;
}

/** See above. */
export interface ConnectionSource {
  /** The client that channels are taken from now; undefined while there is none. */
  readonly client: Pusher | undefined;
  readonly snapshot: ConnectionSnapshot;
  /** Seconds until the next attempt, by the clock that times it. */
  readonly retryIn: number | undefined;
  /** For timers that have to agree with that clock. */
  readonly clock: Clock;
  /** Calls `listener` after every change of the snapshot or the client, until the returned function is called. */
  subscribe(listener: () => void): () => void;
  /** Attempts now. */
  retry(): void;
}

/** The part of a connection that a source is made from: `pusher.connection`, or that of an element. */
export interface ObservedConnection {
  readonly state: ConnectionState;
  readonly attempt: number;
  readonly retryAt: number | undefined;
  readonly retryIn: number | undefined;
  readonly lastError: ConnectionError | undefined;
  readonly hasBeenConnected: boolean;
  retry(): void;
  bind(event: ChangeEventName, listener: () => void): unknown;
  unbind(event: ChangeEventName, listener: () => void): unknown;
}

type ChangeEventName = 'state_change' | 'connecting_in' | 'connected' | 'error';
const changeEvents: readonly ChangeEventName[] = ['state_change', 'connecting_in', 'connected', 'error'];

const connectionLimit = 4004;

/** What is known of `connection` now. */
export function takeSnapshot(connection: ObservedConnection): ConnectionSnapshot {
  const { state, attempt, retryAt, lastError, hasBeenConnected } = connection;
  return {
    state,
    isReconnecting: state === 'connecting' && hasBeenConnected,
    isLimited: state === 'disconnected' && lastError?.code === connectionLimit,
    attempt,
    retryAt,
    lastError,
  };
}

/** A source and the word that its client has been replaced. */
export interface OwnedConnectionSource extends ConnectionSource {
  changed(): void;
}

/** Makes a source. It listens to `connection` only while somebody listens to it. */
export function createConnectionSource(
  connection: ObservedConnection,
  client: () => Pusher | undefined,
  clock: () => Clock,
): OwnedConnectionSource {
  const listeners = new Set<() => void>();
  let snapshot: ConnectionSnapshot | undefined;
  const changed = (): void => {
    snapshot = undefined;
    for (const listener of [...listeners]) if (listeners.has(listener)) listener();
  };
  return {
    get client() {
      return client();
    },
    get snapshot() {
      // Kept only while changes are heard of, so that it is never an old one.
      if (listeners.size === 0) return takeSnapshot(connection);
      return (snapshot ??= takeSnapshot(connection));
    },
    get retryIn() {
      return connection.retryIn;
    },
    get clock() {
      return clock();
    },
    changed,
    subscribe(listener) {
      if (listeners.size === 0) for (const event of changeEvents) connection.bind(event, changed);
      const own = (): void => {
        listener();
      };
      listeners.add(own);
      return () => {
        if (!listeners.delete(own) || listeners.size > 0) return;
        snapshot = undefined;
        for (const event of changeEvents) connection.unbind(event, changed);
      };
    },
    retry() {
      connection.retry();
    },
  };
}

const ofClients = new WeakMap<Pusher, ConnectionSource>();

/** The source of a client that no element owns; the same one each time. */
export function sourceOfClient(client: Pusher): ConnectionSource {
  const known = ofClients.get(client);
  if (known) return known;
  const source = createConnectionSource(
    client.connection,
    () => client,
    () => systemClock,
  );
  ofClients.set(client, source);
  return source;
}
