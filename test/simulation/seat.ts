/** One channel that somebody holds: who does, who listens, and what its events have said so far. */
import { PresenceChannel } from '../../src/index.js';
import type { Channel, ChannelState } from '../../src/index.js';
import type { Moment } from './action.js';
import { isSealed, Listener } from './listener.js';
import type { DispatchCounter } from './listener.js';
import type { Fail } from './wire-ledger.js';

/** What a seat needs of the world. */
export interface SeatParts {
  readonly fail: Fail;
  readonly counter: DispatchCounter;
  /** A listener of the client as a whole, which knows what has not been opened yet. */
  readonly witness: Listener;
  /** Lets the application do what it has prepared for a moment; may throw. */
  readonly trip: (moment: Moment) => void;
}

type Callback = (...values: never[]) => unknown;

export class Seat {
  readonly channel: Channel;
  isHeldByClient = false;
  leases = 0;
  readonly listeners: { readonly listener: Listener; readonly callback: Callback }[] = [];
  readonly #parts: SeatParts;
  readonly #own = new AbortController();
  #state: ChannelState;
  /** Who is there according to the events alone. */
  #roster: Set<string> | undefined;
  #isOver = false;

  constructor(channel: Channel, parts: SeatParts) {
    this.channel = channel;
    this.#parts = parts;
    this.#state = channel.state;
    this.#watch();
    // Joined late, to a channel that is subscribed already.
    if (channel.subscribed && channel instanceof PresenceChannel) this.#roster = idsOf(channel);
  }

  get holds(): number {
    return this.leases + (this.isHeldByClient ? 1 : 0);
  }

  /** One more listener; events of encrypted channels have names of their own, so all are listened to there. */
  listen(): { readonly listener: Listener; remove(): void } {
    const { fail, counter, witness } = this.#parts;
    const isGlobal = isSealed(this.channel.name) || this.listeners.length % 3 === 2;
    const listener = new Listener(`a listener of ${this.channel.name}`, isGlobal, fail, counter, witness);
    const hear = (payload: unknown): void => {
      listener.take(payload);
      this.#parts.trip('event');
    };
    const callback: Callback = isGlobal
      ? (event: string, payload: unknown) => {
          if (!event.startsWith('pusher:')) hear(payload);
        }
      : hear;
    if (isGlobal) this.channel.bind_global(callback as (event: string) => void);
    else this.channel.bind('tick', callback as (payload: unknown) => void);
    const bound = { listener, callback };
    this.listeners.push(bound);
    return {
      listener,
      remove: () => {
        this.#remove(bound);
      },
    };
  }

  /** The newest listener goes. */
  unlisten(): void {
    const bound = this.listeners.at(-1);
    if (bound) this.#remove(bound);
  }

  /** Nobody holds it any more. `isCleared`: the client has removed every binding itself. */
  close(isCleared: boolean): void {
    this.#isOver = true;
    for (const bound of [...this.listeners]) this.#remove(bound, isCleared);
    if (!isCleared) this.#own.abort();
  }

  /** The client has been disposed of, and every binding with it. */
  end(): void {
    this.close(true);
  }

  /** Everything has come to rest for now. */
  check(): void {
    const { channel } = this;
    if (channel.state !== this.#state)
      this.#parts.fail(
        'a channel announces every state',
        `${channel.name}: ${channel.state}, not ${this.#state}`,
      );
    if (!(channel instanceof PresenceChannel) || !channel.subscribed) return;
    const shown = idsOf(channel);
    const told = this.#roster ?? nobody;
    if (!isSame(shown, told))
      this.#parts.fail(
        'presence events tell of every change',
        `${channel.name}: ${inWords(shown)} by the members, ${inWords(told)} by the events`,
      );
  }

  #remove(bound: Seat['listeners'][number], isCleared = false): void {
    const at = this.listeners.indexOf(bound);
    if (at < 0) return;
    this.listeners.splice(at, 1);
    bound.listener.die();
    if (isCleared) return;
    if (bound.listener.isGlobal) this.channel.unbind_global(bound.callback);
    else this.channel.unbind('tick', bound.callback);
  }

  #watch(): void {
    const { channel } = this;
    const { fail, trip } = this.#parts;
    const { signal } = this.#own;
    const on = <Payload>(event: string, callback: (payload: Payload) => void): void => {
      channel.bind<Payload>(event, callback, undefined, { signal });
    };
    on<{ previous: ChannelState; current: ChannelState }>('pusher:state_change', ({ previous, current }) => {
      if (previous !== this.#state && !this.#isOver)
        fail(
          'a channel announces every state',
          `${channel.name}: ${previous} was announced after ${this.#state}`,
        );
      this.#state = current;
      if (current !== 'subscribed') this.#roster = undefined;
      trip('pusher:state_change');
    });
    on('pusher:subscription_succeeded', () => {
      if (!channel.subscribed)
        fail('success is told while it is true', `${channel.name} is ${channel.state}`);
      if (channel instanceof PresenceChannel) this.#roster = idsOf(channel);
      trip('pusher:subscription_succeeded');
    });
    on('pusher:subscription_error', () => {
      trip('pusher:subscription_error');
    });
    on('pusher:unsubscribed', () => {
      trip('pusher:unsubscribed');
    });
    on<{ id: string }>('pusher:member_added', ({ id }) => {
      if (this.#roster?.has(id)) fail('presence events tell of every change', `${id} came twice`);
      this.#roster?.add(id);
      trip('pusher:member_added');
    });
    on<{ id: string }>('pusher:member_removed', ({ id }) => {
      if (this.#roster?.delete(id) === false)
        fail('presence events tell of every change', `${id} left twice`);
    });
  }
}

const nobody: ReadonlySet<string> = new Set();

export function idsOf(channel: PresenceChannel): Set<string> {
  const ids = new Set<string>();
  for (const { id } of channel.members) ids.add(id);
  return ids;
}

/** Whether both have the same members; this is asked after every step. */
export function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  if (one.size !== other.size) return false;
  for (const id of one) if (!other.has(id)) return false;
  return true;
}

export const inWords = (ids: ReadonlySet<string>): string => [...ids].sort().join();
