/**
 * What `element.subscribe(name)` returns: a channel that is there before a client is, and stays when the
 * client is replaced, with its listeners.
 */
import type {
  Channel,
  ChannelState,
  ChannelType,
  EventMetadata,
  Lease,
  Pusher,
  SubscriptionError,
} from '../../src/index.js';
import { channelType, validateChannelName } from '../../src/index.js';
import { BindingRelay } from '../shared/binding-relay.js';
import type { BindTarget, Callback, RelayBindOptions } from '../shared/binding-relay.js';
import { holdersOf } from '../shared/channel-holders.js';
import { until } from '../shared/until.js';

/** One channel, over all clients. The surface is that of the client's `Channel`. */
export class ElementChannel {
  readonly name: string;
  readonly type: ChannelType;
  readonly #owner: ElementChannels;
  readonly #bindings = new BindingRelay();
  #channel: Channel | undefined;

  /** @internal Made by `ElementChannels`. */
  constructor(name: string, owner: ElementChannels) {
    this.name = name;
    this.type = channelType(name);
    this.#owner = owner;
  }

  get state(): ChannelState {
    return this.#channel?.state ?? 'idle';
  }

  get subscribed(): boolean {
    return this.state === 'subscribed';
  }

  get subscriptionPending(): boolean {
    return this.#channel?.subscriptionPending ?? false;
  }

  get error(): SubscriptionError | undefined {
    return this.#channel?.error;
  }

  get subscriptionCount(): number | undefined {
    return this.#channel?.subscriptionCount;
  }

  bind<Payload = unknown>(
    event: string,
    callback: (payload: Payload, metadata: EventMetadata) => unknown,
    context?: unknown,
    options?: RelayBindOptions,
  ): this {
    this.#bindings.bind(event, callback, context, options);
    return this;
  }

  unbind(event?: string | null, callback?: Callback | null, context?: unknown): this {
    this.#bindings.unbind(event, callback, context);
    return this;
  }

  bind_global(
    callback: (event: string, payload: unknown, metadata: EventMetadata) => unknown,
    context?: unknown,
    options?: RelayBindOptions,
  ): this {
    this.#bindings.bind(undefined, callback, context, options);
    return this;
  }

  unbind_global(callback?: Callback | null): this {
    this.#bindings.unbindGlobal(callback);
    return this;
  }

  unbind_all(): this {
    this.#bindings.unbindAll();
    return this;
  }

  trigger(event: string, data: unknown): boolean {
    return this.#channel?.trigger(event, data) ?? false;
  }

  subscribe(): void {
    this.#owner.subscribe(this.name);
  }

  unsubscribe(): void {
    this.#owner.unsubscribe(this.name);
  }

  retry(): void {
    this.#channel?.retry();
  }

  /** Resolves once the subscription is confirmed, at once if it is; rejects only on `signal`. */
  whenSubscribed({ signal }: { signal?: AbortSignal } = {}): Promise<this> {
    return until((resolve, settled) => {
      const finish = (): void => {
        resolve(this);
      };
      this.bind('pusher:subscription_succeeded', finish, undefined, { signal: settled });
      if (this.subscribed) finish();
    }, signal);
  }

  /** @internal Stands for this channel of the present client from now on. */
  attach(channel: Channel | undefined): void {
    this.#channel = channel;
    this.#bindings.attach(channel as BindTarget | undefined);
  }
}

/**
 * The channels that were asked for through one element. Each is held by a lease, because others may use the same
 * client, and what one of them leaves the others keep.
 */
export class ElementChannels {
  readonly #known = new Map<string, ElementChannel>();
  /** With the lease, where there is a client. */
  readonly #wanted = new Map<string, Lease | undefined>();
  #client: Pusher | undefined;

  /** Subscribes, now or as soon as there is a client. Throws for an impossible name. */
  subscribe(name: string): ElementChannel {
    const channel = this.#get(validateChannelName(name));
    const lease = this.#wanted.get(name);
    // Asking again after a failure is a wish to try again, as in pusher-js.
    if (lease) lease.channel.retry();
    else this.#hold(name, channel);
    return channel;
  }

  /** Leaves, and forgets the listeners, unless an element holds the channel too. */
  unsubscribe(name: string): void {
    if (!this.#wanted.has(name)) return;
    this.#wanted.get(name)?.release();
    this.#wanted.delete(name);
    const client = this.#client;
    const isHeld = client !== undefined && holdersOf(client, name).length > 0;
    const channel = this.#get(name);
    if (!isHeld) channel.unbind_all();
    channel.attach(isHeld ? client.channel(name) : undefined);
  }

  /** Whether a channel was asked for. */
  wants(name: string): boolean {
    return this.#wanted.has(name);
  }

  /** A channel that is held, by a call or by an element; or undefined. */
  channel(name: string): ElementChannel | undefined {
    if (this.#wanted.has(name)) return this.#get(name);
    const held = this.#client?.channel(name);
    if (!held) return undefined;
    const channel = this.#get(name);
    channel.attach(held);
    return channel;
  }

  /** Every channel that is held. */
  all(): ElementChannel[] {
    const names = new Set([
      ...this.#wanted.keys(),
      ...(this.#client?.allChannels() ?? []).map(({ name }) => name),
    ]);
    return [...names].flatMap((name) => this.channel(name) ?? []);
  }

  /** Takes everything to another client. */
  attach(client: Pusher | undefined): void {
    if (client === this.#client) return;
    const leases = [...this.#wanted.values()];
    this.#client = client;
    for (const [name, channel] of this.#known)
      if (this.#wanted.has(name)) this.#hold(name, channel);
      else channel.attach(undefined);
    for (const lease of leases) lease?.release();
    // Elements take their channels in this task; then listeners on those can follow them.
    if (client)
      queueMicrotask(() => {
        if (client === this.#client) for (const name of this.#known.keys()) this.channel(name);
      });
  }

  #hold(name: string, channel: ElementChannel): void {
    const lease = this.#client?.acquire(name, { linger: 0 });
    this.#wanted.set(name, lease);
    channel.attach(lease?.channel);
  }

  #get(name: string): ElementChannel {
    let channel = this.#known.get(name);
    if (!channel) this.#known.set(name, (channel = new ElementChannel(name, this)));
    return channel;
  }
}
