/** Frames over a WebSocket. The only file of the client that touches `WebSocket`. */
import type { Transport, TransportClose, TransportFactory, TransportHandlers } from './transport.js';

type WebSocketClass = new (url: string) => WebSocket;

const currentClass = (): WebSocketClass | undefined =>
  (globalThis as { WebSocket?: WebSocketClass }).WebSocket;

/** Whether the page was loaded over https: browsers then refuse plain sockets (protocol.md §1). */
export const isSecurePage = (): boolean =>
  (globalThis as { location?: { protocol?: string } }).location?.protocol === 'https:';

/**
 * Transports over `WebSocketImplementation`, or over the environment's own class, looked up at the time of
 * use. Node 20 has none: pass one, for instance that of the package `ws`.
 */
export function createWebSocketTransport(WebSocketImplementation?: unknown): TransportFactory {
  const find = (): WebSocketClass | undefined =>
    (WebSocketImplementation as WebSocketClass | undefined) ?? currentClass();
  return {
    isSupported: () => find() !== undefined,
    create: (url) => {
      const Implementation = find();
      if (!Implementation) throw new TypeError('There is no WebSocket in this environment.');
      return new WebSocketTransport(url, Implementation);
    },
  };
}

class WebSocketTransport implements Transport {
  readonly #url: string;
  readonly #Implementation: WebSocketClass;
  #socket: WebSocket | undefined;
  #detach: () => void = () => undefined;

  constructor(url: string, Implementation: WebSocketClass) {
    this.#url = url;
    this.#Implementation = Implementation;
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
    // An error says nothing that the close event after it does not say; without a listener some
    // implementations outside browsers would throw it.
    socket.onerror = () => undefined;
    this.#detach = () => {
      socket.onopen = socket.onmessage = socket.onclose = null;
    };
  }

  send(text: string): boolean {
    if (this.#socket?.readyState !== 1) return false;
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
