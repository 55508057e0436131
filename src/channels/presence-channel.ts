/** A presence channel: a channel that knows who else is there (protocol.md §7.5). */
import { MEMBER_ADDED, MEMBER_REMOVED } from '../protocol/event-names.js';
import { Channel } from './channel.js';
import type { ChannelState } from './channel.js';
import type { Gap } from '../connection/connection-state.js';
import { Members } from './members.js';

/** What subscribing to a name gives. */
export type ChannelOf<Name extends string> = Name extends `presence-${string}` ? PresenceChannel : Channel;

/**
 * A channel whose name begins with `presence-`. With the connection its members are gone, without an event for
 * each; `pusher:subscription_succeeded` then brings everybody anew, as in pusher-js: `pusher:member_added` and
 * `pusher:member_removed` tell only of who comes and goes in between.
 */
export class PresenceChannel extends Channel {
  /** Who is there now; empty while not subscribed. */
  readonly members: Members = new Members();

  /** Ourselves; null while not subscribed. */
  get me(): Members['me'] {
    return this.members.me;
  }

  /** @internal */
  override become(state: ChannelState): void {
    // Emptied before anybody is told, so that a listener never sees yesterday's members.
    if (this.state === 'subscribed' && state !== 'subscribed') this.members.reset();
    super.become(state);
  }

  /** @internal The roster; the payload is the members, as pusher-js has it. */
  override confirm(payload: unknown, gap: Gap | undefined): void {
    this.members.take(payload);
    this.become('subscribed');
    this.tellSubscribed(this.members, gap);
  }

  /** @internal A newer roster: while the server had let us go, nobody told who came and went. */
  override confirmAgain(payload: unknown): void {
    if (this.members.renew(payload)) this.tellSubscribed(this.members, undefined);
  }

  /** @internal Somebody joined. A repeated join changes what is known of them, and is news only if they are new. */
  memberAdded(payload: unknown): void {
    const joined = this.members.join(payload);
    if (joined?.isNew) this.deliver(MEMBER_ADDED, joined.member);
  }

  /** @internal Somebody left. */
  memberRemoved(payload: unknown): void {
    const member = this.members.leave(payload);
    if (member) this.deliver(MEMBER_REMOVED, member);
  }
}
