/** The server's half of protocol.md §4: pings an idle client, and gives it up when it does not answer. */
import type { Clock, TimerHandle } from '../clock.js';

export interface LivenessTimes {
  /** Milliseconds of silence before the ping; null for never. */
  readonly pingAfter: number | null;
  /** Milliseconds the client has to answer. */
  readonly pongTimeout: number;
  /** False: the ping that is due is left out. */
  readonly isPinging: boolean;
}

export class Liveness {
  readonly #clock: Clock;
  readonly #times: () => LivenessTimes;
  readonly #ping: () => void;
  readonly #giveUp: () => void;
  #heardAt = 0;
  #isChallenged = false;
  #timer: TimerHandle;

  /** `times` is asked on every wake, so that settings can change under a live connection. */
  constructor(clock: Clock, times: () => LivenessTimes, actions: { ping(): void; giveUp(): void }) {
    this.#clock = clock;
    this.#times = times;
    this.#ping = () => {
      actions.ping();
    };
    this.#giveUp = () => {
      actions.giveUp();
    };
  }

  start(): void {
    this.heard();
    this.#wait();
  }

  /** A frame came in: the client is alive, whatever the frame was. */
  heard(): void {
    this.#heardAt = this.#clock.now();
    this.#isChallenged = false;
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  // One timer compared with a deadline on each wake, and not one timer per frame.
  #wait(): void {
    const { pingAfter, pongTimeout, isPinging } = this.#times();
    if (pingAfter === null) return;
    const remaining = this.#heardAt + pingAfter - this.#clock.now();
    if (remaining > 0) {
      this.#wake(remaining, () => {
        this.#wait();
      });
      return;
    }
    if (!isPinging) {
      this.#wake(pingAfter, () => {
        this.#wait();
      });
      return;
    }
    this.#isChallenged = true;
    this.#ping();
    this.#wake(pongTimeout, () => {
      if (this.#isChallenged) this.#giveUp();
      else this.#wait();
    });
  }

  #wake(delay: number, callback: () => void): void {
    this.#timer = this.#clock.setTimeout(callback, delay);
  }
}
