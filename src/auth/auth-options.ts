/** The two generations of authorization options, made one (reference/pusher-js.md §1). Pure. */
import type { AuthorizationAnswer, AuthorizationSubject } from './authorization.js';
import { PusherError } from '../errors.js';

/** Additions to a request: a fixed set, or a function, asked for each request, that may be asynchronous. */
export type Additions =
  | Readonly<Record<string, unknown>>
  | (() => Readonly<Record<string, unknown>> | PromiseLike<Readonly<Record<string, unknown>>>);

/** `ajax`: fetch with POST. `jsonp`: a script element with GET, for endpoints on other origins without CORS (O-07). */
export type AuthTransportName = 'ajax' | 'jsonp';

/** Calls back with an error, or with null and the answer. May return a promise of the answer instead. */
export type AuthorizationHandler = (
  params: { readonly socketId: string; readonly channelName: string },
  callback: (error: Error | null, answer: AuthorizationAnswer | null) => void,
) => unknown;

/** How signatures are asked for. */
export interface AuthorizationOptions {
  /** Default `/pusher/auth` for channels (O-04), `/pusher/user-auth` for users. Relative to the page. */
  endpoint?: string | undefined;
  /** Default `ajax` (O-07). */
  transport?: AuthTransportName | undefined;
  /** More parameters (O-11, O-12). */
  params?: Additions | null | undefined;
  /** More headers, with `ajax` only (O-13, O-14). */
  headers?: Additions | null | undefined;
  /** pusher-js's name for `params` as a function; its values win. */
  paramsProvider?:
    (() => Readonly<Record<string, unknown>> | PromiseLike<Readonly<Record<string, unknown>>>) | undefined;
  /** pusher-js's name for `headers` as a function; its values win. */
  headersProvider?:
    (() => Readonly<Record<string, unknown>> | PromiseLike<Readonly<Record<string, unknown>>>) | undefined;
  /** Answers instead of an HTTP request. */
  customHandler?: AuthorizationHandler | undefined;
  /** Whether cookies go along to other origins. Default `same-origin`. */
  credentials?: 'omit' | 'same-origin' | 'include' | undefined;
  /** Milliseconds until a request is given up. Default 10 000. */
  timeout?: number | undefined;
  /** One request for all channels of the same moment; the endpoint must know `channel_name[]`. Default false. */
  batch?: boolean | undefined;
  /** The nonce of the script element that jsonp makes, for pages with a Content-Security-Policy. */
  nonce?: string | undefined;
}

/** The older `authorizer` option of pusher-js: made for each channel, asked for each signature. */
export type LegacyAuthorizer = (
  channel: { readonly name: string },
  options: { authTransport: string; authEndpoint: string; auth?: unknown },
) => {
  authorize(
    socketId: string,
    callback: (error: Error | null, answer: AuthorizationAnswer | null) => void,
  ): unknown;
};

/** Every option of either generation. */
export interface AuthOptions {
  channelAuthorization?: AuthorizationOptions | undefined;
  userAuthentication?: AuthorizationOptions | undefined;
  /** The seed's name for `channelAuthorization.endpoint` (O-04, O-05). */
  authEndpoint?: string | undefined;
  /** The seed's name for `channelAuthorization.transport` (O-07). */
  authTransport?: AuthTransportName | undefined;
  /** The seed's additions (O-11 to O-15). */
  auth?: { params?: Additions | null | undefined; headers?: Additions | null | undefined } | null | undefined;
  authorizer?: LegacyAuthorizer | undefined;
}

/** How one kind of signature is asked for, with every default filled in. */
export interface AuthorizationSettings {
  readonly endpoint: string;
  readonly transport: AuthTransportName;
  readonly params: readonly Additions[];
  readonly headers: readonly Additions[];
  readonly handler: ((subject: AuthorizationSubject) => Promise<unknown>) | undefined;
  readonly credentials: 'omit' | 'same-origin' | 'include';
  readonly timeout: number;
  readonly batch: boolean;
  readonly nonce: string | undefined;
}

