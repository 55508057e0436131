/** The DOM events of `<pusher-toasts>`. Which rules they follow: `components/events.ts`. */
import type { Toast } from './toast.js';

const told = { bubbles: true, composed: true };

abstract class ToastEvent extends Event {
  declare static readonly type: string;
  readonly toast: Toast;

  constructor(toast: Toast, cancelable = false) {
    super(new.target.type, { ...told, cancelable });
    this.toast = toast;
  }
}

/** A toast is about to be shown. The fields of `toast` may be changed; cancel it and nothing is shown. */
export class PusherToastShowEvent extends ToastEvent {
  static override readonly type = 'pusher-toast-show';

  constructor(toast: Toast) {
    super(toast, true);
  }
}

/**
 * A link or a button in a toast was pressed, or its notification outside the page. Cancel it and the link is not
 * followed, and the toast stays: for pages that go to an address by script.
 */
export class PusherToastClickEvent extends ToastEvent {
  static override readonly type = 'pusher-toast-click';

  constructor(toast: Toast) {
    super(toast, true);
  }
}

/**
 * Why a toast has gone: its time was over, somebody closed it, somebody pressed a link or a button in it, a script
 * did it, or it was one of too many that nobody has looked at.
 */
export type ToastDismissReason = 'timeout' | 'user' | 'click' | 'script' | 'overflow';

/** A toast has gone. One for each that was shown, or counted among the new ones, while the element is on the page. */
export class PusherToastDismissEvent extends ToastEvent {
  static override readonly type = 'pusher-toast-dismiss';
  readonly reason: ToastDismissReason;

  constructor(toast: Toast, reason: ToastDismissReason) {
    super(toast);
    this.reason = reason;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pusher-toast-show': PusherToastShowEvent;
    'pusher-toast-click': PusherToastClickEvent;
    'pusher-toast-dismiss': PusherToastDismissEvent;
  }
}
