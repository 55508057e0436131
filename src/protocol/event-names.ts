/** Reserved event names and prefixes, typed once (protocol.md §2.2). */

export const ESTABLISHED = 'pusher:connection_established';
export const ERROR = 'pusher:error';
export const PING = 'pusher:ping';
export const PONG = 'pusher:pong';
export const SUBSCRIBE = 'pusher:subscribe';
export const UNSUBSCRIBE = 'pusher:unsubscribe';
export const SUBSCRIPTION_SUCCEEDED = 'pusher:subscription_succeeded';
export const SUBSCRIPTION_ERROR = 'pusher:subscription_error';
export const SUBSCRIPTION_COUNT = 'pusher:subscription_count';
export const CACHE_MISS = 'pusher:cache_miss';
export const MEMBER_ADDED = 'pusher:member_added';
export const MEMBER_REMOVED = 'pusher:member_removed';
export const SIGNIN = 'pusher:signin';
export const SIGNIN_SUCCESS = 'pusher:signin_success';
export const SIGNIN_ERROR = 'pusher:signin_error';
export const INTERNAL_MEMBER_ADDED = 'pusher_internal:member_added';
export const INTERNAL_MEMBER_REMOVED = 'pusher_internal:member_removed';
export const INTERNAL_WATCHLIST_EVENTS = 'pusher_internal:watchlist_events';
export const INTERNAL_SUBSCRIPTION_SUCCEEDED = 'pusher_internal:subscription_succeeded';
export const INTERNAL_SUBSCRIPTION_ERROR = 'pusher_internal:subscription_error';
export const INTERNAL_SUBSCRIPTION_COUNT = 'pusher_internal:subscription_count';

/** Names of the service, shown to applications where a channel or the connection is concerned. */
export const SERVICE_PREFIX = 'pusher:';
/** Names that only the wire has; never shown to applications. */
export const INTERNAL_PREFIX = 'pusher_internal:';
/** Names that clients may send. */
export const CLIENT_PREFIX = 'client-';
