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

interface Waiting {
  readonly channel: string;
  readonly event: string;
  readonly data: unknown;
  readonly expiresAt: number;
}

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

  /** Sends now, or as soon as it may; false where too many are waiting already. */
  push(channel: string, event: string, data: unknown): boolean {
    const { clientEventQueueLimit, clientEventMaxAge } = this.#parts.limits();
    const expiresAt = this.#parts.clock.now() + clientEventMaxAge;
    this.#waiting.push({ channel, event, data, expiresAt });
    this.pump();
    // The newest is the one refused: those before it were promised.
    if (this.#waiting.length <= clientEventQueueLimit) return true;
    this.#waiting.pop();
    return false;
  }

  /** Sends what can be sent: on a new event, a new subscription, and when the second is over. */
  pump(): void {
    const { clock, isSubscribed, send } = this.#parts;
    const now = clock.now();
    const kept: Waiting[] = [];
    let isFull = now < this.#pausedUntil;
    for (const item of this.#waiting) {
      if (item.expiresAt < now) continue;
      if (!isFull) isFull = !this.#hasRoom(now);
      if (isFull || !isSubscribed(item.channel) || !send(item.event, item.data, item.channel))
        kept.push(item);
      else this.#sentAt.push(now);
    }
    this.#waiting = kept;
    this.#arm(isFull && kept.length > 0 ? this.#roomAt() - now : undefined);
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
    this.#arm(undefined);
  }

  /** Forgets what a channel still had to say: it was left. */
  forget(channel: string): void {
    this.#waiting = this.#waiting.filter((item) => item.channel !== channel);
    if (this.#waiting.length === 0) this.#arm(undefined);
  }

  /** Forgets everything. */
  dispose(): void {
    this.#waiting = [];
    this.#arm(undefined);
  }

  #hasRoom(now: number): boolean {
    this.#sentAt = this.#sentAt.filter((at) => now - at < 1000);
    return this.#sentAt.length < clientEventsPerSecond;
  }

  #roomAt(): number {
    const oldest = this.#sentAt.at(-clientEventsPerSecond);
    return Math.max(this.#pausedUntil, oldest === undefined ? 0 : oldest + 1000);
  }

  #arm(delay: number | undefined): void {
    const { clock } = this.#parts;
    clock.clearTimeout(this.#timer);
    this.#timer =
      delay === undefined
        ? undefined
        : clock.setTimeout(
            () => {
              this.#timer = undefined;
              this.pump();
            },
            Math.max(0, delay),
          );
  }
}
