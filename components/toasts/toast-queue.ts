/** Which toasts are there, which are only counted, and what is said of it. Draws nothing. */
import type { BindingScope, TemplateHost } from '../shared/template/bindings.js';
import { findTemplate } from '../shared/template/find-template.js';
import { ToastCard } from './toast-card.js';
import { PusherToastDismissEvent } from './toast-events.js';
import type { ToastDismissReason } from './toast-events.js';
import { ToastTimer } from './toast-timer.js';
import type { Toast } from './toast.js';

/** How many of those that are only counted can be looked at. */
const longest = 20;

/** What only the inside of the element can do. */
export interface QueueInside {
  readonly emit: (event: Event) => boolean;
  /** There is something else to draw. */
  readonly changed: () => void;
  /** Something in a toast was pressed. */
  readonly pressed: (card: ToastCard, event: Event) => void;
}

export class ToastQueue {
  /** Those that are there, the oldest first. */
  readonly cards: Map<string, ToastCard> = new Map<string, ToastCard>();
  /** Those that go with the next drawing. */
  readonly gone: Set<ToastCard> = new Set<ToastCard>();
  readonly #host: TemplateHost;
  readonly #inside: QueueInside;
  /** Those that are only counted, as far as they can be looked at. */
  readonly #held = new Map<string, readonly [Toast, BindingScope]>();
  #heldCount = 0;
  #heldTimer: ToastTimer | undefined;

  constructor(host: TemplateHost, inside: QueueInside) {
    this.#host = host;
    this.#inside = inside;
  }

  /** How many are only counted. */
  get heldCount(): number {
    return this.#heldCount;
  }

  get timers(): readonly ToastTimer[] {
    const timers = [...this.cards.values()].map(({ timer }) => timer);
    return this.#heldTimer ? [...timers, this.#heldTimer] : timers;
  }

  /** Takes a toast in. Returns its card; undefined where it is only counted. */
  take(
    toast: Toast,
    scope: BindingScope,
    max: number,
    isUrgent: (toast: Toast) => boolean,
  ): ToastCard | undefined {
    if (!this.cards.has(toast.id) && this.cards.size >= max) {
      // What is urgent takes the place of what is not, unless somebody is at it.
      const weaker = isUrgent(toast)
        ? [...this.cards.values()].find(
            (card) => !isUrgent(card.toast) && !card.element.matches(':focus-within'),
          )
        : undefined;
      if (weaker) this.#drop(weaker);
      const held = weaker ?? { toast, scope };
      this.#hold(held.toast, held.scope);
      if (!weaker) return undefined;
    }
    return this.#put(toast, scope);
  }

  /** Closes a toast. */
  close(id: string, reason: ToastDismissReason): void {
    const card = this.cards.get(id);
    const toast = card?.toast ?? this.#held.get(id)?.[0];
    if (!toast) return;
    if (card) this.#drop(card);
    else this.#unhold(id);
    this.#inside.emit(new PusherToastDismissEvent(toast, reason));
    this.#inside.changed();
  }

  /** Forgets those that are only counted. */
  closeHeld(reason: ToastDismissReason): void {
    const held = [...this.#held.values()];
    this.#forgetHeld();
    for (const [toast] of held) this.#inside.emit(new PusherToastDismissEvent(toast, reason));
    this.#inside.changed();
  }

  /** Shows those that are only counted. */
  showHeld(): void {
    for (const [toast, scope] of [...this.#held.values()]) this.#put(toast, scope);
    this.closeHeld('overflow');
  }

  /** Forgets everything, and says nothing of it. */
  dispose(): void {
    for (const card of [...this.cards.values(), ...this.gone]) card.dispose();
    this.cards.clear();
    this.gone.clear();
    this.#forgetHeld();
  }

  #put(toast: Toast, scope: BindingScope): ToastCard {
    const { id } = toast;
    this.#unhold(id);
    const known = this.cards.get(id);
    const card: ToastCard =
      known ??
      new ToastCard(this.#host, toast, scope, {
        close: (reason) => {
          this.close(id, reason);
        },
        press: (event) => {
          this.#inside.pressed(card, event);
        },
      });
    this.cards.set(id, card);
    card.put(toast, scope, findTemplate(this.#host));
    return card;
  }

  #hold(toast: Toast, scope: BindingScope): void {
    this.#unhold(toast.id);
    this.#heldCount += 1;
    this.#held.set(toast.id, [toast, scope]);
    const [oldest] = this.#held.values();
    if (oldest && this.#held.size > longest) {
      this.#held.delete(oldest[0].id);
      this.#inside.emit(new PusherToastDismissEvent(oldest[0], 'overflow'));
    }
    this.#heldTimer?.pause();
    this.#heldTimer = new ToastTimer(toast.duration, () => {
      this.closeHeld('timeout');
    });
  }

  #unhold(id: string): void {
    if (this.#held.delete(id)) this.#heldCount -= 1;
  }

  #forgetHeld(): void {
    this.#held.clear();
    this.#heldCount = 0;
    this.#heldTimer?.pause();
    this.#heldTimer = undefined;
  }

  #drop(card: ToastCard): void {
    card.timer.pause();
    this.cards.delete(card.toast.id);
    this.gone.add(card);
  }
}
