/** The DOM events of `<pusher-value>`. Which rules they follow: `components/events.ts`. */

/** The value has changed. */
export class PusherValueChangeEvent extends Event {
  static readonly type = 'pusher-value-change';
  readonly value: unknown;
  readonly previous: unknown;
  /** Whether it is the replay of a cache channel. */
  readonly cached: boolean;

  constructor(facts: { value: unknown; previous: unknown; cached: boolean }) {
    super(PusherValueChangeEvent.type, { bubbles: true, composed: true });
    this.value = facts.value;
    this.previous = facts.previous;
    this.cached = facts.cached;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pusher-value-change': PusherValueChangeEvent;
  }
}
