/**
 * How late this process was. A measurement of real time on a machine that stalls says something about the
 * machine; with the lateness seen alongside, it can be told apart from a wrong delay.
 */

const interval = 20;

export class LagMeter {
  readonly #lags: { readonly from: number; readonly to: number; readonly excess: number }[] = [];
  #last = Date.now();
  readonly #timer: NodeJS.Timeout = setInterval(() => {
    const now = Date.now();
    const excess = now - this.#last - interval;
    if (excess > 2) this.#lags.push({ from: this.#last, to: now, excess });
    this.#last = now;
  }, interval);

  /** Milliseconds of lateness, all together, in a span of `Date.now()` times. */
  between(from: number, to: number): number {
    return this.#lags
      .filter((lag) => lag.to >= from - interval && lag.from <= to + interval)
      .reduce((sum, { excess }) => sum + excess, 0);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
