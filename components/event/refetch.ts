/** `do="refetch"`: the content of a part of a page of the site becomes the content of an element here. */
import { loadPage } from '../shared/fragment.js';
import { ownAddress } from '../shared/own-origin.js';
import { isSafeElement } from '../shared/template/sinks.js';
import type { Deed } from './actions.js';

/** Fetches and swaps. Never rejects: what does not work is said to the author of the page. */
export async function refetch({ host, affected, signal, done, warn }: Deed): Promise<void> {
  const { refetchUrl } = host;
  const select = host.refetchSelect || host.target;
  const url = ownAddress(host, refetchUrl);
  if (!url) {
    warn(`refetch-url="${refetchUrl}" is on another origin than the page and is ignored.`);
    return;
  }
  try {
    const page = await loadPage(url, signal);
    if (signal.aborted) return;
    const part = select ? page.querySelector(select) : page.body;
    if (part && isSafeElement(part)) {
      swap(host, affected, part);
      done();
    } else warn(`refetch-url="${refetchUrl}" has nothing at "${select}", so the page stays as it is.`);
  } catch (error) {
    if (!signal.aborted)
      warn(`refetch-url="${refetchUrl}" could not be read (${String(error)}), so the page stays as it is.`);
  }
}

/** Replaces the content of `target` by that of `part`. The target itself stays, and so does the element that asked for it. */
function swap(host: Element, target: Element, part: Element): void {
  if (target.contains(host)) {
    // The server has written the element that is here already once more.
    const twin = [...part.querySelectorAll(host.localName)].find((element) => element.isEqualNode(host));
    if (twin) twin.replaceWith(host);
    else part.append(host);
  }
  const focus = takeFocus(target, part);
  target.replaceChildren(...part.childNodes);
  focus?.();
}

/**
 * Finds where the focus is to be afterwards: in the element with the same id, or the same name, or the same place
 * among its kind. A field that somebody is writing in stays as it is. Undefined: it is not inside, or has no such place.
 */
function takeFocus(target: Element, part: Element): (() => void) | undefined {
  const { activeElement: active } = target.getRootNode() as Document | ShadowRoot;
  if (!active || active === target || !target.contains(active)) return undefined;
  const { localName, id } = active;
  const name = active.getAttribute('name');
  const selector = id ? `#${CSS.escape(id)}` : localName + (name ? `[name="${CSS.escape(name)}"]` : '');
  const place = [...target.querySelectorAll(selector)].indexOf(active);
  const twin = [...part.querySelectorAll<HTMLInputElement>(selector)][place];
  if (!twin) return undefined;
  const field = active as HTMLInputElement;
  const isWritten = 'defaultValue' in field && field.value !== field.defaultValue;
  if (isWritten) twin.replaceWith(field);
  const next = isWritten ? field : twin;
  const { selectionStart: start, selectionEnd: end } = field;
  return () => {
    next.focus({ preventScroll: true });
    // Where there is no such thing, it is null or undefined.
    if (typeof start === 'number' && typeof next.selectionStart === 'number')
      next.setSelectionRange(start, end);
  };
}
