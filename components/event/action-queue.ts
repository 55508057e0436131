/** Actions one after the other: what comes while one is waiting waits too, in its order. */

/** As many wait at most; a promise that never settles must not fill the memory. */
const limit = 100;

export class ActionQueue<Item> {
  readonly #run: (item: Item) => unknown;
  readonly #items: Item[] = [];
  #isBusy = false;

  /** Where `run` returns a promise, the next one waits for it. It does not throw, and the promise is fulfilled. */
  constructor(run: (item: Item) => unknown) {
    this.#run = run;
  }

  /** Runs at once where nothing is waiting. With `isLatest`, instead of what waits. */
  push(item: Item, isLatest: boolean): void {
    if (isLatest || this.#items.length === limit) this.#items.splice(0, isLatest ? limit : 1);
    this.#items.push(item);
    if (!this.#isBusy) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#isBusy = true;
    for (let item; (item = this.#items.shift());) {
      const result = this.#run(item);
      // What is over at once holds nothing up.
      if (result instanceof Promise) await result;
    }
    this.#isBusy = false;
  }
}
