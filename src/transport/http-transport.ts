/**
 * Frames over HTTP requests, for networks that let no WebSocket through (protocol.md §10): one request that
 * stays open and streams what the server says, or one after another that each wait for something to say; and
 * a request for each thing to say to it. Loaded only when needed.
 */
import type { Clock, TimerHandle } from '../clock.js';
import { sendRequest } from '../fetch.js';
import type { HttpRequest } from '../fetch.js';
import { HttpSender, requestHead } from './http-sender.js';
import { HttpSession } from './http-session.js';
import { RecordReader } from './http-stream.js';
import type { HttpRecord } from './http-stream.js';
import type { HttpName } from './transport-plan.js';
import type { Transport, TransportClose, TransportHandlers } from './transport.js';

/** After how many characters a stream is begun anew, on the same session; pusher-js's number, which servers expect. */
export const restartAfter: number = 256 * 1024;
/** What a server says to a second receive request while it believes the first one open. */
const stillOpen = 2010;
/** How often, and after how many milliseconds each, a restart that came too early is tried again. */
const restartPatience = 5;
const restartPause = 200;
/** How long to wait after an answer that said nothing, in milliseconds, so that polling does not spin. */
const emptyPause = 1000;

export interface HttpTransportParts {
  readonly name: HttpName;
  /** `http[s]://host:port/path/app/key?query`. */
  readonly url: string;
  readonly clock: Clock;
  /** Default: the environment's `fetch`. */
  readonly send?: HttpRequest;
}

/** A new, unopened transport. */
export const createHttpTransport = (parts: HttpTransportParts): Transport => new HttpTransport(parts);

class HttpTransport implements Transport {
  readonly #parts: HttpTransportParts;
  readonly #send: HttpRequest;
  readonly #session: HttpSession;
  readonly #sender: HttpSender;
  /** Undefined before `open()` and after the end. */
  #handlers: TransportHandlers | undefined;
  #receiving = new AbortController();
  #timer: TimerHandle;
  #isOpen = false;
  /** How often a restart may still be told that it came too early. */
  #patience = 0;
  /** Milliseconds until the next receive request. */
  #pause = 0;

  constructor(parts: HttpTransportParts) {
    this.#parts = parts;
    this.#send = parts.send ?? sendRequest;
    this.#session = new HttpSession(parts.url, parts.clock);
    this.#sender = new HttpSender({
      send: this.#send,
      url: () => this.#session.sendUrl(),
      failed: (reason) => {
        this.#break(`A frame could not be sent: ${reason}.`);
      },
    });
  }

  open(handlers: TransportHandlers): void {
    this.#handlers = handlers;
    void this.#run();
  }

  send(text: string): boolean {
    if (!this.#handlers || !this.#isOpen) return false;
    this.#sender.push(text);
    return true;
  }

  /** `[]`: the server answers with a heartbeat record. */
  ping(): boolean {
    if (!this.#handlers || !this.#isOpen) return false;
    this.#sender.beat();
    return true;
  }

  /** What was sent before still goes out, as with a WebSocket; nothing more comes in. */
  close(): void {
    this.#detach();
  }

  /** One receive request after another, until the end. */
  async #run(): Promise<void> {
    while (this.#handlers) {
      const receiving = new AbortController();
      this.#receiving = receiving;
      try {
        await this.#receive(receiving);
      } catch (error) {
        // A request that this side has left is no failure.
        if (!receiving.signal.aborted) this.#break(error instanceof Error ? error.message : String(error));
      }
      await this.#rest();
    }
  }

  async #receive(receiving: AbortController): Promise<void> {
    const { name } = this.#parts;
    const url = this.#session.receiveUrl(name);
    const response = await this.#send(url, { ...requestHead, signal: receiving.signal });
    if (response.status !== 200) {
      receiving.abort();
      this.#break(`The server answered with status ${response.status}.`);
    } else if (name === 'xhr_streaming') await this.#readStream(response, receiving);
    else this.#readPoll(await response.text());
  }

  async #readStream({ body }: Response, receiving: AbortController): Promise<void> {
    const reader = body?.getReader();
    const decoder = new TextDecoder();
    const records = new RecordReader();
    let length = 0;
    for (let part; reader && !(part = await reader.read()).done;) {
      const text = decoder.decode(part.value, { stream: true });
      length += text.length;
      for (const record of records.push(text)) this.#take(record);
      if (length > restartAfter && records.isBetweenRecords) {
        this.#patience = restartPatience;
        receiving.abort();
        return;
      }
    }
    if (this.#pause === 0) this.#break('The server ended the stream.');
  }

  #readPoll(text: string): void {
    const reader = new RecordReader();
    const records = [...reader.push(text), ...reader.end()];
    for (const record of records) this.#take(record);
    if (!this.#isOpen) this.#break('The answer was not that of a Pusher Channels server.');
    else if (records.length === 0) this.#pause = emptyPause;
  }

  #take(record: HttpRecord): void {
    if (record.type === 'closed' && record.code === stillOpen && this.#patience > 0) {
      // Our own first request, which the server has not seen end yet.
      this.#patience -= 1;
      this.#pause = restartPause;
      return;
    }
    // Not for a heartbeat: streams begin with one, also the one that is about to be refused.
    if (record.type !== 'heartbeat') this.#patience = 0;
    switch (record.type) {
      case 'open':
        if (this.#isOpen) this.#break('The server has lost the session.');
        else this.#opened(record.hostname);
        return;
      case 'frames':
        if (this.#isOpen) for (const frame of record.frames) this.#handlers?.data(frame);
        return;
      case 'heartbeat':
        if (this.#isOpen) this.#beat();
        return;
      case 'closed':
        this.#end({ code: record.code, reason: record.reason, wasClean: true });
    }
  }

  #opened(hostname: string | undefined): void {
    this.#isOpen = true;
    if (hostname !== undefined) this.#session.moveTo(hostname);
    this.#handlers?.opened();
  }

  #beat(): void {
    if (!this.#handlers) return;
    // The next poll is the answer there.
    if (this.#parts.name === 'xhr_streaming') this.#sender.beat();
    this.#handlers.heard?.();
  }

  #break(reason: string): void {
    this.#end({ code: 1006, reason, wasClean: false });
  }

  #end(close: TransportClose): void {
    const handlers = this.#handlers;
    this.#detach();
    this.#sender.stop();
    handlers?.closed(close);
  }

  #detach(): void {
    this.#handlers = undefined;
    this.#receiving.abort();
    this.#parts.clock.clearTimeout(this.#timer);
  }

  /** The pause before the next receive request, where there is to be one. */
  async #rest(): Promise<void> {
    const pause = this.#pause;
    this.#pause = 0;
    if (pause === 0 || !this.#handlers) return;
    await new Promise<void>((resolve) => {
      this.#timer = this.#parts.clock.setTimeout(resolve, pause);
    });
  }
}
