/** The DOM events of `<pusher-event>`. Which rules they follow: `components/events.ts`. */
import type { EventAction } from './event-settings.js';

/** An event as it came in. */
export interface ReceivedEvent {
  /** The name it was published under; `pusher-gap` where events may have been missed. */
  readonly name: string;
  readonly channel: string;
  /** The payload, decoded. */
  readonly data: unknown;
  /** Who sent it, on presence channels. */
  readonly userId: string | undefined;
  /** Whether it is the replay of a cache channel. */
  readonly cached: boolean;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** What is done about an event, and to what. */
export interface ActionFacts {
  readonly received: ReceivedEvent;
  /** What `do` says; `handler` where a script has set one. */
  readonly action: EventAction | 'handler';
  /** The element that it is done to; undefined where it is done to none. (`target` is the event's own.) */
  readonly affected: Element | undefined;
}

abstract class PusherActionEvent extends Event implements ActionFacts {
  declare static readonly type: string;
  readonly received: ReceivedEvent;
  readonly action: EventAction | 'handler';
  readonly affected: Element | undefined;

  constructor({ received, action, affected }: ActionFacts, cancelable: boolean) {
    super(new.target.type, { bubbles: true, composed: true, cancelable });
    this.received = received;
    this.action = action;
    this.affected = affected;
  }
}

/** A `<pusher-event>` is about to act. Cancelled: nothing is done. */
export class PusherBeforeActionEvent extends PusherActionEvent {
  static override readonly type = 'pusher-before-action';
  readonly #wait: (promise: PromiseLike<unknown>) => void;

  constructor(facts: ActionFacts, wait: (promise: PromiseLike<unknown>) => void) {
    super(facts, true);
    this.#wait = wait;
  }

  /** Acts only once `promise` is fulfilled; if it is rejected, nothing is done. Later events wait their turn. */
  waitUntil(promise: PromiseLike<unknown>): void {
    // As with a FetchEvent: what is said after the listeners have run is not heard any more.
    if (this.eventPhase === Event.NONE)
      throw new DOMException(
        'waitUntil() came too late. Call it in the listener itself, and pass a promise of what comes later.',
        'InvalidStateError',
      );
    this.#wait(promise);
  }
}

/** A `<pusher-event>` has acted. Not fired where it could not. */
export class PusherAfterActionEvent extends PusherActionEvent {
  static override readonly type = 'pusher-after-action';

  constructor(facts: ActionFacts) {
    super(facts, false);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pusher-before-action': PusherBeforeActionEvent;
    'pusher-after-action': PusherAfterActionEvent;
  }
}
