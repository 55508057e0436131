/** What is on its way out: waiting in the client, or a request that is not answered yet. */
import type { Channel, PusherError } from '../../src/index.js';
import { warnOnce } from '../shared/dev-warning.js';
import { post, postAddress } from '../shared/data/post.js';
import type { SendErrorCode, SendErrorFacts, SentMessage } from './trigger-events.js';
import type { QueueMode } from './trigger-settings.js';

/** What it needs to know of its element. */
interface OutboxHost extends Element {
  readonly channel: string;
  readonly postUrl: string;
  readonly queue: QueueMode;
  readonly ttl: number | undefined;
}

/** What it tells. */
export interface OutboxObserver {
  sent(message: SentMessage): void;
  queued(message: SentMessage): void;
  failed(message: SentMessage, code: SendErrorCode, facts?: SendErrorFacts): false;
}

export class Outbox {
  readonly #host: OutboxHost;
  readonly #tell: OutboxObserver;
  readonly #waiting = new Set<AbortController>();
  readonly #requests = new Set<AbortController>();

  constructor(host: OutboxHost, observer: OutboxObserver) {
    this.#host = host;
    this.#tell = observer;
  }

  /** How many wait in the client. */
  get queued(): number {
    return this.#waiting.size;
  }

  /** How many requests are not answered yet. */
  get posting(): number {
    return this.#requests.size;
  }

  /** Gives up what waits in the client. */
  drop(): void {
    for (const item of this.#waiting) item.abort();
    this.#waiting.clear();
  }

  /** Gives up the requests. */
  abort(): void {
    for (const request of this.#requests) request.abort();
    this.#requests.clear();
  }

  /** As a client event. False where it is refused; `taken` is called where it was sent, or waits. */
  trigger(message: SentMessage, channel: Channel | undefined, taken: () => void): boolean {
    const { queue, ttl } = this.#host;
    if (!channel) return this.#tell.failed(message, 'not-connected');
    if (queue === 'latest') this.drop();
    const maxAge = queue === 'none' ? 0 : ttl === undefined ? undefined : ttl * 1000;
    const item = new AbortController();
    this.#waiting.add(item);
    try {
      const isTaken = channel.trigger(message.event, message.data, {
        maxAge,
        signal: item.signal,
        settled: (outcome) => {
          this.#waiting.delete(item);
          if (outcome === 'sent') this.#tell.sent(message);
          else this.#tell.failed(message, outcome);
        },
      });
      if (!isTaken) {
        this.#waiting.delete(item);
        const reason = channel.subscribed ? 'rate-limited' : 'not-subscribed';
        return this.#tell.failed(message, maxAge === 0 ? reason : 'queue-full');
      }
    } catch (error) {
      this.#waiting.delete(item);
      // Not by its class: the client may come from another copy of this library.
      const { code, message: sentence } = error as Partial<PusherError> & Error;
      if (!code) throw error;
      warnOnce(this.#host, sentence);
      return this.#tell.failed(message, code, { error });
    }
    if (this.#waiting.has(item)) this.#tell.queued(message);
    taken();
    return true;
  }

  /** As a request to the page's own server. False where it may not be made; `taken` is called after a 2xx. */
  post(message: SentMessage, socketId: string | undefined, taken: () => void): boolean {
    const url = postAddress(this.#host);
    if (!url) return this.#tell.failed(message, 'not-allowed');
    const request = new AbortController();
    this.#requests.add(request);
    void post(url, message.data, socketId, request.signal).then(
      (status) => {
        if (!this.#requests.delete(request)) return;
        if (status < 200 || status > 299) this.#tell.failed(message, 'http', { status });
        else {
          taken();
          this.#tell.sent(message);
        }
      },
      (error: unknown) => {
        if (this.#requests.delete(request)) this.#tell.failed(message, 'network', { error });
      },
    );
    return true;
  }
}
