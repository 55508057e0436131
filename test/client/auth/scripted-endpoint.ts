/**
 * An authorization endpoint in memory: signs like the official server libraries, answers as the test says, in
 * the time of a fake clock, and remembers what it was asked. `fetch` is put in the place of the global one.
 */
import type { TestContext } from 'node:test';
import type { FakeClock, ServerApp } from '../../../src/testing/index.js';
import { channelStringToSign, userStringToSign } from '../../../src/testing/signatures.js';
import { hmacSha256 } from '../../server/hmac.js';

/** One request, as the endpoint saw it. */
export interface EndpointRequest {
  /** Milliseconds of the clock. */
  readonly at: number;
  readonly url: string;
  readonly method: string;
  /** The exact text of the body, or of the query with GET. */
  readonly text: string;
  /** The same, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** With lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: string | undefined;
  /** Whether the client has given up on it. */
  readonly isAborted: boolean;
}

/** What comes back. */
export type EndpointAnswer =
  /** Text as it is, anything else as JSON; milliseconds until it comes (0). */
  | { readonly status?: number; readonly body?: unknown; readonly delay?: number }
  /** No answer that a page can read: no network, or no CORS headers. */
  | { readonly failure: true; readonly delay?: number }
  /** Never. */
  | 'hang';

/** What there is to know about a request before its answer. */
export type Respond = (request: EndpointRequest, index: number) => EndpointAnswer;

/** The endpoint. One for all clients of a test. */
export class ScriptedEndpoint {
  readonly requests: EndpointRequest[] = [];
  /** Decides every answer; signs by default. */
  respond: Respond = (request) => ({ body: this.sign(request.params) });
  /** Who is signed for, on presence channels and as a user. */
  userId = 'ann';
  /** The key of encrypted channels. */
  sharedSecret: string | undefined;
  readonly #clock: FakeClock;
  readonly #app: ServerApp;

  constructor(clock: FakeClock, app: ServerApp) {
    this.#clock = clock;
    this.#app = app;
  }

  /** The channels that were asked for, in order, one request after the other. */
  get channels(): string[] {
    return this.requests.map(({ params }) => params['channel_name'] ?? '(user)');
  }

  /** What a server library answers: with a channel name a channel's signature, else a user's. */
  sign(params: Readonly<Record<string, string>>): Record<string, string> {
    const { socket_id: socketId = '', channel_name: channel } = params;
    return channel === undefined ? this.signUser(socketId) : this.signChannel(socketId, channel);
  }

  signChannel(socketId: string, channel: string): Record<string, string> {
    const channelData = channel.startsWith('presence-')
      ? JSON.stringify({ user_id: this.userId, user_info: { name: this.userId } })
      : undefined;
    return {
      auth: this.#signature(channelStringToSign(socketId, channel, channelData)),
      ...(channelData === undefined ? {} : { channel_data: channelData }),
      ...(channel.startsWith('private-encrypted-') && this.sharedSecret !== undefined
        ? { shared_secret: this.sharedSecret }
        : {}),
    };
  }

  signUser(socketId: string, userData: string = JSON.stringify({ id: this.userId })): Record<string, string> {
    return { auth: this.#signature(userStringToSign(socketId, userData)), user_data: userData };
  }

  /** In the place of the global `fetch` until the test ends. */
  install(t: Pick<TestContext, 'mock'>): this {
    t.mock.method(globalThis, 'fetch', this.fetch);
    return this;
  }

  readonly fetch = async (address: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const { signal } = init;
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
    signal?.throwIfAborted();
    const answer = this.answer({
      url: address instanceof Request ? address.url : String(address),
      method: init.method ?? 'GET',
      text: typeof init.body === 'string' ? init.body : '',
      headers: Object.fromEntries(new Headers(init.headers)),
      credentials: init.credentials,
      signal: signal ?? undefined,
    });
    const { status, body } = await Promise.race([answer, aborted]);
    return { status, ok: status < 300, text: () => Promise.resolve(body) } as Response;
  };

  /** Takes a request from anywhere; rejects like `fetch` where there is no answer. */
  async answer(
    request: Pick<EndpointRequest, 'url' | 'method' | 'text' | 'headers'> & {
      credentials?: string | undefined;
      signal?: AbortSignal | undefined;
    },
  ): Promise<{ readonly status: number; readonly body: string }> {
    const { signal, credentials, ...rest } = request;
    const seen: EndpointRequest = {
      ...rest,
      credentials,
      at: this.#clock.now(),
      params: Object.fromEntries(new URLSearchParams(request.text)),
      get isAborted() {
        return signal?.aborted === true;
      },
    };
    this.requests.push(seen);
    const answer = this.respond(seen, this.requests.length - 1);
    if (answer === 'hang') return new Promise(() => undefined);
    const { delay = 0 } = answer;
    if (delay > 0)
      await new Promise<void>((done) => {
        this.#clock.setTimeout(done, delay);
      });
    if ('failure' in answer) throw new TypeError('Failed to fetch');
    const { status = 200, body = '' } = answer;
    return { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
  }

  #signature(text: string): string {
    const { key, secret } = this.#app.settings;
    return `${key}:${hmacSha256(secret, text)}`;
  }
}
