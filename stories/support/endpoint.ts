/** The page's own server in a story, as far as signatures go. */
import { answerAt } from './own-server.js';
import { Seal } from './sealing.js';

/** What an endpoint was asked. */
export interface EndpointRequest {
  readonly socketId: string;
  readonly channel: string;
  readonly headers: Headers;
}

export class StoryEndpoint {
  /** Where it is. */
  readonly path: string;
  /** How often it was asked. */
  requestCount = 0;
  /** Who we are on presence channels. */
  user = { id: 'ada', name: 'Ada' };
  /** The key of encrypted channels, which it hands out. */
  readonly seal: Seal = new Seal();
  /** What it does. By default it signs. */
  answer: (request: EndpointRequest) => Response | Promise<Response> = (request) => this.sign(request);
  /** Lets go what `hold()` has held. */
  release: () => void = () => undefined;
  readonly #key: string;
  #gate: Promise<void> | undefined;

  constructor(key: string) {
    this.#key = key;
    this.path = answerAt('pusher/auth', (init) => this.take(init));
  }

  /** Answers nothing until `release()`. */
  hold(): void {
    this.#gate = new Promise((resolve) => {
      this.release = () => {
        this.#gate = undefined;
        resolve();
      };
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
      ...(channel.startsWith('private-encrypted-') && { shared_secret: this.seal.secret }),
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
