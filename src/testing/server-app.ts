/** One app of a server: its settings, its script, its connections, its channels and its record. */
import type { Clock } from '../clock.js';
import { completeSettings, type AppOptions, type AppSettings } from './app-settings.js';
import { wellBehaved, type Behavior } from './behavior.js';
import { isValidChannelName } from './channel-kind.js';
import { ServerRecord } from './record.js';
import { ServerChannel } from './server-channel.js';
import type { ServerConnection } from './server-connection.js';
import { isSignedBy, type HmacSha256 } from './signatures.js';
import { Users } from './users.js';
import { encodePayload } from './wire.js';

/** One event for its subscribers. */
export interface Publication {
  /** One name or several. */
  readonly channels: string | readonly string[];
  readonly event: string;
  /** A string goes out as it is; anything else as its JSON text (protocol.md §2.1). */
  readonly data?: unknown;
  /** The connection that does not get it, usually the one that caused it. */
  readonly socketId?: string;
}

export class ServerApp {
  readonly clock: Clock;
  /** What this app saw. */
  readonly record: ServerRecord;
  /** Who is signed in. */
  readonly users: Users = new Users();
  readonly #hmacSha256: HmacSha256 | undefined;
  readonly #connections = new Set<ServerConnection>();
  readonly #channels = new Map<string, ServerChannel>();
  #settings: AppSettings;
  #behavior: Behavior = wellBehaved;
  #next: Partial<Behavior>[] = [];
  #isListening = true;

  /** @internal Made by `ProtocolServer.addApp`. */
  constructor(options: AppOptions, clock: Clock, recordLimit: number, hmacSha256: HmacSha256 | undefined) {
    this.#settings = completeSettings(options);
    this.clock = clock;
    this.record = new ServerRecord(recordLimit);
    this.#hmacSha256 = hmacSha256;
  }

  get settings(): AppSettings {
    return this.#settings;
  }

  /** Changes settings; they hold for later decisions, open connections stay. The key cannot change. */
  configure(change: Partial<Omit<AppSettings, 'key'>>): void {
    this.#settings = { ...this.#settings, ...change, key: this.#settings.key };
  }

  /** What the app's connections do, unless they have a script of their own. */
  get behavior(): Behavior {
    return this.#behavior;
  }

  /** Changes some of the behavior of every connection, open and new. */
  script(change: Partial<Behavior>): void {
    this.#behavior = { ...this.#behavior, ...change };
  }

  /** Gives the next new connections a script of their own. Calls queue up: the first is used first. */
  scriptNext(change: Partial<Behavior>, connections: number = 1): void {
    for (let count = 0; count < connections; count += 1) this.#next.push(change);
  }

  /** Well-behaved again; scripts of open connections stay theirs. */
  resetScript(): void {
    this.#behavior = wellBehaved;
    this.#next = [];
  }

  /** False after `stop()`. */
  get isListening(): boolean {
    return this.#isListening;
  }

  /** As if the server process had been killed: drops every connection, and refuses new ones before the upgrade. */
  stop(): void {
    this.#isListening = false;
    for (const connection of this.connections) connection.drop();
  }

  /** As if the process had been started again. */
  start(): void {
    this.#isListening = true;
  }

  /** The open connections, oldest first. */
  get connections(): readonly ServerConnection[] {
    return [...this.#connections];
  }

  /** The open connection with this socket id; without one, the newest. */
  connection(socketId?: string): ServerConnection | undefined {
    if (socketId === undefined) return this.connections.at(-1);
    return this.connections.find((connection) => connection.socketId === socketId);
  }

  /** Channels that somebody is subscribed to, and cache channels that remember an event. */
  get channels(): readonly ServerChannel[] {
    return [...this.#channels.values()];
  }

  channel(name: string): ServerChannel | undefined {
    return this.#channels.get(name);
  }

  /** Sends an event to the subscribers of each channel. Names the service would refuse throw. */
  publish({ channels, event, data, socketId }: Publication): void {
    const names = typeof channels === 'string' ? [channels] : channels;
    const refused = names.find((name) => !isValidChannelName(name));
    if (refused !== undefined) throw new RangeError(`Not a channel name: ${refused}`);
    const payload = encodePayload(data);
    for (const name of names) {
      const channel = this.openChannel(name);
      channel.publish(event, payload, socketId);
      this.#forgetIfEmpty(channel);
    }
  }

  /** Answers every subscription to this channel that is held or delayed; how many there were. */
  acknowledge(channel: string): number {
    return this.connections.filter((connection) => connection.acknowledge(channel)).length;
  }

  /** Ends every connection of a signed-in user with 4009 (protocol.md §9). */
  terminateUser(userId: string): void {
    for (const connection of this.users.connectionsOf(userId))
      connection.reject({ code: 4009, message: 'Terminated by the application' });
  }

  /** @internal The channel, made if need be. */
  openChannel(name: string): ServerChannel {
    const existing = this.#channels.get(name);
    if (existing) return existing;
    const channel = new ServerChannel(name, this.clock);
    this.#channels.set(name, channel);
    return channel;
  }

  /** @internal */
  leave(channel: ServerChannel, connection: ServerConnection): void {
    channel.leave(connection, this.#settings.hasSubscriptionCounts);
    this.#forgetIfEmpty(channel);
  }

  /** @internal */
  isSigned(text: string, auth: string | undefined): boolean | Promise<boolean> {
    return isSignedBy(this.#settings, this.#hmacSha256, text, auth);
  }

  /** @internal */
  connected(connection: ServerConnection): void {
    this.#connections.add(connection);
  }

  /** @internal */
  disconnected(connection: ServerConnection): void {
    this.#connections.delete(connection);
  }

  /** @internal The script of the connection that is being opened. */
  takeNext(): Partial<Behavior> {
    return this.#next.shift() ?? {};
  }

  #forgetIfEmpty(channel: ServerChannel): void {
    if (!channel.isOccupied && !channel.cached) this.#channels.delete(channel.name);
  }
}
