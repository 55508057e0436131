/** The addresses of one HTTP session (protocol.md §10), and how far a server may move it. */
import type { Clock } from '../clock.js';
import type { HttpName } from './transport-plan.js';

/** Numbers every request of the page, so that no intermediary takes one for another. */
let requestCount = 0;

/** The service's own hosts. They belong together, and to nobody else. */
const service = 'pusher.com';

/**
 * Whether a session that was opened at `asked` may go on at `hostname`: at the same host, below it, or, for a
 * host of the hosted service, at another of its hosts. A page that names a host has named no other, so a
 * server cannot send it to a foreign one; without a list of public suffixes nothing wider is safe to say.
 */
export function isSameSite(asked: string, hostname: string): boolean {
  if (hostname === asked) return true;
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(hostname)) return false;
  const [from, to] = [asked.toLowerCase(), hostname.toLowerCase()];
  const isBelow = (host: string, site: string): boolean => host === site || host.endsWith(`.${site}`);
  return isBelow(to, from) || (isBelow(from, service) && isBelow(to, service));
}

/**
 * Numbers from 0 to 65 535. From the system's generator of keys, because whoever guesses a session's name can
 * read it; React Native has none unless it is installed, and gets chance instead.
 */
function randomNumbers(count: number, clock: Clock): number[] {
  const { crypto } = globalThis as { crypto?: Partial<Crypto> };
  if (crypto?.getRandomValues) return [...crypto.getRandomValues(new Uint16Array(count))];
  return Array.from({ length: count }, () => Math.floor(clock.random() * 65_536));
}

/** One session: a number and eight characters that nobody else has, under the address of the app. */
export class HttpSession {
  readonly #clock: Clock;
  readonly #id: string;
  readonly #query: string;
  #base: string;

  /** `url` is `http[s]://host:port/path/app/key?query`. */
  constructor(url: string, clock: Clock) {
    const [base = '', query = ''] = url.split('?', 2);
    this.#clock = clock;
    this.#base = base;
    this.#query = query;
    const [number = 0, ...letters] = randomNumbers(9, clock);
    this.#id = `${number % 1000}/${letters.map((letter) => (letter % 32).toString(32)).join('')}`;
  }

  /** Where frames are received. A new address each time. */
  receiveUrl(name: HttpName): string {
    const path = name === 'xhr_streaming' ? 'xhr_streaming' : 'xhr';
    return this.#unique(`${path}?${this.#query}&`);
  }

  /** Where frames are sent. A new address each time. */
  sendUrl(): string {
    return this.#unique('xhr_send?');
  }

  /** Goes on at another host of the same site; a foreign one is ignored, and false is answered. */
  moveTo(hostname: string): boolean {
    const [, scheme = '', host = '', rest = ''] =
      /^(https?:\/\/)(\[[^\]]*\]|[^/:]+)(.*)$/.exec(this.#base) ?? [];
    if (!isSameSite(host, hostname)) return false;
    this.#base = `${scheme}${hostname}${rest}`;
    return true;
  }

  #unique(path: string): string {
    requestCount += 1;
    return `${this.#base}/${this.#id}/${path}t=${this.#clock.now()}&n=${requestCount}`;
  }
}
