/**
 * What a client finds in a page, made of the fake clock and the server in memory: sockets, requests, scripts,
 * `online` events. pusher-js gets it as its globals; ours gets the same pieces through its options.
 */
import { FakeClock } from '../../src/testing/index.js';
import type { InMemoryTransportFactory } from '../../src/testing/index.js';
import type { Transport } from '../../src/index.js';
import type { ScriptedEndpoint } from '../client/auth/scripted-endpoint.js';

/** Runs what the environment calls; what it throws has left the client and would be on the console. */
export type Guard = (callback: () => void) => void;

/** The globals of pusher-js's web build that reach a network. */
export interface Wires {
  readonly clock: FakeClock;
  readonly transport: InMemoryTransportFactory;
  readonly endpoint: ScriptedEndpoint;
  readonly guard: Guard;
}

/** A browser's WebSocket over a transport in memory. */
export function webSocketOver({ transport, guard }: Wires): new (url: string) => object {
  return class FakeWebSocket {
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: unknown }) => void) | null = null;
    onclose: ((event: { code: number; reason: string; wasClean: boolean }) => void) | null = null;
    onerror: ((error: unknown) => void) | null = null;
    readyState = 0;
    readonly #transport: Transport;

    constructor(url: string) {
      this.#transport = transport.create(url);
      this.#transport.open({
        opened: () => {
          this.readyState = 1;
          guard(() => this.onopen?.());
        },
        data: (data) => {
          guard(() => this.onmessage?.({ data }));
        },
        closed: (close) => {
          this.#end(close);
        },
      });
    }

    send(text: string): void {
      this.#transport.send(text);
    }

    close(): void {
      if (this.readyState > 1) return;
      this.readyState = 2;
      this.#transport.close();
      queueMicrotask(() => {
        this.#end({ code: 1005, reason: '', wasClean: true });
      });
    }

    #end(close: { code: number; reason: string; wasClean: boolean }): void {
      this.readyState = 3;
      guard(() => this.onclose?.(close));
    }
  };
}

/** A browser's XMLHttpRequest, as far as pusher-js's authorization uses it. */
export function requestsTo({ endpoint, guard }: Wires): new () => object {
  return class FakeXMLHttpRequest {
    withCredentials = false;
    readyState = 0;
    status = 0;
    responseText = '';
    onreadystatechange: (() => void) | null = null;
    readonly #headers: Record<string, string> = {};
    #url = '';
    #method = '';

    open(method: string, url: string): void {
      this.#method = method;
      this.#url = url;
    }

    setRequestHeader(name: string, value: string): void {
      this.#headers[name.toLowerCase()] = value;
    }

    send(text: string = ''): void {
      const request = { url: this.#url, method: this.#method, text, headers: this.#headers };
      endpoint.answer(request).then(
        ({ status, body }) => {
          this.#done(status, body);
        },
        () => {
          this.#done(0, '');
        },
      );
    }

    #done(status: number, body: string): void {
      this.readyState = 4;
      this.status = status;
      this.responseText = body;
      guard(() => this.onreadystatechange?.());
    }
  };
}

/** A script element; putting it into the head asks the endpoint, as a browser would. */
export class FakeScript {
  src = '';
  async = false;
  nonce = '';
  onload: (() => void) | null = null;
  onerror: (() => void) | null = null;
  remove: () => void = () => undefined;
}

/** The part of a document that jsonp uses. */
export class FakeDocument {
  readonly body: object = {};
  readonly location: { readonly protocol: string } = { protocol: 'http:' };
  /** The scripts in the head. */
  readonly scripts: FakeScript[] = [];
  readonly head: {
    append(script: FakeScript): void;
    insertBefore(script: FakeScript): void;
    readonly firstChild: null;
  };
  readonly #load: (script: FakeScript) => void;

  constructor(load: (script: FakeScript) => void) {
    this.#load = load;
    const insert = (script: FakeScript): void => {
      this.scripts.push(script);
      script.remove = () => {
        if (this.scripts.includes(script)) this.scripts.splice(this.scripts.indexOf(script), 1);
      };
      this.#load(script);
    };
    this.head = { append: insert, insertBefore: insert, firstChild: null };
  }

  createElement(): FakeScript {
    return new FakeScript();
  }

  getElementsByTagName(): unknown[] {
    return [this.head];
  }
}

/** `Date`, by the clock. */
export function dateOf(clock: FakeClock): DateConstructor {
  return class FakeDate extends Date {
    constructor(value?: number) {
      super(value ?? clock.now());
    }
    static override now(): number {
      return clock.now();
    }
  } as unknown as DateConstructor;
}

/** A promise that tells whether it was rejected and nobody minded: what a browser would report. */
export function promiseThatTells(unhandled: (error: unknown, isHandled: () => boolean) => void): unknown {
  return class TellingPromise<Value> extends Promise<Value> {
    static override get [Symbol.species](): PromiseConstructor {
      return Promise;
    }
    #isHandled = false;

    constructor(
      executor: (
        resolve: (value: Value | PromiseLike<Value>) => void,
        reject: (error?: unknown) => void,
      ) => void,
    ) {
      super((resolve, reject) => {
        const fail = (error: unknown): void => {
          reject(error);
          unhandled(error, () => this.#isHandled);
        };
        try {
          executor(resolve, fail);
        } catch (error) {
          fail(error);
        }
      });
      // Node must not end the test for it: the scenario reports it.
      super.then(undefined, () => undefined);
    }

    override then<A = Value, B = never>(
      done?: ((value: Value) => A | PromiseLike<A>) | null,
      failed?: ((error: unknown) => B | PromiseLike<B>) | null,
    ): Promise<A | B> {
      this.#isHandled = true;
      return super.then(done, failed);
    }
  };
}
