/** Where the template of a widget is, in markup that content systems have been at (elements.md §4.1, §4.2 rule 2). */

/** Elements that have templates of their own; what is inside them is theirs. */
const owners = new Set(['pusher-list', 'pusher-value', 'pusher-presence', 'pusher-toasts']);

/** On an element: it is what would be inside a `<template>`. */
const marker = 'data-pe-template';

/**
 * The first template that belongs to `host`, wherever editors have moved it inside. Where a filter lets no `<template>`
 * through, the element with `data-pe-template` becomes one.
 */
export function findTemplate(host: Element): HTMLTemplateElement | undefined {
  const found = [...host.querySelectorAll(`template, [${marker}]`)].find((element) => isOwned(element, host));
  if (!found || found.localName === 'template') return found as HTMLTemplateElement | undefined;
  const template = host.ownerDocument.createElement('template');
  found.replaceWith(template);
  found.removeAttribute(marker);
  template.content.append(found);
  return template;
}

/** What to do where there is no template. */
export const explainAbsence = (host: Element): string =>
  `it has no <template>, so nothing is shown. ${
    host.closest('p')
      ? 'It is in a <p>, which ends where a list or a table begins: put it outside of paragraphs.'
      : 'Put <template><li data-pe-text="…"></li></template> into it.'
  }`;

/** Whether `host` is the nearest element around `element` that has a template. */
export function isOwned(element: Element, host: Element): boolean {
  let at = element.parentElement;
  while (at && at !== host && !owners.has(at.localName)) at = at.parentElement;
  return at === host;
}

/** What is in a template. A parser puts it into `content`, a framework that makes its elements one by one does not. */
export const contentOf = (template: HTMLTemplateElement): DocumentFragment | HTMLTemplateElement =>
  template.content.hasChildNodes() ? template.content : template;

/** The elements that a template stands for, without the paragraphs and breaks that editors add. */
export function rootsOf(template: HTMLTemplateElement): Element[] {
  const roots = [...contentOf(template).children].filter((element) => !isLeftover(element));
  const [first] = roots;
  // An editor puts a paragraph around what it takes for text.
  if (roots.length === 1 && first?.localName === 'p' && first.attributes.length === 0 && !hasText(first)) {
    const inner = [...first.children].filter((element) => !isLeftover(element));
    if (inner.length === 1) return inner;
  }
  return roots;
}

const isLeftover = (element: Element): boolean =>
  element.localName === 'br' ||
  (element.localName === 'p' &&
    element.attributes.length === 0 &&
    !element.firstElementChild &&
    !hasText(element));

export const hasText = (element: ParentNode & Node): boolean =>
  [...element.childNodes].some(
    ({ nodeType, nodeValue }) => nodeType === Node.TEXT_NODE && (nodeValue ?? '').trim() !== '',
  );
