/** The DOM events of `<pusher-channel>`. Which rules they follow: `components/events.ts`. */
import type { EventMetadata, Gap, Member, Members, PusherError, SubscriptionError } from '../../src/index.js';

const told = { bubbles: true, composed: true };

/** The server has confirmed a subscription, for the first time or again after a loss. */
export class PusherSubscribedEvent extends Event {
  static readonly type = 'pusher-subscribed';
  readonly channel: string;
  /** Whether this element had been subscribed before, on the same client. */
  readonly resumed: boolean;
  /** What may have been missed since. */
  readonly gap: Gap | undefined;
  /** Who is there, on presence channels. */
  readonly members: Members | undefined;

  constructor(facts: {
    channel: string;
    resumed: boolean;
    gap: Gap | undefined;
    members?: Members | undefined;
  }) {
    super(PusherSubscribedEvent.type, told);
    this.channel = facts.channel;
    this.resumed = facts.resumed;
    this.gap = facts.gap;
    this.members = facts.members;
  }
}

/** A confirmed subscription has ended: left, or lost with the connection. */
export class PusherUnsubscribedEvent extends Event {
  static readonly type = 'pusher-unsubscribed';
  readonly channel: string;

  constructor(channel: string) {
    super(PusherUnsubscribedEvent.type, told);
    this.channel = channel;
  }
}

/** A subscription failed: refused, not answered, or impossible from the start (seed O-06). */
export class PusherSubscriptionErrorEvent extends Event {
  static readonly type = 'pusher-subscription-error';
  readonly channel: string;
  /** Where it comes from. (`type` is the event's own.) */
  readonly errorType: string;
  readonly error: string;
  /** The HTTP or protocol status, where there was one. */
  readonly status: number | undefined;
  /** The first thing to do about it. */
  readonly remediation: string;
  readonly cause: SubscriptionError | PusherError;
  /** When it will be tried again, in milliseconds since 1970; undefined where it will not be by itself. */
  readonly retryAt: number | undefined;

  constructor(channel: string, cause: SubscriptionError | PusherError) {
    super(PusherSubscriptionErrorEvent.type, told);
    this.channel = channel;
    this.cause = cause;
    this.error = cause.message;
    this.remediation = cause.remediation;
    this.errorType = 'type' in cause ? cause.type : 'ConfigurationError';
    this.status = 'type' in cause ? cause.status : undefined;
    this.retryAt = 'type' in cause ? cause.retryAt : undefined;
  }
}

/** How many connections are subscribed, where the app has counts enabled. */
export class PusherSubscriptionCountEvent extends Event {
  static readonly type = 'pusher-subscription-count';
  readonly channel: string;
  readonly count: number;

  constructor(channel: string, count: number) {
    super(PusherSubscriptionCountEvent.type, told);
    this.channel = channel;
    this.count = count;
  }
}

/** Somebody came to a presence channel, or left it. */
abstract class PusherMemberEvent extends Event {
  declare static readonly type: string;
  readonly channel: string;
  /** Who: their id, and what the page's own server said of them. */
  readonly member: Member;

  constructor(channel: string, member: Member) {
    super(new.target.type, told);
    this.channel = channel;
    this.member = member;
  }
}

/** Somebody joined a presence channel; they are among the members already. */
export class PusherMemberAddedEvent extends PusherMemberEvent {
  static override readonly type = 'pusher-member-added';
}

/** Somebody left a presence channel; they are not among the members any more. */
export class PusherMemberRemovedEvent extends PusherMemberEvent {
  static override readonly type = 'pusher-member-removed';
}

/** A cache channel has no event to repeat: what it would show has to come from elsewhere. */
export class PusherCacheMissEvent extends Event {
  static readonly type = 'pusher-cache-miss';
  readonly channel: string;

  constructor(channel: string) {
    super(PusherCacheMissEvent.type, told);
    this.channel = channel;
  }
}

/** An event was published to a channel. */
export class PusherEvent extends Event {
  static readonly type = 'pusher-event';
  /** The name it was published under. */
  readonly name: string;
  readonly channel: string;
  /** The payload, decoded. */
  readonly data: unknown;
  /** The payload as it came. */
  readonly rawData: unknown;
  /** Who sent it, on presence channels. */
  readonly userId: string | undefined;
  /** Whether it is the replay of a cache channel. */
  readonly cached: boolean;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;

  constructor(name: string, channel: string, data: unknown, metadata: EventMetadata) {
    super(PusherEvent.type, told);
    this.name = name;
    this.channel = channel;
    this.data = data;
    this.rawData = metadata.rawData;
    this.userId = metadata.user_id;
    this.cached = metadata.cached;
    this.receivedAt = metadata.receivedAt;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pusher-subscribed': PusherSubscribedEvent;
    'pusher-unsubscribed': PusherUnsubscribedEvent;
    'pusher-subscription-error': PusherSubscriptionErrorEvent;
    'pusher-subscription-count': PusherSubscriptionCountEvent;
    'pusher-member-added': PusherMemberAddedEvent;
    'pusher-member-removed': PusherMemberRemovedEvent;
    'pusher-cache-miss': PusherCacheMissEvent;
    'pusher-event': PusherEvent;
  }
}
