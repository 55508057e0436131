/**
 * What `element.connection` is: the same object for the life of the element, whichever client is behind it
 * and whether there is one. Listeners bound to it are never lost, and states follow one another without a
 * break when the client is replaced.
 */
import type {
  Connection,
  ConnectionError,
  ConnectionEventMap,
  ConnectionLoss,
  ConnectionState,
  Pusher,
  StateChange,
} from '../../src/index.js';
import { connectionStates, PusherError } from '../../src/index.js';
import { BindingRelay } from '../shared/binding-relay.js';
import type { BindTarget, Callback, RelayBindOptions } from '../shared/binding-relay.js';
import { isActive } from './active-states.js';

/** What the connection asks its element to do where there is no client to ask. */
export interface ConnectionOwner {
  connect(): void;
  disconnect(): void;
  retry(): void;
}

/** Listeners of the element itself; they run before those of applications. */
export type ConnectionListeners = {
  readonly [Name in keyof ConnectionEventMap]?: (payload: ConnectionEventMap[Name]) => void;
};

export class ElementConnection {
  readonly #owner: ConnectionOwner;
  readonly #listeners: BindingRelay;
  readonly #bindings: BindingRelay;
  #client: Pusher | undefined;
  #state: ConnectionState = 'initialized';
  #configurationError: ConnectionError | undefined;
  /** The last change as the client told it, and what listeners here get: nothing, if it is no change to them. */
  #told: StateChange | undefined;
  #change: StateChange | undefined;

  /** @internal Made by the element. */
  constructor(owner: ConnectionOwner, listeners: ConnectionListeners) {
    this.#owner = owner;
    this.#listeners = new BindingRelay((event, payload) => this.#translate(event, payload));
    this.#bindings = new BindingRelay((event, payload) => this.#translate(event, payload));
    for (const [event, listener] of Object.entries(listeners)) this.#listeners.bind(event, listener);
  }

  /** The state now (seed S-13). */
  get state(): ConnectionState {
    return this.#state;
  }

  get socket_id(): string | undefined {
    return this.#connection?.socket_id;
  }

  /** Which retry since the last working connection; 0 where nothing has failed. */
  get attempt(): number {
    return this.#connection?.attempt ?? 0;
  }

  /** When the next attempt is due, in milliseconds since 1970; undefined while none is scheduled. */
  get retryAt(): number | undefined {
    return this.#connection?.retryAt;
  }

  /** Seconds until it. */
  get retryIn(): number | undefined {
    return this.#connection?.retryIn;
  }

  /** What the browser says of the network: false is reliable, true is a hint. */
  get isReachable(): boolean {
    return this.#connection?.isReachable ?? true;
  }

  get lastError(): ConnectionError | undefined {
    return this.#configurationError ?? this.#connection?.lastError;
  }

  /** The last measured round trip, in milliseconds. */
  get latency(): number | undefined {
    return this.#connection?.latency;
  }

  get hasBeenConnected(): boolean {
    return this.#connection?.hasBeenConnected ?? false;
  }

  connect(): void {
    this.#owner.connect();
  }

  disconnect(): void {
    this.#owner.disconnect();
  }

  /** Attempts now. */
  retry(): void {
    this.#owner.retry();
  }

