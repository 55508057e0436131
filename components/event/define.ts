/** Registers `<pusher-event>`, and the connection that it needs. */
import { PusherConnectionElement } from '../connection/pusher-connection.js';
import { safeDefine } from '../shared/safe-define.js';
import { PusherEventElement } from './pusher-event.js';

// The provider first, so that consumers upgrade into a ready tree.
safeDefine(PusherConnectionElement);
safeDefine(PusherEventElement);

declare global {
  interface HTMLElementTagNameMap {
    'pusher-event': PusherEventElement;
  }
}
