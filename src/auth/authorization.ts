/** What an authorization is asked with, what is answered, and what can go wrong. Types and small pure functions. */
import { PusherError } from '../errors.js';
import { userIdOf } from '../protocol/channel-data.js';

/** What needs a signature: one channel on one connection, or the user of a connection. */
export type AuthorizationSubject =
  | { readonly kind: 'channel'; readonly socketId: string; readonly channelName: string }
  | { readonly kind: 'user'; readonly socketId: string };

/** The endpoint's answer, as far as the protocol knows it (protocol.md §8). Strings are passed on byte for byte. */
export interface AuthorizationAnswer {
  readonly auth: string;
  /** Who we are, on presence channels. */
  readonly channel_data?: string;
  /** The key of an encrypted channel, base64. */
  readonly shared_secret?: string;
  /** Who signed in. */
  readonly user_data?: string;
}

/** The HTTP request that is about to be made; the hook may change any of it. */
export interface AuthorizationRequest {
  url: string;
  /** `POST` with fetch, `GET` with jsonp. */
  method: 'POST' | 'GET';
  /** Form fields, or query parameters with jsonp. */
  params: Record<string, string>;
  /** Without effect with jsonp. */
  headers: Record<string, string>;
  credentials: 'omit' | 'same-origin' | 'include';
}

/** What the hook before an authorization can do (elements.md §2, `pusher-before-authorize`). */
export interface BeforeAuthorize {
  /** The channel; undefined for a sign-in. */
  readonly channel: string | undefined;
  readonly socketId: string;
  readonly request: AuthorizationRequest;
  /** Waits for a promise before the request is made, for instance for a fresh token. */
  readonly waitUntil: (promise: PromiseLike<unknown>) => void;
  /** Answers instead of the request. */
  readonly respondWith: (answer: AuthorizationAnswer | PromiseLike<AuthorizationAnswer>) => void;
  /** Gives up: the subscription fails. */
  readonly prevent: () => void;
}

/** Why there is no signature. */
export class AuthorizationError extends PusherError {
  override readonly name: string = 'AuthorizationError';
  /** The HTTP status; 0 where there was no answer, undefined where no request was made. */
  readonly status: number | undefined;
  /** Whether the same request may succeed later: the network, or a server that is in trouble. */
  readonly isRetryable: boolean;

  constructor(
    message: string,
    facts: { status?: number | undefined; isRetryable?: boolean; remediation?: string; cause?: unknown } = {},
  ) {
    super(
      'authorization-failed',
      message,
      facts.remediation ?? 'Check the authorization endpoint, and what it answers for this channel.',
      facts.cause,
    );
    this.status = facts.status;
    this.isRetryable = facts.isRetryable ?? false;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of an answer that matter for what was asked, or a thrown `AuthorizationError` that names what is wrong with it. */
export function readAnswer(
  value: unknown,
  subject: AuthorizationSubject,
  status?: number,
): AuthorizationAnswer {
  const fail = (what: string): never => {
    throw new AuthorizationError(`The authorization endpoint answered with ${what}.`, {
      status,
      remediation: 'It has to answer with the JSON object that a Pusher server library makes.',
    });
  };
  if (!isObject(value)) return fail('something that is not a JSON object');
  const { auth, channel_data, shared_secret, user_data } = value;
  if (typeof auth !== 'string' || auth === '') return fail('no "auth" signature');
  if (subject.kind === 'user' && typeof user_data !== 'string') return fail('no "user_data"');
  if (channel_data != null && typeof channel_data !== 'string')
    return fail('a "channel_data" that is not a string');
  if (
    subject.kind === 'channel' &&
    subject.channelName.startsWith('presence-') &&
    typeof channel_data === 'string'
  )
    if (userIdOf(channel_data) === undefined)
      return fail('a "channel_data" that is not JSON with a "user_id"');
  return {
    auth,
    ...(typeof channel_data === 'string' ? { channel_data } : undefined),
    ...(typeof shared_secret === 'string' ? { shared_secret } : undefined),
    ...(typeof user_data === 'string' ? { user_data } : undefined),
  };
}
