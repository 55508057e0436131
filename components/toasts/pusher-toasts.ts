import { render } from 'lit';
import type { CSSResultGroup, PropertyValues } from 'lit';
import { announce, prepareAnnouncer } from '../shared/announcer.js';
import { obeyCommands } from '../shared/commands.js';
import type { DataEvent } from '../shared/data/data-element.js';
import { plural } from '../shared/format/plural.js';
import { writeInFrame } from '../shared/frame-scheduler.js';
import type { BindingScope } from '../shared/template/bindings.js';
import { findTemplate } from '../shared/template/find-template.js';
import { readPath } from '../shared/template/paths.js';
import { safeUrl } from '../shared/template/sinks.js';
import { WordsController } from '../shared/words/words-controller.js';
import { Attention } from './attention.js';
import { askForNotifications, notify } from './native.js';
import { renderRegion, showCards } from './region.js';
import { styles } from './pusher-toasts.styles.js';
import type { ToastCard } from './toast-card.js';
import { PusherToastClickEvent, PusherToastShowEvent } from './toast-events.js';
import { ToastQueue } from './toast-queue.js';
import { createToast } from './toast.js';
import type { FieldReader, Toast, ToastOptions } from './toast.js';
import { ToastsSettings } from './toasts-settings.js';

/** Seconds that a toast stays, and how many there are, where the page does not say. */
const defaultDuration = 8;
const defaultMax = 4;

/**
 * Short messages at an edge of the window: a toast for each event, or for each `show()`.
 *
 * A toast closes by itself after `duration`, by its button, or with Escape while it is pointed at or has the
 * focus. Time stands still while a toast is pointed at or has the keyboard's focus, and while the page is not
 * seen. Up to `max` are there at once; what comes beyond that is counted in one line, such as "12 new", whose
 * button shows the last 20 of them. Toasts never take the focus. When one that has it closes, the next one gets it,
 * or what had it before. Screen readers hear each toast, politely or, with a level of `assertive-levels`, at once.
 *
 * What an event brings is text: nothing of it is parsed as HTML, and addresses that execute are left out. A
 * `<template>` inside is the content of each toast, instead of title and text.
 *
 * Durations are seconds, as everywhere: `duration="8"`, not `duration="8000"`. Every attribute can be written
 * `data-<name>` too. A button with `command="--allow-native"` asks for the permission that `native` needs.
 *
 * @tag pusher-toasts
 * @tagname pusher-toasts
 * @status experimental
 *
 * @slot - The `<template>` of a toast. What else is inside stays where it is.
 *
 * @csspart region - What holds the toasts.
 * @csspart toast - A toast.
 * @csspart level-error - A toast of this level; so for every other level.
 * @csspart icon - Its picture, or the sign of its level.
 * @csspart title - Its title.
 * @csspart body - Its text.
 * @csspart link - Its link.
 * @csspart close - The button that closes it.
 * @csspart progress - The time that is left.
 * @csspart new - The button that says how many more there are.
 *
 * @cssprop --pusher-toasts-background - Background of a toast.
 * @cssprop --pusher-toasts-color - Colour of its text.
 * @cssprop --pusher-toasts-radius - Radius of its corners.
 * @cssprop --pusher-toasts-width - Greatest width, with the space around.
 * @cssprop --pusher-toasts-inset - Distance from the edge, to keep clear of what is there.
 * @cssprop --pusher-toasts-info - Colour of the sign of this level.
 * @cssprop --pusher-toasts-success - Colour of the sign of this level.
 * @cssprop --pusher-toasts-warning - Colour of the sign of this level.
 * @cssprop --pusher-toasts-error - Colour of the sign of this level.
 *
 * @cssstate stale - Events may be missing.
 *
 * @fires {PusherToastShowEvent} pusher-toast-show - A toast is about to be shown: change `toast`, or cancel to show none.
 * @fires {PusherToastClickEvent} pusher-toast-click - A link or a button in a toast was pressed; cancel it and the link is not followed.
 * @fires {PusherToastDismissEvent} pusher-toast-dismiss - A toast has gone, with the reason.
 */
export class PusherToastsElement extends ToastsSettings {
  static readonly tag: string = 'pusher-toasts';
  static override styles: CSSResultGroup = styles;

