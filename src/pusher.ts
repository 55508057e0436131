/** The client: assembles the rooms, and is the only file that knows them all. */
import { checkAuthOptions } from './auth/auth-options.js';
import { createSignatures, prepareSigning } from './auth/signatures.js';
import type { Channel } from './channels/channel.js';
import type { EventMetadata } from './channels/channel.js';
import { ChannelRegistry } from './channels/channel-registry.js';
import type { Lease } from './channels/channel-entry.js';
import { channelTable } from './channels/channel-table.js';
import type { ChannelTable } from './channels/channel-table.js';
import type { ChannelEventMap } from './channels/event-map.js';
import type { ChannelOf } from './channels/presence-channel.js';
import { retryDelay } from './channels/subscription-errors.js';
import { systemClock } from './clock.js';
import { Connection } from './connection/connection.js';
import type { ConnectionState } from './connection/connection-state.js';
import { createSwitches } from './connection/hooks.js';
import type { ReconnectSwitches } from './connection/hooks.js';
import { browserNetwork } from './connection/network-observer.js';
import { whenState } from './connection/when-state.js';
import { Bindable } from './dispatcher.js';
import { describeClient, endpointUrl, httpEndpointUrl } from './endpoint.js';
import { disposed } from './errors.js';
import { createLog, logTransports, warn } from './log.js';
import { resolveOptions, resolveReconnectDelay } from './options.js';
import type { LiveOptions, PusherOptions, ResolvedOptions } from './options.js';
import { isWelcome } from './protocol/codec.js';
import { Stats } from './stats/stats.js';
import type { Timeline } from './stats/timeline.js';
import { createTransports } from './transport/transports.js';
import { startsWithTLS } from './transport/websocket-transport.js';
import { User } from './user/user.js';

/** A connection to a server of Pusher Channels, with the channels on it. Its own `bind` listens on all of them. */
export class Pusher extends Bindable<ChannelEventMap, EventMetadata> {
  /** Writes everything that happens to the console; may be changed at any time. */
  static logToConsole: boolean = false;
  /** Takes each line of that instead of the console. */
  static log: ((message: string) => void) | undefined;
  /** The connection: its state, its events, its commands (seed S-15). */
  readonly connection: Connection;
  /** The signed-in user, and events to them (protocol.md §7.8). */
  readonly user: User;
  /** What happened to the connection lately; stays in the page, unless `statsEndpoint` is set (O-19). */
  readonly timeline: Timeline;
  /** The channels that are held, by name; see also `channel()` and `allChannels()`. */
  readonly channels: ChannelTable;
  #options: PusherOptions;
  #settings: ResolvedOptions;
  readonly #switches: ReconnectSwitches;
  readonly #registry: ChannelRegistry;
  readonly #disposal = new AbortController();
  #isConnectPending: boolean;
  #isDisposed = false;
  #sessionId: number | undefined;

