/** Signed-in users of one app, and who watches whom (protocol.md §7.8). */
import type { ServerConnection } from './server-connection.js';
import { encodePayload, isRecord, parseJson, stringMember } from './wire.js';

/** Who a connection has signed in as. */
export interface SignedInUser {
  readonly id: string;
  readonly userInfo: unknown;
  /** The first hundred ids of the watchlist. */
  readonly watchlist: readonly string[];
  /** Whether the watchlist was longer than that. */
  readonly isWatchlistCut: boolean;
}

const longestWatchlist = 100;

/** Reads the signed `user_data`; undefined when it names nobody. */
export function readUser(userData: string): SignedInUser | undefined {
  const parsed = parseJson(userData);
  const id = stringMember(parsed, 'id');
  if (!isRecord(parsed) || id === undefined || id === '') return undefined;
  const listed = parsed['watchlist'];
  const watchlist = Array.isArray(listed) ? listed.filter((entry) => typeof entry === 'string') : [];
  return {
    id,
    userInfo: parsed['user_info'],
    watchlist: watchlist.slice(0, longestWatchlist),
    isWatchlistCut: watchlist.length > longestWatchlist,
  };
}

export class Users {
  readonly #connections = new Map<string, Set<ServerConnection>>();

  /** The connections that are signed in as this user. */
  connectionsOf(userId: string): readonly ServerConnection[] {
    return [...(this.#connections.get(userId) ?? [])];
  }

  /** Counts a connection in: tells it who of its watchlist is there, and its watchers if the user is new. */
  arrive(connection: ServerConnection, user: SignedInUser): void {
    const present = user.watchlist.filter((id) => this.#connections.has(id));
    if (present.length > 0) announce(connection, 'online', present);
    const connections = this.#connections.get(user.id) ?? new Set();
    const isNew = connections.size === 0;
    this.#connections.set(user.id, connections.add(connection));
    if (isNew) this.#tellWatchers(user.id, 'online');
  }

  /** Counts a connection out, and tells the watchers when it was the user's last one. */
  leave(connection: ServerConnection, user: SignedInUser): void {
    const connections = this.#connections.get(user.id);
    if (!connections?.delete(connection) || connections.size > 0) return;
    this.#connections.delete(user.id);
    this.#tellWatchers(user.id, 'offline');
  }

  #tellWatchers(userId: string, name: 'online' | 'offline'): void {
    for (const connection of [...this.#connections.values()].flatMap((connections) => [...connections])) {
      if (connection.user?.watchlist.includes(userId)) announce(connection, name, [userId]);
    }
  }
}

function announce(
  connection: ServerConnection,
  name: 'online' | 'offline',
  userIds: readonly string[],
): void {
  const data = encodePayload({ events: [{ name, user_ids: userIds }] });
  connection.send({ event: 'pusher_internal:watchlist_events', data });
}
