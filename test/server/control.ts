/** The control API: lets tests that run in a browser script the server that runs here (control-protocol.ts). */
import { randomUUID } from 'node:crypto';
import type { ServerApp, ServerConnection } from '../../src/testing/index.js';
import type { ChannelsServer } from './channels-server.js';
import type {
  AppLocation,
  ConnectionAction,
  ConnectionSummary,
  ControlCommand,
  ControlRequest,
  ControlResponse,
  ProxyAction,
} from './control-protocol.js';
import { json, refusal, type HttpAnswer, type HttpRequest } from './http-exchange.js';
import { SilentProxy } from './silent-proxy.js';

type Handlers = {
  readonly [Command in ControlCommand]: (
    request: ControlRequest<Command>,
  ) => ControlResponse<Command> | Promise<ControlResponse<Command>>;
};

const done = {};

/** Long enough for the answer to `stop-server` to be on its way, in milliseconds. */
const lastWords = 20;

export class Control {
  readonly #server: ChannelsServer;
  readonly #proxies = new Map<number, SilentProxy>();
  readonly #handlers: Handlers;

  constructor(server: ChannelsServer) {
    this.#server = server;
    this.#handlers = this.#createHandlers();
  }

  async answer(request: HttpRequest): Promise<HttpAnswer> {
    const command = request.path.slice('/control/'.length);
    if (request.method !== 'POST') return refusal(405, 'Commands are sent with POST');
    if (!this.#knows(command)) return json(404, { error: `There is no command ${command}` });
    try {
      return json(200, await this.#run(command, request.body));
    } catch (error) {
      return json(400, { error: error instanceof Error ? error.message : String(error) });
    }
  }

  async closeProxies(): Promise<void> {
    const proxies = [...this.#proxies.values()];
    this.#proxies.clear();
    await Promise.all(proxies.map((proxy) => proxy.close()));
  }

  #knows(command: string): command is ControlCommand {
    return Object.hasOwn(this.#handlers, command);
  }

  // The caller is a typed client of this project: the shape of the body is taken on trust.
  async #run<Command extends ControlCommand>(
    command: Command,
    body: string,
  ): Promise<ControlResponse<Command>> {
    return this.#handlers[command](JSON.parse(body) as ControlRequest<Command>);
  }

  #createHandlers(): Handlers {
    const app = (key: string): ServerApp => this.#server.core.app(key);
    return {
      'create-app': ({ settings }) => this.#createApp(settings.key ?? randomUUID(), settings),
      'remove-app': ({ app: key }) => {
        this.#server.core.removeApp(key);
        return done;
      },
      configure: ({ app: key, change }) => {
        app(key).configure(change);
        return done;
      },
      script: ({ app: key, behavior }) => {
        app(key).script(behavior);
        return done;
      },
      'script-next': ({ app: key, behavior, connections }) => {
        app(key).scriptNext(behavior, connections);
        return done;
      },
      'reset-script': ({ app: key }) => {
        app(key).resetScript();
        return done;
      },
      publish: ({ app: key, ...publication }) => {
        app(key).publish(publication);
        return done;
      },
      connections: ({ app: key }) => ({ connections: app(key).connections.map(summarize) }),
      act: ({ app: key, action, socketId }) => {
        const { connections } = app(key);
        const chosen = connections.filter(
          (connection) => socketId === undefined || connection.socketId === socketId,
        );
        if (socketId !== undefined && chosen.length === 0)
          throw new RangeError(`There is no open connection ${socketId}`);
        for (const connection of chosen) act(connection, action);
        return { count: chosen.length };
      },
      records: ({ app: key }) => app(key).record.toJSON(),
      'clear-records': ({ app: key }) => {
        app(key).record.clear();
        this.#server.intermediary.clearRecords(key);
        return done;
      },
      'stop-app': ({ app: key }) => {
        app(key).stop();
        return done;
      },
      'start-app': ({ app: key }) => {
        app(key).start();
        return done;
      },
      'script-authorization': ({ app: key, behavior }) => {
        this.#server.authorization.script(key, behavior);
        return done;
      },
      'authorization-requests': ({ app: key }) => ({ requests: this.#server.authorization.requests(key) }),
      'script-network': ({ app: key, behavior }) => {
        this.#server.intermediary.script(app(key).settings.key, behavior);
        return done;
      },
      'carrier-records': ({ app: key }) => ({ records: this.#server.intermediary.records(key) }),
      'act-on-sessions': ({ app: key, action }) => ({ count: this.#server.sessions.act(key, action) }),
      'open-proxy': () => this.#openProxy(),
      proxy: async ({ port, action }) => {
        await this.#actOnProxy(port, action);
        return done;
      },
      'stop-server': ({ milliseconds }) => {
        setTimeout(() => {
          void this.#server.stopListening();
          setTimeout(() => {
            void this.#server.startListening();
          }, milliseconds);
        }, lastWords);
        return done;
      },
    };
  }

  #createApp(key: string, settings: ControlRequest<'create-app'>['settings']): AppLocation {
    const { id, secret } = this.#server.core.addApp({ ...settings, key }).settings;
    const { host, port, securePort } = this.#server;
    return { id, key, secret, host, port, securePort };
  }

  async #openProxy(): Promise<{ port: number }> {
    const proxy = new SilentProxy(this.#server.port, this.#server.host);
    const port = await proxy.listen();
    this.#proxies.set(port, proxy);
    return { port };
  }

  async #actOnProxy(port: number, action: ProxyAction): Promise<void> {
    const proxy = this.#proxies.get(port);
    if (!proxy) throw new RangeError(`There is no proxy on port ${port}`);
    switch (action) {
      case 'silence':
        proxy.silence();
        break;
      case 'forward':
        proxy.forward();
        break;
      case 'drop':
        proxy.dropConnections();
        break;
      case 'stop':
        await proxy.stop();
        break;
      case 'start':
        await proxy.start();
        break;
      case 'close':
        this.#proxies.delete(port);
        await proxy.close();
    }
  }
}

function summarize(connection: ServerConnection): ConnectionSummary {
  const { number, socketId, url, channels, isStalled } = connection;
  return { number, socketId: socketId ?? null, url, channels, isStalled };
}

function act(connection: ServerConnection, action: ConnectionAction): void {
  switch (action.type) {
    case 'drop':
      connection.drop();
      break;
    case 'stall':
      connection.stall();
      break;
    case 'resume':
      connection.resume();
      break;
    case 'ping':
      connection.ping();
      break;
    case 'close':
      connection.close(action.code, action.reason);
      break;
    case 'send-raw':
      connection.sendRaw(action.text);
      break;
    case 'send-faulty':
      connection.sendFaulty(action.fault);
      break;
    case 'acknowledge':
      connection.acknowledge(action.channel);
      break;
    case 'script':
      connection.script(action.behavior);
  }
}
