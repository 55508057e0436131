/** Registers `<pusher-presence>`, and the connection that it needs. */
import { PusherConnectionElement } from '../connection/pusher-connection.js';
import { safeDefine } from '../shared/safe-define.js';
import { PusherPresenceElement } from './pusher-presence.js';

// The provider first, so that consumers upgrade into a ready tree.
safeDefine(PusherConnectionElement);
safeDefine(PusherPresenceElement);

declare global {
  interface HTMLElementTagNameMap {
    'pusher-presence': PusherPresenceElement;
  }
}
