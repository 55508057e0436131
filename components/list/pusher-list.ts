import { html, nothing, render } from 'lit';
import type { CSSResultGroup, PropertyValues } from 'lit';
import { announce, prepareAnnouncer } from '../shared/announcer.js';
import type { DataEvent } from '../shared/data/data-element.js';
import { SnapshotLoader } from '../shared/data/snapshot.js';
import { plural } from '../shared/format/plural.js';
import { writeInFrame } from '../shared/frame-scheduler.js';
import { explainAbsence, findTemplate } from '../shared/template/find-template.js';
import { readPath } from '../shared/template/paths.js';
import { WordsController } from '../shared/words/words-controller.js';
import { isBeingRead, watchReader } from './hold.js';
import { ListChanges } from './list-changes.js';
import type { Operation } from './list-changes.js';
import { PusherSyncedEvent } from './list-events.js';
import { ListRows } from './list-rows.js';
import { ListSettings } from './list-settings.js';
import { styles } from './pusher-list.styles.js';

/**
 * A list of rows that events add, change and remove: orders, messages, log lines.
 *
 * Each item has a key (`item-key`), and becomes one row made of the `<template>` inside, in the place where the
 * template is, so lists and tables stay valid; `container` on the template names another place inside. Rows that
 * are there already and carry `data-pe-key` are taken over. With `snapshot-url` the list is read from the site's
 * own server once it is subscribed, and again after a gap; events that come meanwhile are kept and merged by
 * key and version. Rows are written once per frame.
 *
 * What an item brings is text: nothing of it is parsed as HTML, and addresses that execute are left out.
 *
 * Every attribute can be written `data-<name>` too.
 *
 * @tag pusher-list
 * @tagname pusher-list
 * @status experimental
 *
 * @slot - The `<template>` of a row, with whatever is around it, and rows rendered by the server. Where a filter removes
 *   `<template>`, `data-pe-template` on the row itself.
 * @slot empty - Shown while there is no row.
 * @slot loading - Shown while the snapshot is read for the first time.
 * @slot new - Replaces the text on the button that shows new rows which are held back.
 *
 * @csspart new - That button.
 *
 * @cssprop --pusher-list-new-background - Background of that button.
 * @cssprop --pusher-list-new-color - Colour of its text.
 *
 * @cssstate empty - There is no row.
 * @cssstate loading - The snapshot is being read.
 * @cssstate held - New rows are held back.
 * @cssstate stale - Rows may be out of date.
 *
 * @fires {PusherBeforeRenderEvent} pusher-before-render - Items are about to be taken in: change `items`, or cancel to leave them out.
 * @fires {PusherItemAddedEvent} pusher-item-added - A row was added.
 * @fires {PusherItemUpdatedEvent} pusher-item-updated - The data of a row changed.
 * @fires {PusherItemRemovedEvent} pusher-item-removed - A row was removed.
 * @fires {PusherHeldEvent} pusher-held - The number of new rows that are held back has changed.
 * @fires {PusherSyncedEvent} pusher-synced - The snapshot was taken in.
 */
export class PusherListElement extends ListSettings {
  static readonly tag: string = 'pusher-list';
  static override styles: CSSResultGroup = styles;

  /** The key of an item, instead of `item-key`. Undefined: none, and the item is left out. */
  declare keyFn: ((item: unknown) => string | undefined) | undefined;
  /** Makes nodes of HTML for `data-pe-html`. Without it no payload is HTML. */
  declare sanitizer: ((html: string) => Node) | undefined;

  readonly #words = new WordsController(this);
  readonly #changes: ListChanges;
  readonly #snapshot: SnapshotLoader;
  /** What came in while the snapshot was on its way. */
  #buffer: (() => void)[] = [];
  #rows: ListRows | undefined;
  #reader: AbortController | undefined;
  #hasLoaded = false;

