/**
 * What applications know as `pusher.connection`: the state, the events, and the commands, which become
 * inputs to the machine. The work is done by `connection-runner.ts`.
 */
import { Dispatcher } from '../dispatcher.js';
import type { BindOptions } from '../dispatcher.js';
import type { ConnectionError } from '../errors.js';
import { PusherError } from '../errors.js';
import type { OutboundFrame } from '../protocol/frames.js';
import type { ConnectionEventMap } from './connection-events.js';
import { ConnectionRunner } from './connection-runner.js';
import type { ConnectionParts } from './connection-parts.js';
import type { ConnectionState } from './connection-state.js';

/** One connection for the life of a client, over as many sockets as it takes. */
export class Connection {
  readonly #parts: ConnectionParts;
  readonly #dispatcher = new Dispatcher();
  readonly #runner: ConnectionRunner;

  /** @internal Made by `Pusher`. */
  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#runner = new ConnectionRunner(parts, this.#dispatcher);
  }

  /** The state now (seed S-13). */
  get state(): ConnectionState {
    return this.#runner.model.state;
  }

  /** The id of the present connection, signed into authorizations; undefined while there is none. */
  get socket_id(): string | undefined {
    return this.#runner.model.socketId;
  }

  /** Which retry since the last working connection; 0 where nothing has failed. */
  get attempt(): number {
    return this.#runner.model.attempt;
  }

  /** When the next attempt is due, in `Date.now()` milliseconds; undefined while none is scheduled. */
  get retryAt(): number | undefined {
    return this.#runner.model.retryAt;
  }

  /** Seconds until the next scheduled attempt, by the client's own clock; undefined while none is scheduled. */
  get retryIn(): number | undefined {
    const { retryAt } = this.#runner.model;
    return retryAt === undefined ? undefined : Math.max(0, (retryAt - this.#parts.clock.now()) / 1000);
  }

  /** What the browser says of the network: false is reliable, true is a hint (seed R-08). */
  get isReachable(): boolean {
    return this.#runner.isOnline;
  }

  /** The error of the last loss or refusal; undefined once a connection works again. */
  get lastError(): ConnectionError | undefined {
    return this.#runner.model.lastError;
  }

  /** The last measured round trip of the present connection, in milliseconds. */
  get latency(): number | undefined {
    return this.#runner.heartbeat.latency;
  }

  /** Whether a connection has ever been established: `connecting` then means reconnecting. */
  get hasBeenConnected(): boolean {
    return this.#runner.model.hasBeenConnected;
  }

  /** Whether frames can be sent now. */
  get isOpen(): boolean {
    return this.#runner.model.activity === 'open';
  }

  /** Whether to reconnect by itself (seed P-05, P-06). May be changed at any time, also inside the hooks. */
  get reconnectAutomatically(): boolean {
    return this.#parts.switches.reconnectAutomatically;
  }
  set reconnectAutomatically(value: boolean) {
    this.#parts.switches.reconnectAutomatically = value;
  }

  /** Milliseconds from a loss to the next attempt; undefined for the retry policy (seed P-07, P-09). */
  get reconnectDelay(): number | undefined {
    return this.#parts.switches.reconnectDelay;
  }
  set reconnectDelay(value: number | undefined) {
    this.#parts.switches.reconnectDelay = value;
  }

  /** Connects, or attempts now where an attempt was scheduled; while connected or trying it does nothing (C-09). */
  connect(): void {
    this.#runner.dispatch({ type: 'connect' });
  }

  /** Closes; nothing is scheduled afterwards, whatever was under way (C-08). */
  disconnect(): void {
    this.#runner.dispatch({ type: 'disconnect' });
  }

  /** Closes and connects again, with settings that have changed; a listener that calls `disconnect()` meanwhile has the last word. */
  restart(): void {
    this.#runner.dispatch({ type: 'disconnect' }, { type: 'connect' });
  }

  /** Attempts now: the same as `connect()`, under the name of the button that people press. */
  retry(): void {
    this.connect();
  }

  /** Measures a round trip in milliseconds. Rejects where there is no connection, or none any more, or on `signal`. */
  async ping(options: { signal?: AbortSignal } = {}): Promise<number> {
    const { signal } = options;
    signal?.throwIfAborted();
    const none = (): PusherError =>
      new PusherError(
        'connection-lost',
        'There is no connection to measure.',
        'Wait for the state "connected".',
      );
    if (!this.isOpen) throw none();
    const done = new AbortController();
    const aborted = new Promise<never>((_, reject) => {
      const abort = (): void => {
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', abort, { once: true, signal: done.signal });
    });
    const latency = await Promise.race([this.#runner.heartbeat.measure(), aborted]).finally(() => {
      done.abort();
    });
    if (latency === undefined) throw none();
    return latency;
  }

  /** Sends a frame of the application's making; false where there is no connection. */
  send_event(event: string, data: unknown, channel?: string): boolean {
    return this.send({ event, data, ...(channel === undefined ? undefined : { channel }) });
  }

  /** Whether the present connection, or the next attempt, is encrypted. */
  isUsingTLS(): boolean {
    return this.#runner.model.usesTLS;
  }

  /** Writes one frame at once; false where there is no established connection. Text goes out as it is. */
  send(frame: OutboundFrame | string): boolean {
    return this.#runner.send(frame);
  }

  /** Listens to one event; see `ConnectionEventMap` for what each carries. */
  bind<Name extends keyof ConnectionEventMap>(
    event: Name,
    callback: (payload: ConnectionEventMap[Name]) => unknown,
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

  /** Listens to every event: `callback(name, payload)`. */
  bind_global(callback: (event: string, payload: unknown) => unknown, context?: unknown): this {
    this.#dispatcher.bindGlobal(callback, context);
    return this;
  }

  /** Removes one global listener, or all. */
  unbind_global(callback?: ((...values: never[]) => unknown) | null): this {
    this.#dispatcher.unbindGlobal(callback);
    return this;
  }

  /** Removes every listener. */
  unbind_all(): this {
    this.#dispatcher.unbindAll();
    return this;
  }

  /** @internal The end: closes, forgets every listener and timer. */
  dispose(): void {
    this.#runner.dispose();
    this.#dispatcher.unbindAll();
  }
}
