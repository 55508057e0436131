/** Addresses that an author of markup may have asked for: those of the page's own origin (elements.md rule 19). */

/** The address, if it is of http(s) and of the page's own origin. */
export function ownAddress(element: Element, address: string): URL | undefined {
  try {
    const url = new URL(address, element.baseURI);
    // That of the window, because a sandboxed page has none of its own, whatever its address says.
    const { origin } = element.ownerDocument.defaultView ?? {};
    return /^https?:$/.test(url.protocol) && url.origin === origin ? url : undefined;
  } catch {
    return undefined;
  }
}
