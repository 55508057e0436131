/** Whether a publishing request was signed with the app's secret (protocol.md §9). */
import { timingSafeEqual } from 'node:crypto';
import { hmacSha256, md5 } from './hmac.js';

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** Seconds that a timestamp may be off. */
const tolerance = 600;

/** What is signed: method, path and sorted parameters, one per line, unescaped. */
export function stringToSign({ method, path, query }: Omit<SignedRequest, 'body'>): string {
  const parameters = [...query]
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => name !== 'auth_signature')
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  return [method, path, parameters.join('&')].join('\n');
}

/** Why the request is not to be trusted; undefined when it is. `now` is in seconds. */
export function findForgery(
  request: SignedRequest,
  app: { readonly key: string; readonly secret: string },
  now: number,
): string | undefined {
  const { query, body } = request;
  if (query.get('auth_key') !== app.key) return `Unknown auth_key ${query.get('auth_key') ?? ''}`;
  if (query.get('auth_version') !== '1.0') return 'The auth_version must be 1.0';
  const timestamp = Number(query.get('auth_timestamp') ?? Number.NaN);
  if (!(Math.abs(now - timestamp) <= tolerance))
    return `Timestamp expired: ${query.get('auth_timestamp') ?? ''} is not within ${tolerance} s of ${now}`;
  if (body !== '' && query.get('body_md5') !== md5(body)) return 'The body_md5 does not match the body';
  const text = stringToSign(request);
  if (!isEqual(query.get('auth_signature') ?? '', hmacSha256(app.secret, text)))
    return `Invalid signature: you should have sent HmacSHA256Hex(${JSON.stringify(text)}, your_secret_key)`;
  return undefined;
}

function isEqual(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
