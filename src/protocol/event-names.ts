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
export const INTERNAL_SUBSCRIPTION_SUCCEEDED = 'pusher_internal:subscription_succeeded';
export const INTERNAL_SUBSCRIPTION_ERROR = 'pusher_internal:subscription_error';
export const INTERNAL_SUBSCRIPTION_COUNT = 'pusher_internal:subscription_count';

/** Names of the service, shown to applications where a channel or the connection is concerned. */
export const SERVICE_PREFIX = 'pusher:';
/** Names that only the wire has; never shown to applications. */
export const INTERNAL_PREFIX = 'pusher_internal:';
/** Names that clients may send. */
export const CLIENT_PREFIX = 'client-';
