/** Registers `<pusher-connection>`. */
import { safeDefine } from '../shared/safe-define.js';
import { PusherConnectionElement } from './pusher-connection.js';

safeDefine(PusherConnectionElement);

declare global {
  interface HTMLElementTagNameMap {
    'pusher-connection': PusherConnectionElement;
  }
}