  /** Measures a round trip in milliseconds. Rejects where there is no connection. */
  async ping(options: { signal?: AbortSignal } = {}): Promise<number> {
    if (this.#connection) return this.#connection.ping(options);
    throw new PusherError(
      'connection-lost',
      'There is no connection to measure.',
      'Wait for the state "connected".',
    );
  }

  /** Listens to one event, also before there is a client and after it has been replaced. */
  bind<Name extends keyof ConnectionEventMap>(
    event: Name,
    callback: (payload: ConnectionEventMap[Name]) => unknown,
    context?: unknown,
    options?: RelayBindOptions,
  ): this {
    this.#bindings.bind(event, callback, context, options);
    return this;
  }

  /** Removes the bindings that match every given part. */
  unbind(event?: string | null, callback?: Callback | null, context?: unknown): this {
    this.#bindings.unbind(event, callback, context);
    return this;
  }

  /** Listens to every event: `callback(name, payload)`. */
  bind_global(callback: (event: string, payload: unknown) => unknown, context?: unknown): this {
    this.#bindings.bind(undefined, callback, context);
    return this;
  }

  /** Removes one global listener, or all. */
  unbind_global(callback?: Callback | null): this {
    this.#bindings.unbindGlobal(callback);
    return this;
  }

  /** Removes every listener. */
  unbind_all(): this {
    this.#bindings.unbindAll();
    return this;
  }

  /** @internal Stands for this client from now on, or for none. */
  attach(client: Pusher | undefined): void {
    if (client === this.#client) return;
    this.#client = client;
    if (client) this.#configurationError = undefined;
    const target = client?.connection as BindTarget | undefined;
    // The element's own listeners are bound first, so they run first.
    this.#listeners.attach(target);
    this.#bindings.attach(target);
    const state = client?.connection.state ?? 'initialized';
    // A borrowed client may have come a long way; one that has not begun leaves nothing running.
    if (state !== 'initialized') this.#catchUp(state);
    else if (isActive(this.#state)) this.#catchUp('disconnected');
  }

  /** @internal Lets go of a client that goes on for others: for this element it has been closed. */
  part(): void {
    const wasConnected = this.#state === 'connected';
    this.#client = undefined;
    for (const relay of [this.#listeners, this.#bindings]) relay.attach(undefined);
    const loss: ConnectionLoss = {
      wasConnected,
      code: undefined,
      reason: 'closed for this element',
      wasClean: true,
      error: undefined,
      isFatal: false,
      isIntentional: true,
      attempt: 0,
      willReconnect: false,
    };
    if (wasConnected) for (const relay of [this.#listeners, this.#bindings]) relay.deliver('lost', loss);
    this.#catchUp('disconnected');
  }

  /** @internal Tells of an error that no client could tell of; once, until there is a client again. */
  fail(error: ConnectionError): void {
    if (this.#configurationError?.message === error.message) return;
    this.#configurationError = error;
    this.#listeners.deliver('error', error);
    this.#bindings.deliver('error', error);
  }

  get #connection(): Connection | undefined {
    return this.#client?.connection;
  }

  /** Tells of a state that was reached while nobody here listened. */
  #catchUp(current: ConnectionState): void {
    if (current === this.#state) return;
    const change: StateChange = { previous: this.#state, current, attempt: this.attempt };
    const payload = this.socket_id === undefined ? undefined : { socket_id: this.socket_id };
    for (const relay of [this.#listeners, this.#bindings]) {
      relay.deliver('state_change', change);
      relay.deliver(current, payload);
    }
  }

  /** Makes one sequence of the states of all clients: the state before a change is the one shown here. */
  #translate(event: string, payload: unknown): readonly [unknown] | undefined {
    if (event === 'state_change') {
      this.#advance(payload as StateChange);
      return this.#change && [this.#change];
    }
    const isStateName = (connectionStates as readonly string[]).includes(event);
    return isStateName && !this.#change ? undefined : [payload];
  }

  /** The first listener that hears of a change moves the state for all. */
  #advance(told: StateChange): void {
    if (told === this.#told) return;
    this.#told = told;
    this.#change = told.current === this.#state ? undefined : withPrevious(told, this.#state);
    this.#state = told.current;
  }
}

/** The same change from another state. What is not enumerable (the seed shows two fields) stays so. */
function withPrevious(change: StateChange, previous: ConnectionState): StateChange {
  if (change.previous === previous) return change;
  const properties = Object.getOwnPropertyDescriptors(change);
  return Object.defineProperties({} as StateChange, {
    ...properties,
    previous: { value: previous, enumerable: true },
  });
}
