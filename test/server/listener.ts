/** One port: HTTP requests and WebSocket upgrades, stoppable as if the process were killed. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { ProtocolServer } from '../../src/testing/index.js';
import { decodeSegment } from './http-exchange.js';
import type { Intermediary, NetworkBehavior } from './intermediary.js';
import { connectWebSocket } from './websocket-peer.js';

export interface ListenerOptions {
  readonly core: ProtocolServer;
  readonly host: string;
  /** What the core is told an upgrade came by. */
  readonly scheme: 'ws' | 'wss';
  /** The network in front of it. */
  readonly intermediary: Intermediary;
  readonly answer: (request: IncomingMessage, response: ServerResponse, port: number) => void;
}

export class Listener {
  readonly #options: ListenerOptions;
  readonly #webSockets = new WebSocketServer({ noServer: true, maxPayload: 1_000_000 });
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  /** The port; it is kept while the listener is stopped. 0 before the first `start`. */
  get port(): number {
    return this.#port;
  }

  get isListening(): boolean {
    return this.#server !== undefined;
  }

  /** Listens on this port; without one, on the port it had. 0 lets the system choose. */
  async start(port: number = this.#port): Promise<number> {
    if (this.#server) return this.#port;
    const server = createServer((request, response) => {
      this.#options.answer(request, response, this.#port);
    });
    server.on('connection', (socket) => this.#keep(socket));
    server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      this.#upgrade(request, socket, head);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, this.#options.host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
    return this.#port;
  }

  /** Takes no new connections; open ones stay. Resolves when the port is free. */
  async stopAccepting(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    await new Promise<void>((resolve) => {
      // The callback of close() waits for open connections as well; the port is free at once.
      server.close();
      setImmediate(resolve);
    });
  }

  /** Breaks what is open. */
  destroyConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** WebSockets whose closing handshake is not over. */
  get webSocketCount(): number {
    return this.#webSockets.clients.size;
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    switch (this.#passage(request)) {
      case 'refuse':
        socket.destroy();
        return;
      case 'hang':
        hang(socket);
        return;
      case 'forward':
        break;
    }
    const upgrade = this.#options.core.upgrade(
      `${this.#options.scheme}://${this.#options.host}:${this.#port}${request.url ?? '/'}`,
    );
    switch (upgrade.outcome) {
      case 'refused':
        socket.destroy();
        break;
      case 'hung':
        hang(socket);
        break;
      case 'answered':
        this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
          connectWebSocket(webSocket, socket, upgrade.accept);
        });
    }
  }

  /** Records the request, and asks the network in front of the app what becomes of it. */
  #passage({ method = 'GET', url = '/', headers }: IncomingMessage): NetworkBehavior['webSocket'] {
    const [path = '/', query = ''] = url.split('?', 2);
    const key = decodeSegment(/\/app\/([^/]+)$/.exec(path)?.[1] ?? '');
    const { core, intermediary } = this.#options;
    intermediary.add(key, {
      at: core.clock.now(),
      carrier: 'websocket',
      method,
      path,
      query,
      contentType: null,
      host: headers.host ?? null,
      body: '',
    });
    return intermediary.behavior(key).webSocket;
  }
}

/** Takes a connection and says nothing. Reads on, or the client's own end would never be noticed. */
function hang(socket: Socket): void {
  socket.on('end', () => socket.destroy()).resume();
}
