/** Registers `<pusher-toasts>`, and the connection that it needs. */
import { PusherConnectionElement } from '../connection/pusher-connection.js';
import { safeDefine } from '../shared/safe-define.js';
import { PusherToastsElement } from './pusher-toasts.js';

// The provider first, so that consumers upgrade into a ready tree.
safeDefine(PusherConnectionElement);
safeDefine(PusherToastsElement);

declare global {
  interface HTMLElementTagNameMap {
    'pusher-toasts': PusherToastsElement;
  }
}
