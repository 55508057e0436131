/**
 * A transport that somebody has opened and is kept for its next owner: what came in meanwhile is told again,
 * in order, as if the next owner had opened it.
 */
import type { Transport, TransportClose, TransportHandlers } from './transport.js';

/** What its keeper hears of it, until it has an owner. */
export interface HeldEvents {
  /** One frame came in. */
  frame(frame: unknown): void;
  /** It is over. */
  ended(): void;
}

export class HeldTransport implements Transport {
  readonly #inner: Transport;
  readonly #events: HeldEvents;
  #frames: unknown[] = [];
  #isOpened = false;
  #ended: TransportClose | undefined;
  #owner: TransportHandlers | undefined;
  #isClosed = false;

  constructor(inner: Transport, events: HeldEvents) {
    this.#inner = inner;
    this.#events = events;
  }

  /** Opens it for its keeper. May throw, as `open` may. */
  start(): void {
    this.#inner.open({
      opened: () => {
        this.#isOpened = true;
      },
      data: (frame) => {
        this.#deliver(frame);
      },
      closed: (close) => {
        this.#end(close);
      },
    });
  }

  /** Gives it to its owner, who is told everything from the beginning. */
  open(handlers: TransportHandlers): void {
    // Later, because no handler is called before this has returned; before anything else can come in.
    queueMicrotask(() => {
      const frames = this.#frames.splice(0);
      if (this.#isClosed) return;
      this.#owner = handlers;
      if (this.#isOpened) handlers.opened();
      for (const frame of frames) this.#deliver(frame);
      if (this.#ended) this.#end(this.#ended);
    });
  }

  send(text: string): boolean {
    return this.#inner.send(text);
  }

  close(): void {
    this.#isClosed = true;
    this.#owner = undefined;
    this.#frames = [];
    this.#inner.close();
  }

  /** To the owner, who may close it meanwhile; before there is one, into the list. */
  #deliver(frame: unknown): void {
    if (this.#isClosed) return;
    if (this.#owner) this.#owner.data(frame);
    else {
      this.#frames.push(frame);
      this.#events.frame(frame);
    }
  }

  #end(close: TransportClose): void {
    if (this.#isClosed) return;
    if (this.#owner) this.#owner.closed(close);
    else {
      this.#ended = close;
      this.#events.ended();
    }
  }
}
