/** `<div data-pusher="value" …>` becomes `<pusher-value …>`, for editors that keep no other tags (elements.md rule 10). */

/** What is not taken over: scripts, what a strict policy forbids, and headers, which are not for authors of content (rule 20). */
const leftBehind = /^(on|style$|data-pusher$|(data-)?auth-header)/;

/** Replaces `source` by the element `name`, and returns that. Attributes are copied, children are moved. */
export function upgrade(source: HTMLElement, name: string): HTMLElement {
  // Text that is being written is saved as it is; it must stay what its author wrote.
  if (source.isContentEditable) return source;
  const element = document.createElement(`pusher-${name}`);
  for (const { name: attribute, value } of source.attributes)
    if (!leftBehind.test(attribute)) element.setAttribute(attribute, value);
  if (source.style.length) element.style.cssText = source.style.cssText;
  // These editors do not keep `slot` either.
  for (const child of source.querySelectorAll<HTMLElement>(':scope > [data-slot]'))
    child.slot = child.dataset['slot'] ?? '';
  element.append(...source.childNodes);
  source.replaceWith(element);
  return element;
}
