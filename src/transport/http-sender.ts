/**
 * Sends what an HTTP session has to say, one request at a time: requests that run side by side may overtake
 * each other, and an unsubscribe before its subscribe is another wish.
 */
import type { HttpRequest } from '../fetch.js';

/** What every request of a session says of itself; pusher-js's own, which servers expect. */
export const requestHead: Pick<RequestInit, 'method' | 'headers' | 'redirect'> = {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  redirect: 'error', // a page that names a host has not named the one that it redirects to
};

export interface HttpSenderParts {
  readonly send: HttpRequest;
  /** The address of the next request. */
  readonly url: () => string;
  /** Something could not be sent: what was to be said is lost, and with it the session. */
  readonly failed: (reason: string) => void;
}

/** One per session. */
export class HttpSender {
  readonly #parts: HttpSenderParts;
  #frames: string[] = [];
  /** Signs of life that are due. Each one counts: the server answers some and is answered by others. */
  #beats = 0;
  #isBusy = false;

  constructor(parts: HttpSenderParts) {
    this.#parts = parts;
  }

  /** A frame: in a request of its own, or, while one is under way, together with the others that wait. */
  push(frame: string): void {
    this.#frames.push(frame);
    void this.#work();
  }

  /** A sign of life: `[]`. */
  beat(): void {
    this.#beats += 1;
    void this.#work();
  }

  /** Forgets what has not gone out yet. */
  stop(): void {
    this.#frames = [];
    this.#beats = 0;
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let body; (body = this.#take());) {
        const response = await this.#parts.send(this.#parts.url(), { ...requestHead, body });
        await response.text(); // nothing, but unread answers keep connections busy
        if (!response.ok) throw new Error(`the server answered with status ${response.status}`);
      }
    } catch (error) {
      this.stop();
      this.#parts.failed(error instanceof Error ? error.message : String(error));
    } finally {
      this.#isBusy = false;
    }
  }

  #take(): string | undefined {
    if (this.#frames.length > 0) return JSON.stringify(this.#frames.splice(0));
    if (this.#beats === 0) return undefined;
    this.#beats -= 1;
    return '[]';
  }
}
