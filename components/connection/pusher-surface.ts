/**
 * What people who know pusher-js call on the element, as on `new Pusher(key, options)`. Everything works
 * before there is a client, and outlives its replacement. Also what can be read of the connection.
 */
import type { ConnectionError, ConnectionState, EventMetadata, User } from '../../src/index.js';
import { BindingRelay } from '../shared/binding-relay.js';
import type { Callback, RelayBindOptions } from '../shared/binding-relay.js';
import { until } from '../shared/until.js';
import { ElementChannels } from './element-channels.js';
import type { ElementChannel } from './element-channels.js';
import type { ElementConnection } from './element-connection.js';
import { ConnectionSettings } from './connection-settings.js';

export abstract class PusherSurface extends ConnectionSettings {
  /** The channels asked for by calls; elements hold their own. */
  protected readonly channels: ElementChannels = new ElementChannels();
  /** Listeners for events of any channel. */
  protected readonly bindings: BindingRelay = new BindingRelay();

  /** The connection, as pusher-js users know it: the same object for the life of the element (seed S-15). */
  abstract get connection(): ElementConnection;

  /** The connection state (seed S-01). */
  get state(): ConnectionState {
    return this.connection.state;
  }

  /** The id of the present connection; undefined while there is none. */
  get socketId(): string | undefined {
    return this.connection.socket_id;
  }

  /** Which retry since the last working connection; 0 where nothing has failed. */
  get attempt(): number {
    return this.connection.attempt;
  }

  /** When the next attempt is due, in milliseconds since 1970; undefined while none is scheduled. */
  get retryAt(): number | undefined {
    return this.connection.retryAt;
  }

  /** What the browser says of the network: false is reliable, true is a hint (seed R-08). */
  get reachable(): boolean {
    return this.connection.isReachable;
  }

  /** The error of the last loss, refusal or configuration; undefined once a connection works. */
  get lastError(): ConnectionError | undefined {
    return this.connection.lastError;
  }

  /** The last measured round trip, in milliseconds; undefined before the first. */
  get latency(): number | undefined {
    return this.connection.latency;
  }

  /** The user of the present client, with its events; undefined while there is no client. */
  abstract get user(): User | undefined;

  /** Signs the user in, now or as soon as there is a connection, and again with each new one. */
  abstract signin(): void;

  /** Connects, or attempts now where one was scheduled; while connected or trying it does nothing (seed C-09). */
  abstract connect(): void;

  /** Closes, for this element. Nothing is tried until `connect()` or `retry()`, also with another key (seed C-08). */
  abstract disconnect(): void;

  /** Attempts now, for a button. */
  abstract retry(): void;

  /** Measures a round trip in milliseconds. Rejects where there is no connection, and on `signal`. */
  ping(options: { signal?: AbortSignal } = {}): Promise<number> {
    return this.connection.ping(options);
  }

  /** Resolves once the connection is in `state`, at once if it is; rejects on `signal`. */
  whenState(state: ConnectionState, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
    return until((resolve: () => void, settled) => {
      const check = ({ current }: { readonly current: ConnectionState }): void => {
        if (current === state) resolve();
      };
      this.connection.bind('state_change', check, undefined, { signal: settled });
      check({ current: this.state });
    }, signal);
  }

  /** Subscribes in any state and returns the channel at once. Throws for an impossible name. */
  subscribe(name: string): ElementChannel {
    return this.channels.subscribe(name);
  }

  /** Leaves a channel, and forgets its listeners unless an element holds it too. Others that have asked for it keep it. */
  unsubscribe(name: string): void {
    this.channels.unsubscribe(name);
  }

  /** A channel that is held, by a call or by an element; or undefined. */
  channel(name: string): ElementChannel | undefined {
    return this.channels.channel(name);
  }

  /** Every channel that is held. */
  allChannels(): ElementChannel[] {
    return this.channels.all();
  }

  /** Listens to an event on every channel of the connection, whoever holds it: `callback(payload, metadata)`. */
  bind<Payload = unknown>(
    event: string,
    callback: (payload: Payload, metadata: EventMetadata) => unknown,
    context?: unknown,
    options?: RelayBindOptions,
  ): this {
    this.bindings.bind(event, callback, context, options);
    return this;
  }

  /** Removes the bindings that match every given part. */
  unbind(event?: string | null, callback?: Callback | null, context?: unknown): this {
    this.bindings.unbind(event, callback, context);
    return this;
  }

  /** Listens to every event on every channel: `callback(event, payload, metadata)`. */
  bind_global(
    callback: (event: string, payload: unknown, metadata: EventMetadata) => unknown,
    context?: unknown,
    options?: RelayBindOptions,
  ): this {
    this.bindings.bind(undefined, callback, context, options);
    return this;
  }

  /** Removes one global listener, or all. */
  unbind_global(callback?: Callback | null): this {
    this.bindings.unbindGlobal(callback);
    return this;
  }

  /** Removes every listener of `bind` and `bind_global`. */
  unbind_all(): this {
    this.bindings.unbindAll();
    return this;
  }

  /** Sends a client event to a channel that is held; false where there is none, or no connection. */
  trigger(channel: string, event: string, data: unknown): boolean {
    return this.channel(channel)?.trigger(event, data) ?? false;
  }

  /** Sends a frame of the page's making; false where there is no connection. */
  abstract send_event(event: string, data: unknown, channel?: string): boolean;
}
