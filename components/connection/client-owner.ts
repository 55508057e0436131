/**
 * Finds the client of an element: one that other elements use too, where they say the same, else one of its own.
 * Makes it when everything is there, replaces it when what identifies it changes, keeps it over a move, and gives
 * it up when the element has left. A borrowed client is used instead, and never disposed of.
 */
import type { Clock, Pusher, PusherOptions } from '../../src/index.js';
import { PusherError } from '../../src/index.js';
import { isActive } from './active-states.js';
import { liveOptions } from './client-options.js';
import {
  createShared,
  findShared,
  hasTwinElsewhere,
  isSame,
  leaveShared,
  offerShared,
  settleShared,
} from './client-pool.js';
import type { ClientElement, ClientMember, SharedClient } from './client-pool.js';
import type { ClientPlan } from './client-plan.js';
import { borrowedDisposed } from './refusals.js';

/** The element, as far as it does not concern others. */
export interface ClientUser {
  isConnected(): boolean;
  clock(): Clock;
  /** Whether the page is one that is shown until the real one is there. */
  isPreview(): boolean;
  /** Whether it connects by itself, or was told to. */
  wantsConnection(): boolean;
  /** The client it wants, or why it cannot have one; undefined for none. */
  planClient(): ClientPlan | PusherError | undefined;
  /** From now on this is the client. */
  useClient(client: Pusher | undefined): void;
  /** The client is not its own any more, although it goes on for others: as if it had been closed. */
  partFromClient(): void;
  /** The client that it wants is impossible. */
  refuseClient(error: PusherError): void;
  warn(message: string): void;
}

/**
 * How long an element may be out of the document before its connection closes, in milliseconds: a page
 * transition takes it out in one task and puts it back in another.
 */
const removalGrace = 300;

export class ClientOwner implements ClientMember {
  readonly element: ClientElement;
  readonly #user: ClientUser;
  #own: SharedClient | undefined;
  #plan: ClientPlan | undefined;
  #borrowed: Pusher | undefined;
  /** Has said no to an attempt that others wanted, so it waits to be told. */
  #isApart = false;
  /** The client that was not needed any more when the user went away. */
  #resting: Pusher | undefined;
  #leaving: unknown;
  #clockOfLeaving: Clock | undefined;

  constructor(element: ClientElement, user: ClientUser) {
    this.element = element;
    this.#user = user;
  }

  get plan(): ClientPlan | undefined {
    return this.#plan;
  }

  get isResting(): boolean {
    return this.#resting !== undefined && this.#resting === this.#own?.client;
  }

  /** Uses this client instead of one of its own; undefined: no longer. */
  borrow(client: Pusher | undefined): void {
    this.#borrowed = client;
  }

  get borrowed(): Pusher | undefined {
    return this.#borrowed;
  }

  /** Whether other elements use the client too. */
  get isShared(): boolean {
    return this.#own !== undefined && this.#own.members.size > 1;
  }

