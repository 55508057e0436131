/**
 * What a page permits its elements, whoever wrote their tags: an author who may write no script can still write
 * attributes (elements.md rules 19 and 21).
 */
import { warnOnce } from './dev-warning.js';
import { findSecret } from './secrets.js';

/** What a site can restrict. */
export type SiteRule = 'channels' | 'elements';

const restriction = 'meta[name="pusher-allow"]';

/**
 * The names that the head of the page lists, each for itself or, with `*` at its end, for all that begin so:
 * `<meta name="pusher-allow" content="channels=news-*,prices elements=value,list">`. Undefined: no restriction.
 * With several such tags, each has to be obeyed.
 */
function listsOf(document: Document, rule: SiteRule): string[][] {
  return [...document.head.querySelectorAll<HTMLMetaElement>(restriction)].flatMap((meta) => {
    let list: string[] | undefined;
    let current: string | undefined;
    for (const word of meta.content.split(/[\s,]+/)) {
      const [, key, first] = /^(channels|elements)=(.*)$/.exec(word) ?? [];
      current = key ?? current;
      if (current === rule) (list ??= []).push(first ?? word);
    }
    return list ? [list] : [];
  });
}

const covers = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

/** Whether the head of the page lets `name` be used; without a list, `unlisted` is the answer. */
export function permits(document: Document, rule: SiteRule, name: string, unlisted = true): boolean {
  const lists = listsOf(document, rule);
  return lists.length > 0 ? lists.every((list) => list.some((pattern) => covers(pattern, name))) : unlisted;
}

/** Whether an element may use a channel; where not, it is told why, once. */
export function isAllowed(element: Element, channel: string): boolean {
  const { ownerDocument: document, localName } = element;
  const secret = findSecret(element);
  if (!secret && !document.head.querySelector(restriction)) return true; // as on most pages
  const problem = secret
    ? `The attribute ${secret} publishes the secret of the app. Remove it, and make a new secret`
    : !permits(document, 'channels', channel)
      ? `The channel "${channel}" is not among the channels of <meta name="pusher-allow">. Add it there, or use another`
      : !permits(document, 'elements', localName.replace(/^pusher-/, ''))
        ? 'This element is not among the elements of <meta name="pusher-allow">. Add it there, or remove it'
        : '';
  if (problem) warnOnce(element, `${problem}; until then it receives nothing.`);
  return !problem;
}
