/**
 * The events of one encrypted channel, opened one after the other, so that they arrive in order whatever a
 * key change costs: one refresh of the key serves every message that waits behind it (protocol.md §7.7). Loaded
 * only when an encrypted channel is subscribed.
 */
import { decodePayload } from '../protocol/codec.js';
import type { EventFrame } from '../protocol/frames.js';
import { openPayload, readKey } from './encryption.js';
import type { Opened } from './encryption.js';

/** How long, in milliseconds, a key that was fetched again and opened nothing is not fetched once more. */
export const refreshInterval = 10_000;

/** What an inbox needs from outside. */
export interface InboxParts {
  /** A fresh `shared_secret`, or null where the subscription has ended meanwhile; rejects where there is none to be had. */
  readonly refreshSecret: () => Promise<string | null | undefined>;
  /** Milliseconds of the clock. */
  readonly now: () => number;
  /** An event in clear. */
  readonly deliver: (frame: EventFrame, isReplay: boolean) => void;
  /** An event could not be opened, and was dropped; said once until one opens again. */
  readonly dropped: (frame: EventFrame, why: string) => void;
}

interface Waiting {
  readonly frame: EventFrame;
  /** Whether a cache channel repeats an old event. */
  readonly isReplay: boolean;
}

/** One per encrypted channel. */
export class EncryptedInbox {
  readonly #parts: InboxParts;
  readonly #waiting: Waiting[] = [];
  #secret: string | undefined;
  #isWorking = false;
  #isClosed = false;
  /** When the key was fetched again, while it has opened nothing since: fetching at once once more is no use. */
  #refreshedAt: number | undefined;
  /** Whether it was told that events are dropped. */
  #isTold = false;

  constructor(parts: InboxParts) {
    this.#parts = parts;
  }

  /** The key of a new authorization. */
  setSecret(secret: string | undefined): void {
    this.#secret = secret;
    this.#refreshedAt = undefined;
  }

  /** An event in the order of the wire. */
  push(frame: EventFrame, isReplay: boolean): void {
    this.#waiting.push({ frame, isReplay });
    if (!this.#isWorking) void this.#work();
  }

  /** The channel was left: nothing more is delivered. */
  close(): void {
    this.#isClosed = true;
    this.#waiting.length = 0;
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let next; (next = this.#waiting.shift());) await this.#open(next);
    this.#isWorking = false;
  }

  async #open({ frame, isReplay }: Waiting): Promise<void> {
    const payload = decodePayload(frame.rawData);
    let opened = this.#tryOpen(payload);
    if (!opened.ok && opened.why === 'undecryptable' && this.#mayRefresh() && !this.#isClosed) {
      try {
        const secret = await this.#parts.refreshSecret();
        if (secret === null) {
          this.#waiting.length = 0; // lost with the connection that it came over, as the gap tells
          return;
        }
        this.#secret = secret;
      } catch {
        // The old key stays; the event is dropped below and reported.
      }
      this.#refreshedAt = this.#parts.now();
      opened = this.#tryOpen(payload);
    }
    if (this.#isClosed) return;
    if (opened.ok) {
      this.#refreshedAt = undefined;
      this.#isTold = false;
      this.#parts.deliver({ ...frame, rawData: opened.text }, isReplay);
    } else
      this.#drop(
        frame,
        opened.why === 'malformed'
          ? 'It has no nonce of 24 bytes and no ciphertext.'
          : 'It does not open with the key of the channel.',
      );
  }

  #mayRefresh(): boolean {
    return this.#refreshedAt === undefined || this.#parts.now() - this.#refreshedAt >= refreshInterval;
  }

  #drop(frame: EventFrame, why: string): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#parts.dropped(frame, why);
  }

  #tryOpen(payload: unknown): Opened {
    const key = readKey(this.#secret);
    return key ? openPayload(payload, key) : { ok: false, why: 'undecryptable' };
  }
}
