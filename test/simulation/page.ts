/** The browser's opinion of the network and of the page, as the schedule gives it. */
import type { NetworkSignal, NetworkSource } from '../../src/index.js';

export class Page implements NetworkSource {
  readonly #listeners = new Set<(signal: NetworkSignal) => void>();
  #isOnline = true;

  get listenerCount(): number {
    return this.#listeners.size;
  }

  readonly isOnline = (): boolean => this.#isOnline;

  readonly listen = (on: (signal: NetworkSignal) => void): (() => void) => {
    this.#listeners.add(on);
    return () => {
      this.#listeners.delete(on);
    };
  };

  signal(signal: NetworkSignal): void {
    if (signal === 'online' || signal === 'offline') this.#isOnline = signal === 'online';
    for (const on of [...this.#listeners]) on(signal);
  }
}
