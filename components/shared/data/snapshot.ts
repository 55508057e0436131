/**
 * What there was before the first event, and after a gap: JSON from the site's own server. One request at a
 * time; after a reconnect a little later than at once, so that all pages together do not ask in one second.
 */
import { systemClock } from '../../../src/index.js';
import { allowedEndpoint } from '../auth-attributes.js';
import { warnOnce } from '../dev-warning.js';
import { readPath } from '../template/paths.js';

/** Milliseconds that an answer may take. */
const deadline = 15_000;
/** Milliseconds that a request after a gap may be late, drawn by chance. */
const spread = 2000;
/** Milliseconds before the first of three further tries; each waits twice as long as the one before, half more or less by chance. */
const firstPause = 1000;
const tries = 4;

/** What to ask for. */
export interface SnapshotRequest {
  readonly url: string;
  /** Where in the answer it is; empty for the whole. */
  readonly path: string;
  /** Parameters for the address, such as the last key that is known. */
  readonly params?: Readonly<Record<string, string>>;
  /** Whether many pages may be asking at this moment. */
  readonly isJittered?: boolean;
}

/** Who wants it. */
export interface SnapshotReader {
  loaded(data: unknown): void;
  /** It could not be had; the reason was said to the author of the page. */
  failed(error: unknown): void;
}

export class SnapshotLoader {
  readonly #host: Element;
  readonly #reader: SnapshotReader;
  #request: AbortController | undefined;

  constructor(host: Element, reader: SnapshotReader) {
    this.#host = host;
    this.#reader = reader;
  }

  get isLoading(): boolean {
    return this.#request !== undefined;
  }

  /** Asks, instead of what was asked before. Nothing happens where the page may not ask there. */
  load(request: SnapshotRequest): void {
    const url = allowedEndpoint(this.#host, 'snapshot-url', request.url);
    this.stop();
    if (url === undefined) return;
    const controller = new AbortController();
    this.#request = controller;
    void this.#load({ ...request, url }, controller.signal).then(
      (data) => {
        if (controller.signal.aborted) return;
        this.#request = undefined;
        this.#reader.loaded(data);
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        this.#request = undefined;
        warnOnce(
          this.#host,
          `snapshot-url="${request.url}" could not be read (${String(error)}); live events go on.`,
        );
        this.#reader.failed(error);
      },
    );
  }

  stop(): void {
    this.#request?.abort();
    this.#request = undefined;
  }

  async #load({ url, path, params, isJittered }: SnapshotRequest, signal: AbortSignal): Promise<unknown> {
    const address = new URL(url, this.#host.baseURI);
    for (const [name, value] of Object.entries(params ?? {})) address.searchParams.set(name, value);
    if (isJittered) await pause(systemClock.random() * spread, signal);
    return askPatiently(async () => {
      const response = await request(address, { headers: { accept: 'application/json' } }, signal);
      // Not `json()`: WebKit has an exception of another kind for what is no JSON.
      return readPath(JSON.parse(await response.text()), path);
    }, signal);
  }
}

/** Asks up to four times, where there is a chance that the next answer is another one. */
export async function askPatiently<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await ask();
    } catch (error) {
      // What the server has refused it will refuse again, and what it writes wrong it will write again.
      const isLasting = error instanceof SyntaxError || error instanceof RefusedError;
      if (signal.aborted || isLasting || attempt === tries) throw error;
      await pause(firstPause * 2 ** (attempt - 1) * (0.5 + systemClock.random()), signal);
    }
}

/** The server has answered that it will not answer. */
export class RefusedError extends Error {}

/** The answer, if it is a good one. */
export async function request(address: URL, options: RequestInit, signal: AbortSignal): Promise<Response> {
  const response = await fetch(address, {
    credentials: 'same-origin',
    signal: AbortSignal.any([signal, AbortSignal.timeout(deadline)]),
    ...options,
  });
  const { ok, status } = response;
  if (ok) return response;
  throw new (status < 500 && status !== 429 ? RefusedError : Error)(`HTTP status ${status}`);
}

function pause(duration: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = systemClock.setTimeout(resolve, duration);
    signal.addEventListener('abort', () => {
      systemClock.clearTimeout(timer);
      resolve();
    });
  });
}
