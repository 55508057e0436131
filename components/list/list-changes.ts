/** From items that come in to rows: which are added, changed, removed or held back, and what is said of it. */
import type { BindingScope } from '../shared/template/bindings.js';
import { readPath } from '../shared/template/paths.js';
import {
  PusherBeforeRenderEvent,
  PusherHeldEvent,
  PusherItemAddedEvent,
  PusherItemRemovedEvent,
  PusherItemUpdatedEvent,
} from './list-events.js';
import { ListStore } from './list-store.js';
import type { ListRules, Row } from './list-store.js';

/** `put` adds or changes; `set` changes only what is there. */
export type Operation = 'put' | 'set' | 'remove';

/** The list, as far as its rows go. */
export interface ChangingList extends ListRules {
  readonly itemKey: string;
  readonly keyFn: ((item: unknown) => string | undefined) | undefined;
}

/** What only the inside of the element can do. */
export interface ListInside {
  readonly emit: (event: Event) => boolean;
  readonly warn: (message: string) => void;
  /** Whether new rows have to wait. */
  readonly isBusy: () => boolean;
  /** Rows are others now, or may be. */
  readonly changed: () => void;
  readonly added: () => void;
}

export class ListChanges {
  readonly store: ListStore;
  readonly #list: ChangingList;
  readonly #inside: ListInside;
  /** New rows that wait, in the order in which they came; no more than will be shown. */
  readonly #held = new Map<string, Row>();

  constructor(list: ChangingList, inside: ListInside) {
    this.#list = list;
    this.#inside = inside;
    this.store = new ListStore(() => list);
  }

  get heldCount(): number {
    return this.#held.size;
  }

  /** Rows that are on the page already. */
  adopt(keys: readonly string[]): void {
    const inOrder = this.#list.insert === 'append' ? keys : [...keys].reverse();
    for (const key of inOrder) this.store.put({ key, item: undefined, scope: { data: undefined } });
  }

  /** Takes items in. Those of a snapshot are never held back. */
  apply(
    operation: Operation,
    incoming: readonly unknown[],
    scope: Partial<BindingScope> = {},
    isSnapshot = false,
  ): void {
    if (operation === 'remove') {
      for (const item of incoming) this.#removeItem(item);
      return;
    }
    const event = new PusherBeforeRenderEvent([...incoming]);
    if (!this.#inside.emit(event)) return;
    const holds = !isSnapshot && this.#inside.isBusy();
    const before = this.#held.size;
    for (const item of event.items) {
      const key = this.#keyOf(item);
      if (key === undefined) {
        this.#inside.warn(`an item has no key at item-key="${this.#list.itemKey}", so it is left out.`);
        continue;
      }
      const row: Row = { key, item, scope: { ...scope, data: item } };
      const isThere = this.store.has(key);
      const held = this.#held.get(key);
      const isHeld = held !== undefined;
      if (operation === 'set' && !isThere && !isHeld) continue;
      if (this.store.isOld(key, item, held?.item)) continue;
      if (!isThere && (holds || isHeld)) this.#held.set(key, row);
      else this.#put(row);
    }
    this.trim();
    this.#trimHeld();
    this.#sayHeld(before);
    this.#inside.changed();
  }

  /** The whole list as the server has it: what is not in it goes. */
  replace(items: readonly unknown[]): void {
    const keys = new Set(items.map((item) => this.#keyOf(item)));
    for (const { key } of this.store.rows) if (!keys.has(key)) this.remove(key);
  }

  remove(key: string, version?: unknown): void {
    const before = this.#held.size;
    this.#held.delete(key);
    const row = this.store.remove(key, version);
    if (row) this.#sayRemoved(row);
    this.#sayHeld(before);
    this.#inside.changed();
  }

  clear(): void {
    const before = this.#held.size;
    this.#held.clear();
    for (const row of this.store.clear()) this.#sayRemoved(row);
    this.#sayHeld(before);
    this.#inside.changed();
  }

  /** Shows what is held back. */
  release(): void {
    const rows = [...this.#held.values()];
    if (rows.length === 0) return;
    this.#held.clear();
    for (const row of rows) this.#put(row);
    this.trim();
    this.#sayHeld(rows.length);
    this.#inside.changed();
  }

  trim(): void {
    for (const row of this.store.trim()) this.#sayRemoved(row);
  }

  /** What would not be shown need not be kept: somebody may read for hours. */
  #trimHeld(): void {
    if (this.#held.size === 0) return;
    const kept = new Set(this.store.survivors([...this.#held.values()]));
    for (const [key, row] of this.#held) {
      if (kept.has(row)) continue;
      this.#held.delete(key);
      // As with a row that the limit removes: an older version that comes late is not news.
      this.store.remove(key, this.#versionOf(row.item));
    }
  }

  #put(row: Row): void {
    const change = this.store.put(row);
    if (change === 'updated') this.#inside.emit(new PusherItemUpdatedEvent(row.key, row.item));
    else if (change === 'added') {
      this.#inside.emit(new PusherItemAddedEvent(row.key, row.item));
      this.#inside.added();
    }
  }

  #removeItem(item: unknown): void {
    const key = typeof item === 'string' || typeof item === 'number' ? String(item) : this.#keyOf(item);
    if (key !== undefined) this.remove(key, this.#versionOf(item));
  }

  #versionOf(item: unknown): unknown {
    const { versionPath } = this.#list;
    return versionPath ? readPath(item, versionPath) : undefined;
  }

  #keyOf(item: unknown): string | undefined {
    if (this.#list.keyFn) return this.#list.keyFn(item);
    const key = readPath(item, this.#list.itemKey);
    return typeof key === 'string' || typeof key === 'number' ? String(key) : undefined;
  }

  #sayRemoved({ key, item }: Row): void {
    this.#inside.emit(new PusherItemRemovedEvent(key, item));
  }

  #sayHeld(before: number): void {
    if (this.#held.size !== before) this.#inside.emit(new PusherHeldEvent(this.#held.size));
  }
}
