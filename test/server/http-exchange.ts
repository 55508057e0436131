/** One HTTP request, read whole, and its answer. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

export interface HttpRequest {
  readonly method: string;
  /** Still percent-encoded, as signatures want it. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Far more than any request here needs; what is longer is a mistake or an attack. */
const longestBody = 4_000_000;

export async function readRequest(request: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestBody) throw new RangeError('The body of the request is too long');
    chunks.push(chunk);
  }
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

export function writeAnswer(response: ServerResponse, answer: HttpAnswer): void {
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

export function json(status: number, value: unknown): HttpAnswer {
  return { status, body: JSON.stringify(value), headers: { 'content-type': 'application/json' } };
}

/** A refusal in words, as the hosted service gives them. */
export function refusal(status: number, words: string): HttpAnswer {
  return { status, body: `${words}\n`, headers: { 'content-type': 'text/plain; charset=utf-8' } };
}

/** The answer with the headers that let a page of another origin read it. */
export function withCORS(request: HttpRequest, answer: HttpAnswer): HttpAnswer {
  const { origin } = request.headers;
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'access-control-allow-origin': origin ?? '*',
      // Cookies are only allowed for an origin that is named.
      ...(origin === undefined ? {} : { 'access-control-allow-credentials': 'true', vary: 'origin' }),
    },
  };
}

/** The answer to `OPTIONS`: whatever the page wants to send is fine. */
export function preflight(request: HttpRequest): HttpAnswer {
  const wanted = request.headers['access-control-request-headers'];
  return withCORS(request, {
    status: 204,
    body: '',
    headers: {
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': wanted ?? 'content-type',
      'access-control-max-age': '600',
    },
  });
}

/** A segment of a path, decoded; one that cannot be decoded as it is. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
