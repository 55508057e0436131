/** What the attempts of one client know of each other. */
import type { HttpName } from './transport-plan.js';
import type { Transport } from './transport.js';

/** How long a WebSocket must have lasted, in milliseconds, for the next wait of a look to be the first one again. */
export const provenAfter = 60_000;

export class RaceMemory {
  /** What carried the last connection, where that was HTTP. */
  last: HttpName | undefined;
  /** How often a WebSocket was looked for since one proved itself. */
  probes = 0;
  /** Since when a WebSocket carries the connection, in milliseconds of the clock. */
  #webSocketSince: number | undefined;
  #found: { readonly url: string; readonly transport: Transport } | undefined;

  /** A WebSocket carries the connection from now on. */
  webSocketCarries(now: number): void {
    this.last = undefined;
    this.#webSocketSince = now;
  }

  /** A new attempt begins, so whatever carried the last connection has ended. */
  attemptBegins(now: number): void {
    if (this.#webSocketSince !== undefined && now - this.#webSocketSince >= provenAfter) this.probes = 0;
    this.#webSocketSince = undefined;
  }

  /** A WebSocket that was found, for the next attempt at its address. */
  offer(url: string, transport: Transport): void {
    this.#found = { url, transport };
  }

  /** The WebSocket that was found for this address; once only. */
  take(url: string): Transport | undefined {
    const found = this.#found;
    if (found?.url !== url) return undefined;
    this.#found = undefined;
    return found.transport;
  }

  /** Closes what was offered and not taken. */
  withdraw(): void {
    this.#found?.transport.close();
    this.#found = undefined;
  }
}
