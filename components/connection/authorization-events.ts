/** The DOM events about signatures. Which rules they follow: `components/events.ts`. */
import type {
  AuthorizationAnswer,
  AuthorizationRequest,
  BeforeAuthorize,
  SigninError,
  UserData,
} from '../../src/index.js';

const told = { bubbles: true, composed: true };

/**
 * A signature is about to be asked for: change `request`, make it wait, answer it, or cancel it, and the
 * subscription (or the sign-in) fails. Fired anew for each request, also after each reconnection.
 */
export class PusherBeforeAuthorizeEvent extends Event {
  static readonly type = 'pusher-before-authorize';
  /** The channel; undefined for a sign-in. */
  readonly channel: string | undefined;
  readonly socketId: string;
  /** What is about to be sent; every field can be written. */
  readonly request: AuthorizationRequest;
  readonly #authorization: BeforeAuthorize;

  constructor(authorization: BeforeAuthorize) {
    super(PusherBeforeAuthorizeEvent.type, { ...told, cancelable: true });
    this.#authorization = authorization;
    this.channel = authorization.channel;
    this.socketId = authorization.socketId;
    this.request = authorization.request;
  }

  /** Sends the request only once `promise` is fulfilled; if it is rejected, the authorization fails. */
  waitUntil(promise: PromiseLike<unknown>): void {
    this.#assertInTime('waitUntil');
    this.#authorization.waitUntil(promise);
  }

  /** Answers instead of the endpoint. */
  respondWith(answer: AuthorizationAnswer | PromiseLike<AuthorizationAnswer>): void {
    this.#assertInTime('respondWith');
    this.#authorization.respondWith(answer);
  }

  /** As with a FetchEvent: what is said after the listeners have run is not heard any more. */
  #assertInTime(method: string): void {
    if (this.eventPhase === Event.NONE)
      throw new DOMException(
        `${method}() came too late. Call it in the listener itself, and pass a promise of what comes later.`,
        'InvalidStateError',
      );
  }
}

/** The user is signed in on the present connection. */
export class PusherSignedInEvent extends Event {
  static readonly type = 'pusher-signed-in';
  readonly userId: string;
  /** What the server said of the user. */
  readonly user: UserData;

  constructor(user: UserData) {
    super(PusherSignedInEvent.type, told);
    this.userId = user.id;
    this.user = user;
  }
}

/** A sign-in has failed; it is tried again with the next connection, by `signin()`, or at `cause.retryAt` by itself. */
export class PusherSigninErrorEvent extends Event {
  static readonly type = 'pusher-signin-error';
  readonly error: string;
  /** The HTTP status, where there was one. */
  readonly status: number | undefined;
  /** The first thing to do about it. */
  readonly remediation: string;
  readonly cause: SigninError;

  constructor(cause: SigninError) {
    super(PusherSigninErrorEvent.type, told);
    this.cause = cause;
    this.error = cause.error;
    this.status = cause.status;
    this.remediation = cause.remediation;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pusher-before-authorize': PusherBeforeAuthorizeEvent;
    'pusher-signed-in': PusherSignedInEvent;
    'pusher-signin-error': PusherSigninErrorEvent;
  }
}
