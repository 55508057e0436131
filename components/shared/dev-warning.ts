/** Messages for the person who writes the page: which element, what is wrong, what to do. Each once. */

const said = new WeakMap<Element, Set<string>>();

/** The attributes that tell one element of a page from another. */
const identifying = ['id', 'app-key', 'name', 'connection', 'channel'];

/** The opening tag of an element, as its author would recognize it. */
export function describeElement(element: Element): string {
  const attributes = identifying.flatMap((name) => {
    const value = element.getAttribute(name) ?? element.getAttribute(`data-${name}`);
    return value ? [` ${name}="${value}"`] : [];
  });
  return `<${element.localName}${attributes.join('')}>`;
}

/** Warns about an element, unless this has been said about it before. */
export function warnOnce(element: Element, message: string): void {
  const messages = said.get(element) ?? new Set<string>();
  if (messages.has(message)) return;
  said.set(element, messages.add(message));
  // The element is passed along, so that the console can show it in the page.
  console.warn(`[pusher-elements] ${describeElement(element)}: ${message}`, element);
}
