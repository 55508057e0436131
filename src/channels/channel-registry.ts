/**
 * Which channels callers want, and what the server has confirmed, kept apart. Many holders share one wire
 * subscription, and this is the only place that decides a subscribe or an unsubscribe frame (protocol.md §7.2).
 */
import type { Gap } from '../connection/connection-state.js';
import { decodePayload } from '../protocol/codec.js';
import { INTERNAL_PREFIX, SUBSCRIBE, UNSUBSCRIBE } from '../protocol/event-names.js';
import type { EventFrame, InboundFrame } from '../protocol/frames.js';
import { Channel } from './channel.js';
import type { Entry, Lease, RegistryParts } from './channel-entry.js';
import { Deadlines } from './deadlines.js';
import type { EventMetadata, SubscriptionError } from './channel.js';
import { assertClientEvent, validateChannelName } from './channel-type.js';
import {
  authorizationUnsupported,
  isDuplicateSubscription,
  refusal,
  subscriptionTimeout,
} from './subscription-errors.js';

const retryCap = 30_000;

/** One per client. */
export class ChannelRegistry {
  readonly #parts: RegistryParts;
  readonly #entries = new Map<string, Entry>();
  /** Pending: when to give up. Failed: when to try again. */
  readonly #deadlines: Deadlines<Entry>;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    this.#deadlines = new Deadlines(parts.clock, (entry) => {
      if (entry.wire === 'pending') this.#timedOut(entry);
      else this.retry(entry.channel.name);
    });
  }

  /** The client's own hold on a channel; asking twice holds once. */
  subscribe(name: string): Channel {
    const entry = this.#entryOf(name);
    if (!entry.isHeldByClient) {
      entry.isHeldByClient = true;
      entry.leases += 1;
    }
    this.#settle(entry);
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
    if (entry.leases === 0) entry.channel.unbind_all();
  }

  /** A hold that lingers: what is released and wanted again within `linger` milliseconds sends nothing. */
  acquire(name: string, linger?: number): Lease {
    const entry = this.#entryOf(name);
    entry.leases += 1;
    this.#settle(entry);
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
    if (entry?.wire !== 'failed') return;
    entry.wire = 'unsubscribed';
    this.#settle(entry);
  }

  /** Sends a client event, where the protocol has them. */
  trigger(channel: Channel, event: string, data: unknown): boolean {
    assertClientEvent(channel, event);
    return channel.subscribed && this.#parts.connection().send({ event, data, channel: channel.name });
  }

  /** A new connection: everything that is wanted is subscribed again (protocol.md §7.2, 2). */
  connectionReady(): void {
    for (const entry of this.#entries.values()) {
      entry.strikes = 0;
      this.#settle(entry);
    }
  }

  /** The connection is gone, and with it every subscription; what is wanted stays wanted. */
  connectionLost(): void {
    const now = this.#parts.clock.now();
    for (const entry of this.#entries.values()) {
      if (entry.wire === 'subscribed') entry.lostAt = now;
      entry.wire = 'unsubscribed';
      this.#deadlines.delete(entry);
      this.#settle(entry);
      if (entry.leases > 0) entry.channel.become('idle');
    }
  }

  /** A frame that is not the connection's own. */
  receive(frame: InboundFrame): void {
    switch (frame.kind) {
      case 'event':
        this.#event(frame);
        return;
      case 'subscription-succeeded':
        this.#confirmed(this.#entries.get(frame.channel), decodePayload(frame.rawData));
        return;
      case 'subscription-error':
        this.#failed(this.#entries.get(frame.channel), refusal(frame.channel, decodePayload(frame.rawData)));
        return;
      case 'subscription-count':
        this.#entries.get(frame.channel)?.channel.count(frame.count);
        return;
      case 'error':
        this.#serverError(frame.message, frame.channel, frame.code);
        return;
      default:
        return; // the connection's own
    }
  }

  /** Forgets everything: no timer is left, and no channel has a listener. */
  dispose(): void {
    for (const entry of this.#entries.values()) {
      this.#parts.clock.clearTimeout(entry.releaseTimer);
      this.#deadlines.delete(entry);
      entry.channel.unbind_all();
    }
    this.#entries.clear();
  }

  #entryOf(name: string): Entry {
    let entry = this.#entries.get(name);
    if (!entry) {
      entry = {
        channel: new Channel(validateChannelName(name), this),
        leases: 0,
        isHeldByClient: false,
        wire: 'unsubscribed',
        strikes: 0,
        releaseTimer: undefined,
        lostAt: undefined,
      };
      this.#entries.set(name, entry);
    }
    this.#parts.clock.clearTimeout(entry.releaseTimer);
    entry.releaseTimer = undefined;
    return entry;
  }

  #release(entry: Entry, linger: number): void {
    entry.leases -= 1;
    if (entry.leases > 0) return;
    entry.releaseTimer = this.#parts.clock.setTimeout(() => {
      entry.releaseTimer = undefined;
      this.#settle(entry);
    }, linger);
  }

  /** Brings the wire nearer to what is wanted: on a new intent, an answer, and a new connection. */
  #settle(entry: Entry): void {
    const { channel } = entry;
    const { name } = channel;
    if (entry.leases === 0) {
      // Lingering, or leave-before-confirm: the answer is waited for, and then left.
      if (entry.releaseTimer !== undefined || entry.wire === 'pending') return;
      if (entry.wire === 'subscribed')
        this.#parts.connection().send({ event: UNSUBSCRIBE, data: { channel: name } });
      this.#deadlines.delete(entry);
      this.#entries.delete(name);
      channel.become('idle');
      return;
    }
    if (entry.wire !== 'unsubscribed' || !this.#parts.connection().isOpen) return;
    if (channel.type !== 'public') {
      this.#failed(entry, authorizationUnsupported(channel));
      return;
    }
    entry.wire = 'pending';
    this.#deadlines.set(entry, this.#parts.settings().subscriptionTimeout);
    // pusher-js sends the empty auth too; servers ignore it (protocol.md §7.2).
    this.#parts.connection().send({ event: SUBSCRIBE, data: { auth: '', channel: name } });
    channel.become('subscribing');
  }

  #confirmed(entry: Entry | undefined, payload: unknown): void {
    if (!entry || entry.wire === 'subscribed' || !this.#parts.connection().isOpen) return;
    entry.wire = 'subscribed';
    entry.strikes = 0;
    this.#deadlines.delete(entry);
    if (entry.leases === 0) {
      this.#settle(entry);
      return;
    }
    const { lostAt } = entry;
    entry.lostAt = undefined;
    entry.channel.confirm(payload, lostAt === undefined ? undefined : this.#gapSince(lostAt));
  }

  #gapSince(from: number): Gap {
    const to = this.#parts.clock.now();
    return { from, to, duration: (to - from) / 1000, reason: 'The connection was lost and made again.' };
  }

  #failed(entry: Entry | undefined, error: SubscriptionError): void {
    if (!entry) return;
    entry.wire = 'failed';
    this.#deadlines.delete(entry);
    if (entry.leases === 0) this.#settle(entry);
    else entry.channel.fail(error);
  }

  /** An error frame concerns a channel where it names one (protocol.md §5). */
  #serverError(message: string, channel: string | undefined, code: number | null): void {
    const existing = isDuplicateSubscription(message);
    if (existing !== undefined) {
      // Our first request was answered after all, or its answer was lost: we are subscribed.
      const entry = this.#entries.get(existing);
      if (entry?.wire === 'pending') this.#confirmed(entry, {});
      return;
    }
    const entry = channel === undefined ? undefined : this.#entries.get(channel);
    if (entry?.wire === 'pending')
      this.#failed(entry, refusal(entry.channel.name, { message, status: code }));
  }

  /** The message path. The payload is decoded once, and only if somebody listens. */
  #event(frame: EventFrame): void {
    const { event } = frame;
    if (event.startsWith(INTERNAL_PREFIX)) return;
    const { hears, deliver, clock } = this.#parts;
    let channel: Channel | undefined;
    if (frame.channel !== undefined) {
      channel = this.channel(frame.channel);
      if (!channel) return; // it may race an unsubscribe
    }
    const channelHears = channel?.hears(event) === true;
    const clientHears = hears(event);
    if (!channelHears && !clientHears) return;
    const { rawData, userId } = frame;
    const payload = decodePayload(rawData);
    const metadata: EventMetadata = {
      rawData,
      receivedAt: clock.now(),
      cached: false,
      ...(userId === undefined ? undefined : { user_id: userId }),
    };
    if (channelHears) channel?.deliver(event, payload, metadata);
    if (clientHears) deliver(event, payload, metadata);
  }

  #timedOut(entry: Entry): void {
    if (entry.leases === 0) {
      // Whether the server took it is unknown, so it is told; leaving must be effective.
      entry.wire = 'subscribed';
      this.#settle(entry);
      return;
    }
    entry.strikes += 1;
    const ceiling = Math.min(retryCap, 1000 * 2 ** Math.min(entry.strikes, 10));
    const { clock } = this.#parts;
    const delay = 1000 + clock.random() * (ceiling - 1000);
    this.#failed(entry, subscriptionTimeout(entry.channel.name, clock.now() + delay));
    if (entry.wire === 'failed') this.#deadlines.set(entry, delay);
  }
}
