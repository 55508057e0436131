/** A page out of Turbo's cache, shown until the real one arrives: nothing may connect in it (elements.md rule 16). */

const attribute = 'data-turbo-preview';

export function isPreview(document: Document): boolean {
  return document.documentElement.hasAttribute(attribute);
}

/** Calls `ended` when the page is no longer a preview, until `signal` aborts. */
export function whenPreviewEnds(document: Document, ended: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(() => {
    if (!isPreview(document)) ended();
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: [attribute] });
  signal.addEventListener('abort', () => {
    observer.disconnect();
  });
}
