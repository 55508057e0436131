/**
 * Which channels callers want, and what the server has confirmed, kept apart. Many holders share one wire
 * subscription, and this is the only place that decides a subscribe or an unsubscribe frame (protocol.md §7.2).
 */
import type { AuthorizationAnswer } from '../auth/authorization.js';
import { UNSUBSCRIBE, SUBSCRIBE } from '../protocol/event-names.js';
import type { InboundFrame } from '../protocol/frames.js';
import { Channel } from './channel.js';
import type { SubscriptionError } from './channel.js';
import { createEntry } from './channel-entry.js';
import type { Entry, Lease, RegistryParts } from './channel-entry.js';
import { validateChannelName } from './channel-type.js';
import { assertClientEvent, ClientEventQueue } from './client-events.js';
import { Deadlines } from './deadlines.js';
import { EventRouter } from './event-router.js';
import { PresenceChannel } from './presence-channel.js';
import { authorizationFailed, retryDelay, subscriptionTimeout } from './subscription-errors.js';
import { acceptAnswer, createInbox } from './signed-subscription.js';

/** One per client. */
export class ChannelRegistry {
  readonly #parts: RegistryParts;
  readonly #entries = new Map<string, Entry>();
  /** Pending: when to give up. Failed: when to try again. */
  readonly #deadlines: Deadlines<Entry>;
  readonly #clientEvents: ClientEventQueue;
  readonly #router: EventRouter;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    this.#deadlines = new Deadlines(parts.clock, (entry) => {
      if (entry.wire === 'pending') this.#timedOut(entry);
      else this.retry(entry.channel.name);
    });
    this.#clientEvents = new ClientEventQueue({
      clock: parts.clock,
      limits: parts.settings,
      isSubscribed: (name) => this.#entries.get(name)?.wire === 'subscribed',
      send: (event, data, channel) => parts.connection().send({ event, data, channel }),
    });
    this.#router = new EventRouter(parts, {
      entry: (name) => this.#entries.get(name),
      confirmed: (entry, payload) => {
        this.#confirmed(entry, payload);
      },
      refused: (entry, error) => {
        this.#failed(entry, error);
      },
      tooManyClientEvents: () => {
        this.#clientEvents.pause();
      },
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
    if (entry.leases > 0) return;
    this.#clientEvents.forget(name);
    entry.channel.unbind_all();
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
    this.#deadlines.delete(entry);
    entry.wire = 'unsubscribed';
    this.#settle(entry);
  }

  /** Sends a client event now, or as soon as the channel is subscribed and the rate allows it. */
  trigger(channel: Channel, event: string, data: unknown): boolean {
    assertClientEvent(channel, event, data);
    return this.channel(channel.name) === channel && this.#clientEvents.push(channel.name, event, data);
  }

  /** A new connection: everything that is wanted is subscribed again (protocol.md §7.2, 2). */
  connectionReady(): void {
    this.#clientEvents.connectionReady();
    for (const entry of [...this.#entries.values()]) {
      entry.strikes = 0;
      this.#settle(entry);
    }
  }

  /** The connection is gone, and with it every subscription; what is wanted stays wanted. */
  connectionLost(): void {
    const now = this.#parts.clock.now();
    for (const entry of [...this.#entries.values()]) {
      if (entry.wire === 'subscribed') entry.lostAt = now;
      this.#reset(entry, 'unsubscribed');
      this.#settle(entry);
      if (entry.leases > 0) entry.channel.become('idle');
    }
  }

  /** A frame that is not the connection's own. */
  receive(frame: InboundFrame): void {
    this.#router.route(frame);
  }

  /** Forgets everything: no timer is left, and no channel has a listener. */
  dispose(): void {
    for (const entry of this.#entries.values()) {
      this.#parts.clock.clearTimeout(entry.releaseTimer);
      this.#reset(entry, 'unsubscribed');
      entry.inbox?.close();
      entry.channel.unbind_all();
    }
    this.#entries.clear();
    this.#clientEvents.dispose();
  }

  #entryOf(name: string): Entry {
    let entry = this.#entries.get(name);
    if (!entry) {
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
    if (entry.leases > 0) return;
    entry.releaseTimer = this.#parts.clock.setTimeout(() => {
      entry.releaseTimer = undefined;
      this.#settle(entry);
    }, linger);
  }

  /** Where an entry stands on the wire, with what was under way for the old standing stopped. */
  #reset(entry: Entry, wire: Entry['wire']): void {
    entry.wire = wire;
    this.#deadlines.delete(entry);
    entry.authorization?.abort();
    entry.authorization = undefined;
  }

  /** Brings the wire nearer to what is wanted: on a new intent, an answer, and a new connection. */
  #settle(entry: Entry): void {
    const { channel } = entry;
    if (entry.leases === 0) {
      // Lingering, or leave-before-confirm: the answer is waited for, and then left.
      if (entry.releaseTimer !== undefined || entry.wire === 'pending') return;
      if (entry.wire === 'subscribed')
        this.#parts.connection().send({ event: UNSUBSCRIBE, data: { channel: channel.name } });
      this.#reset(entry, 'unsubscribed');
      entry.inbox?.close();
      this.#entries.delete(channel.name);
      channel.become('idle');
      return;
    }
    if (entry.wire !== 'unsubscribed' || !this.#parts.connection().isOpen) return;
    if (channel.type !== 'public') this.#authorize(entry);
    else this.#request(entry, { auth: '' }); // pusher-js sends the empty auth too; servers ignore it
  }

  /** Asks for a signature; one for another connection, or for a channel that was left meanwhile, is not used. */
  #authorize(entry: Entry): void {
    const authorization = new AbortController();
    entry.wire = 'authorizing';
    entry.authorization = authorization;
    const { signal } = authorization;
    entry.channel.become('authorizing');
    if (signal.aborted) return; // a listener has just left, or closed the connection
    this.#parts
      .authorize(entry.channel, signal)
      .then((answer) => {
        if (signal.aborted) return;
        if (entry.leases === 0) {
          // Left while the endpoint was thinking: nobody learns that we were about to come (presence).
          this.#reset(entry, 'unsubscribed');
          this.#settle(entry);
          return;
        }
        acceptAnswer(entry, answer, this.#parts.userId());
        this.#request(entry, answer);
      })
      .catch((error: unknown) => {
        if (!signal.aborted) this.#failed(entry, authorizationFailed(entry.channel.name, error));
      });
  }

  #request(entry: Entry, { auth, channel_data }: AuthorizationAnswer): void {
    const channel = entry.channel.name;
    this.#reset(entry, 'pending');
    this.#deadlines.set(entry, this.#parts.settings().subscriptionTimeout);
    // `channel_data` goes out byte for byte: the server checks the signature of that very string.
    const data = { auth, ...(channel_data === undefined ? undefined : { channel_data }), channel };
    this.#parts.connection().send({ event: SUBSCRIBE, data });
    entry.channel.become('subscribing');
  }

  #confirmed(entry: Entry, payload: unknown): void {
    if (entry.wire === 'subscribed' || !this.#parts.connection().isOpen) return;
    this.#reset(entry, 'subscribed');
    entry.strikes = 0;
    entry.expectsReplay = true;
    if (entry.leases === 0) {
      this.#settle(entry);
      return;
    }
    const { lostAt: from } = entry;
    entry.lostAt = undefined;
    const to = this.#parts.clock.now();
    const reason = 'The connection was lost and made again.';
    entry.channel.confirm(
      payload,
      from === undefined ? undefined : { from, to, duration: (to - from) / 1000, reason },
    );
    this.#clientEvents.pump();
  }

  #timedOut(entry: Entry): void {
    if (entry.leases > 0) {
      this.#failed(entry, subscriptionTimeout(entry.channel.name));
      return;
    }
    // Whether the server took it is unknown, so it is told; leaving must be effective.
    entry.wire = 'subscribed';
    this.#settle(entry);
  }

  /** A subscription that failed for a passing reason is tried again; each trouble is told once (O-06). */
  #failed(entry: Entry, { isRetryable, ...error }: SubscriptionError & { isRetryable: boolean }): void {
    this.#reset(entry, 'failed');
    if (entry.leases === 0) {
      this.#settle(entry);
      return;
    }
    entry.strikes += 1;
    if (!isRetryable) {
      entry.channel.fail(error, true);
      return;
    }
    const { clock } = this.#parts;
    const delay = retryDelay(entry.strikes, clock.random());
    this.#deadlines.set(entry, delay);
    entry.channel.fail({ ...error, retryAt: clock.now() + delay }, entry.strikes === 1);
  }
}
