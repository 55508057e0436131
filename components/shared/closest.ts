/** The nearest element that matches, at this one or around it, also outside of the shadow trees that it stands in. */
export function closestAcross(element: Element, selector: string): Element | undefined {
  let at: Element | undefined = element;
  while (at) {
    const found: Element | null = at.closest(selector);
    if (found) return found;
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return undefined;
}
