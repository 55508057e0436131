/**
 * Owns the client of an element: makes it when everything is there, replaces it when what identifies it
 * changes, keeps it over a move, and disposes of it when the element has left. A borrowed client is used
 * instead, and never disposed of.
 */
import type { Clock, LiveOptions, PusherOptions } from '../../src/index.js';
import { Pusher, PusherError } from '../../src/index.js';

/** What client an element wants. */
export interface ClientPlan {
  readonly key: string;
  readonly options: PusherOptions;
  /** What makes it this client: another value here, and it is replaced. */
  readonly identity: readonly unknown[];
  /** Options that take time to get. */
  readonly prepare: (() => Promise<PusherOptions>) | undefined;
}

/** The element. */
export interface ClientUser {
  isConnected(): boolean;
  clock(): Clock;
  /** The client it wants, or why it cannot have one; undefined for none. */
  planClient(): ClientPlan | PusherError | undefined;
  /** From now on this is the client. */
  useClient(client: Pusher | undefined): void;
  /** The client that it wants is impossible. */
  refuseClient(error: PusherError): void;
}

/**
 * How long an element may be out of the document before its connection closes, in milliseconds: a page
 * transition takes it out in one task and puts it back in another.
 */
const removalGrace = 300;

export class ClientOwner {
  readonly #user: ClientUser;
  #own: Pusher | undefined;
  #identity: readonly unknown[] = [];
  #borrowed: Pusher | undefined;
  #leaving: unknown;
  #clockOfLeaving: Clock | undefined;

  constructor(user: ClientUser) {
    this.#user = user;
  }

  /** Uses this client instead of one of its own; undefined: no longer. */
  borrow(client: Pusher | undefined): void {
    this.#borrowed = client;
  }

  get borrowed(): Pusher | undefined {
    return this.#borrowed;
  }

  /** Brings the client in line with what the element wants. */
  settle(): void {
    if (!this.#user.isConnected()) return;
    this.#stay();
    if (this.#borrowed) {
      this.#close();
      const isUsable = !this.#borrowed.isDisposed;
      this.#user.useClient(isUsable ? this.#borrowed : undefined);
      if (!isUsable) this.#user.refuseClient(disposed());
      return;
    }
    const plan = this.#user.planClient();
    if (!plan || plan instanceof PusherError) {
      this.close();
      if (plan) this.#user.refuseClient(plan);
      return;
    }
    if (isSame(plan.identity, this.#identity)) {
      this.#own?.configure(liveOptions(plan.options));
      return;
    }
    this.#close();
    this.#identity = plan.identity;
    if (plan.prepare) {
      this.#user.useClient(undefined);
      void this.#createLater(plan, plan.prepare);
    } else this.#create(plan, plan.options);
  }

  /** The element has left its document; if it does not come back soon, the connection closes. */
  leave(): void {
    this.#stay();
    this.#clockOfLeaving = this.#user.clock();
    this.#leaving = this.#clockOfLeaving.setTimeout(() => {
      this.#leaving = undefined;
      this.close();
    }, removalGrace);
  }

  /** The element is back. */
  #stay(): void {
    this.#clockOfLeaving?.clearTimeout(this.#leaving);
    this.#leaving = undefined;
  }

  /** Closes at once. */
  close(): void {
    this.#close();
    this.#user.useClient(undefined);
  }

  #close(): void {
    const client = this.#own;
    this.#own = undefined;
    this.#identity = [];
    // First disconnect, so that listeners hear how it ended; then they are let go.
    client?.disconnect();
    client?.dispose();
  }

  #create({ key }: ClientPlan, options: PusherOptions): void {
    try {
      this.#own = new Pusher(key, options);
    } catch (error) {
      if (!(error instanceof PusherError)) throw error;
      this.#user.useClient(undefined);
      this.#user.refuseClient(error);
      return;
    }
    this.#user.useClient(this.#own);
  }

  async #createLater(plan: ClientPlan, prepare: () => Promise<PusherOptions>): Promise<void> {
    const options = { ...plan.options, ...(await prepare()) };
    // Meanwhile the element may have left, or want something else.
    if (plan.identity === this.#identity) this.#create(plan, options);
  }
}

const disposed = (): PusherError =>
  new PusherError(
    'disposed',
    'The client that was set has been disposed of.',
    'Set one that is in use, made with new Pusher(); or none, and an app key instead.',
  );

function liveOptions(options: PusherOptions): LiveOptions {
  const {
    activityTimeout,
    pongTimeout,
    unavailableTimeout,
    unavailableRetryDelay,
    connectTimeout,
    reachability,
  } = options;
  return {
    activityTimeout,
    pongTimeout,
    unavailableTimeout,
    unavailableRetryDelay,
    connectTimeout,
    reachability,
  };
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}
