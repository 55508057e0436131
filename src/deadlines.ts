/** Many deadlines on one timer: ten thousand channels must not set ten thousand of them. */
import type { Clock, TimerHandle } from './clock.js';

/** Deadlines by key; each calls back once, when it has passed. */
export class Deadlines<Key> {
  readonly #clock: Clock;
  readonly #passed: (key: Key) => void;
  readonly #times = new Map<Key, number>();
  #timer: TimerHandle;
  #timerAt = Infinity;

  constructor(clock: Clock, passed: (key: Key) => void) {
    this.#clock = clock;
    this.#passed = passed;
  }

  /** Sets, or moves, the deadline of `key` to `delay` milliseconds from now. */
  set(key: Key, delay: number): void {
    const at = this.#clock.now() + delay;
    this.#times.set(key, at);
    if (at < this.#timerAt) this.#arm(at);
  }

  /** Forgets the deadline of `key`. The timer may fire once for nothing, unless there is nothing left to wait for. */
  delete(key: Key): void {
    if (this.#times.delete(key) && this.#times.size === 0) this.#arm(Infinity);
  }

  #arm(at: number): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer =
      at === Infinity ? undefined : this.#clock.setTimeout(this.#wake, Math.max(0, at - this.#clock.now()));
  }

  readonly #wake = (): void => {
    const now = this.#clock.now();
    this.#timerAt = Infinity;
    for (const [key, at] of [...this.#times])
      // Looked up again, because an earlier callback may have moved or removed this one.
      if (at <= now && this.#times.get(key) === at) {
        this.#times.delete(key);
        this.#passed(key);
      }
    let next = Infinity;
    for (const at of this.#times.values()) next = Math.min(next, at);
    this.#arm(next);
  };
}
