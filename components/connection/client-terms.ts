/**
 * What two connection elements have to say alike, besides what makes a client another one, before they use one
 * together (elements.md rule 25). Functions are alike where they are the same; everything else by what it says.
 */
import { isFromMarkup } from '../shared/attributes.js';
import { namedAdditions } from '../shared/auth-attributes.js';
import { byReference } from './client-options.js';
import type { ConnectionSettings } from './connection-settings.js';

export function sharingTerms(element: ConnectionSettings): readonly unknown[] {
  const { options } = element;
  return flatten([
    element.authEndpoint,
    element.authTransport,
    element.authParams,
    element.authHeaders,
    element.authCredentials,
    element.userAuthEndpoint,
    element.signsIn,
    // Markup may name fewer endpoints than a script, so it counts who has said it.
    ...['auth-endpoint', 'user-auth-endpoint'].flatMap((name) => [
      element.getAttribute(name),
      element.getAttribute(`data-${name}`),
    ]),
    options && isFromMarkup(options),
    namedAdditions(element, 'param'),
    namedAdditions(element, 'header'),
    element.unavailableTimeout,
    element.unavailableRetryDelay,
    element.connectTimeout,
    element.activityTimeout,
    element.pongTimeout,
    element.reachability,
    element.idleDisconnect,
    element.hiddenDisconnect,
    // The others identify the client already.
    Object.entries(options ?? {}).filter(([name]) => !byReference.includes(name)),
  ]);
}

/** Calls `changed` when an addition is written into the markup, which no property tells of, until `signal` aborts. */
export function watchAdditions(element: Element, changed: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver((records) => {
    if (records.some(({ attributeName }) => /^(data-)?auth-(param|header)-/.test(attributeName ?? '')))
      changed();
  });
  observer.observe(element, { attributes: true });
  signal.addEventListener('abort', () => {
    observer.disconnect();
  });
}

/** A list of everything that is in a value, so that two values can be compared one by one. */
function flatten(value: unknown, within: readonly object[] = []): unknown[] {
  if (!isPlain(value) || within.includes(value)) return [value];
  const inside = [...within, value];
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return ['{', ...entries.flatMap(([name, entry]) => [name, ...flatten(entry, inside)]), '}'];
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || prototype === Array.prototype;
}
