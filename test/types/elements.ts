/** What TypeScript knows of the elements on a page. Compiled against the installed package. */
import 'pusher-elements/define';
import 'pusher-elements/define/status';
import { PusherConnectionElement, PusherElement, safeDefine } from 'pusher-elements';
import type {
  PusherChannelElement,
  PusherEvent,
  PusherStatusElement,
  PusherValueElement,
} from 'pusher-elements';
import { PusherStatusElement as FromItsOwnEntry } from 'pusher-elements/status';
import type { ConnectionState, Pusher } from 'pusher-elements/client';

/** Fails to compile unless both are the same type; `any` is the same as nothing else. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const isTrue = <Check extends true>(): Check | undefined => undefined;

// Tags (HTMLElementTagNameMap).
const connection = document.createElement('pusher-connection');
const channel = document.querySelector('pusher-channel');
isTrue<Same<typeof connection, PusherConnectionElement>>();
isTrue<Same<typeof channel, PusherChannelElement | null>>();
isTrue<Same<HTMLElementTagNameMap['pusher-value'], PusherValueElement>>();
isTrue<Same<FromItsOwnEntry, PusherStatusElement>>();
// @ts-expect-error: there is no such tag
type Missing = HTMLElementTagNameMap['pusher-statsu'];

// Properties.
isTrue<Same<typeof connection.state, ConnectionState>>();
connection.appKey = 'key';
connection.wsPort = 6001;
connection.wsPort = undefined;
// @ts-expect-error: a number
connection.wsPort = '6001';
// @ts-expect-error: outputs are only read
connection.state = 'connected';
// @ts-expect-error: no such property
connection.appkey = 'key';
isTrue<Same<Pusher | undefined, typeof connection.client>>();

// Events (GlobalEventHandlersEventMap), wherever they are listened to.
connection.addEventListener('pusher-before-reconnect', (event) => {
  event.delay = 2;
  // @ts-expect-error: the delay is in seconds, as a number
  event.delay = '2s';
});
document.addEventListener('pusher-event', (event) => {
  isTrue<Same<typeof event, PusherEvent>>();
  // @ts-expect-error: payloads are unknown until they are looked at
  void event.data.price;
});
window.addEventListener('pusher-state-change', ({ current }) => {
  // @ts-expect-error: not a state
  return current === 'conected';
});
// @ts-expect-error: the event of another name
connection.addEventListener('pusher-gap', (event: PusherEvent) => event.name);

// Registration under another name.
safeDefine(PusherConnectionElement, { tag: 'my-connection' });
// @ts-expect-error: only elements of this library know their version
safeDefine(class extends HTMLElement {});
const version: string = PusherElement.version;
export { version };
export type { Missing };
