/** Authorization over `fetch`: a form-encoded POST (seed O-08). */
import { sendRequest } from '../fetch.js';
import { AuthorizationError } from './authorization.js';
import type { AuthorizationRequest } from './authorization.js';

/** Form encoding in insertion order, with `%20` for a space, as pusher-js writes it (protocol.md §8). */
export function encodeForm(params: Readonly<Record<string, string>>): string {
  return Object.entries(params)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

/** What a request says, as text: the same text, the same answer. */
export const describeRequest = ({ url, params, headers, credentials }: AuthorizationRequest): string =>
  JSON.stringify([url, encodeForm(params), headers, credentials]);

/** One set of headers; later ones win, however their names are written. */
export function mergeHeaders(...sets: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const [name, value] of sets.flatMap((set) => Object.entries(set))) {
    const same = Object.keys(merged).find((other) => other.toLowerCase() === name.toLowerCase());
    merged[same ?? name] = value;
  }
  return merged;
}

/** What came back: the status, and the decoded body. */
export interface FetchedAnswer {
  readonly status: number;
  readonly value: unknown;
}

/** Makes the request. Rejects with an `AuthorizationError`; 200 and 201 are successes (requirements §3 row 15). */
export async function fetchAnswer(
  request: AuthorizationRequest,
  signal: AbortSignal,
): Promise<FetchedAnswer> {
  const { url, params, headers, credentials } = request;
  let response: Response;
  let text: string;
  try {
    response = await sendRequest(url, {
      method: 'POST',
      headers: mergeHeaders(
        { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
        headers,
      ),
      body: encodeForm(params),
      credentials,
      signal,
    });
    text = await response.text();
  } catch (cause) {
    signal.throwIfAborted();
    throw new AuthorizationError(`The authorization endpoint "${url}" could not be reached.`, {
      status: 0,
      isRetryable: true,
      cause,
      remediation: 'Check the address, and for another origin its CORS headers.',
    });
  }
  const { status } = response;
  if (status !== 200 && status !== 201)
    throw new AuthorizationError(`The authorization endpoint answered with status ${String(status)}.`, {
      status,
      isRetryable: status >= 500 || status === 429,
      ...(status === 403
        ? { remediation: 'It refuses this user or this channel: check what it decides by.' }
        : undefined),
    });
  try {
    return { status, value: JSON.parse(text) as unknown };
  } catch (cause) {
    const isPage = /^\s*</.test(text);
    throw new AuthorizationError(
      `The authorization endpoint answered with ${isPage ? 'a web page' : 'something that is not JSON'}.`,
      {
        status,
        cause,
        remediation: isPage
          ? 'It may have redirected to a login page: check the session, and that the address is right.'
          : 'It has to answer with the JSON object that a Pusher server library makes.',
      },
    );
  }
}
