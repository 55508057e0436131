/** One port: HTTP requests and WebSocket upgrades, stoppable as if the process were killed. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { ProtocolServer } from '../../src/testing/index.js';
import { connectWebSocket } from './websocket-peer.js';

export interface ListenerOptions {
  readonly core: ProtocolServer;
  readonly host: string;
  /** What the core is told an upgrade came by. */
  readonly scheme: 'ws' | 'wss';
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
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
      this.#options.answer(request, response);
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
    const upgrade = this.#options.core.upgrade(
      `${this.#options.scheme}://${this.#options.host}:${this.#port}${request.url ?? '/'}`,
    );
    switch (upgrade.outcome) {
      case 'refused':
        socket.destroy();
        break;
      case 'hung':
        // Read on, or the client's own end would never be noticed.
        socket.on('end', () => socket.destroy()).resume();
        break;
      case 'answered':
        this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
          connectWebSocket(webSocket, socket, upgrade.accept);
        });
    }
  }
}
