/** Holds what is shown, and changes it when `facets.ts` says so. One timer, and none while nothing is due. */
import type { Clock } from '../../src/index.js';
import { delayBefore } from './facets.js';
import type { StatusFacet } from './facets.js';

export class ShownFacet {
  readonly #changed: () => void;
  #shown: StatusFacet = 'initialized';
  #next: StatusFacet = 'initialized';
  #shownSince = -Infinity;
  #due = Infinity;
  #clock: Clock | undefined;
  #timer: unknown;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get value(): StatusFacet {
    return this.#shown;
  }

  /** This is true now. `grace` is in milliseconds. */
  follow(next: StatusFacet, grace: number, clock: Clock): void {
    const now = clock.now();
    this.#clock?.clearTimeout(this.#timer);
    // A wait that has begun goes on, whatever is waited with; times of another clock mean nothing.
    if (clock !== this.#clock) this.#shownSince = -Infinity;
    if (clock !== this.#clock || next === this.#shown) this.#due = Infinity;
    this.#clock = clock;
    this.#next = next;
    if (next === this.#shown) return;
    const shownFor = now - this.#shownSince;
    this.#due = Math.min(this.#due, now + delayBefore(this.#shown, next, grace, shownFor));
    if (this.#due <= now) this.#show();
    else
      this.#timer = clock.setTimeout(() => {
        this.#show();
      }, this.#due - now);
  }

  /** Nobody looks any more. */
  stop(): void {
    this.#clock?.clearTimeout(this.#timer);
    this.#clock = undefined;
    this.#due = Infinity;
    this.#shown = this.#next = 'initialized';
  }

  #show(): void {
    this.#due = Infinity;
    this.#shown = this.#next;
    this.#shownSince = this.#clock?.now() ?? 0;
    this.#changed();
  }
}
