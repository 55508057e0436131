/** What events carry, by name: those of this library, and a place where an application lists its own. Types only. */
import type { Gap } from '../connection/connection-state.js';
import type { ChannelState, SubscriptionError } from './channel.js';
import type { Member } from './members.js';

/**
 * An application's events and their payloads. It is empty; an application adds to it, and `bind` knows them:
 *
 * ```ts
 * declare module 'pusher-elements/client' {
 *   interface PusherEventMap {
 *     'price-changed': { symbol: string; price: number };
 *   }
 * }
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it is there to be added to
export interface PusherEventMap {}

/** Events of this library on a channel. `pusher:subscription_succeeded` carries what the server says, or the members. */
export interface ChannelServiceEventMap {
  /** The subscription failed, or an event of an encrypted channel could not be opened. */
  'pusher:subscription_error': SubscriptionError;
  /** The seed's name for the same. */
  subscription_error: SubscriptionError;
  /** How many connections are subscribed. */
  'pusher:subscription_count': { readonly subscription_count: number };
  /** `channel.state` changed. */
  'pusher:state_change': { readonly previous: ChannelState; readonly current: ChannelState };
  /** A confirmed subscription ended: left, or lost. */
  'pusher:unsubscribed': undefined;
  /** Subscribed again after a loss: events may have been missed. */
  'pusher:gap': Gap;
  /** Somebody joined a presence channel. */
  'pusher:member_added': Member;
  /** Somebody left a presence channel. */
  'pusher:member_removed': Member;
}

/** Everything that a channel's `bind` knows the payload of. */
export type ChannelEventMap = ChannelServiceEventMap & PusherEventMap;
