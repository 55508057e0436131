/** What `do` can be. Each says what is wrong where it cannot; none writes what executes (elements.md rule 19). */
import { systemClock } from '../../src/index.js';
import { formatValue } from '../shared/format/format.js';
import { writeInFrame } from '../shared/frame-scheduler.js';
import { ownAddress } from '../shared/own-origin.js';
import { attributeText, isThere } from '../shared/template/bindings.js';
import { isSafeAttribute, isSafeElement, safeAttributeValue } from '../shared/template/sinks.js';
import type { ReceivedEvent } from './event-events.js';
import type { EventAction, EventSettings } from './event-settings.js';
import { refetch } from './refetch.js';

/** One action: what is done, on whose behalf, to what. */
export interface Deed {
  readonly host: EventSettings;
  readonly received: ReceivedEvent;
  /** What is at `field` of the payload. */
  readonly value: unknown;
  /** The element that is acted upon; where the action needs none, the host itself. */
  readonly affected: Element;
  /** Aborted once the host has left the page. */
  readonly signal: AbortSignal;
  /** To be called when it has been done, and only then. */
  readonly done: () => void;
  readonly warn: (message: string) => void;
}

/** How long a class flashes, in milliseconds. */
const flashTime = 1000;

/** What is returned is waited for before the next action; a promise is always fulfilled. */
export const actions: Readonly<Record<EventAction, (deed: Deed) => unknown>> = {
  dispatch({ host: { dispatchAs }, received, affected, done, warn }) {
    // Without the dash it could be an event that the browser fires: scripts take those for what somebody has done.
    if (!/^(?!pusher-)[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(dispatchAs)) {
      warn(
        `dispatch-as="${dispatchAs}" cannot be the name of an event. Write small letters with a dash, as in cart-changed.`,
      );
      return;
    }
    affected.dispatchEvent(new CustomEvent(dispatchAs, { bubbles: true, composed: true, detail: received }));
    done();
  },

  text(deed) {
    const { host, value, affected, done } = deed;
    const text = formatValue(value, undefined, host);
    if (!text && value !== '') {
      warnOfNothing(deed);
      return;
    }
    writeInFrame(host, 'text', () => {
      // The host may be inside, and is not to remove itself.
      for (const node of [...affected.childNodes]) if (!node.contains(host)) node.remove();
      affected.prepend(text);
      done();
    });
  },

  class({ host, value, affected, signal, done }) {
    const { classNames = [], classMode, field } = host;
    const { classList } = affected;
    if (classMode === 'flash') {
      endFlash.get(host)?.();
      // With the next frame, so that an animation that runs begins anew.
      writeInFrame(host, 'flash', () => {
        flash(host, classList, classNames, signal);
        done();
      });
      return;
    }
    for (const name of classNames)
      if (classMode === 'toggle') classList.toggle(name, field ? isThere(value) : undefined);
      else classList[classMode](name);
    done();
  },

  attr(deed) {
    const { host, value, affected, done, warn } = deed;
    const name = host.attrName.toLowerCase();
    if (!isSafeAttribute(name, affected.localName)) {
      warn(
        `the attribute "${name}" of <${affected.localName}> cannot be written by events, so it is left as it is.`,
      );
      return;
    }
    const text = attributeText(name, value, undefined, host);
    const safe = text && safeAttributeValue(name, text);
    if (safe === undefined) {
      if (text) warn(`an address that executes is not written to the attribute "${name}".`);
      else warnOfNothing(deed);
      return;
    }
    writeInFrame(host, 'attr', () => {
      if (safe === null) affected.removeAttribute(name);
      else affected.setAttribute(name, safe);
      done();
    });
  },

  refetch,

  reload({ host, done }) {
    done();
    host.ownerDocument.defaultView?.location.reload();
  },

  scroll({ affected, done }) {
    // How it moves is decided by the page's own `scroll-behavior`.
    affected.scrollIntoView({ block: 'nearest' });
    done();
  },

  focus({ affected, done, warn }) {
    const root = affected.getRootNode() as Document | ShadowRoot;
    const writing = affected.ownerDocument.activeElement;
    // Nobody's words go on in another field.
    if (writing?.matches('input, textarea, select, [contenteditable]') && writing !== affected) return;
    (affected as HTMLElement).focus();
    if (root.activeElement === affected) done();
    else warn(`<${affected.localName}> takes no focus. Write tabindex="-1" on it.`);
  },

  submit({ affected, done, warn }) {
    const form = affected as HTMLFormElement;
    // By the attributes and the prototype, because fields can have the names of properties of the form.
    const address = form.getAttribute('action') ?? '';
    if (form.localName !== 'form' || !form.hasAttribute('data-pusher-submit'))
      warn('its target may not be submitted by events. Write data-pusher-submit on the <form>.');
    else if (address && !ownAddress(form, address))
      warn(`the form goes to another origin ("${address}"), so it is not submitted.`);
    else {
      HTMLFormElement.prototype.requestSubmit.call(form);
      done();
    }
  },

  remove({ affected, done }) {
    affected.remove();
    done();
  },

  stream(deed) {
    const { host, value: data, done } = deed;
    if (typeof data !== 'string') {
      warnOfNothing(deed);
      return;
    }
    host.dispatchEvent(new MessageEvent('message', { data }));
    done();
  },
};

/** The element to act upon; undefined, and a warning, for none and for one that may not be reached. */
export function findTarget(host: EventSettings, warn: Deed['warn']): Element | undefined {
  const { target: selector } = host;
  let found: Element | null | undefined;
  try {
    found = selector ? (host.getRootNode() as ParentNode).querySelector(selector) : host.parentElement;
  } catch {
    // Said below.
  }
  if (found && isSafeElement(found)) return found;
  warn(
    found
      ? `<${found.localName}> cannot be a target.`
      : `nothing in the page matches target="${selector}", so nothing is done.`,
  );
  return undefined;
}

function warnOfNothing({ host: { field, do: action }, received: { name }, warn }: Deed): void {
  warn(
    `the event "${name}" has no text${field ? ` at field="${field}"` : ''}, so do="${action}" does nothing. ` +
      'Write field="…" with the path to one.',
  );
}

/** Ends what flashes on behalf of an element. */
const endFlash = new WeakMap<Element, () => void>();

function flash(host: Element, classes: DOMTokenList, names: readonly string[], signal: AbortSignal): void {
  classes.add(...names);
  const end = (): void => {
    systemClock.clearTimeout(timer);
    signal.removeEventListener('abort', end);
    endFlash.delete(host);
    classes.remove(...names);
  };
  const timer = systemClock.setTimeout(end, flashTime);
  signal.addEventListener('abort', end);
  endFlash.set(host, end);
}