  constructor() {
    super();
    this.#changes = new ListChanges(this, {
      emit: (event) => this.emit(event),
      warn: (message) => {
        this.warn(message);
      },
      isBusy: () => this.hold && isBeingRead(this, this.insert),
      changed: () => {
        this.#changed();
      },
      added: () => {
        if (this.announce && this.#hasLoaded) announce(this.ownerDocument, this.#newText, { key: this });
      },
    });
    this.#snapshot = new SnapshotLoader(this, {
      loaded: (data) => {
        this.#merge(data);
      },
      failed: () => {
        this.#replay();
      },
    });
  }

  /** The items, in the order of the rows; undefined for rows of the server that no event has changed. */
  get items(): unknown[] {
    return this.#changes.store.rows.map(({ item }) => item);
  }

  /** How many rows there are. */
  get length(): number {
    return this.#changes.store.size;
  }

  /** How many new rows are held back. */
  get pending(): number {
    return this.#changes.heldCount;
  }

  /** Adds an item, or changes the one with its key. */
  add(item: unknown): void {
    this.#changes.apply('put', [item]);
  }

  /** Changes the item with the same key, if it is there. (`update` is what the base class draws with.) */
  set(item: unknown): void {
    this.#changes.apply('set', [item]);
  }

  /** Removes the row with this key; without one, the list itself from the page, as every element does. */
  override remove(key?: string): void {
    if (key === undefined) super.remove();
    else this.#changes.remove(key);
  }

  /** Removes all rows. */
  clear(): void {
    this.#changes.clear();
  }

  /** Shows what is held back. */
  release(): void {
    this.#changes.release();
  }

  /** Reads the snapshot again. */
  resync(): void {
    this.#load(false);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#reader = new AbortController();
    watchReader(
      this,
      () => {
        if (!this.hold || !isBeingRead(this, this.insert)) this.release();
      },
      this.#reader.signal,
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#reader?.abort();
    this.#snapshot.stop();
    this.#replay();
  }

  protected override get eventNames(): readonly string[] {
    return [...(this.event ?? []), ...(this.updateEvent ?? []), ...(this.removeEvent ?? [])];
  }

  protected override updated(changed: PropertyValues): void {
    const isFirst = !this.#rows;
    if (isFirst) this.#begin();
    super.updated(changed);
    if (this.announce) prepareAnnouncer(this.ownerDocument);
    if (changed.has('snapshotUrl') && (!isFirst || this.eventNames.length === 0)) this.#load(false);
    if (changed.has('sort') || changed.has('limit')) {
      this.#changes.store.reorder();
      this.#changes.trim();
    }
    // The slots at once, so that what is inside never disappears; the rest with the next frame.
    if (isFirst) this.#draw();
    this.#changed();
  }

  protected override received({ name, channel, data, userId, receivedAt }: DataEvent): void {
    const payload = readPath(data, this.itemsPath);
    const items: readonly unknown[] = Array.isArray(payload) ? payload : [payload];
    const operation: Operation = this.removeEvent?.includes(name)
      ? 'remove'
      : this.updateEvent?.includes(name)
        ? 'set'
        : 'put';
    const scope = { event: name, channel, time: receivedAt, userId };
    if (this.#snapshot.isLoading)
      this.#buffer.push(() => {
        this.#changes.apply(operation, items, scope);
      });
    else this.#changes.apply(operation, items, scope);
  }

  protected override subscribed({ isResumed }: { readonly isResumed: boolean }): void {
    if (!isResumed) this.#load(false);
  }

  protected override missed(): void {
    if (this.#resyncsOn('gap')) this.#load(true);
  }

  protected override cacheMissed(): void {
    if (this.#resyncsOn('cache-miss')) this.#load(false);
  }

  get #isEmpty(): boolean {
    return this.length === 0 && !this.#snapshot.isLoading;
  }

  #resyncsOn(reason: string): boolean {
    return this.resyncOn?.includes(reason) ?? true;
  }

  #begin(): void {
    this.#hasLoaded = !this.snapshotUrl;
    const template = findTemplate(this);
    if (!template) this.warn(explainAbsence(this));
    this.#rows = new ListRows(this, template ?? this.ownerDocument.createElement('template'));
    this.#changes.adopt(this.#rows.adopt());
  }

  #load(isJittered: boolean): void {
    if (!this.snapshotUrl) return;
    const since = this.sinceParam ? this.#changes.store.newest() : undefined;
    this.#snapshot.load({
      url: this.snapshotUrl,
      path: this.snapshotPath,
      isJittered,
      params: since === undefined ? {} : { [this.sinceParam]: since },
    });
    this.#changed();
  }

  /** The snapshot is the truth of its moment; what came in meanwhile is newer, or says by its version that it is not. */
  #merge(data: unknown): void {
    const found = Array.isArray(data) ? (data as unknown[]) : [];
    if (!Array.isArray(data))
      this.warn(
        `snapshot-url="${this.snapshotUrl}" has no list${this.snapshotPath ? ` at "${this.snapshotPath}"` : ''}.`,
      );
    else if (!this.sinceParam || this.length === 0) this.#changes.replace(found);
    this.#changes.apply('put', found, { time: this.freshen() }, true);
    this.#replay();
    this.emit(new PusherSyncedEvent(this.length));
  }

  #replay(): void {
    this.#hasLoaded = true;
    for (const apply of this.#buffer.splice(0)) apply();
    this.#changed();
  }

  readonly #newText = (count: number): string =>
    plural(this, count, { other: this.#words.value.words.newItems });

  #changed(): void {
    this.#showFacts();
    writeInFrame(this, this, () => {
      // What was added before it was on the page is shown once it is.
      if (!this.#rows) return;
      const { store } = this.#changes;
      const replaced = store.takeReplaced();
      if (replaced) this.#rows.update(replaced);
      else this.#rows.show(store.rows);
      this.#draw();
    });
  }

  #showFacts(): void {
    if (!this.hasUpdated) return;
    this.writeFacts([
      ...(this.#isEmpty ? ['empty'] : []),
      ...(this.#snapshot.isLoading ? ['loading'] : []),
      ...(this.pending > 0 ? ['held'] : []),
    ]);
  }

  /** What is around the rows. */
  #draw(): void {
    render(
      html`<button part="new" type="button" ?hidden=${this.pending === 0} @click=${this.#release}>
          <slot name="new">${this.pending === 0 ? nothing : this.#newText(this.pending)}</slot></button
        ><slot name="loading" ?hidden=${!this.#snapshot.isLoading || this.#hasLoaded}></slot><slot></slot
        ><slot name="empty" ?hidden=${!this.#isEmpty}></slot>`,
      this.renderRoot,
    );
  }

  readonly #release = (): void => {
    this.release();
  };
}
