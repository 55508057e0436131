/** Seconds until something, redrawn once for each of them while they are on show. One timer. */
import type { Clock } from '../../src/index.js';

export class Countdown {
  readonly #tick: () => void;
  #clock: Clock | undefined;
  #timer: unknown;

  constructor(tick: () => void) {
    this.#tick = tick;
  }

  /** `seconds` are left and shown; the next tick comes when another number is to be shown. */
  show(seconds: number, clock: Clock): void {
    this.stop();
    if (seconds <= 0) return;
    this.#clock = clock;
    const untilNext = seconds - (Math.ceil(seconds) - 1);
    this.#timer = clock.setTimeout(this.#tick, untilNext * 1000);
  }

  stop(): void {
    this.#clock?.clearTimeout(this.#timer);
    this.#clock = undefined;
  }
}
