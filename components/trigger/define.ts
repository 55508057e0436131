/** Registers `<pusher-trigger>`, and the connection that it needs. */
import { PusherConnectionElement } from '../connection/pusher-connection.js';
import { safeDefine } from '../shared/safe-define.js';
import { PusherTriggerElement } from './pusher-trigger.js';

// The provider first, so that consumers upgrade into a ready tree.
safeDefine(PusherConnectionElement);
safeDefine(PusherTriggerElement);

declare global {
  interface HTMLElementTagNameMap {
    'pusher-trigger': PusherTriggerElement;
  }
}
