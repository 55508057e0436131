/**
 * Client events on their way out: kept until their channel is subscribed, never more than ten in any second
 * on one connection, and not sent when they have grown old (protocol.md §7.4, §11).
 */
import type { Clock, TimerHandle } from '../clock.js';
import { PusherError } from '../errors.js';
import { CLIENT_PREFIX } from '../protocol/event-names.js';
import type { ChannelType } from './channel-type.js';

/** What servers accept: events in any second on one connection, and bytes of one event's data. */
export const clientEventsPerSecond = 10;
export const clientEventSizeLimit = 10_240;

/** How many may wait, and for how long in milliseconds: a "typing" from a minute ago is a lie. */
export interface ClientEventLimits {
  readonly clientEventQueueLimit: number;
  readonly clientEventMaxAge: number;
}

/** What a sender may want to say of one event, and to hear of it. */
export interface ClientEventOptions {
  /** Milliseconds that it may wait; 0: it is sent now or not at all. Default: the client's own. */
  readonly maxAge?: number | undefined;
  /** Gives it up where it still waits. */
  readonly signal?: AbortSignal;
  /**
   * Called once where `trigger()` is true and `signal` does not abort: `sent` is written to the connection, which
   * is not yet delivered; `expired` has waited too long; `dropped`: the channel was left, or the client disposed of.
   */
  readonly settled?: (outcome: ClientEventOutcome) => void;
}
export type ClientEventOutcome = 'sent' | 'expired' | 'dropped';

interface Waiting extends ClientEventOptions {
  readonly channel: string;
  readonly event: string;
  readonly data: unknown;
  readonly expiresAt: number;
}

/** Timers take no more milliseconds, which are 24 days. */
const longestTimer = 2 ** 31 - 1;

/** What the queue needs from outside. */
export interface ClientEventParts {
  readonly clock: Clock;
  readonly limits: () => ClientEventLimits;
  readonly isSubscribed: (channel: string) => boolean;
  readonly send: (event: string, data: unknown, channel: string) => boolean;
}

/** Throws where a client event cannot be sent: by the kind of the channel, by its name, or by its size. */
export function assertClientEvent(
  channel: { name: string; type: ChannelType },
  event: string,
  data: unknown,
): void {
  const { name, type } = channel;
  if (type === 'public' || type === 'encrypted')
    throw new PusherError(
      'unsupported',
      `The ${type} channel "${name}" cannot send the client event "${event}".`,
      'Client events need a private or presence channel; publish to this one from a server.',
    );
  if (!event.startsWith(CLIENT_PREFIX))
    throw new PusherError(
      'invalid-event-name',
      `A client event cannot be named "${event}".`,
      `Begin its name with ${CLIENT_PREFIX}, for instance ${CLIENT_PREFIX}typing.`,
    );
  const size = new TextEncoder().encode(JSON.stringify(data)).length;
  if (size > clientEventSizeLimit)
    throw new PusherError(
      'event-too-large',
      `The client event "${event}" carries ${String(size)} bytes.`,
      `Send at most ${String(clientEventSizeLimit)} bytes: an id to fetch by, instead of the thing itself.`,
    );
}

/** One per client. */
export class ClientEventQueue {
  readonly #parts: ClientEventParts;
  #waiting: Waiting[] = [];
  /** When the last ten went out. */
  #sentAt: number[] = [];
  #pausedUntil = 0;
  #timer: TimerHandle;

  constructor(parts: ClientEventParts) {
    this.#parts = parts;
  }

  /** Sends now, or as soon as it may; false where it may not wait, or too many are waiting already. */
  push(channel: string, event: string, data: unknown, options: ClientEventOptions = {}): boolean {
    const { clientEventQueueLimit, clientEventMaxAge } = this.#parts.limits();
    const { maxAge = clientEventMaxAge } = options;
    const item = { ...options, channel, event, data, expiresAt: this.#parts.clock.now() + maxAge };
    this.#waiting.push(item);
    this.pump();
    // The newest is the one refused: those before it were promised.
    const isTooMany = options.maxAge === 0 || this.#waiting.length > clientEventQueueLimit;
    if (!isTooMany || !this.#waiting.includes(item)) {
      options.signal?.addEventListener('abort', () => {
        this.pump();
      });
      return true;
    }
    this.#waiting = this.#waiting.filter((other) => other !== item);
    this.#arm();
    return false;
  }

  /** Sends what can be sent: on a new event, a new subscription, and when the second is over. */
  pump(): void {
    const { clock, isSubscribed, send } = this.#parts;
    const now = clock.now();
    const kept: Waiting[] = [];
    const settled: (() => void)[] = [];
    let isFull = now < this.#pausedUntil;
    for (const item of this.#waiting) {
      if (item.signal?.aborted) continue;
      if (item.expiresAt < now) {
        settled.push(() => item.settled?.('expired'));
        continue;
      }
      if (!isFull) isFull = !this.#hasRoom(now);
      if (isFull || !isSubscribed(item.channel) || !send(item.event, item.data, item.channel))
        kept.push(item);
      else {
        this.#sentAt.push(now);
        settled.push(() => item.settled?.('sent'));
      }
    }
    this.#waiting = kept;
    this.#arm(isFull);
    // Last, because who hears it may send something.
    for (const tell of settled) tell();
  }

  /** The server said 4301, too many: wait a second before the next (protocol.md §6). */
  pause(): void {
    this.#pausedUntil = this.#parts.clock.now() + 1000;
    this.pump();
  }

  /** What was counted, was counted on that connection; what waits, waits for the next one. */
  connectionLost(): void {
    this.#sentAt = [];
    this.#pausedUntil = 0;
    this.#arm();
  }

  /** Forgets what a channel still had to say: it was left. Without a name, what all had to say. */
  forget(channel?: string): void {
    const isForgotten = (item: Waiting): boolean => channel === undefined || item.channel === channel;
    const forgotten = this.#waiting.filter(isForgotten);
    this.#waiting = this.#waiting.filter((item) => !isForgotten(item));
    this.#arm();
    for (const { settled, signal } of forgotten) if (!signal?.aborted) settled?.('dropped');
  }

  #hasRoom(now: number): boolean {
    this.#sentAt = this.#sentAt.filter((at) => now - at < 1000);
    return this.#sentAt.length < clientEventsPerSecond;
  }

  #roomAt(): number {
    const oldest = this.#sentAt.at(-clientEventsPerSecond);
    return Math.max(this.#pausedUntil, oldest === undefined ? 0 : oldest + 1000);
  }

  /** One timer: for the end of the second, and for the first that grows too old while its sender listens. */
  #arm(isFull = false): void {
    const { clock } = this.#parts;
    clock.clearTimeout(this.#timer);
    const times = this.#waiting.flatMap(({ settled, expiresAt }) => (settled ? [expiresAt + 1] : []));
    if (isFull && this.#waiting.length > 0) times.push(this.#roomAt());
    const delay = Math.min(...times) - clock.now();
    this.#timer =
      times.length === 0
        ? undefined
        : clock.setTimeout(
            () => {
              this.#timer = undefined;
              this.pump();
            },
            Math.min(Math.max(0, delay), longestTimer),
          );
  }
}
