/** The answer to one receive request of an HTTP session; a buffering proxy may hold it back until it is complete. */
import type { ServerResponse } from 'node:http';

/** How frames are received. */
export type ReceiveKind = 'xhr_streaming' | 'xhr';

export class HttpReceiver {
  readonly kind: ReceiveKind;
  readonly #response: ServerResponse;
  readonly #isHeld: boolean;
  #held = '';

  /** The head of the answer is already set. */
  constructor(kind: ReceiveKind, response: ServerResponse, isHeld: boolean) {
    this.kind = kind;
    this.#response = response;
    this.#isHeld = isHeld;
  }

  /** Calls back once, when the answer is over, whoever has ended it. */
  onOver(callback: () => void): void {
    this.#response.once('close', callback);
  }

  write(text: string): void {
    if (this.#isHeld) this.#held += text;
    else this.#response.write(text);
  }

  /** Completes the answer. */
  end(text: string = ''): void {
    this.#response.end(this.#held + text);
  }

  /** Breaks off in the middle of the answer; what was written still goes out. */
  breakOff(): void {
    this.#response.socket?.destroySoon();
  }
}
