/**
 * Which connections a document has, and which of them is its default: the one marked `default`, else the
 * first in tree order. It says when that may have changed, so that order never matters on a page.
 */
import type { ConnectionSource } from './connection-source.js';
import { sharedRegistry } from './shared-registry.js';
import type { ConnectionDirectory } from './shared-registry.js';
import { tellAll } from './tell-all.js';

function directoryOf(document: Document): ConnectionDirectory {
  const { directories } = sharedRegistry();
  const known = directories.get(document);
  if (known) return known;
  const directory: ConnectionDirectory = { listeners: new Set(), entries: new Map() };
  directories.set(document, directory);
  return directory;
}

/** Says that a connection has arrived, left, moved, or is found by another name now. */
export function announceConnections(document: Document): void {
  tellAll(directoryOf(document).listeners);
}

/** Offers a connection to the document, until the returned function is called. */
export function offerConnection(element: Element, source: ConnectionSource): () => void {
  const document = element.ownerDocument;
  const { entries } = directoryOf(document);
  entries.set(element, source);
  announceConnections(document);
  return () => {
    if (entries.get(element) === source) entries.delete(element);
    announceConnections(document);
  };
}

/** What `element` offers, if it is a connection in its document. */
export function connectionOf(element: Element): ConnectionSource | undefined {
  return directoryOf(element.ownerDocument).entries.get(element);
}

/** Other elements with a connection and this id, in the same tree. */
export function connectionsWithSameId(element: Element): Element[] {
  const root = element.getRootNode();
  return [...directoryOf(element.ownerDocument).entries.keys()].filter(
    (other) => other !== element && other.id === element.id && other.getRootNode() === root,
  );
}

/** The connection for elements that name none and have none above them. */
export function defaultConnection(document: Document): ConnectionSource | undefined {
  const elements = [...directoryOf(document).entries.keys()];
  const marked = elements.filter(isMarkedDefault);
  const first = (marked.length > 0 ? marked : elements).reduce<Element | undefined>(
    (best, element) => (best && comesBefore(best, element) ? best : element),
    undefined,
  );
  return first && directoryOf(document).entries.get(first);
}

/**
 * Calls `listener` when a connection of the document arrives, leaves or changes, until the returned function is
 * called. A function counts once, however often it is given.
 */
export function followConnections(document: Document, listener: () => void): () => void {
  const { listeners } = directoryOf(document);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function isMarkedDefault(element: Element): boolean {
  const value = element.getAttribute('default') ?? element.getAttribute('data-default');
  return value !== null && value !== 'false' && value !== 'off';
}

/** Tree order, into shadow trees: what is inside a host comes right after it. */
function comesBefore(a: Element, b: Element): boolean {
  const [pathA, pathB] = [hostPath(a), hostPath(b)];
  for (let depth = 0; ; depth += 1) {
    const [nodeA, nodeB] = [pathA[depth], pathB[depth]];
    if (!nodeA || !nodeB) return !nodeA;
    if (nodeA === nodeB) continue;
    return (nodeA.compareDocumentPosition(nodeB) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  }
}

/** The element and the hosts around it, outermost first. */
function hostPath(element: Element): Element[] {
  const path = [element];
  for (let root = element.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode())
    path.unshift(root.host);
  return path;
}
