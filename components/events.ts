/**
 * One class for each DOM event, with readonly fields. All bubble and are composed, so that one listener
 * high up hears everything; only `pusher-before-…` can be cancelled. Names of events on the wire never
 * become names of DOM events.
 */
export * from './channel/channel-events.js';
export * from './connection/authorization-events.js';
export * from './connection/connection-events.js';
export * from './presence/presence-events.js';
export * from './event/event-events.js';
export * from './status/status-events.js';
export * from './toasts/toast-events.js';
export * from './value/value-events.js';
export * from './list/list-events.js';
export * from './trigger/trigger-events.js';
