/** What markup says about authorization besides plain properties: additions by name, and which endpoints it may name. */
import { warnOnce } from './dev-warning.js';

/** The values of `auth-param-<name>` (or `auth-header-<name>`) as they are now. Plain ones win over `data-` ones. */
export function namedAdditions(element: Element, kind: 'param' | 'header'): Record<string, string> {
  // Without a prototype, so that no name can be one of its own.
  const values = Object.create(null) as Record<string, string>;
  for (const prefix of [`data-auth-${kind}-`, `auth-${kind}-`])
    for (const { name, value } of element.attributes)
      if (name.startsWith(prefix) && name !== prefix) values[name.slice(prefix.length)] = value;
  return values;
}

/** An endpoint that a property holds; undefined for none, and for one of markup that markup may not name. */
export function endpointOf(element: Element, attribute: string, endpoint: string): string | undefined {
  if (!endpoint) return undefined;
  const written = [element.getAttribute(attribute), element.getAttribute(`data-${attribute}`)];
  // What a script has set is the page's own word.
  if (!written.some((value) => value?.trim() === endpoint)) return endpoint;
  return allowedEndpoint(element, attribute, endpoint);
}

/**
 * An endpoint out of markup, if it is of the page's own origin or of one that the head of the page lists: who
 * may write a tag into a page may not thereby send its users' credentials elsewhere (elements.md rule 20).
 */
export function allowedEndpoint(element: Element, name: string, endpoint: string): string | undefined {
  const origin = originOf(endpoint, element.baseURI);
  if (origin !== undefined && allowedOrigins(element.ownerDocument).includes(origin)) return endpoint;
  warnOnce(
    element,
    `${name}="${endpoint}" is on another origin than the page and is ignored. Put ` +
      `<meta name="pusher-auth-origins" content="${origin ?? 'https://auth.example'}"> into the head of the page, ` +
      'or set the property by script.',
  );
  return undefined;
}

function allowedOrigins(document: Document): (string | undefined)[] {
  const metas = document.head.querySelectorAll('meta[name="pusher-auth-origins"]');
  const listed = [...metas].flatMap((meta) => meta.getAttribute('content')?.split(/[\s,]+/) ?? []);
  const { defaultView: view } = document;
  return [view?.origin, view?.location.origin, ...listed.map((origin) => originOf(origin))];
}

/** The origin of an http address; undefined for anything else, such as a script in the address itself. */
function originOf(address: string, base?: string): string | undefined {
  try {
    const { origin, protocol } = new URL(address, base);
    return protocol === 'http:' || protocol === 'https:' ? origin : undefined;
  } catch {
    return undefined;
  }
}
