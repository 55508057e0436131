/** Time that a test moves by hand. */
import type { Clock, TimerHandle } from '../clock.js';

export interface FakeClockOptions {
  /** Where time begins, in milliseconds. Default: 1 000 000, so that nothing can mistake it for "never". */
  readonly now?: number;
  /** Seed of `random()`; the same seed gives the same numbers. Default: 1. */
  readonly seed?: number;
}

interface FakeTimer {
  readonly id: number;
  readonly due: number;
  readonly callback: () => void;
}

export class FakeClock implements Clock {
  readonly #timers = new Map<number, FakeTimer>();
  #now: number;
  #lastId = 0;
  #random: () => number;

  constructor(options: FakeClockOptions = {}) {
    this.#now = options.now ?? 1_000_000;
    this.#random = seededRandom(options.seed ?? 1);
  }

  /** Milliseconds. */
  now(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, delay: number): TimerHandle {
    const id = (this.#lastId += 1);
    this.#timers.set(id, { id, due: this.#now + Math.max(0, delay), callback });
    return id;
  }

  clearTimeout(handle: TimerHandle): void {
    if (typeof handle === 'number') this.#timers.delete(handle);
  }

  random(): number {
    return this.#random();
  }

  /** Replaces the random source: a fixed number in [0, 1), or a function that gives them. */
  useRandom(source: number | (() => number)): void {
    this.#random = typeof source === 'number' ? () => source : source;
  }

  /** How many timers wait. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** Milliseconds to the next timer; undefined when none waits; 0 when one is overdue. */
  get nextTimerIn(): number | undefined {
    const next = this.#next();
    return next && Math.max(0, next.due - this.#now);
  }

  /**
   * Lets time pass, by milliseconds: runs every timer that falls due, each at its own time, in order, and
   * between them everything that promises and microtasks have waiting. `advance(0)` runs what is due now.
   */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    const turns = new Turns();
    try {
      await turns.next();
      for (let timer = this.#next(); timer && timer.due <= end; timer = this.#next()) {
        this.#now = Math.max(this.#now, timer.due);
        this.#timers.delete(timer.id);
        timer.callback();
        await turns.next();
      }
      this.#now = Math.max(this.#now, end);
    } finally {
      turns.end();
    }
  }

  /** Advances to the next timer and runs it; false when none waits. */
  async advanceToNextTimer(): Promise<boolean> {
    const wait = this.nextTimerIn;
    if (wait === undefined) return false;
    await this.advance(wait);
    return true;
  }

  /** Time passes and nothing runs, as while a machine sleeps; the timers that fell due run with the next `advance`. */
  sleep(milliseconds: number): void {
    this.#now += milliseconds;
  }

  // Equal times in the order in which they were set, as real timers do.
  #next(): FakeTimer | undefined {
    let next: FakeTimer | undefined;
    for (const timer of this.#timers.values()) if (!next || timer.due < next.due) next = timer;
    return next;
  }
}

/**
 * Waits until all microtasks have run, however long their chains are: a task of the event loop comes after
 * them. A message port and not a timer, because pages throttle timers and only `clock.ts` may name them.
 */
class Turns {
  readonly #channel = new MessageChannel();
  #resume: (() => void) | undefined;

  constructor() {
    this.#channel.port1.onmessage = () => this.#resume?.();
  }

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#resume = resolve;
      this.#channel.port2.postMessage(undefined);
    });
  }

  end(): void {
    this.#channel.port1.close();
  }
}

/** Numbers in [0, 1) that depend on nothing but the seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
