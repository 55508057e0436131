/**
 * Ends one authorization: because nobody wants it any more, or because it took too long. What an `AbortController`
 * is for, which is made only where a request needs its signal: it costs more than all the rest of an authorization
 * that a handler answers.
 */
export class Stop {
  #isStopped = false;
  #reason: unknown;
  #controller: AbortController | undefined;
  #reject: ((reason: unknown) => void) | undefined;

  /** For what takes a signal only. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#isStopped) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** Stops, once. */
  now(reason: unknown): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#reason = reason;
    this.#controller?.abort(reason);
    this.#reject?.(reason);
  }

  throwIfStopped(): void {
    if (this.#isStopped) throw this.#reason;
  }

  /** Settles with `promise`, or rejects as soon as it is stopped, whatever the promise does. */
  orResultOf<Value>(promise: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      if (this.#isStopped) this.#reject(this.#reason);
      promise.then(resolve, reject);
    });
  }
}
