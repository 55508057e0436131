/** How signatures are asked for: the options of either generation, with every default filled in. Pure. */
import type {
  Additions,
  AuthOptions,
  AuthorizationHandler,
  AuthorizationOptions,
  AuthTransportName,
  LegacyAuthorizer,
} from './auth-options.js';
import { channelOptions, checkAuthOptions } from './auth-options.js';
import type { AuthorizationAnswer, AuthorizationSubject } from './authorization.js';

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
  checkAuthOptions(options, warn);
  const { channelAuthorization, userAuthentication = {}, auth, authorizer } = options;
  const settings = resolve(channelOptions(options), '/pusher/auth');
  const legacy = channelAuthorization ? undefined : authorizer;
  return {
    channel: legacy ? { ...settings, handler: legacyHandler(legacy, settings, auth) } : settings,
    user: resolve(userAuthentication, '/pusher/user-auth'),
  };
}

function resolve(options: AuthorizationOptions, defaultEndpoint: string): AuthorizationSettings {
  const { timeout = 10_000, customHandler, endpoint = defaultEndpoint } = options;
  const all = (...additions: (Additions | null | undefined)[]): readonly Additions[] =>
    additions.filter((some) => some != null);
  return {
    endpoint: endpoint || defaultEndpoint,
    transport: options.transport === 'jsonp' ? 'jsonp' : 'ajax',
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
