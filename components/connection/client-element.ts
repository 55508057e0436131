/** What a client asks its `<pusher-connection>`: properties as they are now, and DOM events that can say no. */
import { PusherBeforeAuthorizeEvent } from './authorization-events.js';
import { reconnectDelayOf } from './client-options.js';
import type { ClientElement } from './client-pool.js';
import { PusherBeforeConnectEvent, PusherBeforeReconnectEvent } from './connection-events.js';
import type { ConnectionSettings } from './connection-settings.js';

export function clientElement(
  element: ConnectionSettings,
  wants: (channel: string) => boolean,
): ClientElement {
  return {
    get given() {
      return element.options;
    },
    get reconnectAutomatically() {
      return element.reconnectAutomatically && (element.options?.reconnectAutomatically ?? true);
    },
    get reconnectDelay() {
      return reconnectDelayOf(element);
    },
    mayConnect: (attempt) => element.dispatchEvent(new PusherBeforeConnectEvent(attempt)),
    mayReconnect: (plan) => {
      const event = new PusherBeforeReconnectEvent(plan);
      const isAllowed = element.dispatchEvent(event);
      plan.delay = event.delay;
      return isAllowed;
    },
    mayAuthorize: (authorization) => element.dispatchEvent(new PusherBeforeAuthorizeEvent(authorization)),
    wants,
  };
}
