/**
 * Which channels callers want. Many holders share one wire subscription; how that stands is the subscriber's
 * to know and to change (subscriber.ts).
 */
import { disposed } from '../errors.js';
import type { InboundFrame } from '../protocol/frames.js';
import type { FrameNames } from '../protocol/peek.js';
import { Channel } from './channel.js';
import { createEntry } from './channel-entry.js';
import type { Entry, Lease, RegistryParts } from './channel-entry.js';
import { validateChannelName } from './channel-type.js';
import { assertClientEvent, ClientEventQueue } from './client-events.js';
import type { ClientEventOptions } from './client-events.js';
import { EventRouter } from './event-router.js';
import { PresenceChannel } from './presence-channel.js';
import { createInbox } from './signed-subscription.js';
import { Subscriber } from './subscriber.js';
import { left } from './subscription-errors.js';

/** One per client. */
export class ChannelRegistry {
  readonly #parts: RegistryParts;
  readonly #entries = new Map<string, Entry>();
  readonly #subscriber: Subscriber;
  readonly #clientEvents: ClientEventQueue;
  readonly #router: EventRouter;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    this.#clientEvents = new ClientEventQueue({
      clock: parts.clock,
      limits: parts.settings,
      isSubscribed: (name) => this.#entries.get(name)?.wire === 'subscribed',
      send: (event, data, channel) => parts.connection().send({ event, data, channel }),
    });
    this.#subscriber = new Subscriber(parts, {
      forget: (entry) => {
        entry.inbox?.close();
        this.#entries.delete(entry.channel.name);
        entry.channel.end(left(entry.channel.name));
      },
      confirmed: () => {
        this.#clientEvents.pump();
      },
    });
    this.#router = new EventRouter(parts, {
      entry: (name) => this.#entries.get(name),
      onlySigned: () => {
        const signed = [...this.#entries.values()].filter(
          ({ channel, wire }) => channel.type !== 'public' && wire === 'pending',
        );
        return signed.length === 1 ? signed[0] : undefined;
      },
      confirmed: (entry, payload) => {
        this.#subscriber.confirmed(entry, payload);
      },
      confirmedLate: (name) => {
        this.#subscriber.confirmedLate(name);
      },
      refused: (entry, error) => {
        this.#subscriber.failed(entry, error);
      },
      tooManyClientEvents: () => {
        this.#clientEvents.pause();
      },
    });
  }

  /** The client's own hold on a channel; asking twice holds once, and tries again what has failed. */
  subscribe(name: string): Channel {
    const entry = this.#entryOf(name);
    if (!entry.isHeldByClient) {
      entry.isHeldByClient = true;
      entry.leases += 1;
    }
    this.retry(name); // asking again after a failure is a wish to try again, as in pusher-js (§6.3 row H)
    this.#subscriber.settle(entry);
    return entry.channel;
  }

  /**
   * Gives up the client's own hold. Where nobody else holds the channel, its bindings are removed at once;
   * the frame follows at the end of the task, so that leaving and joining again in one task sends nothing.
   */
  unsubscribe(name: string): void {
    const entry = this.#entries.get(name);
    if (!entry?.isHeldByClient) return;
    entry.isHeldByClient = false;
    this.#release(entry, 0);
    if (entry.leases > 0) return;
    this.#clientEvents.forget(name);
    entry.channel.unbind_all();
  }

  /** A hold that lingers: what is released and wanted again within `linger` milliseconds sends nothing. */
  acquire(name: string, linger?: number): Lease {
    const entry = this.#entryOf(name);
    entry.leases += 1;
    this.#subscriber.settle(entry);
    let isHeld = true;
    return {
      channel: entry.channel,
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#release(entry, linger ?? this.#parts.settings().releaseDelay);
      },
    };
  }

  /** The channel that somebody holds, or undefined. */
  channel(name: string): Channel | undefined {
    const entry = this.#entries.get(name);
    return entry && entry.leases > 0 ? entry.channel : undefined;
  }

  /** Every channel that somebody holds. */
  all(): Channel[] {
    return [...this.#entries.values()].filter(({ leases }) => leases > 0).map(({ channel }) => channel);
  }

  /** Tries a failed subscription again now. */
  retry(name: string): void {
    const entry = this.#entries.get(name);
    if (entry) this.#subscriber.retry(entry);
  }

  /** Sends a client event now, or as soon as the channel is subscribed and the rate allows it. */
  trigger(channel: Channel, event: string, data: unknown, options?: ClientEventOptions): boolean {
    const { name } = channel;
    assertClientEvent(channel, event, data);
    return this.channel(name) === channel && this.#clientEvents.push(name, event, data, options);
  }

  /** A new connection: everything that is wanted is subscribed again (protocol.md §7.2, 2). */
  connectionReady(): void {
    for (const entry of [...this.#entries.values()]) {
      if (!this.#isKept(entry)) continue; // a listener of another channel has disposed of the client
      entry.strikes = 0;
      this.#subscriber.settle(entry);
    }
  }

  /** The connection is gone, and with it every subscription; what is wanted stays wanted. */
  connectionLost(): void {
    this.#clientEvents.connectionLost();
    for (const entry of [...this.#entries.values()]) this.#subscriber.lost(entry);
  }

  #isKept(entry: Entry): boolean {
    return this.#entries.get(entry.channel.name) === entry;
  }

  /** A frame that is not the connection's own. False for an event that nobody listened to. */
  receive(frame: InboundFrame, receivedAt: number): boolean {
    return this.#router.route(frame, receivedAt);
  }

  /** Whether anybody would learn of an event, or has to know that there was one. */
  hears(names: FrameNames): boolean {
    return this.#router.hears(names);
  }

  /** Forgets everything: no timer is left, and no channel has a listener. */
  dispose(): void {
    const reason = disposed();
    for (const entry of this.#entries.values()) {
      this.#parts.clock.clearTimeout(entry.releaseTimer);
      this.#subscriber.reset(entry, 'unsubscribed');
      entry.inbox?.close();
      entry.channel.unbind_all();
      entry.channel.become('idle');
      entry.channel.end(reason);
    }
    this.#entries.clear();
    this.#clientEvents.forget();
  }

  #entryOf(name: string): Entry {
    let entry = this.#entries.get(name);
    if (!entry) {
      this.#parts.assertUsable();
      validateChannelName(name);
      const channel = name.startsWith('presence-')
        ? new PresenceChannel(name, this)
        : new Channel(name, this);
      entry = createEntry(channel);
      if (channel.type === 'encrypted') entry.inbox = createInbox(entry, this.#parts, this.#router);
      this.#entries.set(name, entry);
    }
    this.#parts.clock.clearTimeout(entry.releaseTimer);
    entry.releaseTimer = undefined;
    return entry;
  }

  #release(entry: Entry, linger: number): void {
    entry.leases -= 1;
    // A lease may be given back after the client is gone.
    if (entry.leases > 0 || !this.#isKept(entry)) return;
    entry.releaseTimer = this.#parts.clock.setTimeout(() => {
      entry.releaseTimer = undefined;
      this.#subscriber.settle(entry);
    }, linger);
  }
}
