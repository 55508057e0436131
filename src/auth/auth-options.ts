/** The two generations of authorization options, and what is wrong with them (reference/pusher-js.md §1). Pure. */
import type { AuthorizationAnswer } from './authorization.js';
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

/** The newer form. As in pusher-js, the older one is not looked at where the newer one is present. */
export const channelOptions = ({
  channelAuthorization,
  authEndpoint: endpoint,
  authTransport: transport,
  auth,
}: AuthOptions): AuthorizationOptions =>
  channelAuthorization ?? { endpoint, transport, params: auth?.params, headers: auth?.headers };

/** Throws for impossible values; `warn` hears of those that are ignored. */
export function checkAuthOptions(options: AuthOptions, warn: (message: string) => void): void {
  check('channelAuthorization', channelOptions(options), warn);
  check('userAuthentication', options.userAuthentication ?? {}, warn);
}

function check(
  name: string,
  { transport = 'ajax', timeout = 1, endpoint = '' }: AuthorizationOptions,
  warn: (message: string) => void,
): void {
  if (!(['ajax', 'jsonp'] as readonly string[]).includes(transport))
    warn(`The transport "${transport}" of ${name} is not known; using "ajax". Use "ajax" or "jsonp".`);
  if (typeof timeout !== 'number' || !(timeout > 0))
    throw new PusherError(
      'invalid-option',
      `${name}.timeout cannot be ${String(timeout)}.`,
      'Give milliseconds.',
    );
  if (typeof endpoint !== 'string')
    throw new PusherError('invalid-option', `${name}.endpoint has to be a string.`, 'Give a URL or a path.');
}
