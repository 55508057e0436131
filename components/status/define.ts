/** Registers `<pusher-status>`, and the connection that it needs. */
import { PusherConnectionElement } from '../connection/pusher-connection.js';
import { safeDefine } from '../shared/safe-define.js';
import { PusherStatusElement } from './pusher-status.js';

// The provider first, so that consumers upgrade into a ready tree.
safeDefine(PusherConnectionElement);
safeDefine(PusherStatusElement);

declare global {
  interface HTMLElementTagNameMap {
    'pusher-status': PusherStatusElement;
  }
}
