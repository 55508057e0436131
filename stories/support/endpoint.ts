/**
 * The page's own server in a story, as far as signatures go. It answers `fetch` for a path of its own, so that
 * the elements make the requests that they would make anywhere; every other request goes its way.
 */
import { channelSecret } from './sealing.js';

/** What an endpoint was asked. */
export interface EndpointRequest {
  readonly socketId: string;
  readonly channel: string;
  readonly headers: Headers;
}

const endpoints = new Map<string, StoryEndpoint>();

async function fetchWithEndpoints(
  fetchElsewhere: typeof fetch,
  input: RequestInfo | URL,
  init?: RequestInit,
): Promise<Response> {
  const endpoint = typeof input === 'string' ? endpoints.get(input) : undefined;
  return endpoint ? endpoint.take(init) : fetchElsewhere(input, init);
}

/** Taken over with the first endpoint. */
function interceptFetch(): void {
  const original = globalThis.fetch.bind(globalThis);
  globalThis.fetch = (input, init) => fetchWithEndpoints(original, input, init);
}

export class StoryEndpoint {
  /** Where it is. */
  readonly path: string;
  /** How often it was asked. */
  requestCount = 0;
  /** Who we are on presence channels. */
  user = { id: 'ada', name: 'Ada' };
  /** What it does. By default it signs. */
  answer: (request: EndpointRequest) => Response | Promise<Response> = (request) => this.sign(request);
  /** Lets go what `hold()` has held. */
  release: () => void = () => undefined;
  readonly #key: string;
  #gate: Promise<void> | undefined;

  constructor(key: string) {
    this.#key = key;
    if (endpoints.size === 0) interceptFetch();
    this.path = `/story-${String(endpoints.size + 1)}/pusher/auth`;
    endpoints.set(this.path, this);
  }

  /** Answers nothing until `release()`. */
  hold(): void {
    this.#gate = new Promise((resolve) => {
      this.release = resolve;
    });
  }

  /** A signature; the server in memory has no secret and takes any. */
  sign({ channel }: EndpointRequest): Response {
    const { id, name } = this.user;
    return Response.json({
      auth: `${this.#key}:signature`,
      ...(channel.startsWith('presence-') && {
        channel_data: JSON.stringify({ user_id: id, user_info: { name } }),
      }),
      ...(channel.startsWith('private-encrypted-') && { shared_secret: channelSecret }),
    });
  }

  /** A refusal. */
  refuse(status: number): Response {
    return new Response('No.', { status });
  }

  /** A request that the elements have made. */
  async take({ body, headers }: RequestInit = {}): Promise<Response> {
    this.requestCount += 1;
    await this.#gate;
    const form = new URLSearchParams(typeof body === 'string' ? body : '');
    return this.answer({
      socketId: form.get('socket_id') ?? '',
      channel: form.get('channel_name') ?? '',
      headers: new Headers(headers),
    });
  }
}
