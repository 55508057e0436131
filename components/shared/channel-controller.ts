/**
 * Holds one channel for an element: takes a lease on the connection that the element found, follows the
 * channel's state, and moves to another lease when the name, the connection or its client changes.
 */
import type {
  Channel,
  ChannelState,
  EventMetadata,
  Gap,
  Lease,
  Member,
  Pusher,
  SubscriptionError,
} from '../../src/index.js';
import { PusherError } from '../../src/index.js';
import { BindingRelay } from './binding-relay.js';
import type { BindTarget } from './binding-relay.js';
import { followFacts } from './channel-facts.js';
import { holdChannel } from './channel-holders.js';
import type { ChannelHolder } from './channel-holders.js';
import type { ConnectionController } from './connection-controller.js';
import { isAllowed } from './site-rules.js';

/** What an element wants to hold. */
export interface ChannelWish {
  readonly name: string;
  /** How long to keep an unused subscription, in seconds; undefined for the client's own. */
  readonly linger?: number | undefined;
}

/** What the element says and hears. The state it can read is the new one each time. */
export interface ChannelObserver extends ChannelHolder {
  stateChanged(): void;
  subscribed(facts: { readonly isResumed: boolean; readonly gap: Gap | undefined }): void;
  unsubscribed(name: string): void;
  /** The server refused, nobody answered, or the name is impossible. */
  failed(name: string, error: SubscriptionError | PusherError): void;
  counted(count: number): void;
  /** Somebody joined a presence channel, or left it. */
  joined(member: Member): void;
  left(member: Member): void;
  /** A cache channel has no event to repeat. */
  cacheMissed(): void;
  missed(gap: Gap): void;
}

/** Takes an event of the application. */
export type ChannelListener = (name: string, data: unknown, metadata: EventMetadata) => void;

interface Held {
  readonly client: Pusher;
  readonly name: string;
  readonly lease: Lease;
  /** Ends being asked before the channel is authorized. */
  readonly leave: () => void;
}

export class ChannelController {
  /** Listeners of the application: they move from channel object to channel object. */
  readonly bindings: BindingRelay = new BindingRelay();
  /** Listeners of the element for events of the application; before those. */
  readonly #eventBindings = new BindingRelay();
  #unfollow: (() => void) | undefined;
  readonly #connection: ConnectionController;
  readonly #observer: ChannelObserver;
  #wish: ChannelWish | undefined;
  #held: Held | undefined;
  #state: ChannelState = 'idle';
  #refused: { readonly client: Pusher; readonly name: string; readonly error: PusherError } | undefined;
  #hasBeenSubscribed = false;
  #gap: Gap | undefined;

  constructor(connection: ConnectionController, observer: ChannelObserver) {
    this.#connection = connection;
    this.#observer = observer;
  }

  get state(): ChannelState {
    return this.#state;
  }

  /** The name of what is held; empty for nothing. Not yet a new one while an update is pending. */
  get name(): string {
    return this.#held?.name ?? '';
  }

  get channel(): Channel | undefined {
    return this.#held?.lease.channel;
  }

  get error(): SubscriptionError | PusherError | undefined {
    return this.#refused?.error ?? this.channel?.error;
  }

  /**
   * Hears events of the application, instead of those that were heard before: the named ones, so that others
   * need not be decoded, or all.
   */
  listen(names: readonly string[] | undefined, hear: ChannelListener): void {
    this.#eventBindings.unbindAll();
    const hearOwn = (name: string, data: unknown, metadata: EventMetadata): void => {
      // The channel's own come without metadata, and are told in other ways.
      if (!name.startsWith('pusher:')) hear(name, data, metadata);
    };
    if (!names) this.#eventBindings.bind(undefined, hearOwn);
    else
      for (const name of new Set(names))
        this.#eventBindings.bind(name, (data: unknown, metadata: EventMetadata) => {
          hearOwn(name, data, metadata);
        });
  }

  /** Says what to hold from now on; undefined: nothing. */
  want(wish: ChannelWish | undefined): void {
    this.#wish = wish && isAllowed(this.#observer.element, wish.name) ? wish : undefined;
    this.settle();
  }

  /** Brings what is held in line with what is wanted. Called on every change of either side. */
  settle(): void {
    const client = this.#wish && this.#connection.value?.client;
    const name = this.#wish?.name;
    const held = this.#held;
    if (held && held.client === client && held.name === name) {
      this.#follow();
      return;
    }
    if (this.#refused && (this.#refused.client !== client || this.#refused.name !== name))
      this.#refused = undefined;
    if (!client || name === undefined) this.#change(undefined);
    else if (!this.#refused) this.#acquire(client, name);
  }

  #acquire(client: Pusher, name: string): void {
    const linger = this.#wish?.linger;
    try {
      const lease = client.acquire(name, linger === undefined ? {} : { linger: linger * 1000 });
      // The first authorization waits for what is added to it, so this is not too late.
      this.#change({ client, name, lease, leave: holdChannel(client, name, this.#observer) });
    } catch (error) {
      if (!(error instanceof PusherError)) throw error;
      this.#change(undefined);
      this.#refused = { client, name, error };
      this.#follow();
      this.#observer.failed(name, error);
    }
  }

  /** The new lease is there before the old one goes, so a channel held by both is never left. */
  #change(next: Held | undefined): void {
    const previous = this.#held;
    const wasSubscribed = this.#state === 'subscribed';
    this.#held = next;
    this.#gap = undefined;
    this.#hasBeenSubscribed = false;
    this.#attach(undefined);
    previous?.lease.release();
    previous?.leave();
    if (previous && wasSubscribed) {
      this.#enter('idle');
      this.#observer.unsubscribed(previous.name);
    }
    // An observer may have asked for something else by now.
    if (this.#held !== next) return;
    this.#attach(next?.lease.channel);
    this.#follow();
    if (this.#state === 'subscribed') this.#announceSubscription();
  }

  #attach(channel: Channel | undefined): void {
    this.#unfollow?.();
    this.#unfollow = channel && followFacts(channel, this.#hear);
    const target = channel as BindTarget | undefined;
    for (const relay of [this.#eventBindings, this.bindings]) relay.attach(target);
  }

  readonly #hear = (event: string, payload: unknown): void => {
    this.#follow();
    const observer = this.#observer;
    switch (event) {
      case 'pusher:gap':
        this.#gap = payload as Gap;
        observer.missed(this.#gap);
        break;
      case 'pusher:subscription_succeeded':
        this.#announceSubscription();
        break;
      case 'pusher:unsubscribed':
        observer.unsubscribed(this.name);
        break;
      case 'pusher:subscription_error':
        observer.failed(this.name, payload as SubscriptionError);
        break;
      case 'pusher:member_added':
        observer.joined(payload as Member);
        break;
      case 'pusher:member_removed':
        observer.left(payload as Member);
        break;
      case 'pusher:cache_miss':
        observer.cacheMissed();
        break;
      case 'pusher:subscription_count':
        observer.counted((payload as { subscription_count: number }).subscription_count);
    }
  };

  #announceSubscription(): void {
    const facts = { isResumed: this.#hasBeenSubscribed, gap: this.#gap };
    this.#hasBeenSubscribed = true;
    this.#gap = undefined;
    this.#observer.subscribed(facts);
  }

  #follow(): void {
    this.#enter(this.#refused ? 'failed' : (this.channel?.state ?? 'idle'));
  }

  #enter(state: ChannelState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#observer.stateChanged();
  }
}