/** The settings for channels and for users. `warn` hears of values that are ignored. Throws for impossible ones. */
export function resolveAuthOptions(
  options: AuthOptions,
  warn: (message: string) => void,
): { readonly channel: AuthorizationSettings; readonly user: AuthorizationSettings } {
  const { channelAuthorization, userAuthentication, auth, authEndpoint, authTransport, authorizer } = options;
  // As in pusher-js, the older form is not looked at where the newer one is present.
  const channel: AuthorizationOptions = channelAuthorization ?? {
    endpoint: authEndpoint,
    transport: authTransport,
    params: auth?.params,
    headers: auth?.headers,
  };
  const settings = resolve('channelAuthorization', channel, '/pusher/auth', warn);
  const legacy = channelAuthorization ? undefined : authorizer;
  return {
    channel: legacy ? { ...settings, handler: legacyHandler(legacy, settings, auth) } : settings,
    user: resolve('userAuthentication', userAuthentication ?? {}, '/pusher/user-auth', warn),
  };
}

function resolve(
  name: string,
  options: AuthorizationOptions,
  defaultEndpoint: string,
  warn: (message: string) => void,
): AuthorizationSettings {
  const { transport = 'ajax', timeout = 10_000, customHandler, endpoint = defaultEndpoint } = options;
  const isKnown = (['ajax', 'jsonp'] as readonly string[]).includes(transport);
  if (!isKnown)
    warn(`The transport "${transport}" of ${name} is not known; using "ajax". Use "ajax" or "jsonp".`);
  if (typeof timeout !== 'number' || !(timeout > 0))
    throw new PusherError(
      'invalid-option',
      `${name}.timeout cannot be ${String(timeout)}.`,
      'Give milliseconds.',
    );
  if (typeof endpoint !== 'string')
    throw new PusherError('invalid-option', `${name}.endpoint has to be a string.`, 'Give a URL or a path.');
  const all = (...additions: (Additions | null | undefined)[]): readonly Additions[] =>
    additions.filter((some) => some != null);
  return {
    endpoint: endpoint || defaultEndpoint,
    transport: isKnown ? transport : 'ajax',
    params: all(options.params, options.paramsProvider),
    headers: all(options.headers, options.headersProvider),
    handler: customHandler && ((subject) => callHandler(customHandler, subject)),
    credentials: options.credentials ?? 'same-origin',
    timeout,
    batch: options.batch ?? false,
    nonce: options.nonce,
  };
}

function callHandler(handler: AuthorizationHandler, subject: AuthorizationSubject): Promise<unknown> {
  const { socketId } = subject;
  // The user variant of pusher-js gets the socket id only.
  const params = subject.kind === 'channel' ? { socketId, channelName: subject.channelName } : { socketId };
  return answerOf((callback) => handler(params as { socketId: string; channelName: string }, callback));
}

function legacyHandler(
  authorizer: LegacyAuthorizer,
  { transport, endpoint }: AuthorizationSettings,
  auth: unknown,
): (subject: AuthorizationSubject) => Promise<unknown> {
  return (subject) =>
    answerOf((callback) => {
      const name = subject.kind === 'channel' ? subject.channelName : '';
      const made = authorizer({ name }, { authTransport: transport, authEndpoint: endpoint, auth });
      return made.authorize(subject.socketId, callback);
    });
}

type Answered = (error: unknown, answer: AuthorizationAnswer | null) => void;

/** A handler may call back, or return a promise of the answer: whichever says something first. */
function answerOf(call: (callback: Answered) => unknown): Promise<unknown> {
  return new Promise((ok, fail) => {
    const returned = call((error, answer) => {
      if (!error) ok(answer);
      // Releases before 7 called back with a boolean first: false for success, true for failure.
      else
        fail(error instanceof Error ? error : new Error(`The authorizer said no: ${JSON.stringify(answer)}`));
    });
    if (isPromise(returned))
      returned.then((answer) => {
        if (answer !== undefined) ok(answer);
      }, fail);
  });
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
