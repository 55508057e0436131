/** The DOM events of `<pusher-status>`. Which rules they follow: `components/events.ts`. */

/** Somebody pressed the retry button of a `<pusher-status>`. Cancelled: nothing is tried. */
export class PusherBeforeRetryEvent extends Event {
  static readonly type = 'pusher-before-retry';

  constructor() {
    super(PusherBeforeRetryEvent.type, { bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pusher-before-retry': PusherBeforeRetryEvent;
  }
}
