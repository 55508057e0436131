/** The buttons and fields of a page that a `<pusher-trigger>` works with. */

const buttons = 'button,[role=button],input:is([type=submit],[type=image],[type=button])';
const fields = 'input,select,textarea,[contenteditable]';
export const controls: string = `${buttons},${fields}`;

const isField = (element: Element): boolean => element.matches(fields) && !element.matches(buttons);

/** When it sends, and the DOM event of that; for `focus` and `blur` those that bubble. */
const domEvents = {
  submit: 'submit',
  click: 'click',
  input: 'input',
  change: 'change',
  focus: 'focusin',
  blur: 'focusout',
};
export type TriggerTime = '' | keyof typeof domEvents;

/** The DOM events to listen to. */
export const eventsOf = (trigger: TriggerTime): string[] =>
  trigger ? [domEvents[trigger]] : ['submit', 'click', 'input'];

/** What a DOM event is about. */
export interface Cause {
  /** The form, or the button or field where there is none. */
  readonly source: Element;
  /** Whether the browser would submit a form. */
  readonly isSubmission: boolean;
}

/** What an event in `scope` is about; undefined where it sends nothing. */
export function causeOf(event: Event, scope: Element, trigger: TriggerTime): Cause | undefined {
  const { target, type } = event;
  if (!(target instanceof Element) || !scope.contains(target)) return undefined;
  const isSubmit = type === 'submit';
  const control = isSubmit ? target : (target.closest(controls) ?? scope);
  if (!scope.contains(control)) return undefined;
  const form = isSubmit ? (control as HTMLFormElement) : formOf(scope);
  const isButton = control.matches(buttons);
  const wanted = trigger || (form ? 'submit' : isField(control) ? 'input' : 'click');
  if (type !== domEvents[wanted]) return undefined;
  // In something larger than what sends, a click is one on a button.
  const isAnywhere =
    control === event.currentTarget || (type === 'click' && !isButton && (form ?? control !== scope));
  if (isAnywhere) return undefined;
  return {
    source: form ?? control,
    isSubmission: isSubmit || (type === 'click' && isButton && form?.contains(control) === true),
  };
}

/** The form that is an element, or is in it. */
export function formOf(scope: Element | null): HTMLFormElement | undefined {
  return scope instanceof HTMLFormElement ? scope : (scope?.querySelector('form') ?? undefined);
}

/** The buttons that send: in a form those that submit it. */
function sendingButtons(scope: Element): Element[] {
  const found = scope.matches(buttons) ? [scope] : [...scope.querySelectorAll(buttons)];
  return formOf(scope)
    ? found.filter((button) => !/^(button|reset)$/.test(button.getAttribute('type') ?? ''))
    : found;
}

/** Marks a button that is disabled by an element, and not by its page. */
const mark = 'data-pusher-disabled';
/** Buttons whose mark somebody will take away. */
const tended = new WeakSet<Element>();

/** Buttons that are disabled for a while; they keep the focus, and a name that says so. */
export class DisabledButtons {
  readonly #marked = new Set<Element>();

  /** Disables the buttons of an element, or enables them, and those that were disabled before elsewhere. */
  show(scope: Element | null, isDisabled: boolean): void {
    if (scope) this.#adopt(scope);
    const found = scope && isDisabled ? sendingButtons(scope) : [];
    for (const button of this.#marked)
      if (!found.includes(button)) {
        button.removeAttribute('aria-disabled');
        button.removeAttribute(mark);
        tended.delete(button);
        this.#marked.delete(button);
      }
    for (const button of found)
      // Those of the page's own are left alone.
      if (!button.hasAttribute('aria-disabled')) {
        button.setAttribute('aria-disabled', 'true');
        button.setAttribute(mark, '');
        tended.add(button);
        this.#marked.add(button);
      }
  }

  /** A copy of the page, as soft navigation keeps it, has marks whose maker is gone. */
  #adopt(scope: Element): void {
    for (const button of [scope, ...scope.querySelectorAll(`[${mark}]`)]) {
      if (!button.hasAttribute(mark) || tended.has(button)) continue;
      tended.add(button);
      this.#marked.add(button);
    }
  }
}

/** What to tell the author of a page who has forgotten the form or the button; undefined where it is there. */
export function explainAbsence(id: string, scope: Element | null): string | undefined {
  if (id)
    return scope
      ? undefined
      : `nothing here has the id "${id}". Give it to a form, button or field, or correct for="…".`;
  return scope?.querySelector(`form,${controls}`)
    ? undefined
    : 'there is no form, button or field in it. Put one inside, or name one with for="…".';
}
