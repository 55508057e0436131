/** The application's authorization endpoint, which is slow or fails when it is told to. */
import { AuthorizationError } from '../../src/index.js';
import type { AuthorizationAnswer, BeforeAuthorize } from '../../src/index.js';
import { channelStringToSign, userStringToSign } from '../../src/testing/index.js';
import type { Answer, AuthorizeHook } from './action.js';
import type { SimulatedClock } from './simulated-clock.js';
import { appKey, sign, userId } from './vault.js';
import type { Vault } from './vault.js';

/** What a request is answered with. */
export interface HttpAnswer {
  readonly status: number;
  readonly value: unknown;
}

type Callback = (error: Error | null, answer: AuthorizationAnswer | null) => void;

const yes: Answer = { kind: 'yes' };

export class Endpoint {
  readonly #clock: SimulatedClock;
  readonly #vault: Vault;
  /** Runs whenever a signature is asked for. */
  readonly #asked: () => void;
  #answers: Answer[] = [];
  #hooks: AuthorizeHook[] = [];
  #hanging: (() => void)[] = [];
  #tokens = 0;

  /** Runs whenever the hook throws, which is reported. */
  readonly #threw: () => void;

  constructor(clock: SimulatedClock, vault: Vault, asked: () => void, threw: () => void) {
    this.#clock = clock;
    this.#vault = vault;
    this.#asked = asked;
    this.#threw = threw;
  }

  /** The next answers. */
  script(answer: Answer, times: number): void {
    for (let count = 0; count < times; count += 1) this.#answers.push(answer);
  }

  scriptHook(hook: AuthorizeHook, times: number): void {
    for (let count = 0; count < times; count += 1) this.#hooks.push(hook);
  }

  /** Well-behaved from now on. */
  mend(): void {
    this.#answers = [];
    this.#hooks = [];
  }

  /** Answers everything that was left hanging: too late for anybody. */
  answerLate(): void {
    for (const answer of this.#hanging.splice(0)) answer();
  }

  readonly channelHandler = (
    { socketId, channelName }: { socketId: string; channelName: string },
    callback: Callback,
  ): unknown => this.#handle(socketId, channelName, callback);

  readonly userHandler = ({ socketId }: { socketId: string }, callback: Callback): unknown =>
    this.#handle(socketId, undefined, callback);

  /** A new token for each request. */
  readonly token = (): { token: string } => ({ token: String((this.#tokens += 1)) });

  /** The same over HTTP: one request for one signature, or for many. */
  readonly request = (body: URLSearchParams, signal: AbortSignal): Promise<HttpAnswer> => {
    const socketId = body.get('socket_id') ?? '';
    const names = [...body].filter(([name]) => /^channel_name\[\d+\]$/.test(name)).map(([, value]) => value);
    const one = body.get('channel_name') ?? undefined;
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
      try {
        this.#asked();
      } catch {
        reject(new TypeError('The network failed.'));
      }
      const script = this.#answers.shift() ?? yes;
      const settle = (): void => {
        if (script.kind === 'throw') reject(new TypeError('The network failed.'));
        else if (script.kind === 'no') resolve({ status: script.isRetryable ? 503 : 403, value: {} });
        else
          resolve({
            status: 200,
            value:
              names.length === 0
                ? this.#answer(socketId, one, script)
                : Object.fromEntries(names.map((name) => [name, this.#answer(socketId, name, script)])),
          });
      };
      if (script.kind === 'hang') this.#hanging.push(settle);
      else if ('delay' in script && script.delay) this.#clock.set('world', settle, script.delay);
      else settle();
    });
  };

  /** The `beforeAuthorize` hook; true where it throws. */
  readonly hook = (event: BeforeAuthorize): void => {
    const hook = this.#hooks.shift() ?? 'nothing';
    if (hook === 'nothing') return;
    if (hook === 'prevent') event.prevent();
    else if (hook === 'throw') {
      this.#threw();
      throw new Error('The hook before an authorization throws on purpose.');
    } else if ('wait' in hook) event.waitUntil(this.#after(hook.wait, undefined));
    else event.respondWith(this.#after(hook.respondAfter, this.#answer(event.socketId, event.channel, yes)));
  };

  #handle(socketId: string, channel: string | undefined, callback: Callback): unknown {
    this.#asked();
    const script = this.#answers.shift() ?? yes;
    if (script.kind === 'throw') throw new Error('The authorization handler throws on purpose.');
    const settle = (): void => {
      if (script.kind === 'no')
        callback(
          script.isRetryable
            ? new AuthorizationError('No, and perhaps later.', { isRetryable: true, status: 503 })
            : new Error('No.'),
          null,
        );
      else callback(null, this.#answer(socketId, channel, script));
      if (script.kind === 'twice') callback(null, this.#answer(socketId, channel, script));
    };
    if (script.kind === 'hang') this.#hanging.push(settle);
    else if ('delay' in script && script.delay) this.#clock.set('world', settle, script.delay);
    else settle();
    return undefined;
  }

  #answer(socketId: string, channel: string | undefined, { kind }: Answer): AuthorizationAnswer {
    if (kind === 'not-an-object') return 'certainly' as unknown as AuthorizationAnswer;
    const prefix = `${appKey}:`;
    const made = (text: string): string =>
      kind === 'wrong-signature' ? `${prefix}wrong` : prefix + sign('', text);
    if (channel === undefined) {
      const user_data = JSON.stringify({ id: userId, watchlist: ['bystander-0'] });
      return {
        auth: made(userStringToSign(socketId, user_data)),
        ...(kind === 'no-user' ? {} : { user_data }),
      };
    }
    if (channel.startsWith('presence-')) {
      if (kind === 'no-user') return { auth: made(channelStringToSign(socketId, channel)) };
      const channel_data = kind === 'malformed-user' ? '{"user_id":' : JSON.stringify({ user_id: userId });
      return { auth: made(channelStringToSign(socketId, channel, channel_data)), channel_data };
    }
    const auth = made(channelStringToSign(socketId, channel));
    const isSealed = channel.startsWith('private-encrypted-') && kind !== 'no-secret';
    return isSealed ? { auth, shared_secret: this.#vault.secret(channel) } : { auth };
  }

  #after<Value>(milliseconds: number, value: Value): Promise<Value> {
    return new Promise((resolve) => {
      this.#clock.set(
        'world',
        () => {
          resolve(value);
        },
        milliseconds,
      );
    });
  }
}
