/**
 * Tries the WebSocket now and then while something else carries the connection, and finds out whether it
 * works again. Loaded together with the HTTP transports.
 */
import type { Clock, TimerHandle } from '../clock.js';
import { HeldTransport } from './held-transport.js';
import type { Transport } from './transport.js';

export interface WebSocketProbeParts {
  readonly clock: Clock;
  /** A new, unopened WebSocket transport. */
  readonly create: () => Transport;
  /** Milliseconds until the next try. Called before each, so it may count them. */
  readonly delay: () => number;
  /** How long one try may take, in milliseconds. */
  readonly timeout: number;
  /** Whether moving is wanted now; where it is not, nothing is tried. */
  readonly isWanted: () => boolean;
  /** Whether a first frame is the server's welcome, and not its refusal: over quota, for one. */
  readonly isWelcome: (frame: unknown) => boolean;
  /** It works: here it is, open, with its first frame kept. The probe is over. */
  readonly found: (transport: Transport) => void;
}

export class WebSocketProbe {
  readonly #parts: WebSocketProbeParts;
  #timer: TimerHandle;
  #trying: Transport | undefined;

  constructor(parts: WebSocketProbeParts) {
    this.#parts = parts;
    this.#wait();
  }

  /** Nothing is tried any more, and what is being tried is closed. */
  stop(): void {
    this.#parts.clock.clearTimeout(this.#timer);
    this.#trying?.close();
    this.#trying = undefined;
  }

  #wait(): void {
    const { clock, delay } = this.#parts;
    this.#timer = clock.setTimeout(() => {
      if (this.#parts.isWanted()) this.#try();
      else this.#wait();
    }, delay());
  }

  #try(): void {
    const { clock, create, timeout } = this.#parts;
    const failed = (): void => {
      this.stop();
      this.#wait();
    };
    this.#timer = clock.setTimeout(failed, timeout);
    try {
      const transport = new HeldTransport(create(), {
        frame: (frame) => {
          if (this.#parts.isWelcome(frame)) this.#found(transport);
          else failed();
        },
        ended: failed,
      });
      this.#trying = transport;
      transport.start();
    } catch {
      failed(); // the browser refuses the address
    }
  }

  #found(transport: Transport): void {
    this.#trying = undefined;
    this.stop();
    this.#parts.found(transport);
  }
}
