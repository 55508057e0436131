/** The application's authorization endpoint, which is slow or fails when it is told to. */
import { AuthorizationError } from '../../src/index.js';
import type { AuthorizationAnswer, BeforeAuthorize } from '../../src/index.js';
import { channelStringToSign, userStringToSign } from '../../src/testing/index.js';
import type { Answer, AuthorizeHook } from './action.js';
import { isSealed } from './listener.js';
import type { SimulatedClock } from './simulated-clock.js';
import { appKey, sign, userId } from './vault.js';
import type { Vault } from './vault.js';

/** What a request is answered with. */
export interface HttpAnswer {
  readonly status: number;
  readonly value: unknown;
}

/** Who looks at what is asked and answered. */
export interface EndpointWatcher {
  /** Signatures are asked for: for these channels, or for the user. May throw. */
  asked(channels: readonly string[]): void;
  /** A key is given: at once, or so that it may be too late. */
  gave(channel: string, version: number, isAtOnce: boolean): void;
  /** No key is given; `mayDiffer` where the client may ask once more at once. */
  refused(channel: string, mayDiffer: boolean): void;
  /** The hook throws, which is reported. */
  threw(): void;
}

type Callback = (error: Error | null, answer: AuthorizationAnswer | null) => void;

const yes: Answer = { kind: 'yes' };

export class Endpoint {
  readonly #clock: SimulatedClock;
  readonly #vault: Vault;
  readonly #watcher: EndpointWatcher;
  #answers: Answer[] = [];
  #hooks: AuthorizeHook[] = [];
  #hanging: (() => void)[] = [];
  #tokens = 0;

  constructor(clock: SimulatedClock, vault: Vault, watcher: EndpointWatcher) {
    this.#clock = clock;
    this.#vault = vault;
    this.#watcher = watcher;
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
    const channels = one === undefined ? names : [one];
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
      try {
        this.#watcher.asked(channels);
      } catch {
        reject(new TypeError('The network failed.'));
      }
      const script = this.#answers.shift() ?? yes;
      this.#settle(script, (isAtOnce) => {
        const answer = (channel: string | undefined): AuthorizationAnswer =>
          this.#answer(socketId, channel, script, isAtOnce);
        if (script.kind === 'throw' || script.kind === 'no') this.#refuse(channels, script);
        if (script.kind === 'throw') reject(new TypeError('The network failed.'));
        else if (script.kind === 'no') resolve({ status: script.isRetryable ? 503 : 403, value: {} });
        else
          resolve({
            status: 200,
            value:
              names.length === 0
                ? answer(one)
                : Object.fromEntries(names.map((name) => [name, answer(name)])),
          });
      });
    });
  };

  /** The `beforeAuthorize` hook; true where it throws. */
  readonly hook = (event: BeforeAuthorize): void => {
    const hook = this.#hooks.shift() ?? 'nothing';
    if (hook === 'nothing') return;
    if (hook === 'prevent') event.prevent();
    else if (hook === 'throw') {
      this.#watcher.threw();
      throw new Error('The hook before an authorization throws on purpose.');
    } else if ('wait' in hook) event.waitUntil(this.#after(hook.wait, undefined));
    else
      event.respondWith(
        this.#after(hook.respondAfter, this.#answer(event.socketId, event.channel, yes, false)),
      );
  };

  #handle(socketId: string, channel: string | undefined, callback: Callback): unknown {
    const channels = channel === undefined ? [] : [channel];
    this.#watcher.asked(channels);
    const script = this.#answers.shift() ?? yes;
    if (script.kind === 'throw' || script.kind === 'no') this.#refuse(channels);
    if (script.kind === 'throw') throw new Error('The authorization handler throws on purpose.');
    this.#settle(script, (isAtOnce) => {
      if (script.kind === 'no')
        callback(
          script.isRetryable
            ? new AuthorizationError('No, and perhaps later.', { isRetryable: true, status: 503 })
            : new Error('No.'),
          null,
        );
      else callback(null, this.#answer(socketId, channel, script, isAtOnce));
      if (script.kind === 'twice') callback(null, this.#answer(socketId, channel, script, isAtOnce));
    });
    return undefined;
  }

  /** Answers when the script says so; `isAtOnce` where that is now. */
  #settle(script: Answer, settle: (isAtOnce: boolean) => void): void {
    const later = (): void => {
      settle(false);
    };
    if (script.kind === 'hang') this.#hanging.push(later);
    else if ('delay' in script && script.delay) this.#clock.set('world', later, script.delay);
    else settle(true);
  }

  #refuse(channels: readonly string[], script?: Answer): void {
    const mayDiffer = script?.kind === 'no' && !script.isRetryable;
    for (const channel of channels) this.#watcher.refused(channel, mayDiffer);
  }

  #answer(
    socketId: string,
    channel: string | undefined,
    { kind }: Answer,
    isAtOnce: boolean,
  ): AuthorizationAnswer {
    if (kind === 'not-an-object') {
      if (channel !== undefined) this.#watcher.refused(channel, false);
      return 'certainly' as unknown as AuthorizationAnswer;
    }
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
    if (!isSealed(channel)) return { auth };
    if (kind === 'no-secret') {
      this.#watcher.refused(channel, false);
      return { auth };
    }
    this.#watcher.gave(channel, this.#vault.version(channel), isAtOnce);
    return { auth, shared_secret: this.#vault.secret(channel) };
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
