/** One connection of the core over HTTP requests (servers.md §5): what it has to say waits for a request to say it in. */
import type { Clock, TimerHandle } from '../../src/clock.js';
import type { Peer, ServerConnection } from '../../src/testing/index.js';
import type { HttpReceiver, ReceiveKind } from './http-receiver.js';

/** How often a silent session shows that it is there, in milliseconds. */
export const heartbeatInterval = 25_000;
/** How long a session outlives its last receive request, in milliseconds: the next one may be on its way. */
export const sessionGrace = 5000;
/** Fills the buffers of whatever stands in between, so that what follows comes through at once. */
const prelude = `${'h'.repeat(2048)}\n`;

const closeRecord = (code: number, reason: string): string => `c${JSON.stringify([code, reason])}\n`;

export interface HttpSessionParts {
  readonly clock: Clock;
  /** What follows the `o` of the first record. */
  readonly greeting: string;
  /** The session is over, and to be forgotten. */
  readonly ended: () => void;
}

export class HttpSession implements Peer {
  readonly #parts: HttpSessionParts;
  #connection: ServerConnection | undefined;
  #receiver: HttpReceiver | undefined;
  #kind: ReceiveKind = 'xhr_streaming';
  #frames: string[] = [];
  #isGreeted = false;
  /** A heartbeat is out that the client has not answered: its next `[]` is the answer, and not a question. */
  #isBeatUnanswered = false;
  /** How the connection has ended: with a record, or broken. */
  #farewell: { readonly record: string | undefined } | undefined;
  #timer: TimerHandle;

  constructor(parts: HttpSessionParts) {
    this.#parts = parts;
  }

  /** Whether a receive request is open. */
  get isReceiving(): boolean {
    return this.#receiver !== undefined;
  }

  /** The connection of the core that it carries. */
  carry(connection: ServerConnection): void {
    this.#connection = connection;
  }

  /** A receive request: answered with what there is, now or later. */
  receive(receiver: HttpReceiver): void {
    if (this.#receiver) {
      receiver.end(closeRecord(2010, 'Another connection still open'));
      return;
    }
    this.#receiver = receiver;
    this.#kind = receiver.kind;
    receiver.onOver(() => {
      if (this.#receiver === receiver) this.#left();
    });
    if (receiver.kind === 'xhr_streaming') {
      receiver.write(prelude);
      // A client that goes on with its session answers this as well; one that begins does not.
      this.#isBeatUnanswered = this.#isGreeted;
    }
    this.#waitToBeat();
    this.#flush();
  }

  /** The body of a send request; false when it is not a JSON array. */
  take(body: string): boolean {
    const frames = parseArray(body);
    if (!frames) return false;
    if (frames.length === 0) this.#answerBeat();
    for (const frame of frames) if (typeof frame === 'string') this.#connection?.receive(frame);
    return true;
  }

  send(frame: string | Uint8Array): void {
    // Text is all there is over HTTP; a fault that sends bytes becomes the text that they are nearest to.
    this.#frames.push(typeof frame === 'string' ? frame : new TextDecoder().decode(frame));
    this.#flush();
  }

  close(code: number, reason: string): void {
    this.#farewell = { record: closeRecord(code, reason) };
    this.#flush();
  }

  drop(): void {
    this.#farewell = { record: undefined };
    this.#flush();
  }

  /** Shows that the server is there; a stalled one does not. */
  beat(): void {
    if (this.#connection?.isStalled) return;
    this.writeRecord('h');
    this.#isBeatUnanswered = true;
  }

  /** Writes any record at all to the open receive request; where there is none, nothing happens. */
  writeRecord(record: string): void {
    const receiver = this.#receiver;
    if (!receiver) return;
    if (receiver.kind === 'xhr_streaming') receiver.write(`${record}\n`);
    else this.#complete(receiver, `${record}\n`);
  }

  /** Completes the open answer without a word of its own, as a proxy does that has had enough of it. */
  endAnswer(): void {
    if (this.#receiver) this.#complete(this.#receiver);
  }

  /** Forgets the session as a server does that is started again: the client's next request finds another one. */
  lose(): void {
    const receiver = this.#receiver;
    this.#receiver = undefined;
    receiver?.end();
    this.#over();
    this.#connection?.closed(1006);
  }

  #flush(): void {
    const receiver = this.#receiver;
    if (!receiver) return;
    let text = '';
    if (!this.#isGreeted) text += `o${this.#parts.greeting}\n`;
    this.#isGreeted = true;
    if (this.#frames.length > 0) text += `a${JSON.stringify(this.#frames.splice(0))}\n`;
    if (this.#farewell) this.#sayFarewell(receiver, text);
    else if (text === '') return;
    else if (receiver.kind === 'xhr_streaming') {
      receiver.write(text);
      this.#waitToBeat();
    } else this.#complete(receiver, text);
  }

  #sayFarewell(receiver: HttpReceiver, text: string): void {
    const record = this.#farewell?.record;
    this.#receiver = undefined;
    if (record === undefined) {
      receiver.write(text);
      receiver.breakOff();
    } else receiver.end(text + record);
    this.#over();
  }

  #complete(receiver: HttpReceiver, text?: string): void {
    this.#left();
    receiver.end(text);
  }

  /** `[]` is the streaming client's answer to a heartbeat, and its own question too; a polling client only asks. */
  #answerBeat(): void {
    if (this.#kind === 'xhr_streaming' && this.#isBeatUnanswered) this.#isBeatUnanswered = false;
    else this.beat();
  }

  #waitToBeat(): void {
    this.#wait(heartbeatInterval, () => {
      this.beat();
      if (this.#receiver) this.#waitToBeat();
    });
  }

  /** No receive request is open any more: the next one comes soon, or never. */
  #left(): void {
    this.#receiver = undefined;
    this.#wait(sessionGrace, () => {
      this.#over();
      this.#connection?.closed(1006);
    });
  }

  #over(): void {
    this.#parts.clock.clearTimeout(this.#timer);
    this.#parts.ended();
  }

  #wait(delay: number, callback: () => void): void {
    const { clock } = this.#parts;
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(callback, delay);
  }
}

function parseArray(body: string): unknown[] | undefined {
  try {
    const value = JSON.parse(body) as unknown;
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
