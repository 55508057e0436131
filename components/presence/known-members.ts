/** Who counts as there: the members of a channel, and for a while those who have left it. No page. */
import type { Clock, Member } from '../../src/index.js';
import { longestTimer } from '../shared/longest-timer.js';

/** What it asks for each time, and what it tells. */
export interface KnownMembersHost {
  readonly clock: () => Clock;
  /** How long somebody who has left counts as there, in milliseconds. */
  readonly grace: () => number;
  /** Somebody came; or went, and the grace is over. */
  readonly joined: (member: Member) => void;
  readonly left: (member: Member) => void;
}

export class KnownMembers {
  readonly #host: KnownMembersHost;
  readonly #members = new Map<string, Member>();
  /** When those left who still count, the earliest first. */
  readonly #leftAt = new Map<string, number>();
  #stop: (() => void) | undefined;
  #isKnown = false;

  constructor(host: KnownMembersHost) {
    this.#host = host;
  }

  /** Whether there has been a roster. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  get size(): number {
    return this.#members.size;
  }

  has(id: string | undefined): boolean {
    return id !== undefined && this.#members.has(id);
  }

  /** In the order in which they came. */
  get members(): Iterable<Member> {
    return this.#members.values();
  }

  /** A whole roster. After the first one it tells of the differences; who is missing has a grace to come back. */
  take(roster: Iterable<Member>): void {
    const missing = new Set(this.#members.keys());
    for (const member of roster) {
      missing.delete(member.id);
      this.join(member);
    }
    this.#isKnown = true;
    for (const id of missing) this.#startLeaving(id);
    this.settle();
  }

  join(member: Member): void {
    const isNew = !this.#members.has(member.id);
    this.#members.set(member.id, member);
    this.#leftAt.delete(member.id);
    if (isNew && this.#isKnown) this.#host.joined(member);
  }

  leave({ id }: Member): void {
    if (this.#members.has(id)) this.#startLeaving(id);
    this.settle();
  }

  /** Lets go whose grace is over, and waits for the next one. */
  readonly settle = (): void => {
    this.stop();
    const clock = this.#host.clock();
    for (const [id, leftAt] of this.#leftAt) {
      const wait = leftAt + this.#host.grace() - clock.now();
      if (wait > 0) {
        const timer = clock.setTimeout(this.settle, Math.min(wait, longestTimer));
        this.#stop = () => {
          clock.clearTimeout(timer);
        };
        return;
      }
      this.#leftAt.delete(id);
      const member = this.#members.get(id);
      this.#members.delete(id);
      if (member) this.#host.left(member);
    }
  };

  /** Waits no more. */
  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** Forgets everybody, without a word. */
  clear(): void {
    this.stop();
    this.#members.clear();
    this.#leftAt.clear();
    this.#isKnown = false;
  }

  #startLeaving(id: string): void {
    if (!this.#leftAt.has(id)) this.#leftAt.set(id, this.#host.clock().now());
  }
}
