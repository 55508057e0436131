/**
 * Many channels in one request, in the wire form of the plugin pusher-js-auth: `channel_name[0]`,
 * `channel_name[1]` and so on. What is asked for in one task goes out together; each channel keeps an answer,
 * a failure and an end of its own. Only with `batch: true`, because an endpoint has to know the form.
 */
import type { Clock, TimerHandle } from '../clock.js';
import { AuthorizationError } from './authorization.js';
import type { AuthorizationRequest } from './authorization.js';
import { describeRequest, fetchAnswer } from './fetch-transport.js';
import type { FetchedAnswer } from './fetch-transport.js';

interface Waiting {
  readonly channel: string;
  readonly signal: AbortSignal;
  readonly resolve: (answer: FetchedAnswer) => void;
  readonly reject: (error: unknown) => void;
}

interface Batch {
  /** The request without a channel; all that it carries is the same for everybody. */
  readonly request: AuthorizationRequest;
  readonly waiting: Waiting[];
  readonly timer: TimerHandle;
}

/** One per client. */
export class BatchedRequests {
  readonly #clock: Clock;
  /** Those that are still being filled, by what they carry besides channels. */
  readonly #open = new Map<string, Batch>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The answer for the channel that `request` names. Rejects with an `AuthorizationError`; after an abort it says nothing. */
  ask({ params, ...rest }: AuthorizationRequest, signal: AbortSignal): Promise<FetchedAnswer> {
    const { channel_name: channel = '', ...others } = params;
    const request = { ...rest, params: others };
    const key = describeRequest(request);
    return new Promise((resolve, reject) => {
      this.#batchFor(key, request).waiting.push({ channel, signal, resolve, reject });
      signal.addEventListener('abort', () => {
        this.#forgetIfUnwanted(key);
      });
    });
  }

  #batchFor(key: string, request: AuthorizationRequest): Batch {
    let batch = this.#open.get(key);
    if (!batch) {
      const timer = this.#clock.setTimeout(() => {
        const full = this.#open.get(key);
        this.#open.delete(key);
        if (full) void send(full);
      }, 0);
      batch = { request, waiting: [], timer };
      this.#open.set(key, batch);
    }
    return batch;
  }

  /** Everybody has left before it was sent. */
  #forgetIfUnwanted(key: string): void {
    const batch = this.#open.get(key);
    if (!batch || stillWanted(batch).length > 0) return;
    this.#clock.clearTimeout(batch.timer);
    this.#open.delete(key);
  }
}

const stillWanted = ({ waiting }: Batch): Waiting[] => waiting.filter(({ signal }) => !signal.aborted);

async function send(batch: Batch): Promise<void> {
  const wanted = stillWanted(batch);
  const { socket_id: socketId = '', ...others } = batch.request.params;
  const channels = [...new Set(wanted.map(({ channel }) => channel))];
  const params = {
    socket_id: socketId,
    ...Object.fromEntries(channels.map((channel, index) => [`channel_name[${String(index)}]`, channel])),
    ...others,
  };
  const request = new AbortController();
  const over = new AbortController();
  // One that leaves does not take the others along.
  for (const { signal } of wanted)
    signal.addEventListener(
      'abort',
      () => {
        if (wanted.every((other) => other.signal.aborted)) request.abort(signal.reason);
      },
      { signal: over.signal },
    );
  try {
    const answer = await fetchAnswer({ ...batch.request, params }, request.signal);
    for (const { channel, resolve, reject } of wanted)
      try {
        resolve(answerFor(channel, socketId, answer));
      } catch (error) {
        reject(error);
      }
  } catch (error) {
    for (const { reject } of wanted) reject(error);
  } finally {
    over.abort();
  }
}

const own = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** One channel's part: by its name, or in older endpoints by the socket id and then by its name. */
function answerFor(channel: string, socketId: string, { status, value }: FetchedAnswer): FetchedAnswer {
  const part = own(own(value, socketId) ?? value, channel);
  if (part === undefined)
    throw new AuthorizationError(`The authorization endpoint said nothing of "${channel}".`, {
      status,
      remediation: 'With "batch" it has to answer with an object that has every channel by its name.',
    });
  // Either the answer itself, or what a request of its own would have had: a status, and the answer as data.
  const said = own(part, 'status');
  const ownStatus = typeof said === 'number' ? said : status;
  if (ownStatus !== 200 && ownStatus !== 201)
    throw new AuthorizationError(
      `The authorization endpoint answered with status ${String(ownStatus)} for "${channel}".`,
      { status: ownStatus, isRetryable: ownStatus >= 500 || ownStatus === 429 },
    );
  return { status: ownStatus, value: own(part, 'data') ?? part };
}
