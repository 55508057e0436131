/** What callers hold: one channel's state, its events and its commands. The registry decides every frame. */
import { Bindable } from '../dispatcher.js';
import type { Gap } from '../connection/connection-state.js';
import type { PusherErrorCode } from '../errors.js';
import { SUBSCRIPTION_COUNT, SUBSCRIPTION_ERROR, SUBSCRIPTION_SUCCEEDED } from '../protocol/event-names.js';
import { channelType } from './channel-type.js';
import type { ChannelType } from './channel-type.js';
import type { ClientEventOptions } from './client-events.js';
import type { ChannelEventMap } from './event-map.js';

/** Events of this library on a channel, in the service's name space so that no published event can be one. */
export const STATE_CHANGE = 'pusher:state_change';
export const UNSUBSCRIBED = 'pusher:unsubscribed';
export const GAP = 'pusher:gap';
/** The seed's name for `pusher:subscription_error` (requirements §3 row 13). */
const OLD_SUBSCRIPTION_ERROR = 'subscription_error';

/** Where a subscription stands. `idle`: not subscribed, and nothing under way. */
export type ChannelState = 'idle' | 'authorizing' | 'subscribing' | 'subscribed' | 'failed';

/** The payload of `pusher:subscription_error`. */
export interface SubscriptionError {
  /**
   * `AuthError`: there is no signature. `SubscriptionError`: the server refused. `TimeoutError`: it said nothing.
   * `DecryptionError`: an event could not be opened; the channel stays subscribed.
   */
  readonly type: string;
  /** The same as `message`, under the name that pusher-js users know. */
  readonly error: string;
  /** The HTTP or protocol status, where there was one. */
  readonly status?: number;
  readonly message: string;
  readonly reason: PusherErrorCode;
  readonly remediation: string;
  /** What led to it, where there is more to know than the message. */
  readonly cause?: unknown;
  /** When it will be tried again, in `Date.now()` milliseconds; absent where it will not be by itself. */
  readonly retryAt?: number;
}

/** What is known of an event besides its payload. */
export interface EventMetadata {
  /** Who sent it, on presence channels. */
  readonly user_id?: string;
  /** The payload as it came, before decoding (a string that looks like JSON is decoded, protocol.md §2.1). */
  readonly rawData: unknown;
  /** When it came in, in `Date.now()` milliseconds. */
  readonly receivedAt: number;
  /** Whether it is the replay of a cache channel. */
  readonly cached: boolean;
}

/** What a channel can ask of its registry. */
export interface ChannelOwner {
  subscribe(name: string): unknown;
  unsubscribe(name: string): void;
  retry(name: string): void;
  trigger(channel: Channel, event: string, data: unknown, options?: ClientEventOptions): boolean;
}

/** A channel. Made by `subscribe()`. */
export class Channel extends Bindable<ChannelEventMap, EventMetadata> {
  /** Its whole name, with prefixes. */
  readonly name: string;
  readonly #owner: ChannelOwner;
  #state: ChannelState = 'idle';
  #error: SubscriptionError | undefined;
  #subscriptionCount: number | undefined;
  /** Who waits for a confirmation, to be told that none will come. */
  #waiting: Set<(reason: Error) => void> | undefined;

  /** @internal Made by the registry. */
  constructor(name: string, owner: ChannelOwner) {
    super();
    this.name = name;
    this.#owner = owner;
  }

  /** What the prefix says. */
  get type(): ChannelType {
    return channelType(this.name);
  }

  /** Where the subscription stands now. */
  get state(): ChannelState {
    return this.#state;
  }

  /** Whether the server has confirmed the subscription on the present connection. */
  get subscribed(): boolean {
    return this.#state === 'subscribed';
  }

  /** Whether an answer is being waited for. */
  get subscriptionPending(): boolean {
    return this.#state === 'authorizing' || this.#state === 'subscribing';
  }

  /** Why the last subscription failed; undefined once one succeeds. */
  get error(): SubscriptionError | undefined {
    return this.#error;
  }

  /** How many connections are subscribed, where the app has counts enabled; undefined until the first count. */
  get subscriptionCount(): number | undefined {
    return this.#subscriptionCount;
  }

