/**
 * Brings the wire to what is wanted, one channel at a time: the only place that decides a subscribe or an
 * unsubscribe frame (protocol.md §7.2). What is wanted is the registry's to know.
 */
import type { AuthorizationAnswer } from '../auth/authorization.js';
import { Deadlines } from '../deadlines.js';
import { SUBSCRIBE, UNSUBSCRIBE } from '../protocol/event-names.js';
import type { SubscriptionError } from './channel.js';
import type { Entry, RegistryParts } from './channel-entry.js';
import { acceptAnswer } from './signed-subscription.js';
import { authorizationFailed, retryDelay, subscriptionTimeout } from './subscription-errors.js';

/** What the registry has to know of it. */
export interface SubscriberOwner {
  /** Nobody holds the channel any more, and the wire says so too. */
  forget(entry: Entry): void;
  /** A subscription is confirmed: what waited for it can go out. */
  confirmed(): void;
}

/** One per registry. */
export class Subscriber {
  readonly #parts: RegistryParts;
  readonly #owner: SubscriberOwner;
  /** Pending: when to give up. Failed: when to try again. */
  readonly #deadlines: Deadlines<Entry>;

  constructor(parts: RegistryParts, owner: SubscriberOwner) {
    this.#parts = parts;
    this.#owner = owner;
    this.#deadlines = new Deadlines(parts.clock, (entry) => {
      if (entry.wire === 'pending') this.#timedOut(entry);
      else this.retry(entry);
    });
  }

  /** Where an entry stands on the wire, with what was under way for the old standing stopped. */
  reset(entry: Entry, wire: Entry['wire']): void {
    entry.wire = wire;
    entry.unheard = undefined;
    this.#deadlines.delete(entry);
    entry.authorization?.abort();
    entry.authorization = undefined;
  }

  /** The connection is gone, and what the server knew with it. */
  lost(entry: Entry): void {
    if (entry.wire === 'subscribed') entry.lostAt = this.#parts.clock.now();
    entry.isUncertain = false;
    this.reset(entry, 'unsubscribed');
    this.settle(entry);
    entry.channel.become('idle');
  }

  /** Tries a failed subscription again now. */
  retry(entry: Entry): void {
    if (entry.wire !== 'failed') return;
    this.reset(entry, 'unsubscribed');
    this.settle(entry);
  }

  /** Does what is to be done next: on a new intent, an answer, and a new connection. */
  settle(entry: Entry): void {
    const { channel } = entry;
    if (entry.leases === 0) {
      // Lingering, or leave-before-confirm: the answer is waited for, and then left.
      if (entry.releaseTimer !== undefined || entry.wire === 'pending') return;
      if (entry.wire === 'subscribed' || entry.isUncertain) this.#leave(entry.channel.name);
      this.reset(entry, 'unsubscribed');
      this.#owner.forget(entry);
      channel.become('idle');
      return;
    }
    if (entry.unheard)
      queueMicrotask(() => {
        this.#tellUnheard(entry);
      });
    if (entry.wire !== 'unsubscribed' || !this.#parts.connection().isOpen) return;
    if (channel.type !== 'public') this.#authorize(entry);
    else this.#request(entry, { auth: '' }); // pusher-js sends the empty auth too; servers ignore it
  }

  /** The server has confirmed. Where nobody holds the channel at the moment, the next holder is told. */
  confirmed(entry: Entry, payload: unknown): void {
    if (!this.#parts.connection().isOpen) return;
    if (entry.wire === 'subscribed') {
      // The answer to a request that was repeated, after the late answer to the first one.
      if (entry.unheard) entry.unheard = { payload };
      else entry.channel.confirmAgain(payload);
      return;
    }
    if (entry.wire === 'failed' && !entry.isUncertain) {
      // Refused already, so this answers an earlier request, or that refusal did: only asking again makes it certain.
      this.#timedOut(entry);
      return;
    }
    this.reset(entry, 'subscribed');
    entry.strikes = 0;
    entry.isUncertain = false;
    entry.expectsReplay = true;
    if (entry.leases === 0) {
      entry.unheard = { payload };
      this.settle(entry);
    } else this.#tell(entry, payload);
  }

  /** A subscription that failed for a passing reason is tried again; each trouble is told once (O-06). */
  failed(entry: Entry, { isRetryable, ...error }: SubscriptionError & { isRetryable: boolean }): void {
    this.reset(entry, 'failed');
    if (isLeft(entry)) {
      this.settle(entry);
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

  #leave(channel: string): void {
    this.#parts.connection().send({ event: UNSUBSCRIBE, data: { channel } });
  }

  /** The server has confirmed what nobody wants any more, after we had given up waiting: it is told so now. */
  confirmedLate(channel: string): void {
    this.#leave(channel);
  }

  /** Asks for a signature; one for another connection, or for a channel that was left meanwhile, is not used. */
  #authorize(entry: Entry): void {
    const authorization = new AbortController();
    entry.wire = 'authorizing';
    entry.authorization = authorization;
    const { signal } = authorization;
    entry.channel.become('authorizing');
    if (signal.aborted) return; // a listener has just left, or closed the connection
    // With the code that will open its events, so that no event comes before it.
    const answered = this.#parts.authorize(entry.channel, signal);
    (entry.inbox ? Promise.all([answered, entry.inbox.load()]).then(([answer]) => answer) : answered)
      .then((answer) => {
        if (signal.aborted) return;
        entry.authorization = undefined; // it is over; aborting it would only make an error for nobody
        if (entry.leases === 0) {
          // Left while the endpoint was thinking: nobody learns that we were about to come (presence).
          this.reset(entry, 'unsubscribed');
          this.settle(entry);
          return;
        }
        acceptAnswer(entry, answer, this.#parts.user.id);
        this.#request(entry, answer);
      })
      .catch((error: unknown) => {
        if (!signal.aborted) this.failed(entry, authorizationFailed(entry.channel.name, error));
      });
  }

  #request(entry: Entry, { auth, channel_data }: AuthorizationAnswer): void {
    const channel = entry.channel.name;
    // An earlier request may have been taken without an answer; the server is not asked twice for the same.
    if (entry.isUncertain) this.#leave(channel);
    entry.isUncertain = false;
    this.reset(entry, 'pending');
    this.#deadlines.set(entry, this.#parts.settings().subscriptionTimeout);
    // `channel_data` goes out byte for byte: the server checks the signature of that very string.
    const data = { auth, ...(channel_data === undefined ? undefined : { channel_data }), channel };
    this.#parts.connection().send({ event: SUBSCRIBE, data });
    entry.channel.become('subscribing');
  }

  #timedOut(entry: Entry): void {
    if (isLeft(entry)) {
      // Whether the server took it is unknown, so it is told; leaving must be effective.
      entry.wire = 'subscribed';
      this.settle(entry);
      return;
    }
    entry.isUncertain = true;
    this.failed(entry, subscriptionTimeout(entry.channel.name));
  }

  /** Confirmed while nobody held the channel: told to who holds it now, after they had time to listen. */
  #tellUnheard(entry: Entry): void {
    const { unheard } = entry;
    if (!unheard || entry.leases === 0) return;
    entry.unheard = undefined;
    this.#tell(entry, unheard.payload);
  }

  #tell(entry: Entry, payload: unknown): void {
    const { lostAt: from } = entry;
    entry.lostAt = undefined;
    const to = this.#parts.clock.now();
    const reason = 'The connection was lost and made again.';
    const gap = from === undefined ? undefined : { from, to, duration: (to - from) / 1000, reason };
    entry.channel.confirm(payload, gap);
    this.#owner.confirmed();
  }
}

/** Nobody holds it, and nobody will be waited for. What lingers is still told how it stands. */
const isLeft = ({ leases, releaseTimer }: Entry): boolean => leases === 0 && releaseTimer === undefined;
