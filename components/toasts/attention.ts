/** Whether somebody attends to the toasts, so that their time stands still; and what had the focus before them. */

export class Attention implements EventListenerObject {
  readonly #changed: () => void;
  #isPointedAt = false;
  #hasKeyboard = false;
  #region: EventTarget | null = null;
  #cameFrom: HTMLElement | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Whether a toast is pointed at, or has the focus of somebody who uses the keyboard. */
  get isThere(): boolean {
    return this.#isPointedAt || this.#hasKeyboard;
  }

  /** There are no toasts any more. */
  reset(): void {
    this.#isPointedAt = this.#hasKeyboard = false;
    this.#cameFrom = undefined;
  }

  /** For these events of the region, and for `pointerdown` of the page. */
  handleEvent(event: Event): void {
    switch (event.type) {
      case 'pointerenter':
        this.#region = event.currentTarget;
        this.#isPointedAt = true;
        break;
      case 'pointerleave':
        // A finger always leaves: there a tap stays until the next one elsewhere.
        if ((event as PointerEvent).pointerType !== 'touch') this.#isPointedAt = false;
        break;
      case 'pointerdown':
        if (this.#region && !event.composedPath().includes(this.#region)) this.#isPointedAt = false;
        break;
      case 'focusin':
        this.#focused(event as FocusEvent);
        break;
      case 'focusout':
        this.#hasKeyboard = false;
    }
    this.#changed();
  }

  /** Runs `draw`. Where what had the focus goes with it, its neighbour gets it, else what had it before. */
  keepFocus(root: ParentNode, draw: () => void): void {
    const toasts = (): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('.toast')];
    const before = toasts();
    const focused = before.find((toast) => toast.matches(':focus-within'));
    draw();
    if (!focused || focused.isConnected) return;
    this.#hasKeyboard = false;
    const place = before.filter((toast) => toast.isConnected || toast === focused).indexOf(focused);
    const after = toasts();
    const next = after[Math.min(place, after.length - 1)];
    (next?.querySelector<HTMLElement>('.close') ?? this.#cameFrom)?.focus({ preventScroll: true });
  }

  #focused(event: FocusEvent): void {
    const [target] = event.composedPath();
    // A click focuses buttons too, and then nobody need be there any more.
    this.#hasKeyboard = (target as Element).matches(':focus-visible');
    const { currentTarget, relatedTarget: from } = event;
    if (!(from instanceof HTMLElement)) return;
    const isInside = (currentTarget as Element).contains(from) || from.closest('[slot^="toast-"]');
    if (!isInside) this.#cameFrom = from;
  }
}
