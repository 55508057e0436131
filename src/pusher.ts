/** The client: assembles the rooms, and is the only file that knows them all. */
import { resolveAuthOptions } from './auth/auth-options.js';
import { Authorizer } from './auth/authorizer.js';
import { authorizeChannel } from './auth/channel-authorization.js';
import type { Channel } from './channels/channel.js';
import type { EventMetadata } from './channels/channel.js';
import { ChannelRegistry } from './channels/channel-registry.js';
import type { Lease } from './channels/channel-entry.js';
import { systemClock } from './clock.js';
import { Connection } from './connection/connection.js';
import type { ConnectionState } from './connection/connection-state.js';
import { createSwitches } from './connection/hooks.js';
import type { ReconnectSwitches } from './connection/hooks.js';
import { browserNetwork } from './connection/network-observer.js';
import { whenState } from './connection/when-state.js';
import { Dispatcher } from './dispatcher.js';
import type { BindOptions } from './dispatcher.js';
import { describeClient, endpointUrl, httpEndpointUrl } from './endpoint.js';
import { disposed } from './errors.js';
import { resolveOptions, resolveReconnectDelay } from './options.js';
import type { LiveOptions, PusherOptions, ResolvedOptions } from './options.js';
import { isWelcome } from './protocol/codec.js';
import { Stats } from './stats/stats.js';
import type { Timeline } from './stats/timeline.js';
import { createTransports } from './transport/transports.js';
import { startsWithTLS } from './transport/websocket-transport.js';
import { User } from './user/user.js';

/** A connection to Pusher Channels, or to a server that speaks its protocol, with the channels on it. */
export class Pusher {
  /** The application key (seed C-02). */
  readonly key: string;
  /** The connection: its state, its events, its commands (seed S-15). */
  readonly connection: Connection;
  /** The signed-in user, and events to them (protocol.md §7.8). */
  readonly user: User;
  /** What happened to the connection lately; stays in the page, unless `statsEndpoint` is set (O-19). */
  readonly timeline: Timeline;
  #options: PusherOptions;
  #settings: ResolvedOptions;
  readonly #switches: ReconnectSwitches;
  readonly #registry: ChannelRegistry;
  readonly #dispatcher = new Dispatcher();
  readonly #disposal = new AbortController();
  #isConnectPending: boolean;
  #isDisposed = false;

