/**
 * Every frame of protocol version 7, as unions (protocol.md §2). Names that callers may see and names
 * that only the wire has are kept in `event-names.ts`.
 */

/** `pusher:connection_established`: the server accepts us (protocol.md §3). */
export interface EstablishedFrame {
  readonly kind: 'established';
  readonly socketId: string;
  /** Seconds of silence after which to ping; undefined when the server did not say. */
  readonly activityTimeout: number | undefined;
}

/** `pusher:error`, or a server's rejection of one channel (protocol.md §5). */
export interface ErrorFrame {
  readonly kind: 'error';
  /** The protocol code, or null: the hosted service sends null for channel errors. */
  readonly code: number | null;
  readonly message: string;
  /** The channel it names, where it names one. */
  readonly channel: string | undefined;
}

/** `pusher:ping`. */
export interface PingFrame {
  readonly kind: 'ping';
}

/** `pusher:pong`. */
export interface PongFrame {
  readonly kind: 'pong';
}

/** `pusher_internal:subscription_succeeded`. */
export interface SubscriptionSucceededFrame {
  readonly kind: 'subscription-succeeded';
  readonly channel: string;
  readonly rawData: unknown;
}

/** `pusher:subscription_error` or `pusher_internal:subscription_error`: one channel is refused. */
export interface SubscriptionErrorFrame {
  readonly kind: 'subscription-error';
  readonly channel: string;
  readonly rawData: unknown;
}

/** `pusher_internal:subscription_count`. */
export interface SubscriptionCountFrame {
  readonly kind: 'subscription-count';
  readonly channel: string;
  readonly count: number;
}

/** `pusher_internal:member_added` and `…member_removed`: somebody joined or left (protocol.md §7.5). */
export interface MemberFrame {
  readonly kind: 'member-added' | 'member-removed';
  readonly channel: string;
  readonly rawData: unknown;
}

/** Anything else: an application's event, a `pusher:` event without a frame of its own, or the future. */
export interface EventFrame {
  readonly kind: 'event';
  readonly event: string;
  readonly channel: string | undefined;
  /** The payload as it came: normally a string that itself holds JSON; decoded late (codec.ts). */
  readonly rawData: unknown;
  /** Who sent it, on presence channels. */
  readonly userId: string | undefined;
}

/** Every frame a server may send. */
export type InboundFrame =
  | EstablishedFrame
  | ErrorFrame
  | PingFrame
  | PongFrame
  | SubscriptionSucceededFrame
  | SubscriptionErrorFrame
  | SubscriptionCountFrame
  | MemberFrame
  | EventFrame;

/** Every frame the client may send. */
export type OutboundFrame =
  | { readonly event: 'pusher:ping' | 'pusher:pong'; readonly data: Record<string, never> }
  | {
      readonly event: 'pusher:subscribe';
      readonly data: { readonly channel: string; readonly auth?: string; readonly channel_data?: string };
    }
  | { readonly event: 'pusher:unsubscribe'; readonly data: { readonly channel: string } }
  | { readonly event: 'pusher:signin'; readonly data: { readonly auth: string; readonly user_data: string } }
  | { readonly event: string; readonly data: unknown; readonly channel?: string };