  /** Brings the client in line with what the element wants. */
  settle(): void {
    if (!this.#user.isConnected()) return;
    this.#stay();
    if (this.#borrowed) {
      this.#close();
      const isUsable = !this.#borrowed.isDisposed;
      this.#user.useClient(isUsable ? this.#borrowed : undefined);
      if (!isUsable) this.#user.refuseClient(borrowedDisposed());
      return;
    }
    const plan = this.#user.planClient();
    if (!plan || plan instanceof PusherError) {
      this.close();
      if (plan) this.#user.refuseClient(plan);
      return;
    }
    if (this.#plan && isSame(plan.identity, this.#plan.identity)) {
      this.#adapt(plan, this.#plan);
      return;
    }
    this.#close();
    this.#isApart = false;
    this.#plan = plan;
    if (plan.prepare) {
      this.#user.useClient(undefined);
      void this.#createLater(plan, plan.prepare);
    } else this.#enter(plan);
  }

  /** Connects, or attempts now; with others who do already, where there are any. */
  connect(): void {
    const own = this.#own;
    const plan = this.#plan;
    this.#isApart = false;
    if (own && plan?.terms && !this.#borrowed && this.#user.isConnected()) {
      if (!isActive(own.client.connection.state) && findShared(this, plan)) {
        this.#replace(plan);
        return;
      }
      offerShared(own, true);
    }
    const client = this.#borrowed ?? own?.client;
    if (client && !client.isDisposed) client.connect();
  }

  /** Closes, for this element: others that use the client keep it. */
  disconnect(): void {
    const own = this.#own;
    this.#resting = undefined;
    if (own && !this.#borrowed && this.isShared) {
      this.#user.partFromClient();
      this.#goOnAlone(true);
      return;
    }
    if (own) offerShared(own, false);
    (this.#borrowed ?? own?.client)?.disconnect();
  }

  stepOut(): void {
    this.#isApart = true;
    this.#goOnAlone(false);
  }

  /** The user is away: closes, once all are away who use the client. */
  rest(): void {
    const client = this.#borrowed ?? this.#own?.client;
    if (!client || !isActive(client.connection.state)) return;
    this.#resting = client;
    if (this.#borrowed) client.disconnect();
    else if (this.#own) settleShared(this.#own);
  }

  /** The user is back. */
  wake(): void {
    const client = this.#resting;
    this.#resting = undefined;
    if (client && client === (this.#borrowed ?? this.#own?.client)) client.connect();
  }

  /** Two settings count from the moment in which they are set. */
  switchReconnecting(): void {
    if (!this.#own) return;
    this.#own.client.reconnectDelay = this.element.reconnectDelay;
    settleShared(this.#own);
  }

  /** The element has left its document; if it does not come back soon, the connection closes. */
  leave(): void {
    this.#stay();
    this.#clockOfLeaving = this.#user.clock();
    this.#leaving = this.#clockOfLeaving.setTimeout(() => {
      this.#leaving = undefined;
      // The page that comes after a preview may want it.
      if (this.#user.isPreview()) this.leave();
      else this.close();
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
    const own = this.#own;
    const { isShared } = this;
    this.#own = undefined;
    this.#plan = undefined;
    if (!own) return;
    if (isShared) {
      this.#user.partFromClient();
      leaveShared(own, this);
    } else end(own);
  }

  get #mayShare(): boolean {
    return !this.#isApart && this.#user.wantsConnection();
  }

  /** The same client, with other words about it. */
  #adapt(next: ClientPlan, previous: ClientPlan): void {
    const own = this.#own;
    const isOther = !isSame(next.terms, previous.terms);
    const plan = { ...next, identity: previous.identity };
    this.#plan = plan;
    if (!own) return;
    if (isOther && (this.isShared || (this.#mayShare && findShared(this, plan)))) {
      this.#replace(plan);
      return;
    }
    own.client.configure(liveOptions(plan.options));
    if (plan.terms && this.#mayShare) offerShared(own, true);
  }

  /** Gives up the client that it has, for the one of this plan. */
  #replace(plan: ClientPlan): void {
    this.#close();
    this.#plan = plan;
    this.#enter(plan);
  }

  /** Uses the client of others, or makes one. */
  #enter(plan: ClientPlan): void {
    const found = this.#mayShare ? findShared(this, plan) : undefined;
    if (!found) {
      this.#create(plan, plan.options);
      return;
    }
    // What the others were asked before the attempt, this one is asked now.
    if (found.attempt && !this.element.mayConnect(found.attempt)) this.#isApart = true;
    if (plan !== this.#plan || this.#own) return; // a listener has changed everything
    if (!this.#mayShare) {
      this.#create(plan, plan.options);
      return;
    }
    this.#own = found;
    found.members.add(this);
    this.#user.useClient(found.client);
  }

  #create(plan: ClientPlan, options: PusherOptions): void {
    const mayShare = this.#mayShare;
    try {
      this.#own = createShared(plan, { ...options, connectAutomatically: mayShare }, this);
    } catch (error) {
      if (!(error instanceof PusherError)) throw error;
      this.#user.useClient(undefined);
      this.#user.refuseClient(error);
      return;
    }
    if (plan.terms && hasTwinElsewhere(plan))
      this.#user.warn(
        'another connection of this page has the same key and another cluster. ' +
          'An app is in one cluster: correct one of the two.',
      );
    if (plan.terms && mayShare) offerShared(this.#own, true);
    this.#user.useClient(this.#own.client);
  }

  async #createLater({ identity }: ClientPlan, prepare: () => Promise<PusherOptions>): Promise<void> {
    const prepared = await prepare();
    // Meanwhile the element may have left, or want something else.
    const plan = this.#plan;
    if (plan?.identity === identity) this.#create(plan, { ...plan.options, ...prepared });
  }

  /** A client for this element only, which waits to be told. */
  #goOnAlone(isClosed: boolean): void {
    const own = this.#own;
    const plan = this.#plan;
    if (!own || !plan) return;
    leaveShared(own, this);
    this.#own = createShared(plan, { ...plan.options, connectAutomatically: false }, this);
    if (isClosed) this.#own.client.disconnect();
    this.#user.useClient(this.#own.client);
  }
}

/** First disconnects, so that listeners hear how it ended; then they are let go. */
function end(shared: SharedClient): void {
  offerShared(shared, false);
  shared.client.disconnect();
  shared.client.dispose();
}
