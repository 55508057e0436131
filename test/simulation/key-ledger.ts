/**
 * When the key of an encrypted channel may be fetched again (protocol.md §7.7): for an event that does not open with
 * the key that was given last, and once for all of those; where the new key has opened nothing, not again for a while.
 */
import type { Fail } from './wire-ledger.js';

/** How long a key that was fetched again and has opened nothing is kept, in milliseconds. */
const patience = 10_000;

/** What is known of the key that the client has. */
interface Known {
  /** The version of the key that it was given; undefined where that answer may not have come to it. */
  given: number | undefined;
  /** The versions that the events have which came in and have not been opened, by number. */
  readonly sealed: Map<number, number>;
  refreshedAt: number;
}

export class KeyLedger {
  readonly #fail: Fail;
  readonly #known = new Map<string, Known>();

  constructor(fail: Fail) {
    this.#fail = fail;
  }

  /** The endpoint has given a key: at once, or so that it may be too late for the client. */
  given(channel: string, version: number, isAtOnce: boolean): void {
    this.#of(channel).given = isAtOnce ? version : undefined;
  }

  /** The endpoint has given none, or something that is none; `mayDiffer` where another answer may be asked for at once. */
  refused(channel: string, mayDiffer: boolean): void {
    const known = this.#of(channel);
    known.given = undefined;
    if (mayDiffer) known.refreshedAt = -Infinity;
  }

  /** The channel is subscribed on a new connection, or anew on the present one. */
  subscribed(channel: string): void {
    this.#known.set(channel, { given: this.#of(channel).given, sealed: new Map(), refreshedAt: -Infinity });
  }

  /** An event comes in that is sealed with this version of the key. */
  arrived(channel: string, n: number, version: number): void {
    this.#of(channel).sealed.set(n, version);
  }

  /** An event was opened, and so those before it were opened or dropped. */
  opened(channel: string, n: number): void {
    const known = this.#of(channel);
    known.refreshedAt = -Infinity;
    for (const before of known.sealed.keys()) {
      known.sealed.delete(before);
      if (before === n) return;
    }
  }

  /** The client asks for the key again while it is subscribed. */
  refreshed(channel: string, now: number): void {
    const known = this.#of(channel);
    const versions = [...known.sealed.values()];
    if (known.given !== undefined && versions.every((version) => version === known.given))
      this.#fail(
        'a key is fetched again only for an event that it does not open',
        `${channel}: version ${known.given}, and ${versions.length} events that it opens`,
      );
    if (now - known.refreshedAt < patience)
      this.#fail(
        'a key that was fetched again serves every event that waits',
        `${channel}: fetched again ${now - known.refreshedAt} ms ago`,
      );
    known.refreshedAt = now;
  }

  #of(channel: string): Known {
    const known = this.#known.get(channel);
    if (known) return known;
    const made = { given: undefined, sealed: new Map<number, number>(), refreshedAt: -Infinity };
    this.#known.set(channel, made);
    return made;
  }
}
