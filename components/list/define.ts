/** Registers `<pusher-list>`, and the connection that it needs. */
import { PusherConnectionElement } from '../connection/pusher-connection.js';
import { safeDefine } from '../shared/safe-define.js';
import { PusherListElement } from './pusher-list.js';

// The provider first, so that consumers upgrade into a ready tree.
safeDefine(PusherConnectionElement);
safeDefine(PusherListElement);

declare global {
  interface HTMLElementTagNameMap {
    'pusher-list': PusherListElement;
  }
}
