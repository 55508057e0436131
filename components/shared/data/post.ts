/** Sends fields to the page's own server, as a form would, with the id of the connection. */
import { csrfHeader } from '../../../src/index.js';
import { warnOnce } from '../dev-warning.js';
import { ownAddress } from '../own-origin.js';
import { isAllowed, permits } from '../site-rules.js';

/** Milliseconds that an answer may take. */
const deadline = 30_000;

/** As forms encode it; what is not a text in it, as JSON. */
function encode(data: unknown): URLSearchParams {
  const body = new URLSearchParams();
  const fields = typeof data === 'object' && data !== null ? data : { data };
  for (const [name, value] of Object.entries(fields) as [string, unknown][])
    for (const item of [value ?? ''].flat())
      body.append(name, typeof item === 'string' ? item : JSON.stringify(item));
  return body;
}

/**
 * Resolves with the status of the answer; rejects where there is none. The browser itself refuses another origin
 * than the page's, also as the goal of a redirect.
 */
export async function post(
  url: URL,
  data: unknown,
  socketId: string | undefined,
  signal: AbortSignal,
): Promise<number> {
  const body = encode(data);
  if (socketId !== undefined) body.set('socket_id', socketId);
  const { status } = await fetch(url, {
    method: 'POST',
    mode: 'same-origin',
    headers: { accept: 'application/json', ...csrfHeader(url.href) },
    body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(deadline)]),
  });
  return status;
}

/** The address that `post-url` may be used as; undefined where it may not (elements.md rule 19). */
export function postAddress(
  host: Element & { readonly postUrl: string; readonly channel: string },
): URL | undefined {
  const { ownerDocument: document, postUrl, channel } = host;
  const url = ownAddress(host, postUrl);
  if (!url)
    warnOnce(
      host,
      `post-url="${postUrl}" is not an address of the page's own origin and is ignored. Let your server pass it on.`,
    );
  const mayUse = channel ? isAllowed(host, channel) : permits(document, 'elements', 'trigger');
  return mayUse ? url : undefined;
}
