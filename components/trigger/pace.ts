/** When a message may go: `debounce` waits for quiet, `throttle` keeps a distance between two. */
import type { Clock } from '../../src/index.js';

/** Milliseconds. */
export interface PaceRules {
  readonly clock: Clock;
  readonly debounce: number;
  readonly throttle: number;
  /** Whether the newest of what comes too soon is kept, instead of none. */
  readonly coalesces: boolean;
}

export class Pace<Message> {
  readonly #rules: () => PaceRules;
  /** False where it did not go after all; then no distance is kept from it. */
  readonly #go: (message: Message) => boolean;
  readonly #changed: () => void;
  #held: { readonly message: Message } | undefined;
  #openAt = 0;
  #stop: (() => void) | undefined;

  constructor(rules: () => PaceRules, go: (message: Message) => boolean, changed: () => void) {
    this.#rules = rules;
    this.#go = go;
    this.#changed = changed;
  }

  /** Whether a message is held. */
  get isHolding(): boolean {
    return this.#held !== undefined;
  }

  offer(message: Message): void {
    const { clock, debounce, coalesces } = this.#rules();
    const now = clock.now();
    const wait = Math.max(debounce, this.#openAt - now);
    if (wait > 0 && debounce === 0 && !coalesces) return;
    this.cancel();
    if (wait <= 0) this.#release({ message });
    else {
      this.#held = { message };
      const timer = clock.setTimeout(() => {
        this.flush();
      }, wait);
      this.#stop = () => {
        clock.clearTimeout(timer);
      };
      this.#changed();
    }
  }

  /** What is held goes now. */
  flush(): void {
    const held = this.#held;
    this.cancel();
    if (held) this.#release(held);
  }

  /** What is held does not go. */
  cancel(): void {
    this.#stop?.();
    this.#held = undefined;
    this.#changed();
  }

  #release({ message }: { readonly message: Message }): void {
    const { clock, throttle } = this.#rules();
    if (this.#go(message)) this.#openAt = clock.now() + throttle;
  }
}
