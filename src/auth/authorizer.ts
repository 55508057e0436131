/**
 * Asks for signatures: builds the request, lets the application change it, makes it in time, and tries once
 * more where a fresh token may help. Everything it throws is an `AuthorizationError` or the abort reason.
 */
import type { Clock } from '../clock.js';
import { Deadlines } from '../deadlines.js';
import { reportListenerError } from '../dispatcher.js';
import { readAnswer } from './answer.js';
import type { Additions } from './auth-options.js';
import type { AuthorizationSettings } from './auth-settings.js';
import { AuthorizationError } from './authorization.js';
import type {
  AuthorizationAnswer,
  AuthorizationRequest,
  AuthorizationSubject,
  BeforeAuthorize,
} from './authorization.js';
import type { BatchedRequests } from './batch.js';
import { describeRequest, fetchAnswer, mergeHeaders } from './fetch-transport.js';
import type { FetchedAnswer } from './fetch-transport.js';
import { loadCode } from './load-code.js';
import { csrfHeader } from './page-token.js';
import { Stop } from './stop.js';

/** What the authorizer needs from outside. */
export interface AuthorizerParts {
  readonly clock: Clock;
  readonly settings: (kind: AuthorizationSubject['kind']) => AuthorizationSettings;
  readonly beforeAuthorize: ((event: BeforeAuthorize) => unknown) | undefined;
  readonly warn: (message: string) => void;
}

interface Prepared {
  readonly request: AuthorizationRequest;
  /** What the hook answered with. In an object, because an async function would wait for a bare promise. */
  readonly response: { readonly answer: PromiseLike<unknown> } | undefined;
}

interface Shared {
  readonly answer: Promise<FetchedAnswer>;
  readonly abort: AbortController;
  users: number;
}

/** What the code of a transport is, in an error. */
const forThis = 'for this kind of authorization';

/** Statuses that a fresh session or token may turn into a yes. */
const refreshable: readonly (number | undefined)[] = [401, 403, 419];

/** One per client. */
export class Authorizer {
  readonly #parts: AuthorizerParts;
  /** Requests in flight by what they say; who asks for the same thing shares the answer. */
  readonly #inFlight = new Map<string, Shared>();
  /** By when each has to be answered: one timer for all of them. */
  readonly #deadlines: Deadlines<Stop>;
  #batches: Promise<BatchedRequests> | undefined;
  #isHeaderWarningGiven = false;

