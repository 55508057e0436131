/**
 * The DOM events of `<pusher-presence>`. Which rules they follow: `components/events.ts`. Who comes and who
 * goes is told with the events of `<pusher-channel>`.
 */
import type { Member } from '../../src/index.js';

/** A `<pusher-presence>` shows other members now; once per frame, however many came or went. */
export class PusherPresenceChangeEvent extends Event {
  static readonly type = 'pusher-presence-change';
  /** Who is there, in the order in which they are shown. */
  readonly members: readonly Member[];

  constructor(members: readonly Member[]) {
    super(PusherPresenceChangeEvent.type, { bubbles: true, composed: true });
    this.members = members;
  }

  /** How many. */
  get count(): number {
    return this.members.length;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pusher-presence-change': PusherPresenceChangeEvent;
  }
}
