/**
 * The local Channels server: the protocol core of `src/testing/` over real sockets, with the publishing and
 * authorization endpoints of protocol.md §8–§9 and a control API for tests. For development only: it
 * listens on loopback, and whoever reaches it can do anything with it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ProtocolServer, type AppOptions, type ServerApp } from '../../src/testing/index.js';
import { AuthorizationEndpoint } from './authorization-endpoint.js';
import { Control } from './control.js';
import { hmacSha256 } from './hmac.js';
import {
  preflight,
  readRequest,
  refusal,
  withCORS,
  writeAnswer,
  type HttpAnswer,
  type HttpRequest,
} from './http-exchange.js';
import { HttpSessions, type HttpOrigin } from './http-sessions.js';
import { Intermediary } from './intermediary.js';
import { Listener } from './listener.js';
import { answerRest } from './rest.js';

export interface ChannelsServerOptions {
  /** The apps to begin with. */
  readonly apps?: readonly AppOptions[];
  /** A loopback address. Default: `127.0.0.1`. */
  readonly host?: string;
  /** Answers what no endpoint does, such as the pages of the demo. Default: 404. */
  readonly answerOther?: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>;
}

/** How long `close()` waits for clients to answer the closing handshake, in milliseconds. */
const closingGrace = 500;

export class ChannelsServer {
  readonly host: string;
  /** The protocol itself: apps, scripts, records, connections. */
  readonly core: ProtocolServer;
  /** `/pusher/auth` and `/pusher/user-auth`, with their switches. */
  readonly authorization: AuthorizationEndpoint;
  /** The network in front of each app, and what came through it or did not. */
  readonly intermediary: Intermediary = new Intermediary();
  /** The HTTP fallbacks. */
  readonly sessions: HttpSessions;
  readonly #options: ChannelsServerOptions;
  readonly #control: Control;
  readonly #plain: Listener;
  readonly #secure: Listener;

  constructor(options: ChannelsServerOptions = {}) {
    this.#options = options;
    this.host = options.host ?? '127.0.0.1';
    this.core = new ProtocolServer({ apps: options.apps ?? [], hmacSha256 });
    this.authorization = new AuthorizationEndpoint(this.core);
    this.#control = new Control(this);
    this.sessions = new HttpSessions(this.core, this.intermediary);
    this.#plain = this.#createListener('ws');
    this.#secure = this.#createListener('wss');
  }

  get apps(): readonly ServerApp[] {
    return this.core.apps;
  }

  /** The port for everything. 0 before `listen()`. */
  get port(): number {
    return this.#plain.port;
  }

  /**
   * A second plain port that counts as encrypted: what arrives here is taken for `wss`. It stands in for
   * a TLS port where tests have no certificate (protocol.md §12.10), so that 4000 can be observed.
   */
  get securePort(): number {
    return this.#secure.port;
  }

  /** `http://{host}:{port}`. */
  get address(): string {
    return `http://${this.host}:${this.port}`;
  }

  /** Starts on a port of the system's choice, or on this one. Rejects with `EADDRINUSE` when it is taken. */
  async listen(port: number = 0): Promise<number> {
    await this.#plain.start(port);
    await this.#secure.start(0);
    return this.port;
  }

  /** As if the process had been killed: the ports are closed and every connection is broken. */
  async stopListening(): Promise<void> {
    await Promise.all([this.#plain.stopAccepting(), this.#secure.stopAccepting()]);
    for (const app of this.apps) for (const connection of app.connections) connection.drop();
    this.sessions.loseAll();
    this.#destroyConnections();
  }

  /** As if the process had been started again, on the same ports. Apps, scripts and records are kept. */
  async startListening(): Promise<void> {
    await this.#plain.start();
    await this.#secure.start();
  }

  /** Ends in good order: closes every connection with 4200 and frees everything. */
  async close(): Promise<void> {
    await Promise.all([this.#plain.stopAccepting(), this.#secure.stopAccepting()]);
    await this.#control.closeProxies();
    this.core.shutDown();
    this.sessions.loseAll();
    const deadline = Date.now() + closingGrace;
    while (this.#plain.webSocketCount + this.#secure.webSocketCount > 0 && Date.now() < deadline)
      await pause(5);
    this.#destroyConnections();
  }

  #destroyConnections(): void {
    this.#plain.destroyConnections();
    this.#secure.destroyConnections();
  }

  #createListener(scheme: 'ws' | 'wss'): Listener {
    const { core, host, intermediary } = this;
    return new Listener({
      core,
      host,
      scheme,
      intermediary,
      answer: (request, response, port) => {
        const origin: HttpOrigin = { scheme: scheme === 'ws' ? 'http' : 'https', host, port };
        void this.#answer(request, response, origin);
      },
    });
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse, origin: HttpOrigin): Promise<void> {
    try {
      const request = await readRequest(incoming);
      if (!this.sessions.answer(request, response, origin)) writeAnswer(response, await this.#route(request));
    } catch (error) {
      if (!response.headersSent) writeAnswer(response, refusal(500, String(error)));
    }
  }

  async #route(request: HttpRequest): Promise<HttpAnswer> {
    const { path } = request;
    if (path.startsWith('/pusher/')) return this.authorization.answer(request);
    if (request.method === 'OPTIONS') return preflight(request);
    if (path.startsWith('/apps/')) return withCORS(request, answerRest(this.core, request));
    if (path.startsWith('/control/')) return withCORS(request, await this.#control.answer(request));
    return (await this.#options.answerOther?.(request)) ?? refusal(404, 'Not found');
  }
}
