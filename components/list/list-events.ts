/** The DOM events of `<pusher-list>`. Which rules they follow: `components/events.ts`. */

const told = { bubbles: true, composed: true };

/** Items are about to be taken into the list. `items` may be changed: what is in it afterwards is taken. */
export class PusherBeforeRenderEvent extends Event {
  static readonly type = 'pusher-before-render';
  readonly items: unknown[];

  constructor(items: unknown[]) {
    super(PusherBeforeRenderEvent.type, { ...told, cancelable: true });
    this.items = items;
  }
}

abstract class ItemEvent extends Event {
  declare static readonly type: string;
  readonly key: string;
  /** The item as it came; undefined for a row that was on the page before. */
  readonly item: unknown;

  constructor(key: string, item: unknown) {
    super(new.target.type, told);
    this.key = key;
    this.item = item;
  }
}

/** A row was added. */
export class PusherItemAddedEvent extends ItemEvent {
  static override readonly type = 'pusher-item-added';
}

/** The data of a row changed. */
export class PusherItemUpdatedEvent extends ItemEvent {
  static override readonly type = 'pusher-item-updated';
}

/** A row was removed. */
export class PusherItemRemovedEvent extends ItemEvent {
  static override readonly type = 'pusher-item-removed';
}

/** With `hold`: so many new items wait, so that what is being read does not move; 0 after they were shown. */
export class PusherHeldEvent extends Event {
  static readonly type = 'pusher-held';
  readonly count: number;

  constructor(count: number) {
    super(PusherHeldEvent.type, told);
    this.count = count;
  }
}

/** The snapshot was taken in, with the events that came while it was loading. */
export class PusherSyncedEvent extends Event {
  static readonly type = 'pusher-synced';
  /** How many rows there are now. */
  readonly length: number;

  constructor(length: number) {
    super(PusherSyncedEvent.type, told);
    this.length = length;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pusher-before-render': PusherBeforeRenderEvent;
    'pusher-item-added': PusherItemAddedEvent;
    'pusher-item-updated': PusherItemUpdatedEvent;
    'pusher-item-removed': PusherItemRemovedEvent;
    'pusher-held': PusherHeldEvent;
    'pusher-synced': PusherSyncedEvent;
  }
}
