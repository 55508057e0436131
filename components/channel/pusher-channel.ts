import { css } from 'lit';
import type { CSSResultGroup, PropertyValues } from 'lit';
import type {
  Channel,
  ChannelState,
  EventMetadata,
  Member,
  Members,
  PresenceChannel,
  PusherError,
  SubscriptionError,
} from '../../src/index.js';
import type { Callback, RelayBindOptions } from '../shared/binding-relay.js';
import { ChannelController } from '../shared/channel-controller.js';
import { createChannelSource } from '../shared/channel-source.js';
import type { OwnedChannelSource } from '../shared/channel-source.js';
import { obeyCommands } from '../shared/commands.js';
import { announceConnections } from '../shared/connection-directory.js';
import { ConnectionController } from '../shared/connection-controller.js';
import { channelContext, provideContext } from '../shared/context.js';
import { until } from '../shared/until.js';
import { Activation } from './activation.js';
import { PusherEvent, PusherSubscribedEvent } from './channel-events.js';
import { channelListeners } from './channel-listeners.js';
import { ChannelSettings } from './channel-settings.js';

/**
 * Subscribes to one channel and turns its events into DOM events; the elements inside use the channel.
 * Shows nothing of its own.
 *
 * It subscribes when it is in the document, has a name and finds a connection; it leaves the channel a short
 * while after it has left the document, so that moving or sorting it costs nothing. Several elements with
 * the same name share one subscription. After every reconnection it is subscribed again by itself.
 *
 * Private and presence channels are signed by the page's own server, as the connection says; `auth-endpoint`,
 * `auth-param-<name>` and `auth-header-<name>` say it for this channel, and are read for each request. With
 * several elements for one channel, all are asked, and the last one wins.
 *
 * Every attribute can be written `data-<name>` too.
 *
 * @tag pusher-channel
 * @tagname pusher-channel
 * @status experimental
 *
 * @slot - Elements that use this channel, and anything else. Always shown.
 * @slot loading - Shown while the subscription is under way.
 * @slot error - Shown after the subscription has failed.
 *
 * @attr {string} state - (read-only) One of `idle`, `authorizing`, `subscribing`, `subscribed`, `failed`.
 *
 * @cssstate idle - Not subscribed, and nothing under way: no name, no connection, or not wanted yet.
 * @cssstate authorizing - The page's own server is being asked for a signature.
 * @cssstate subscribing - The service has been asked, and has not answered yet.
 * @cssstate subscribed - The service has confirmed: events arrive.
 * @cssstate failed - It was refused, not answered, or impossible; `error` says which.
 *
 * @fires {PusherBeforeAuthorizeEvent} pusher-before-authorize - A signature for the channel is about to be asked for; cancel it, or change, delay or answer the request. Not where the client is not that of a `<pusher-connection>`.
 * @fires {PusherSubscribedEvent} pusher-subscribed - The subscription is confirmed, also again after each reconnection.
 * @fires {PusherUnsubscribedEvent} pusher-unsubscribed - A confirmed subscription has ended, left or lost.
 * @fires {PusherSubscriptionErrorEvent} pusher-subscription-error - The subscription failed (seed O-06).
 * @fires {PusherEvent} pusher-event - An event was published to the channel; with `events`, one of those.
 * @fires {PusherSubscriptionCountEvent} pusher-subscription-count - The number of subscribers changed, where the app has counts enabled.
 * @fires {PusherMemberAddedEvent} pusher-member-added - Somebody joined the presence channel.
 * @fires {PusherMemberRemovedEvent} pusher-member-removed - Somebody left the presence channel.
 * @fires {PusherCacheMissEvent} pusher-cache-miss - The cache channel has no event to repeat.
 * @fires {PusherGapEvent} pusher-gap - Subscribed again after a loss: events may have been missed.
 */
export class PusherChannelElement extends ChannelSettings {
  static readonly tag: string = 'pusher-channel';
  // By the attribute and not by custom states, so that it also works where there are none.
  static override styles: CSSResultGroup = css`
    :host,
    :host([state='authorizing']) slot[name='loading'],
    :host([state='subscribing']) slot[name='loading'],
    :host([state='failed']) slot[name='error'] {
      display: contents;
    }
    :host([hidden]),
    slot[name] {
      display: none;
    }
  `;