  readonly #words = new WordsController(this);
  readonly #queue: ToastQueue;
  readonly #attention = new Attention(() => {
    this.#pace();
  });
  #connected: AbortController | undefined;
  /** The last event, as text: the replay of a cache channel is no news. */
  #last = '';

  constructor() {
    super();
    this.#queue = new ToastQueue(this, {
      emit: (event) => this.emit(event),
      changed: () => {
        this.#changed();
      },
      pressed: (card, event) => {
        this.#pressed(card, event);
      },
    });
  }

  /**
   * Shows a toast, or changes the one with the same `id`.
   *
   * @returns Its id; undefined where a listener has cancelled it.
   */
  show(options: ToastOptions | string): string | undefined {
    const facts: ToastOptions = typeof options === 'string' ? { title: options } : options;
    return this.#take((name) => facts[name], { data: options }, facts.duration);
  }

  /** Closes a toast. */
  dismiss(id: string): void {
    this.#queue.close(id, 'script');
  }

  /** Closes all toasts. */
  clear(): void {
    for (const id of [...this.#queue.cards.keys()]) this.dismiss(id);
    this.#queue.closeHeld('script');
  }

  /**
   * Asks for the permission to show notifications of the system, for `native`. Only while a press of a button is
   * being handled; at other times it only says whether they are permitted.
   */
  allowNative(): Promise<boolean> {
    return askForNotifications();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { ownerDocument: page } = this;
    const { signal } = (this.#connected = new AbortController());
    page.addEventListener('visibilitychange', this.#pace, { signal });
    page.addEventListener('keydown', this.#keyPressed, { signal });
    page.addEventListener('pointerdown', this.#attention, { capture: true, signal });
    obeyCommands(this, { '--allow-native': () => void this.allowNative() }, signal);
    // What was to be drawn when it left was not.
    this.#changed();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connected?.abort();
    this.#pace();
    queueMicrotask(() => {
      // A move keeps the toasts; what comes back later begins anew.
      if (this.isConnected) return;
      this.#queue.dispose();
      this.#attention.reset();
    });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    prepareAnnouncer(this.ownerDocument);
    if (this.#urgentLevels.length > 0) prepareAnnouncer(this.ownerDocument, 'alert');
    if (this.channel && !this.event?.length)
      this.warn('it has no event, so no toast comes of its channel. Add event="…".');
    this.#draw();
  }

  protected override received({ name, channel, data, userId, receivedAt, isCached }: DataEvent): void {
    const text = name + JSON.stringify(data);
    const isKnown = isCached && text === this.#last;
    this.#last = text;
    if (isKnown) return;
    const paths: Readonly<Record<string, string>> = {
      id: this.dedupeKey,
      title: this.titlePath,
      body: this.bodyPath,
      href: this.hrefPath,
      level: this.levelPath,
      icon: this.iconPath,
    };
    const read = (field: string): unknown => {
      const path = paths[field];
      if (typeof data !== 'object') return field === 'title' ? data : undefined;
      return path && readPath(data, path);
    };
    this.#take(read, { data, event: name, channel, time: receivedAt, userId });
  }

  get #urgentLevels(): readonly string[] {
    return this.assertiveLevels ?? ['error'];
  }

  readonly #newText = (count: number): string =>
    plural(this, count, { other: this.#words.value.words.newItems });

  #take(
    read: FieldReader,
    scope: BindingScope,
    duration = this.duration ?? defaultDuration,
  ): string | undefined {
    const { ownerDocument: page } = this;
    const toast = createToast(read, { duration, data: scope.data, host: this });
    if (!this.emit(new PusherToastShowEvent(toast))) return undefined;
    if (!toast.title && !toast.body && !findTemplate(this)) {
      this.warn(
        `there is no text at title-path="${this.titlePath}" or body-path="${this.bodyPath}", so nothing is shown.`,
      );
      return undefined;
    }
    const isUrgent = ({ level }: Toast): boolean => this.#urgentLevels.includes(level);
    const isAssertive = isUrgent(toast);
    const before = this.#queue.cards.get(toast.id)?.text;
    const card = this.#queue.take(toast, scope, this.max ?? defaultMax, isUrgent);
    if (!card) announce(page, this.#newText, { key: this, isAssertive });
    else if (card.text !== before) {
      announce(page, card.text, { isAssertive });
      if (this.native && page.hidden)
        card.notification = notify(toast, () => {
          this.#pressed(card);
        });
    }
    this.#changed();
    return toast.id;
  }

  /** @param event Undefined: what was pressed is the notification outside the page. */
  #pressed(card: ToastCard, event?: Event): void {
    if (!this.emit(new PusherToastClickEvent(card.toast))) {
      event?.preventDefault();
      return;
    }
    const href = safeUrl(card.toast.href);
    if (href && !event) location.assign(href);
    this.#queue.close(card.toast.id, 'click');
  }

  readonly #keyPressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    const root = this.renderRoot;
    const toast = root.querySelector('.toast:focus-within') ?? root.querySelector('.toast:hover');
    if (!toast) return;
    event.preventDefault();
    const card = [...this.#queue.cards.values()].find(({ element }) => element === toast);
    if (card) this.#queue.close(card.toast.id, 'user');
    else this.#queue.closeHeld('user');
  };

  /** Lets time go on, or stand still. */
  readonly #pace = (): void => {
    const isPaused = !this.isConnected || this.ownerDocument.hidden || this.#attention.isThere;
    this.#region?.classList.toggle('paused', isPaused);
    const { clock } = this;
    for (const timer of this.#queue.timers)
      if (isPaused) timer.pause();
      else timer.run(clock);
  };

  get #region(): HTMLElement | null {
    return this.hasUpdated ? this.renderRoot.querySelector('section') : null;
  }

  #changed(): void {
    if (this.hasUpdated) writeInFrame(this, this, this.#draw);
  }

  readonly #draw = (): void => {
    if (!this.isConnected) return;
    this.#attention.keepFocus(this.renderRoot, () => {
      this.#drawToasts();
    });
    this.#pace();
  };

  #drawToasts(): void {
    const { cards, heldCount } = this.#queue;
    const { words } = this.#words.value;
    const closeLabel = this.labelClose || words.close;
    const region = renderRegion({
      classes: [...this.placement.split('-'), this.theme, ...(this.stack ? ['stack'] : [])],
      label: this.label || words.notifications,
      closeLabel,
      isShown: cards.size + heldCount > 0,
      newText: heldCount > 0 ? this.#newText(heldCount) : '',
      attention: this.#attention,
      showHeld: this.#showHeld,
      closeHeld: this.#closeHeld,
    });
    render(region, this.renderRoot);
    showCards(this.renderRoot, this.#queue, closeLabel);
  }

  readonly #showHeld = (): void => {
    this.#queue.showHeld();
  };

  readonly #closeHeld = (): void => {
    this.#queue.closeHeld('user');
  };
}
