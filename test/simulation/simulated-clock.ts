/** Time that the simulation moves, with every timer's owner known, so that what the client leaves behind shows. */
import type { Clock, TimerHandle } from '../../src/clock.js';

/** Whose timer it is. The world's are those of the network and of the authorization endpoint. */
export type Owner = 'client' | 'server' | 'world';

interface Timer {
  readonly id: number;
  readonly due: number;
  readonly owner: Owner;
  readonly callback: () => void;
  /** Where it was set, while replaying. */
  readonly origin: string | undefined;
}

export class SimulatedClock {
  readonly #timers = new Map<number, Timer>();
  readonly #keepsOrigins: boolean;
  #now = 1_000_000;
  #lastId = 0;
  /** When the machine last woke from a sleep: what was due before may be late. */
  #wokeAt = -Infinity;

  constructor(keepsOrigins: boolean) {
    this.#keepsOrigins = keepsOrigins;
  }

  get now(): number {
    return this.#now;
  }

  get wokeAt(): number {
    return this.#wokeAt;
  }

  /** A clock for one owner, with a random source of its own. */
  view(owner: Owner, random: () => number): Clock {
    return {
      now: () => this.#now,
      setTimeout: (callback, delay) => this.set(owner, callback, delay),
      clearTimeout: (handle) => {
        this.clear(handle);
      },
      random,
    };
  }

  set(owner: Owner, callback: () => void, delay: number): TimerHandle {
    const id = (this.#lastId += 1);
    const origin = this.#keepsOrigins ? new Error().stack?.split('\n').slice(2, 6).join('\n') : undefined;
    this.#timers.set(id, { id, due: this.#now + Math.max(0, delay), owner, callback, origin });
    return id;
  }

  clear(handle: TimerHandle): void {
    this.#timers.delete(handle as number);
  }

  /** How many timers somebody has waiting. */
  pending(owner: Owner): number {
    let count = 0;
    for (const timer of this.#timers.values()) if (timer.owner === owner) count += 1;
    return count;
  }

  /** What somebody has waiting, in words. */
  describe(owner: Owner): string {
    return [...this.#timers.values()]
      .filter((timer) => timer.owner === owner)
      .map(({ due, origin }) => `in ${due - this.#now} ms ${origin ?? ''}`)
      .join('; ');
  }

  /** Runs the earliest timer that is due by `limit`, at its own time; false when there is none. */
  runNext(limit: number): boolean {
    let next: Timer | undefined;
    for (const timer of this.#timers.values()) if (!next || timer.due < next.due) next = timer;
    if (!next || next.due > limit) return false;
    this.#now = Math.max(this.#now, next.due);
    this.#timers.delete(next.id);
    next.callback();
    return true;
  }

  /** Time passes up to `time`, if it is not later already. */
  moveTo(time: number): void {
    this.#now = Math.max(this.#now, time);
  }

  /** The machine sleeps: time passes and nothing runs. */
  sleep(milliseconds: number): void {
    this.#now += milliseconds;
    this.#wokeAt = this.#now;
  }
}
