/** One channel on the server: who is in it, what it last said, who is present. */
import type { Clock, TimerHandle } from '../clock.js';
import { channelKind, type ChannelKind } from './channel-kind.js';
import type { ServerConnection } from './server-connection.js';
import { encodePayload, type JsonRecord, type ServerFrame } from './wire.js';

/** A user in a presence channel. */
export interface PresenceMember {
  /** Always a string: numbers are turned into one (protocol.md §7.5). */
  readonly userId: string;
  /** As the page's server signed it; undefined when it signed none. */
  readonly userInfo: unknown;
}

/** The last event of a cache channel. */
interface CachedEvent {
  readonly frame: ServerFrame;
  readonly expiresAt: number;
}

const cacheLifetime = 30 * 60 * 1000;
const crowded = 100;
const crowdedCountInterval = 5000;

export class ServerChannel {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly #clock: Clock;
  readonly #subscribers = new Map<ServerConnection, PresenceMember | undefined>();
  #cached: CachedEvent | undefined;
  #countTimer: TimerHandle;
  #countSentAt = -Infinity;

  constructor(name: string, clock: Clock) {
    this.name = name;
    this.kind = channelKind(name);
    this.#clock = clock;
  }

  /** How many connections are subscribed. */
  get subscriptionCount(): number {
    return this.#subscribers.size;
  }

  get isOccupied(): boolean {
    return this.#subscribers.size > 0;
  }

  /** The users present, each once, in the order of arrival. */
  get members(): readonly PresenceMember[] {
    const byId = new Map<string, PresenceMember>();
    for (const member of this.#subscribers.values()) {
      if (member && !byId.has(member.userId)) byId.set(member.userId, member);
    }
    return [...byId.values()];
  }

  /** The member that a connection stands for. */
  memberOf(connection: ServerConnection): PresenceMember | undefined {
    return this.#subscribers.get(connection);
  }

  /** The last event of a cache channel, unless it is older than thirty minutes. */
  get cached(): ServerFrame | undefined {
    if (this.#cached && this.#cached.expiresAt <= this.#clock.now()) this.#cached = undefined;
    return this.#cached?.frame;
  }

  /** Takes a connection in and tells it, and the others, what the protocol has to tell. */
  join(connection: ServerConnection, member: PresenceMember | undefined, hasCounts: boolean): void {
    const isNewUser = member !== undefined && !this.#isPresent(member.userId);
    this.#subscribers.set(connection, member);
    connection.send({
      event: 'pusher_internal:subscription_succeeded',
      channel: this.name,
      data: encodePayload(this.kind.access === 'presence' ? { presence: this.#roster() } : {}),
    });
    if (isNewUser) this.send(this.#memberAdded(member), connection);
    if (this.kind.isCached)
      connection.send(this.cached ?? { event: 'pusher:cache_miss', channel: this.name });
    if (hasCounts) this.#announceCount();
  }

  /** Lets a connection go and tells the others. */
  leave(connection: ServerConnection, hasCounts: boolean): void {
    const member = this.#subscribers.get(connection);
    if (!this.#subscribers.delete(connection)) return;
    if (member && !this.#isPresent(member.userId)) {
      const data = encodePayload({ user_id: member.userId });
      this.send({ event: 'pusher_internal:member_removed', channel: this.name, data });
    }
    if (hasCounts) this.#announceCount();
  }

  /** An event from the publisher: sent to all but one connection, and kept by cache channels. */
  publish(event: string, payload: string, exceptSocketId?: string): void {
    const frame = { event, channel: this.name, data: payload };
    if (this.kind.isCached) this.#cached = { frame, expiresAt: this.#clock.now() + cacheLifetime };
    for (const subscriber of [...this.#subscribers.keys()]) {
      if (subscriber.socketId !== exceptSocketId) subscriber.send(frame);
    }
  }

  /** Sends a frame to all but one subscriber. Nothing is kept. */
  send(frame: ServerFrame, except?: ServerConnection): void {
    // A copy, because a peer may answer at once and change the set.
    for (const subscriber of [...this.#subscribers.keys()]) {
      if (subscriber !== except) subscriber.send(frame);
    }
  }

  #isPresent(userId: string): boolean {
    return [...this.#subscribers.values()].some((member) => member?.userId === userId);
  }

  #roster(): JsonRecord {
    const members = this.members;
    return {
      ids: members.map(({ userId }) => userId),
      hash: Object.fromEntries(members.map(({ userId, userInfo }) => [userId, userInfo ?? null])),
      count: members.length,
    };
  }

  #memberAdded({ userId, userInfo }: PresenceMember): ServerFrame {
    const data = encodePayload({
      user_id: userId,
      ...(userInfo === undefined ? {} : { user_info: userInfo }),
    });
    return { event: 'pusher_internal:member_added', channel: this.name, data };
  }

  // Presence channels have members instead (protocol.md §7.1); big channels are announced seldom (§7.6).
  #announceCount(): void {
    if (this.kind.access === 'presence' || this.kind.access === 'server-to-user') return;
    const wait =
      this.subscriptionCount > crowded ? this.#countSentAt + crowdedCountInterval - this.#clock.now() : 0;
    this.#clock.clearTimeout(this.#countTimer);
    if (wait > 0) this.#countTimer = this.#clock.setTimeout(() => this.#sendCount(), wait);
    else this.#sendCount();
  }

  #sendCount(): void {
    this.#countSentAt = this.#clock.now();
    const data = encodePayload({ subscription_count: this.subscriptionCount });
    this.send({ event: 'pusher_internal:subscription_count', channel: this.name, data });
  }
}
