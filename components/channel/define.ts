/** Registers `<pusher-channel>`, and the connection that it needs. */
import { PusherConnectionElement } from '../connection/pusher-connection.js';
import { safeDefine } from '../shared/safe-define.js';
import { PusherChannelElement } from './pusher-channel.js';

// The provider first, so that consumers upgrade into a ready tree.
safeDefine(PusherConnectionElement);
safeDefine(PusherChannelElement);

declare global {
  interface HTMLElementTagNameMap {
    'pusher-channel': PusherChannelElement;
  }
}
