/** Frames over a WebSocket. The only file of the client that touches `WebSocket`. */
import type { Clock } from '../clock.js';
import type { Transport, TransportClose, TransportFactory, TransportHandlers } from './transport.js';

/** Of `readyState`. */
const OPEN = 1;
const CLOSED = 3;

type WebSocketClass = new (url: string) => WebSocket;

const currentClass = (): WebSocketClass | undefined =>
  (globalThis as { WebSocket?: WebSocketClass }).WebSocket;

/** Whether the page was loaded over https: browsers then refuse plain connections (protocol.md §1). */
const isSecurePage = (): boolean =>
  (globalThis as { location?: { protocol?: string } }).location?.protocol === 'https:';

/** Whether the first attempt is encrypted: where the option says so, and where the page leaves no choice. */
export function startsWithTLS(forceTLS: boolean, warn: (message: string) => void): boolean {
  if (forceTLS || !isSecurePage()) return forceTLS;
  warn('A page loaded over https cannot open plain connections; connecting encrypted.');
  return true;
}

/**
 * Transports over `WebSocketImplementation`, or over the environment's own class, looked up at the time of
 * use. Node 20 has none: pass one, for instance that of the package `ws`. With a `clock`, a socket that a
 * Content-Security-Policy forbids is noticed at once.
 */
export function createWebSocketTransport(
  WebSocketImplementation?: unknown,
  clock?: Pick<Clock, 'setTimeout'>,
): TransportFactory {
  const find = (): WebSocketClass | undefined =>
    (WebSocketImplementation as WebSocketClass | undefined) ?? currentClass();
  return {
    isSupported: () => find() !== undefined,
    create: (url) => {
      const Implementation = find();
      if (!Implementation) throw new TypeError('There is no WebSocket in this environment.');
      return new WebSocketTransport(url, Implementation, clock);
    },
  };
}

class WebSocketTransport implements Transport {
  readonly #url: string;
  readonly #Implementation: WebSocketClass;
  readonly #clock: Pick<Clock, 'setTimeout'> | undefined;
  #socket: WebSocket | undefined;
  #detach: () => void = () => undefined;

  constructor(url: string, Implementation: WebSocketClass, clock: Pick<Clock, 'setTimeout'> | undefined) {
    this.#url = url;
    this.#Implementation = Implementation;
    this.#clock = clock;
  }

  open(handlers: TransportHandlers): void {
    const socket = new this.#Implementation(this.#url);
    this.#socket = socket;
    socket.onopen = () => {
      handlers.opened();
    };
    socket.onmessage = ({ data }: MessageEvent) => {
      handlers.data(data);
    };
    socket.onclose = ({ code, reason, wasClean }: CloseEvent) => {
      this.#forget();
      const close: TransportClose = { code, reason, wasClean };
      handlers.closed(close);
    };
    // An error says nothing that the close event after it does not say, and some implementations outside
    // browsers would throw it if nobody listened. But a socket that the page's Content-Security-Policy
    // forbids has an error and never a close event in Chromium.
    socket.onerror = () => {
      this.#clock?.setTimeout(() => {
        if (this.#socket !== socket || socket.readyState !== CLOSED) return;
        this.#forget();
        const reason =
          'The browser refused to connect; a Content-Security-Policy (connect-src) may forbid it.';
        handlers.closed({ code: 1006, reason, wasClean: false });
      }, 0);
    };
    this.#detach = () => {
      socket.onopen = socket.onmessage = socket.onclose = null;
    };
  }

  send(text: string): boolean {
    if (this.#socket?.readyState !== OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  close(): void {
    const socket = this.#socket;
    this.#forget();
    socket?.close();
  }

  #forget(): void {
    this.#detach();
    this.#socket = undefined;
  }
}
