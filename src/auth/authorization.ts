/** What an authorization is asked with, what is answered, and what can go wrong. */
import { PusherError } from '../errors.js';

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
