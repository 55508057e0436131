/** Registers `<pusher-value>`, and the connection that it needs. */
import { PusherConnectionElement } from '../connection/pusher-connection.js';
import { safeDefine } from '../shared/safe-define.js';
import { PusherValueElement } from './pusher-value.js';

// The provider first, so that consumers upgrade into a ready tree.
safeDefine(PusherConnectionElement);
safeDefine(PusherValueElement);

declare global {
  interface HTMLElementTagNameMap {
    'pusher-value': PusherValueElement;
  }
}