  /**
   * Creates a client, which connects by itself at the end of the task (C-01), so that listeners bound in the
   * same task miss nothing; with `connectAutomatically: false` it waits for `connect()` (C-05).
   *
   * @param appKey The key of the app, from its dashboard. Missing or unusable: throws a `PusherError`.
   * @param options See `PusherOptions`. A wrong value throws a `PusherError` that names the option.
   */
  constructor(appKey: string, options: PusherOptions = {}) {
    this.#options = { ...options };
    this.#settings = resolveOptions(appKey, options);
    this.key = this.#settings.key;
    this.#switches = createSwitches(options.reconnectAutomatically ?? true, options.reconnectDelay, (delay) =>
      resolveReconnectDelay(delay, warn),
    );
    const clock = options.clock ?? systemClock;
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
    const auth = resolveAuthOptions(options, warn);
    const authorizer = new Authorizer({
      clock,
      settings: (kind) => auth[kind],
      beforeAuthorize: options.beforeAuthorize,
      warn,
    });
    const connection = (): Connection => this.connection;
    const socketId = (): string | undefined => this.connection.socket_id;
    this.user = new User({
      clock,
      connection,
      timeout: () => this.#settings.subscriptionTimeout,
      authenticate: (signal) => authorizer.authorize({ kind: 'user', socketId: socketId() ?? '' }, signal),
    });
    this.#registry = new ChannelRegistry({
      clock,
      connection,
      settings: () => this.#settings,
      authorize: (channel, signal) =>
        authorizeChannel({ authorizer, socketId, user: this.user }, channel, signal),
      userId: () => this.user.id,
      assertUsable: () => {
        this.#assertUsable();
      },
      hears: (event) => this.#dispatcher.hears(event),
      deliver: (event, payload, metadata) => {
        this.#dispatcher.emit(event, payload, metadata);
      },
      warn,
    });
    this.connection = new Connection({
      clock,
      transports,
      network: options.network ?? browserNetwork,
      settings: () => this.#settings,
      switches: this.#switches,
      receiver: {
        receive: (frame) => {
          if (!this.user.take(frame)) this.#registry.receive(frame);
        },
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
      note: stats.note,
    });
    this.#isConnectPending = options.connectAutomatically ?? true;
    queueMicrotask(() => {
      // disconnect() of the client or of its connection, called meanwhile, has said no.
      if (this.#isConnectPending && this.connection.state === 'initialized') this.connect();
    });
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
  subscribe(name: string): Channel {
    this.#assertUsable();
    return this.#registry.subscribe(name);
  }

  /** Leaves a channel and removes its bindings, unless a lease still holds it. */
  unsubscribe(name: string): void {
    this.#registry.unsubscribe(name);
  }

  /** A hold on a channel that is shared with other holders and outlives short gaps; for components. Throws for an impossible name. */
  acquire(name: string, options: { linger?: number } = {}): Lease {
    this.#assertUsable();
    return this.#registry.acquire(name, options.linger);
  }

  /** A channel that is held, or undefined. */
  channel(name: string): Channel | undefined {
    return this.#registry.channel(name);
  }

  /** Every channel that is held. */
  allChannels(): Channel[] {
    return this.#registry.all();
  }

  /** Listens to an event on every channel: `callback(payload, metadata)`. */
  bind<Payload = unknown>(
    event: string,
    callback: (payload: Payload, metadata: EventMetadata) => unknown,
    context?: unknown,
    options?: BindOptions,
  ): this {
    this.#dispatcher.bind(event, callback, context, options);
    return this;
  }

  /** Removes the bindings that match every given part. */
  unbind(
    event?: string | null,
    callback?: ((...values: never[]) => unknown) | null,
    context?: unknown,
  ): this {
    this.#dispatcher.unbind(event, callback, context);
    return this;
  }

  /** Listens to every event on every channel: `callback(event, payload, metadata)`. */
  bind_global(
    callback: (event: string, payload: unknown, metadata: EventMetadata) => unknown,
    context?: unknown,
    options?: BindOptions,
  ): this {
    this.#dispatcher.bindGlobal(callback, context, options);
    return this;
  }

  /** Removes one global listener, or all. */
  unbind_global(callback?: ((...values: never[]) => unknown) | null): this {
    this.#dispatcher.unbindGlobal(callback);
    return this;
  }

  /** Removes every listener of the client; those of channels and of the connection stay. */
  unbind_all(): this {
    this.#dispatcher.unbindAll();
    return this;
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
    const signals = [this.#disposal.signal, ...(options.signal ? [options.signal] : [])];
    return whenState(this.connection, state, signals);
  }

  /** Changes settings that can change while the client lives; each takes effect from its next use on. Throws for a wrong value. */
  configure(options: LiveOptions): void {
    const next = { ...this.#options, ...options };
    this.#settings = resolveOptions(this.key, next);
    this.#options = next;
  }

  /** Moves to another datacenter, keeping channels and bindings; connects only if the client was connected or trying. */
  switchCluster(options: { cluster: string }): void {
    this.#assertUsable();
    const next = { ...this.#options, ...options, wsHost: undefined, httpHost: undefined };
    this.#settings = resolveOptions(this.key, next);
    this.#options = next;
    const { state } = this.connection;
    if (state === 'initialized' || state === 'disconnected' || state === 'failed') return;
    this.disconnect();
    this.connect();
  }

  /** The end: closes, and leaves no timer, socket or listener behind. The client cannot be used again. */
  dispose(): void {
    if (this.isDisposed) return;
    this.#isDisposed = true; // before anybody is told, so that no listener can connect it again
    this.#isConnectPending = false;
    this.connection.dispose();
    this.#disposal.abort(disposed());
    this.#registry.dispose();
    this.user.dispose();
    this.#dispatcher.unbindAll();
  }

  #assertUsable(): void {
    if (this.isDisposed) throw disposed();
  }
}

function warn(message: string): void {
  console.warn(`[pusher-elements] ${message}`);
}
