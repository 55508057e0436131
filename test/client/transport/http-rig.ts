/**
 * An HTTP transport whose requests go nowhere: the test sees each one, and answers it when and how it likes.
 */
import { createHttpTransport } from '../../../src/transport/http-transport.js';
import type { HttpName } from '../../../src/transport/transport-plan.js';
import type { Transport, TransportClose } from '../../../src/index.js';
import { FakeClock } from '../../../src/testing/index.js';

/** A request that waits for its answer. */
export class FakeRequest {
  readonly url: string;
  readonly init: RequestInit;
  readonly answer: Promise<Response>;
  #resolve: (response: Response) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;
  #stream: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(url: string, init: RequestInit) {
    this.url = url;
    this.init = init;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    init.signal?.addEventListener('abort', () => {
      this.fail('aborted');
    });
  }

  /** `xhr_streaming`, `xhr` or `xhr_send`. */
  get kind(): string {
    return /\/(\w+)\?/.exec(this.url)?.[1] ?? '';
  }

  /** The session of the address. */
  get session(): string {
    return /\/(\d+\/[0-9a-v]{8})\//.exec(this.url)?.[1] ?? '';
  }

  get host(): string {
    return new URL(this.url).hostname;
  }

  get isAborted(): boolean {
    return this.init.signal?.aborted === true;
  }

  /** Answers with a stream that goes on. */
  begin(text: string = ''): void {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#stream = controller;
      },
    });
    this.#resolve(new Response(body));
    this.write(text);
  }

  write(text: string): void {
    this.#stream?.enqueue(new TextEncoder().encode(text));
  }

  writeBytes(bytes: Uint8Array): void {
    this.#stream?.enqueue(bytes);
  }

  /** Ends the stream. */
  end(): void {
    this.#stream?.close();
  }

  /** Answers at once. */
  respond(status: number, text: string | null = null): void {
    this.#resolve(new Response(text, { status }));
  }

  /** There is no answer, or no more of it. */
  fail(message: string): void {
    const error = new TypeError(message);
    this.#reject(error);
    try {
      this.#stream?.error(error);
    } catch {
      // it was complete
    }
  }
}

/** Everything a test may want to look at. */
export interface HttpRig {
  readonly clock: FakeClock;
  readonly transport: Transport;
  readonly requests: readonly FakeRequest[];
  /** Those of one kind. */
  of(kind: string): FakeRequest[];
  /** The newest of one kind. */
  newest(kind: string): FakeRequest;
  readonly frames: readonly unknown[];
  readonly closes: readonly TransportClose[];
  /** How often it was opened, and heard. */
  readonly counts: { opened: number; heard: number };
  /** Lets everything happen that has no delay. */
  settle(): Promise<void>;
}

/** A transport that has been opened. */
export function openedTransport(name: HttpName): HttpRig {
  const clock = new FakeClock();
  const requests: FakeRequest[] = [];
  const frames: unknown[] = [];
  const closes: TransportClose[] = [];
  const counts = { opened: 0, heard: 0 };
  const transport = createHttpTransport({
    name,
    url: 'http://http.example.test:80/pusher/app/app-key?protocol=7',
    clock,
    send: (url, init) => {
      const request = new FakeRequest(url, init);
      requests.push(request);
      return request.answer;
    },
  });
  transport.open({
    opened: () => (counts.opened += 1),
    heard: () => (counts.heard += 1),
    data: (frame) => frames.push(frame),
    closed: (close) => closes.push(close),
  });
  const of = (kind: string): FakeRequest[] => requests.filter((request) => request.kind === kind);
  return {
    ...{ clock, transport, requests, frames, closes, counts, of },
    newest: (kind) => {
      const request = of(kind).at(-1);
      if (!request) throw new Error(`There was no request of the kind ${kind}.`);
      return request;
    },
    settle: async () => {
      // A stream passes through several turns of the event loop.
      for (let turn = 0; turn < 5; turn += 1) await clock.advance(0);
    },
  };
}

/** A transport whose session is open. */
export async function openTransport(name: HttpName): Promise<HttpRig> {
  const rig = openedTransport(name);
  await rig.settle();
  const request = rig.requests[0]!;
  if (name === 'xhr_streaming') request.begin(`${'h'.repeat(2048)}\no\n`);
  else request.respond(200, 'o\n');
  await rig.settle();
  return rig;
}
