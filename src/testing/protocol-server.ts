/**
 * A Pusher Channels server without the network: connections in, frames out (protocol.md). It is a double
 * for development and tests; in production the other end is Pusher Channels itself.
 *
 * How to use and extend it, most common need first:
 *
 * 1. Make the server misbehave in a way it already knows: `app.script({...})` for every connection,
 *    `app.scriptNext({...})` for the next one, `connection.script({...})` for one that is open. The
 *    choices are the types of `behavior.ts`.
 * 2. Do something to a live connection: `app.connection()` is the newest; it can `drop`, `close`,
 *    `stall`, `ping`, `sendRaw`, `sendFaulty`, and answer held subscriptions with `acknowledge`.
 * 3. See what happened: `app.record` holds upgrades, frames, closes and pings in order, with times.
 * 4. Add a misbehavior: add a member to a union of `behavior.ts`; the compiler shows the `switch` that
 *    must carry it out (opening: `greeting.ts`, subscribing: `subscriptions.ts`). Keep it plain
 *    JSON, so that tests in a browser can send it to a server in another process.
 * 5. Add a frame that clients send: one case in `ServerConnection.#handle`.
 * 6. Add an app setting: one member of `AppSettings` and its default in `completeSettings`.
 * 7. Carry it over something else than memory or `ws`: call `upgrade(url)`, and give `accept` a `Peer`.
 */
import { systemClock, type Clock } from '../clock.js';
import type { AppOptions } from './app-settings.js';
import { findRejection, parseAddress } from './handshake.js';
import { ServerRecord } from './record.js';
import { ServerApp, type Publication } from './server-app.js';
import { ServerConnection, type Peer } from './server-connection.js';
import type { HmacSha256 } from './signatures.js';

export interface ProtocolServerOptions {
  /** The apps to begin with; more with `addApp`. */
  readonly apps?: readonly AppOptions[];
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Makes signatures, so that they can be checked. Without it every signature is taken. */
  readonly hmacSha256?: HmacSha256;
  /** Connections of all apps together; more are refused with 4100. Default: null, no limit. */
  readonly maxConnections?: number | null;
  /** How much each record keeps, per kind. Default: 10 000. */
  readonly recordLimit?: number;
}

/** The answer to a request to open a connection. */
export type Upgrade =
  /** Upgrade it, then call `accept` once bytes can be sent. */
  | { readonly outcome: 'answered'; readonly accept: (peer: Peer) => ServerConnection }
  /** Break the connection before the upgrade. */
  | { readonly outcome: 'refused' }
  /** Keep the connection, and never answer the upgrade. */
  | { readonly outcome: 'hung' };

export class ProtocolServer {
  readonly clock: Clock;
  /** What reached no app: unknown keys and wrong paths. */
  readonly record: ServerRecord;
  /** Connections of all apps together; more are refused with 4100. */
  maxConnections: number | null;
  readonly #apps = new Map<string, ServerApp>();
  readonly #hmacSha256: HmacSha256 | undefined;
  readonly #recordLimit: number;
  #appCount = 0;
  #connectionCount = 0;

  constructor(options: ProtocolServerOptions = {}) {
    this.clock = options.clock ?? systemClock;
    this.maxConnections = options.maxConnections ?? null;
    this.#hmacSha256 = options.hmacSha256;
    this.#recordLimit = options.recordLimit ?? 10_000;
    this.record = new ServerRecord(this.#recordLimit);
    for (const app of options.apps ?? []) this.addApp(app);
  }

  /** Every app, oldest first. */
  get apps(): readonly ServerApp[] {
    return [...this.#apps.values()];
  }

  /** The app with this key; without a key the first one. Throws where there is none. */
  app(key?: string): ServerApp {
    const app = key === undefined ? this.apps[0] : this.#apps.get(key);
    if (!app)
      throw new RangeError(key === undefined ? 'This server has no app' : `This server has no app ${key}`);
    return app;
  }

  /** The app with this key, if there is one. */
  findApp(key: string): ServerApp | undefined {
    return this.#apps.get(key);
  }

  /** Adds an app. Throws when the key is taken. Ids count up from 1 by default. */
  addApp(options: AppOptions): ServerApp {
    if (this.#apps.has(options.key)) throw new RangeError(`This server already has an app ${options.key}`);
    const withId = { id: String((this.#appCount += 1)), ...options };
    const app = new ServerApp(withId, this.clock, this.#recordLimit, this.#hmacSha256);
    this.#apps.set(options.key, app);
    return app;
  }

  /** Drops an app's connections and forgets it; its key is unknown from now on. */
  removeApp(key: string): void {
    this.#apps.get(key)?.stop();
    this.#apps.delete(key);
  }

  /** The open connection with this socket id, in any app. */
  connection(socketId: string): ServerConnection | undefined {
    for (const app of this.#apps.values()) {
      const found = app.connection(socketId);
      if (found) return found;
    }
    return undefined;
  }

  /**
   * Somebody asks to connect. Runs the checks of protocol.md §1 on the address; a check that fails shows
   * as an error frame and a close code after the upgrade, because a page cannot see anything earlier.
   */
  upgrade(url: string): Upgrade {
    const address = parseAddress(url);
    const app = address.key === undefined ? undefined : this.#apps.get(address.key);
    const rejection = findRejection(
      address,
      app && { settings: app.settings, connectionCount: app.connections.length },
      this.#isFull(),
    );
    const behavior = app?.takeNext() ?? {};
    const handshake = behavior.handshake ?? app?.behavior.handshake;
    const outcome =
      app?.isListening === false || handshake?.type === 'refuse'
        ? 'refused'
        : handshake?.type === 'hang'
          ? 'hung'
          : 'answered';
    const record = app?.record ?? this.record;
    const { path, query } = address;
    const number = (this.#connectionCount += 1);
    record.addUpgrade({ at: this.clock.now(), connection: number, url, path, query, outcome });
    if (outcome !== 'answered') return { outcome };
    const accept = (peer: Peer): ServerConnection => {
      const parts = {
        number,
        url,
        clock: this.clock,
        record,
        app,
        peer,
        socketId: this.#newSocketId(number),
        behavior,
      };
      const connection = new ServerConnection(parts);
      app?.connected(connection);
      connection.start(rejection);
      return connection;
    };
    return { outcome, accept };
  }

  /** `upgrade` and `accept` in one. A refused peer is dropped; undefined for a refused or hanging one. */
  connect(url: string, peer: Peer): ServerConnection | undefined {
    const upgrade = this.upgrade(url);
    if (upgrade.outcome === 'answered') return upgrade.accept(peer);
    if (upgrade.outcome === 'refused') peer.drop();
    return undefined;
  }

  /** Publishes to one app: `app` is its key, and may be left out where there is only one. */
  publish({ app, ...publication }: Publication & { readonly app?: string }): void {
    this.app(app).publish(publication);
  }

  /** Closes every connection with 4200, as a server does that is about to restart (protocol.md §6). */
  shutDown(): void {
    for (const app of this.#apps.values()) {
      for (const connection of app.connections) connection.close(4200, 'The server is restarting');
    }
  }

  #isFull(): boolean {
    if (this.maxConnections === null) return false;
    const total = this.apps.reduce((count, app) => count + app.connections.length, 0);
    return total >= this.maxConnections;
  }

  // The second number alone makes it unique; the first makes it look like the real thing.
  #newSocketId(number: number): string {
    return `${Math.floor(this.clock.random() * 1_000_000)}.${number}`;
  }
}
