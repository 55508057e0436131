/** Elements that seem to hold what comes after them: HTML has no self-closing tags (elements.md §4.1). */
import { warnOnce } from './dev-warning.js';

/**
 * Says so where an element ends only where its parent ends, and begins with the space behind a tag or holds
 * another element of this library. With `showsNone`, any element in it without a slot is enough.
 */
export function checkClosed(element: Element, showsNone = false): void {
  const { localName: tag, firstChild, nextSibling } = element;
  // A space at both ends is how an author may write a fallback.
  const isFollowed =
    firstChild?.nodeType === Node.TEXT_NODE && /^\s+\S(.*\S)?$/s.test(firstChild.nodeValue ?? '');
  const holdsOurs = (): boolean =>
    [...element.querySelectorAll('*')].some(({ localName }) => localName.startsWith('pusher-'));
  const isSwallowing =
    (!nextSibling && (isFollowed || (element.firstElementChild !== null && holdsOurs()))) ||
    (showsNone && [...element.children].some(({ slot }) => slot === ''));
  if (isSwallowing)
    warnOnce(
      element,
      `it holds what comes after it. Close it with </${tag}> at once: HTML knows no <${tag} />.`,
    );
}
