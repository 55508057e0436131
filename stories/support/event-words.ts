/** One line for each DOM event of the elements, for the log under a story. */
import type {
  PusherAfterActionEvent,
  PusherBeforeActionEvent,
  PusherBeforeAuthorizeEvent,
  PusherBeforeConnectEvent,
  PusherBeforeReconnectEvent,
  PusherBeforeSendEvent,
  PusherCacheMissEvent,
  PusherConnectedEvent,
  PusherConnectFailedEvent,
  PusherConnectingInEvent,
  PusherDisconnectedEvent,
  PusherErrorEvent,
  PusherEvent,
  PusherGapEvent,
  PusherHeldEvent,
  PusherItemAddedEvent,
  PusherItemRemovedEvent,
  PusherItemUpdatedEvent,
  PusherMemberAddedEvent,
  PusherMemberRemovedEvent,
  PusherPresenceChangeEvent,
  PusherQueuedEvent,
  PusherSendErrorEvent,
  PusherSentEvent,
  PusherSignedInEvent,
  PusherSigninErrorEvent,
  PusherStateChangeEvent,
  PusherSubscribedEvent,
  PusherSubscriptionCountEvent,
  PusherSubscriptionErrorEvent,
  PusherSyncedEvent,
  PusherToastClickEvent,
  PusherToastDismissEvent,
  PusherToastShowEvent,
  PusherUnsubscribedEvent,
  PusherValueChangeEvent,
} from '../../components/index.js';

const seconds = (value: number): string => `${value.toFixed(1)} s`;
const loss = ({ code, reason }: { readonly code: number | undefined; readonly reason: string }): string =>
  [code, reason].filter(Boolean).join(' ');

const words = {
  'pusher-before-connect': ({ attempt }: PusherBeforeConnectEvent) => `attempt ${attempt}`,
  'pusher-connected': ({ socketId, resumed }: PusherConnectedEvent) =>
    `socket ${socketId}${resumed ? ', again' : ''}`,
  'pusher-disconnected': (event: PusherDisconnectedEvent) => loss(event),
  'pusher-connect-failed': (event: PusherConnectFailedEvent) => loss(event),
  'pusher-before-reconnect': ({ delay, strategy }: PusherBeforeReconnectEvent) =>
    `${seconds(delay)} (${strategy})`,
  'pusher-connecting-in': ({ delay, attempt }: PusherConnectingInEvent) =>
    `${seconds(delay)}, attempt ${attempt}`,
  'pusher-state-change': ({ previous, current }: PusherStateChangeEvent) => `${previous} → ${current}`,
  'pusher-error': ({ code, message }: PusherErrorEvent) => [code, message].filter(Boolean).join(' '),
  'pusher-gap': ({ channel, duration }: PusherGapEvent) => `${channel ?? 'connection'}, ${seconds(duration)}`,
  'pusher-before-action': ({ action, received }: PusherBeforeActionEvent) =>
    `${action}, for ${received.name}`,
  'pusher-after-action': ({ action, received }: PusherAfterActionEvent) => `${action}, for ${received.name}`,
  'pusher-before-retry': () => 'the button was pressed',
  'pusher-before-authorize': ({ channel, request }: PusherBeforeAuthorizeEvent) =>
    `${channel ?? 'sign-in'}: ${request.method} ${request.url}`,
  'pusher-signed-in': ({ userId }: PusherSignedInEvent) => userId,
  'pusher-signin-error': ({ error }: PusherSigninErrorEvent) => error,
  'pusher-subscribed': ({ channel, resumed }: PusherSubscribedEvent) =>
    `${channel}${resumed ? ', again' : ''}`,
  'pusher-unsubscribed': ({ channel }: PusherUnsubscribedEvent) => channel,
  'pusher-subscription-count': ({ channel, count }: PusherSubscriptionCountEvent) => `${channel}: ${count}`,
  'pusher-subscription-error': ({ channel, error }: PusherSubscriptionErrorEvent) => `${channel}: ${error}`,
  'pusher-member-added': ({ channel, member }: PusherMemberAddedEvent) => `${channel}: ${member.id}`,
  'pusher-member-removed': ({ channel, member }: PusherMemberRemovedEvent) => `${channel}: ${member.id}`,
  'pusher-presence-change': ({ count }: PusherPresenceChangeEvent) => `${count} shown`,
  'pusher-toast-show': ({ toast }: PusherToastShowEvent) => toast.title,
  'pusher-toast-click': ({ toast }: PusherToastClickEvent) => toast.title,
  'pusher-toast-dismiss': ({ toast, reason }: PusherToastDismissEvent) => `${toast.title}: ${reason}`,
  'pusher-cache-miss': ({ channel }: PusherCacheMissEvent) => channel,
  'pusher-event': ({ channel, name, data, cached }: PusherEvent) =>
    `${channel} ${name} ${JSON.stringify(data)}${cached ? ', from the cache' : ''}`,
  'pusher-value-change': ({ previous, value, cached }: PusherValueChangeEvent) =>
    `${previous === undefined ? 'nothing' : JSON.stringify(previous)} → ${JSON.stringify(value)}${cached ? ', from the cache' : ''}`,
  'pusher-item-added': ({ key, item }: PusherItemAddedEvent) => `${key} ${JSON.stringify(item)}`,
  'pusher-item-updated': ({ key, item }: PusherItemUpdatedEvent) => `${key} ${JSON.stringify(item)}`,
  'pusher-item-removed': ({ key }: PusherItemRemovedEvent) => key,
  'pusher-held': ({ count }: PusherHeldEvent) => `${count} held back`,
  'pusher-synced': ({ length }: PusherSyncedEvent) => `${length} rows`,
  'pusher-before-send': ({ channel, event }: PusherBeforeSendEvent) => `${channel} ${event}`,
  'pusher-queued': ({ channel, event }: PusherQueuedEvent) => `${channel} ${event}`,
  'pusher-sent': ({ channel, event, data }: PusherSentEvent) => `${channel} ${event} ${JSON.stringify(data)}`,
  'pusher-send-error': ({ event, code }: PusherSendErrorEvent) => `${event}: ${code}`,
} as const;

/** The names of the events that are logged. */
export const eventTypes = Object.keys(words) as readonly (keyof typeof words)[];

/** What an event says. */
export function describeEvent(event: Event): string {
  const describe = (words as Readonly<Record<string, ((event: never) => string) | undefined>>)[event.type];
  return describe?.(event as never) ?? '';
}
