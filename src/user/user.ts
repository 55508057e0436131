/**
 * The signed-in user of a connection: sign-in, events to the user, and who of the watched users is online
 * (protocol.md §7.8). What pusher-js users know as `pusher.user`.
 */
import type { AuthorizationAnswer, AuthorizationError } from '../auth/authorization.js';
import type { Clock, TimerHandle } from '../clock.js';
import { Bindable } from '../dispatcher.js';
import { decodePayload } from '../protocol/codec.js';
import {
  INTERNAL_WATCHLIST_EVENTS,
  SERVICE_PREFIX,
  SIGNIN,
  SIGNIN_ERROR,
  SIGNIN_SUCCESS,
  SUBSCRIBE,
  UNSUBSCRIBE,
} from '../protocol/event-names.js';
import type { ErrorFrame, InboundFrame, OutboundFrame } from '../protocol/frames.js';

/** What the server said of the user when it signed the sign-in. */
export interface UserData {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** The payload of `pusher:signin_error`. */
export interface SigninError {
  readonly type: 'AuthError';
  readonly error: string;
  readonly status?: number;
  readonly message: string;
  readonly remediation: string;
  readonly cause?: unknown;
  /** When it is tried again by itself, in milliseconds of the clock; missing where it is not. */
  readonly retryAt?: number;
}

/** What the user needs from outside. */
export interface UserParts {
  readonly clock: Clock;
  readonly connection: () => { readonly isOpen: boolean; send(frame: OutboundFrame): boolean };
  /** Milliseconds until an unanswered sign-in has failed. */
  readonly timeout: () => number;
  readonly authenticate: (signal: AbortSignal) => Promise<AuthorizationAnswer>;
  /** Milliseconds to the next try after so many failures in a row. */
  readonly retryDelay: (strikes: number, random: number) => number;
}

/** What the events of a user carry. Everything else is what the server sends to the user. */
export interface UserEventMap {
  'pusher:signin_success': UserData;
  'pusher:signin_error': SigninError;
}

/** What the events of a watchlist carry. */
export interface WatchlistEventMap {
  online: WatchlistEvent;
  offline: WatchlistEvent;
}

/** Which of the watched users came or went. */
export interface WatchlistEvent {
  readonly name: string;
  readonly user_ids: readonly string[];
}

/** One per client. */
export class User extends Bindable<UserEventMap> {
  /** Emits `online` and `offline` with `{ name, user_ids }` for the users that the server watches for this one. */
  readonly watchlist: Bindable<WatchlistEventMap> = new Bindable<WatchlistEventMap>();
  readonly #parts: UserParts;
  #isWanted = false;
  #attempt: AbortController | undefined;
  /** Under way, once it is sent: when to give up. Failed: when to try again. */
  #timer: TimerHandle;
  /** Failures in a row, for the back-off. */
  #strikes = 0;
  #data: UserData | null = null;
  #settled: PromiseWithResolvers | undefined;

  /** @internal Made by `Pusher`. */
  constructor(parts: UserParts) {
    super();
    this.#parts = parts;
  }

  /** What the server said of the user; null while not signed in. */
  get user_data(): UserData | null {
    return this.#data;
  }

  /** The user's id; undefined while not signed in. */
  get id(): string | undefined {
    return this.#data?.id;
  }

  /** @internal Whether the server has been asked to sign the user in, and has not answered. */
  get isSigningIn(): boolean {
    return this.#attempt !== undefined && this.#timer !== undefined;
  }

  /** @internal Whether a sign-in has failed and will be tried again by itself. */
  get isRetrying(): boolean {
    return this.#attempt === undefined && this.#timer !== undefined;
  }

  /** @internal Signs in now, or as soon as there is a connection, and again with each new one. */
  signin(): void {
    this.#isWanted = true;
    this.#start();
  }

  /** Stays anonymous from now on. The protocol cannot take a sign-in back: the server forgets it with the connection. */
  signout(): void {
    this.#isWanted = false;
    const channel = this.#serverChannel;
    if (channel !== undefined) this.#parts.connection().send({ event: UNSUBSCRIBE, data: { channel } });
    this.#reset();
  }