  readonly #connection: ConnectionController;
  readonly #channel: ChannelController;
  readonly #source: OwnedChannelSource;
  #presence: AbortController | undefined;
  readonly #activation = new Activation(this, () => {
    this.#settle();
  });
  /** What `subscribe()` or `unsubscribe()` asked for last; it wins over `when`. */
  #intent: boolean | undefined;

  constructor() {
    super();
    this.#connection = new ConnectionController(this, () => {
      this.#channel.settle();
      this.#source.changed();
    });
    this.#channel = new ChannelController(
      this.#connection,
      channelListeners(this, {
        name: () => this.#channel.name,
        emit: (event) => this.emit(event),
        stateChanged: () => {
          this.writeState(this.state);
          this.#source.changed();
        },
      }),
    );
    this.#source = createChannelSource({
      name: () => this.#wholeName,
      channel: () => this.channel,
      connection: () => this.#connection.value,
    });
    provideContext(this, channelContext, this.#source);
  }

  /** Where the subscription stands. */
  get state(): ChannelState {
    return this.#channel.state;
  }

  /** Why it failed; undefined once it works. */
  get error(): SubscriptionError | PusherError | undefined {
    return this.#channel.error;
  }

  /** How many connections are subscribed, where the app has counts enabled; undefined until the first count. */
  get subscriptionCount(): number | undefined {
    return this.channel?.subscriptionCount;
  }

  /** Who is on the presence channel; empty while not subscribed, undefined for other channels. */
  get members(): Members | undefined {
    // Not by its class: the client may come from another copy of this library.
    return (this.channel as PresenceChannel | undefined)?.members;
  }

  /** Ourselves on the presence channel; undefined while not subscribed, and for other channels. */
  get me(): Member | undefined {
    return this.members?.me ?? undefined;
  }

  /** The client's channel; undefined while nothing is held. Another object after the client was replaced. */
  get channel(): Channel | undefined {
    return this.#channel.channel;
  }

  /** Subscribes whatever `when` says; a failed subscription is tried again. */
  subscribe(): void {
    this.#intent = true;
    this.#settle();
    if (this.state === 'failed') this.channel?.retry();
  }

  /** Leaves the channel, whatever `when` says. */
  unsubscribe(): void {
    this.#intent = false;
    this.#settle();
  }

  /** Sends a client event. Throws where the channel cannot (public channels cannot); false where it is not held. */
  trigger(event: string, data: unknown): boolean {
    return this.channel?.trigger(event, data) ?? false;
  }

  /** Listens to one event of the channel: `callback(payload, metadata)`. Outlives any change of name or client. */
  bind<Payload = unknown>(
    event: string,
    callback: (payload: Payload, metadata: EventMetadata) => unknown,
    context?: unknown,
    options?: RelayBindOptions,
  ): this {
    this.#channel.bindings.bind(event, callback, context, options);
    return this;
  }

  /** Removes the bindings that match every given part. */
  unbind(event?: string | null, callback?: Callback | null, context?: unknown): this {
    this.#channel.bindings.unbind(event, callback, context);
    return this;
  }

  /** Resolves once the subscription is confirmed, at once if it is; rejects only on `signal`. */
  whenSubscribed({ signal }: { signal?: AbortSignal } = {}): Promise<this> {
    return until((resolve, settled) => {
      const finish = (event?: Event): void => {
        // The same event bubbles up from channels inside this one.
        if (!event || event.target === this) resolve(this);
      };
      this.addEventListener(PusherSubscribedEvent.type, finish, { signal: settled });
      if (this.state === 'subscribed') finish();
    }, signal);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#presence = new AbortController();
    this.writeState(this.state);
    // Elements inside may have been there before.
    announceConnections(this.ownerDocument);
    const commands = {
      '--subscribe': () => {
        this.subscribe();
      },
      '--unsubscribe': () => {
        this.unsubscribe();
      },
    };
    obeyCommands(this, commands, this.#presence.signal);
    if (this.hasUpdated) this.#activation.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#presence?.abort();
    this.#activation.stop();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    for (const name of ['', 'loading', 'error']) {
      const slot = this.ownerDocument.createElement('slot');
      if (name) slot.name = name;
      root.append(slot);
    }
    return root;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has('events') || !this.#activation.isWatching) this.#listen();
    this.#activation.update();
  }

  get #wholeName(): string {
    const prefix = this.type ? `${this.type}-` : '';
    return this.name === '' || this.name.startsWith(prefix) ? this.name : prefix + this.name;
  }

  #settle(): void {
    const name = this.#wholeName;
    const isWanted = this.#intent ?? this.#activation.isActive;
    if (isWanted && name === '')
      this.warn(
        'it has no name, so there is nothing to subscribe to. Write name="…" with the name of a channel.',
      );
    this.#channel.want(isWanted && name !== '' ? { name, linger: this.linger } : undefined);
  }

  /** Binds the events that become DOM events: all, or the named ones, so that others need not be decoded. */
  #listen(): void {
    this.#channel.listen(this.events?.length ? this.events : undefined, (name, data, metadata) => {
      this.emit(new PusherEvent(name, this.#channel.name, data, metadata));
    });
  }
}