  /**
   * Creates a client, which connects by itself at the end of the task (C-01), so that listeners bound in the
   * same task miss nothing; with `connectAutomatically: false` it waits for `connect()` (C-05).
   *
   * @param appKey The key of the app, from its dashboard. Missing or unusable: throws a `PusherError`.
   * @param options See `PusherOptions`. A wrong value throws a `PusherError` that names the option.
   */
  constructor(appKey: string, options: PusherOptions = {}) {
    super();
    this.#options = { ...options };
    this.#settings = resolveOptions(appKey, options);
    this.#switches = createSwitches(options.reconnectAutomatically ?? true, options.reconnectDelay, (delay) =>
      resolveReconnectDelay(delay, warn),
    );
    const clock = options.clock ?? systemClock;
    const log = createLog(new.target);
    const stats = new Stats({
      clock,
      endpoint: () => this.#settings.statsEndpoint,
      about: () => describeClient(this.#settings),
    });
    this.timeline = stats.timeline;
    const transports =
      options.transport ??
      createTransports({
        clock,
        settings: () => this.#settings,
        httpUrl: (usesTLS) => httpEndpointUrl(this.#settings, usesTLS),
        canMove: () => this.#switches.reconnectAutomatically,
        isWelcome,
        note: stats.noteTransport,
      });
    checkAuthOptions(options, warn); // what is wrong with them is said now; what they say is read for each request
    const connection = (): Connection => this.connection;
    const signatures = createSignatures({
      clock,
      options: () => this.#options,
      warn,
      socketId: () => this.connection.socket_id,
      user: () => this.user,
    });
    this.user = new User({
      clock,
      connection,
      timeout: () => this.#settings.subscriptionTimeout,
      authenticate: signatures.user,
      retryDelay,
    });
    this.#registry = new ChannelRegistry({
      clock,
      connection,
      settings: () => this.#settings,
      authorize: signatures.channel,
      user: this.user,
      assertUsable: () => this.#assertUsable(),
      hears: (event) => this.dispatcher.hears(event),
      deliver: (event, payload, metadata) => this.emit(event, payload, metadata),
      warn,
    });
    this.channels = channelTable(this.#registry);
    this.connection = new Connection({
      clock,
      transports: logTransports(transports, log),
      network: options.network ?? browserNetwork,
      settings: () => this.#settings,
      switches: this.#switches,
      receiver: {
        receive: (frame, receivedAt) => {
          const isHeard = this.user.take(frame) || this.#registry.receive(frame, receivedAt);
          if (frame.kind === 'error') this.user.refused(frame); // last: until then its sign-in is seen to wait
          return isHeard;
        },
        hears: (names) => this.#registry.hears(names),
        connectionReady: () => {
          this.user.connectionReady();
          this.#registry.connectionReady();
        },
        connectionLost: () => {
          this.user.connectionLost();
          this.#registry.connectionLost();
        },
      },
      url: (usesTLS) => endpointUrl(this.#settings, usesTLS),
      usesTLS: startsWithTLS(this.#settings.forceTLS, warn),
      hooks: options,
      note: (event, payload) => {
        log(event, payload);
        stats.note(event, payload);
      },
    });
    this.#isConnectPending = options.connectAutomatically ?? true;
    queueMicrotask(() => {
      // disconnect() of the client or of its connection, called meanwhile, has said no.
      if (this.#isConnectPending && this.connection.state === 'initialized') this.connect();
    });
  }

  /** The application key (seed C-02). */
  get key(): string {
    return this.#settings.key;
  }

  /** The options as they were given, with what was changed since. */
  get options(): Readonly<PusherOptions> {
    return this.#options;
  }

  /** The settings that are in force, with every default filled in. */
  get config(): Readonly<ResolvedOptions> {
    return this.#settings;
  }

  /** A random number that stays the same for the life of the client. */
  get sessionID(): number {
    return (this.#sessionId ??= Math.floor((this.#options.clock ?? systemClock).random() * 1e9));
  }

  /** The client itself: pusher-js keeps the listeners of the client there. */
  get global_emitter(): this {
    return this;
  }

  /** Whether to reconnect by itself after a loss or a failed attempt; may be changed at any time (P-05, R-04). */
  get reconnectAutomatically(): boolean {
    return this.#switches.reconnectAutomatically;
  }
  set reconnectAutomatically(value: boolean) {
    this.#switches.reconnectAutomatically = value;
  }

  /** Milliseconds from a loss to the next attempt; undefined for the retry policy. May be changed at any time (P-09). */
  get reconnectDelay(): number | undefined {
    return this.#switches.reconnectDelay;
  }
  set reconnectDelay(value: number | undefined) {
    this.#switches.reconnectDelay = value;
  }

  /** Whether `dispose()` was called. */
  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Connects, or attempts now where an attempt was scheduled; while connected or trying it does nothing (C-09). */
  connect(): void {
    this.#assertUsable();
    this.#isConnectPending = false;
    this.connection.connect();
  }

  /** Closes the connection; nothing is scheduled afterwards. Channels and bindings stay for a later `connect()` (C-08, C-10). */
  disconnect(): void {
    this.#isConnectPending = false;
    this.connection.disconnect();
  }

  /** Subscribes in any state and returns the channel at once; asking again returns the same. Throws for an impossible name. */
  subscribe<Name extends string>(name: Name): ChannelOf<Name> {
    this.#assertUsable();
    return prepareSigning(this.#registry.subscribe(name)) as ChannelOf<Name>;
  }

  /** Leaves a channel and removes its bindings, unless a lease still holds it. */
  unsubscribe(name: string): void {
    this.#registry.unsubscribe(name);
  }

  /** A hold on a channel that is shared with other holders and outlives short gaps; for components. Throws for an impossible name. */
  acquire(name: string, options: { linger?: number } = {}): Lease {
    this.#assertUsable();
    const lease = this.#registry.acquire(name, options.linger);
    prepareSigning(lease.channel);
    return lease;
  }

  /** A channel that is held, or undefined. */
  channel<Name extends string>(name: Name): ChannelOf<Name> | undefined {
    return this.#registry.channel(name) as ChannelOf<Name> | undefined;
  }

  /** Every channel that is held. */
  allChannels(): Channel[] {
    return this.#registry.all();
  }

  /** Sends a frame of the application's making; false where there is no connection. */
  send_event(event: string, data: unknown, channel?: string): boolean {
    return this.connection.send_event(event, data, channel);
  }

  /** Signs the user in, now or as soon as there is a connection, and again with each new one (protocol.md §7.8). */
  signin(): void {
    this.#assertUsable();
    this.user.signin();
  }

  /** Resolves once the connection is in `state`, at once if it is; rejects on `signal` and when the client is disposed of. */
  whenState(state: ConnectionState, options: { signal?: AbortSignal } = {}): Promise<void> {
    const { signal } = this.#disposal;
    return whenState(this.connection, state, options.signal ? [signal, options.signal] : [signal]);
  }

  /** Changes settings that can change while the client lives; each takes effect from its next use on. Throws for a wrong value. */
  configure(options: LiveOptions): void {
    const next = { ...this.#options, ...options };
    this.#settings = resolveOptions(this.key, next);
    this.#options = next;
  }

  /** Whether the first attempt is encrypted; `connection.isUsingTLS()` says it of the present one. */
  shouldUseTLS(): boolean {
    return startsWithTLS(this.#settings.forceTLS, () => undefined);
  }

  /**
   * Moves to another datacenter, and to another app where `appKey` is given, keeping channels and bindings;
   * connects only if the client was connected or trying (reference/pusher-js.md §6.3 row O).
   */
  switchCluster({ cluster, appKey = this.key }: { cluster: string; appKey?: string }): void {
    this.#assertUsable();
    const next = { ...this.#options, cluster, wsHost: undefined, httpHost: undefined };
    this.#settings = resolveOptions(appKey, next);
    this.#options = next;
    const { state } = this.connection;
    if (state !== 'initialized' && state !== 'disconnected' && state !== 'failed') this.connection.restart();
  }

  /** The end: closes, and leaves no timer, socket or listener behind. The client cannot be used again. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true; // before anybody is told, so that no listener can connect it again
    this.#isConnectPending = false;
    this.connection.dispose();
    this.#disposal.abort(disposed());
    this.#registry.dispose();
    this.user.dispose();
    this.dispatcher.unbindAll();
  }

  #assertUsable(): void {
    if (this.isDisposed) throw disposed();
  }
}