  /**
   * Sends a client event to the other subscribers, now or as soon as the channel is subscribed and the rate allows
   * it; its name begins with `client-`. False where it will not be sent: nobody holds the channel, too many wait
   * already, or it may not wait. Throws on public and encrypted channels, where the protocol has none
   * (protocol.md §7.4).
   */
  trigger(event: string, data: unknown, options?: ClientEventOptions): boolean {
    return this.#owner.trigger(this, event, data, options);
  }

  /** The same as `pusher.subscribe(name)`. */
  subscribe(): void {
    this.#owner.subscribe(this.name);
  }

  /** The same as `pusher.unsubscribe(name)`. */
  unsubscribe(): void {
    this.#owner.unsubscribe(this.name);
  }

  /** Tries a failed subscription again now. */
  retry(): void {
    this.#owner.retry(this.name);
  }

  /**
   * Resolves once the subscription is confirmed, at once if it is; rejects with the reason of `signal`, and with
   * a `PusherError` where the channel is left, or the client disposed of, before that.
   */
  whenSubscribed(options: { signal?: AbortSignal } = {}): Promise<this> {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      const fail = (reason: Error): void => {
        done.abort();
        reject(reason);
      };
      const done = new AbortController();
      if (signal?.aborted) fail(signal.reason as Error);
      else if (this.subscribed) resolve(this);
      else {
        const succeed = (): void => {
          done.abort();
          resolve(this);
        };
        this.bind(SUBSCRIPTION_SUCCEEDED, succeed, undefined, done);
        (this.#waiting ??= new Set()).add(fail);
        done.signal.addEventListener('abort', () => this.#waiting?.delete(fail), { once: true });
        const abort = (): void => {
          fail(signal?.reason as Error);
        };
        signal?.addEventListener('abort', abort, { once: true, signal: done.signal });
      }
    });
  }

  /** @internal Whether anybody would be called. */
  hears(event: string): boolean {
    return this.dispatcher.hears(event);
  }

  /** @internal Hands an event to its listeners. */
  deliver(event: string, payload: unknown, metadata?: EventMetadata): void {
    this.dispatcher.emit(event, payload, metadata);
  }

  /** @internal The registry says where the subscription stands. */
  become(state: ChannelState): void {
    const previous = this.#state;
    if (previous === state) return;
    this.#state = state;
    if (state === 'subscribed') this.#error = undefined;
    this.dispatcher.emit(STATE_CHANGE, { previous, current: state });
    if (previous === 'subscribed') this.dispatcher.emit(UNSUBSCRIBED);
  }

  /** @internal The server has confirmed. `gap` is what may have been missed since the last time. */
  confirm(payload: unknown, gap: Gap | undefined): void {
    this.become('subscribed');
    this.tellSubscribed(payload, gap);
  }

  /** @internal The server has confirmed once more, without a loss in between. */
  confirmAgain(_payload: unknown): void {
    // Only a roster is news then.
  }

  /** @internal What every confirmed subscription ends with. */
  protected tellSubscribed(payload: unknown, gap: Gap | undefined): void {
    // A listener of the change of state may have ended it already.
    if (gap && this.subscribed) this.dispatcher.emit(GAP, gap);
    if (this.subscribed) this.dispatcher.emit(SUBSCRIPTION_SUCCEEDED, payload);
  }

  /** @internal The subscription failed; `isNews` is false where the same trouble has been told already. */
  fail(error: SubscriptionError, isNews: boolean): void {
    this.#error = error;
    this.become('failed');
    if (isNews) this.report(error);
  }

  /** @internal Tells of trouble; by itself it ends nothing, such as an event that could not be opened. */
  report(error: SubscriptionError): void {
    this.dispatcher.emit(SUBSCRIPTION_ERROR, error);
    this.dispatcher.emitNamed(OLD_SUBSCRIPTION_ERROR, error);
  }

  /** @internal Nobody holds the channel any more: whoever waits for it waits in vain. */
  end(reason: Error): void {
    for (const fail of [...(this.#waiting ?? [])]) fail(reason);
  }

  /** @internal The server has counted. Zero is a count. */
  count(count: number): void {
    this.#subscriptionCount = count;
    this.dispatcher.emit(SUBSCRIPTION_COUNT, { subscription_count: count });
  }
}