  /** @internal Resolves once a sign-in that is under way has succeeded or failed; at once where none is. */
  whenSettled(): Promise<void> {
    if (!this.#attempt) return Promise.resolve();
    return (this.#settled ??= withResolvers()).promise;
  }

  /** @internal A new connection knows nobody. */
  connectionReady(): void {
    if (this.#isWanted) this.#start();
  }

  /** @internal */
  connectionLost(): void {
    this.#reset();
  }

  /** @internal Takes the frames that are the user's; false for all others. */
  take(frame: InboundFrame): boolean {
    if (frame.kind === 'subscription-succeeded') return frame.channel === this.#serverChannel;
    if (frame.kind !== 'event') return false;
    if (frame.event === SIGNIN_SUCCESS) {
      this.#succeed(decodePayload(frame.rawData));
      return false; // applications of pusher-js bind it on the client
    }
    if (frame.event === INTERNAL_WATCHLIST_EVENTS) {
      this.#watchlist(decodePayload(frame.rawData));
      return true;
    }
    if (frame.channel === undefined || frame.channel !== this.#serverChannel) return false;
    if (!frame.event.startsWith(SERVICE_PREFIX))
      this.dispatcher.emit(frame.event, decodePayload(frame.rawData));
    return true;
  }

  /** @internal An error frame: 4009 answers a sign-in that waits for an answer. */
  refused({ code, message }: ErrorFrame): void {
    if (code === 4009 && this.isSigningIn) this.#fail(message || 'The server refused the sign-in.', {});
  }

  /** @internal */
  dispose(): void {
    this.#isWanted = false;
    this.#reset();
    this.unbind_all();
    this.watchlist.unbind_all();
  }

  get #serverChannel(): string | undefined {
    return this.#data ? `#server-to-user-${this.#data.id}` : undefined;
  }

  #start(): void {
    const { connection, authenticate, clock, timeout } = this.#parts;
    if (this.#attempt || this.#data || !connection().isOpen) return;
    this.#endAttempt(); // a retry that was still to come
    const attempt = new AbortController();
    this.#attempt = attempt;
    authenticate(attempt.signal)
      .then(({ auth, user_data = '' }) => {
        if (attempt.signal.aborted) return;
        connection().send({ event: SIGNIN, data: { auth, user_data } });
        this.#timer = clock.setTimeout(() => {
          this.#fail('The server did not answer the sign-in in time.', {
            isRetryable: true,
            remediation: 'Nothing, if it passes: it is tried again by itself.',
          });
        }, timeout());
      })
      .catch((error: unknown) => {
        if (attempt.signal.aborted) return;
        const { message, ...facts } = describeFailure(error);
        this.#fail(message ?? 'The sign-in could not be signed.', facts);
      });
  }

  #succeed(payload: unknown): void {
    if (!this.#attempt) return; // nobody asked (pusher-js throws here)
    const data = decodePayload((payload as { user_data?: unknown } | null)?.user_data);
    const id = (data as { id?: unknown } | null)?.id;
    if (typeof id !== 'string' || id === '') {
      this.#fail('The server signed a user without an "id".', {});
      return;
    }
    this.#endAttempt();
    this.#strikes = 0;
    this.#data = data as UserData;
    this.#parts.connection().send({ event: SUBSCRIBE, data: { auth: '', channel: `#server-to-user-${id}` } });
    this.#settle();
    this.dispatcher.emit(SIGNIN_SUCCESS, this.#data);
  }

  /** Failed: a passing reason is tried again by itself, any other with the next connection or by another `signin()`. */
  #fail(message: string, facts: Failure): void {
    this.#endAttempt();
    const retryAt = facts.isRetryable ? this.#retryLater() : undefined;
    this.#settle();
    const error: SigninError = {
      type: 'AuthError',
      error: message,
      ...(facts.status === undefined ? undefined : { status: facts.status }),
      message,
      remediation: facts.remediation ?? 'Check the user authentication endpoint, then call signin() again.',
      ...(facts.cause === undefined ? undefined : { cause: facts.cause }),
      ...(retryAt === undefined ? undefined : { retryAt }),
    };
    this.dispatcher.emit(SIGNIN_ERROR, error);
  }

  /** Sets the time of the next try, and tells it. */
  #retryLater(): number {
    const { clock, retryDelay } = this.#parts;
    const delay = retryDelay((this.#strikes += 1), clock.random());
    this.#timer = clock.setTimeout(() => {
      this.#start();
    }, delay);
    return clock.now() + delay;
  }

  #watchlist(payload: unknown): void {
    const events = (payload as { events?: unknown } | null)?.events;
    if (!Array.isArray(events)) return;
    for (const event of events as readonly unknown[]) {
      const name = (event as { name?: unknown } | null)?.name;
      if (typeof name === 'string') this.watchlist.dispatcher.emit(name, event);
    }
  }

  #endAttempt(): void {
    this.#attempt?.abort();
    this.#attempt = undefined;
    this.#parts.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #reset(): void {
    this.#endAttempt();
    this.#strikes = 0;
    this.#data = null;
    if (!this.#isWanted) this.#settle();
  }

  #settle(): void {
    this.#settled?.resolve();
    this.#settled = undefined;
  }
}

/** What is known of a failure besides its words. */
interface Failure {
  readonly status?: number | undefined;
  readonly isRetryable?: boolean | undefined;
  readonly remediation?: string | undefined;
  readonly cause?: unknown;
}

function describeFailure(cause: unknown): Failure & { readonly message?: string | undefined } {
  const { message, status, isRetryable, remediation } = cause as Partial<AuthorizationError>;
  return { message, status, isRetryable, remediation, cause };
}

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
