/** A timer that can be paused. */
import type { Clock, TimerHandle } from '../../src/index.js';
import { longestTimer } from '../shared/longest-timer.js';

/** Milliseconds that are left at least after a pause, so that nothing vanishes under somebody who looks away. */
const reprieve = 1000;

export class ToastTimer {
  readonly #done: () => void;
  #left: number;
  #clock: Clock | undefined;
  #handle: TimerHandle;
  #since = 0;

  /** @param seconds 0: never. */
  constructor(seconds: number, done: () => void) {
    this.#done = done;
    this.#left = seconds > 0 ? seconds * 1000 : Infinity;
  }

  run(clock: Clock): void {
    if (this.#clock || this.#left > longestTimer) return;
    this.#clock = clock;
    this.#since = clock.now();
    this.#handle = clock.setTimeout(this.#done, this.#left);
  }

  pause(): void {
    if (!this.#clock) return;
    this.#clock.clearTimeout(this.#handle);
    const left = this.#left - (this.#clock.now() - this.#since);
    this.#left = Math.max(left, Math.min(this.#left, reprieve));
    this.#clock = undefined;
  }
}
