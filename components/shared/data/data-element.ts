/**
 * What elements with live data have in common: a channel of their own or the one around them, held while
 * they are on the page and wanted, and the word when what they show may be out of date.
 */
import type { PropertyValues } from 'lit';
import type { Channel, Clock, Gap, Member, Members, PresenceChannel } from '../../../src/index.js';
import { systemClock } from '../../../src/index.js';
import { Activation } from '../../channel/activation.js';
import { ChannelController } from '../channel-controller.js';
import type { ChannelObserver } from '../channel-controller.js';
import { ConnectionController } from '../connection-controller.js';
import type { ConnectionSource } from '../connection-source.js';
import { cancelWrites } from '../frame-scheduler.js';
import { longestTimer } from '../longest-timer.js';
import { ChannelFinder } from './channel-finder.js';
import { DataSettings } from './data-settings.js';

/** An event of the channel, as data elements take it. */
export interface DataEvent {
  readonly name: string;
  readonly channel: string;
  readonly data: unknown;
  readonly userId: string | undefined;
  /** Whether it is the replay of a cache channel. */
  readonly isCached: boolean;
  /** In milliseconds since 1970. */
  readonly receivedAt: number;
}

export abstract class PusherDataElement extends DataSettings {
  readonly #connection: ConnectionController;
  readonly #finder: ChannelFinder;
  readonly #channel: ChannelController;
  readonly #activation = new Activation(this, () => {
    this.#settle();
  });
  /** Whether `subscribe()` was called; it wins over `when`. */
  #isAskedFor = false;
  #hasBeenSubscribed = false;
  /** When something came in last. */
  #freshAt: number | undefined;
  #isTooOld = false;
  #stopAge: (() => void) | undefined;
  #facts: readonly string[] = [];
  #listening = '';

  constructor() {
    super();
    const settle = (): void => {
      this.#settle();
      this.connectionChanged?.(this.source);
      this.#showStaleness();
    };
    this.#finder = new ChannelFinder(
      this,
      () => {
        // The connection is that of the channel around, so it is looked for again.
        this.requestUpdate();
        settle();
      },
      () => this.channel === '',
    );
    this.#connection = new ConnectionController(
      this,
      settle,
      // A channel of its own goes through the connection that the element names or finds.
      () => this.connection ?? (this.channel === '' ? this.#finder.value?.connection : undefined),
    );
    this.#channel = new ChannelController(this.#connection, this.#observer());
  }

  /** Subscribes, whatever `when` says. */
  subscribe(): void {
    this.#isAskedFor = true;
    this.#settle();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasUpdated) return;
    this.#activation.start();
    this.#checkAge();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#activation.stop();
    this.#stopAge?.();
    queueMicrotask(() => {
      if (!this.isConnected) cancelWrites(this);
    });
  }

  /** The names of the events that are taken; `*` for all. */
  protected get eventNames(): readonly string[] {
    return this.event ?? [];
  }

  /** The connection as it is now; undefined while there is none. */
  protected get source(): ConnectionSource | undefined {
    return this.#connection.value;
  }

  /** The channel that is held; undefined while none is. */
  protected get heldChannel(): Channel | undefined {
    return this.#channel.channel;
  }

  /** Who is there, on a presence channel. */
  protected get roster(): Members | undefined {
    return (this.heldChannel as PresenceChannel | undefined)?.members;
  }

  /** Whether what is shown may be out of date: not subscribed any more, or nothing came in for `max-age`. */
  protected get isStale(): boolean {
    return this.#isTooOld || (this.#hasBeenSubscribed && this.#channel.state !== 'subscribed');
  }

  // What a subclass may want to hear of. All after the fact.
  protected received?(event: DataEvent): void;
  protected connectionChanged?(source: ConnectionSource | undefined): void;
  protected subscribed?(facts: { readonly isResumed: boolean }): void;
  protected missed?(gap: Gap): void;
  protected cacheMissed?(): void;
  protected counted?(count: number): void;
  /** One of the two. */
  protected membersChanged?(change: { readonly joined?: Member; readonly left?: Member }): void;

  /** Custom states beside `stale`. */
  protected writeFacts(facts: readonly string[]): void {
    this.#facts = facts;
    this.#showStaleness();
  }

  /** Something came in, so that what is shown is of now. Returns when, in milliseconds since 1970. */
  protected freshen(receivedAt: number = this.clock.now()): number {
    this.#freshAt = receivedAt;
    // One deadline: the timer that runs looks again when it fires.
    if (!this.#stopAge || this.#isTooOld) this.#checkAge();
    return receivedAt;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#listening !== this.eventNames.join(' ')) this.#listen();
    if (changed.has('maxAge')) this.#checkAge();
    this.#activation.update();
  }

  /** Times of events are by the clock of the connection. */
  protected get clock(): Clock {
    return this.source?.clock ?? systemClock;
  }

  readonly #checkAge = (): void => {
    this.#stopAge?.();
    const clock = this.clock;
    const { maxAge = Infinity } = this;
    const left = (this.#freshAt ?? Infinity) + maxAge * 1000 - clock.now();
    this.#isTooOld = left <= 0;
    if (left > 0 && left <= longestTimer && this.isConnected) {
      const timer = clock.setTimeout(this.#checkAge, left);
      this.#stopAge = () => {
        clock.clearTimeout(timer);
        this.#stopAge = undefined;
      };
    }
    this.#showStaleness();
  };

  #showStaleness(): void {
    this.writeStates(this.isStale ? [...this.#facts, 'stale'] : this.#facts);
  }

  #settle(): void {
    if (!this.hasUpdated) return;
    const around = this.channel === '' ? this.#finder.value : undefined;
    // The channel around decides when it is wanted; inside, it is only shared.
    const name = this.channel || (around?.channel ? around.name : '');
    this.#channel.want(
      (this.#isAskedFor || this.#activation.isActive) && name !== ''
        ? { name, linger: this.linger }
        : undefined,
    );
  }

  #listen(): void {
    const names = this.eventNames;
    this.#listening = names.join(' ');
    this.#channel.listen(
      names.includes('*') ? undefined : names,
      (name, data, { user_id: userId, cached: isCached, receivedAt }) => {
        this.freshen(receivedAt);
        this.received?.({ name, channel: this.#channel.name, data, userId, isCached, receivedAt });
      },
    );
  }

  #observer(): ChannelObserver {
    return {
      element: this,
      authorization: () => ({ endpoint: undefined, params: {}, headers: {} }),
      stateChanged: () => {
        this.#showStaleness();
      },
      subscribed: ({ isResumed }) => {
        this.#hasBeenSubscribed = true;
        this.#showStaleness();
        this.subscribed?.({ isResumed });
      },
      unsubscribed: () => undefined,
      failed: (_name, error) => {
        if ('code' in error) this.warn(error.message);
      },
      counted: (count) => {
        this.counted?.(count);
      },
      joined: (joined) => {
        this.membersChanged?.({ joined });
      },
      left: (left) => {
        this.membersChanged?.({ left });
      },
      cacheMissed: () => {
        this.cacheMissed?.();
      },
      missed: (gap) => {
        this.missed?.(gap);
      },
    };
  }
}