  constructor(parts: AuthorizerParts) {
    this.#parts = parts;
    this.#deadlines = new Deadlines(parts.clock, (stop) => {
      stop.now(
        new AuthorizationError('The authorization was not answered in time.', {
          status: 0,
          isRetryable: true,
          remediation: 'Check that the endpoint answers, or allow it more time with "timeout".',
        }),
      );
    });
  }

  /** A signature for `subject`. Rejects with an `AuthorizationError`, or with the reason of `signal`. */
  async authorize(subject: AuthorizationSubject, signal: AbortSignal): Promise<AuthorizationAnswer> {
    const settings = this.#parts.settings(subject.kind);
    const stop = new Stop();
    const follow = (): void => {
      stop.now(signal.reason);
    };
    signal.addEventListener('abort', follow);
    if (signal.aborted) follow();
    this.#deadlines.set(stop, settings.timeout);
    try {
      return await stop.orResultOf(this.#withRefresh(subject, settings, stop));
    } catch (error) {
      throw toAuthorizationError(error, signal);
    } finally {
      this.#deadlines.delete(stop);
      signal.removeEventListener('abort', follow);
    }
  }

  /** Once, and once more where what is sent may have changed meanwhile: a page token, a function, a hook. */
  async #withRefresh(
    subject: AuthorizationSubject,
    settings: AuthorizationSettings,
    stop: Stop,
  ): Promise<AuthorizationAnswer> {
    const first = await this.#prepare(subject, settings);
    stop.throwIfStopped();
    try {
      return await this.#answer(subject, settings, first, stop);
    } catch (error) {
      stop.throwIfStopped();
      if (!(error instanceof AuthorizationError) || !refreshable.includes(error.status)) throw error;
      const second = await this.#prepare(subject, settings);
      stop.throwIfStopped();
      const canDiffer =
        second.response !== undefined ||
        describeRequest(second.request) !== describeRequest(first.request) ||
        hasToken(second.request);
      if (!canDiffer) throw error;
      return this.#answer(subject, settings, second, stop);
    }
  }

  async #prepare(subject: AuthorizationSubject, settings: AuthorizationSettings): Promise<Prepared> {
    const isJsonp = settings.transport === 'jsonp';
    // A handler makes its own request, and would not see them.
    const hasHeaders = !isJsonp && !(settings.handler && !this.#parts.beforeAuthorize);
    const request: AuthorizationRequest = {
      url: settings.endpoint,
      method: isJsonp ? 'GET' : 'POST',
      params: {
        socket_id: subject.socketId,
        ...(subject.kind === 'channel' ? { channel_name: subject.channelName } : undefined),
        ...(await gather(settings.params)), // always later, so that who has just subscribed can add to it
      },
      headers: hasHeaders ? mergeHeaders(csrfHeader(settings.endpoint), await gather(settings.headers)) : {},
      credentials: settings.credentials,
    };
    if (isJsonp && settings.headers.length > 0 && !this.#isHeaderWarningGiven) {
      this.#isHeaderWarningGiven = true;
      this.#parts.warn('Headers cannot be sent with the jsonp transport; use "ajax" to send them. (O-14)');
    }
    const { beforeAuthorize } = this.#parts;
    return { request, response: beforeAuthorize && (await askHook(beforeAuthorize, subject, request)) };
  }

  async #answer(
    subject: AuthorizationSubject,
    settings: AuthorizationSettings,
    { request, response }: Prepared,
    stop: Stop,
  ): Promise<AuthorizationAnswer> {
    if (response) return readAnswer(await response.answer, subject);
    if (settings.handler) return readAnswer(await settings.handler(subject), subject);
    if (settings.transport === 'jsonp') {
      const { jsonpAnswer } = await loadCode(import('./jsonp-transport.js'), forThis);
      stop.throwIfStopped();
      return readAnswer(await jsonpAnswer(request, stop.signal, settings.nonce), subject);
    }
    const { status, value } =
      settings.batch && subject.kind === 'channel'
        ? await this.#fetchBatched(request, stop.signal)
        : await this.#fetchShared(request, stop.signal);
    return readAnswer(value, subject, status);
  }

  async #fetchBatched(request: AuthorizationRequest, signal: AbortSignal): Promise<FetchedAnswer> {
    // One promise for all, so that what was asked for in one task is still together when the code is there.
    this.#batches ??= loadCode(import('./batch.js'), forThis).then(
      ({ BatchedRequests }) => new BatchedRequests(this.#parts.clock),
      (error: unknown) => {
        this.#batches = undefined; // the file may be there next time
        throw error;
      },
    );
    const batches = await this.#batches;
    signal.throwIfAborted();
    return batches.ask(request, signal);
  }

  async #fetchShared(request: AuthorizationRequest, signal: AbortSignal): Promise<FetchedAnswer> {
    const key = describeRequest(request);
    let shared = this.#inFlight.get(key);
    if (!shared) {
      const abort = new AbortController();
      const answer = fetchAnswer(request, abort.signal);
      shared = { answer, abort, users: 0 };
      this.#inFlight.set(key, shared);
      const forget = (): void => {
        if (this.#inFlight.get(key)?.answer === answer) this.#inFlight.delete(key);
      };
      answer.then(forget, forget);
    }
    const mine = shared;
    mine.users += 1;
    const leave = (): void => {
      mine.users -= 1;
      if (mine.users > 0) return;
      this.#inFlight.delete(key);
      mine.abort.abort(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave(); // by what the request itself has called, such as a fetch of the page's own
    try {
      return await mine.answer;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }
}

/** Lets the application change the request, answer it itself, or prevent it. */
async function askHook(
  beforeAuthorize: (event: BeforeAuthorize) => unknown,
  subject: AuthorizationSubject,
  request: AuthorizationRequest,
): Promise<Prepared['response']> {
  const waits: PromiseLike<unknown>[] = [];
  const said: { response?: NonNullable<Prepared['response']>; isPrevented?: boolean } = {};
  try {
    beforeAuthorize({
      channel: subject.kind === 'channel' ? subject.channelName : undefined,
      socketId: subject.socketId,
      request,
      waitUntil: (promise) => {
        waits.push(promise);
      },
      respondWith: (answer) => {
        said.response = { answer: Promise.resolve(answer) };
      },
      prevent: () => {
        said.isPrevented = true;
      },
    });
  } catch (error) {
    reportListenerError(error); // a hook that throws has not said no
  }
  if (said.isPrevented)
    throw new AuthorizationError('The authorization was prevented by a hook.', {
      remediation: 'Nothing, if it was meant.',
    });
  await Promise.all(waits);
  return said.response;
}

const hasToken = ({ headers }: AuthorizationRequest): boolean =>
  Object.keys(headers).some((name) => /^x-(csrf|xsrf)-token$/i.test(name));

/** Every addition as text; a function is asked anew, and what it throws is a failed authorization. */
async function gather(additions: readonly Additions[]): Promise<Record<string, string>> {
  const gathered: Record<string, string> = {};
  for (const some of additions)
    try {
      const values: unknown = typeof some === 'function' ? await some() : some;
      for (const [name, value] of Object.entries(values ?? {})) {
        const text = asText(value);
        if (text !== undefined) gathered[name] = text;
      }
    } catch (cause) {
      throw new AuthorizationError('A function that gives parameters or headers failed.', {
        cause,
        remediation: 'Mend the function; its own error is the cause of this one.',
      });
    }
  return gathered;
}

/** A value of a form field or a header; undefined and null are left out. */
function asText(value: unknown): string | undefined {
  if (value == null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whatever an application's handler threw, as the error that is reported; an abort stays what it is. */
function toAuthorizationError(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof AuthorizationError) return error;
  return new AuthorizationError(error instanceof Error ? error.message : String(error), {
    cause: error,
    remediation: 'It comes from the handler that the application gave.',
  });
}
