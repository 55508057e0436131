/**
 * Drives the local server from a test, in a page or in Node: it needs nothing but `fetch`.
 *
 *   const app = await createApp('http://127.0.0.1:4321');
 *   const pusher = new Pusher(app.key, { wsHost: app.host, wsPort: app.port, forceTLS: false });
 *   await app.until(({ upgrades }) => upgrades.length === 1);
 *   await app.publish({ channels: 'prices', event: 'tick', data: { bid: 41 } });
 *   await app.drop();
 *
 * Every app has a key of its own, so tests that run at the same time do not meet.
 */
import type {
  AppOptions,
  AppSettings,
  Behavior,
  FaultyFrame,
  Publication,
  RecordSnapshot,
} from '../../src/testing/index.js';
import type { AuthorizationBehavior, AuthorizationRequest } from './authorization-endpoint.js';
import type { SessionAction } from './http-sessions.js';
import type { CarrierRecord, NetworkBehavior } from './intermediary.js';
import type {
  AppLocation,
  ConnectionAction,
  ConnectionSummary,
  ControlCommand,
  ControlRequest,
  ControlResponse,
  ProxyAction,
} from './control-protocol.js';

export type { AppLocation, AuthorizationBehavior, AuthorizationRequest, ConnectionSummary };
export type { CarrierRecord, NetworkBehavior };

const pollInterval = 20;

/** Makes an app on the server at `http://host:port`. The key is random unless the settings name one. */
export async function createApp(
  serverAddress: string,
  settings: Partial<AppOptions> = {},
): Promise<ControlledApp> {
  return new ControlledApp(serverAddress, await command(serverAddress, 'create-app', { settings }));
}

/** Stops the whole server, for every app; it comes back on the same port after this time. */
export async function stopServer(serverAddress: string, milliseconds: number): Promise<void> {
  await command(serverAddress, 'stop-server', { milliseconds });
}

/** One app, by remote control. Commands reject with the server's words when it refuses them. */
export class ControlledApp implements AppLocation {
  /** The server's address, for publishing and for the authorization endpoint. */
  readonly address: string;
  readonly id: string;
  readonly key: string;
  readonly secret: string;
  readonly host: string;
  readonly port: number;
  /** A plain port whose upgrades count as encrypted. */
  readonly securePort: number;

  constructor(serverAddress: string, location: AppLocation) {
    this.address = serverAddress;
    this.id = location.id;
    this.key = location.key;
    this.secret = location.secret;
    this.host = location.host;
    this.port = location.port;
    this.securePort = location.securePort;
  }

  /** Changes settings for later decisions. */
  async configure(change: Partial<Omit<AppSettings, 'key'>>): Promise<void> {
    await this.#command('configure', { app: this.key, change });
  }

  /** Changes what every connection does. */
  async script(behavior: Partial<Behavior>): Promise<void> {
    await this.#command('script', { app: this.key, behavior });
  }

  /** Changes what the next new connections do. */
  async scriptNext(behavior: Partial<Behavior>, connections: number = 1): Promise<void> {
    await this.#command('script-next', { app: this.key, behavior, connections });
  }

  /** Well-behaved again. */
  async resetScript(): Promise<void> {
    await this.#command('reset-script', { app: this.key });
  }

  /** Sends an event to the subscribers. */
  async publish(publication: Publication): Promise<void> {
    await this.#command('publish', { app: this.key, ...publication });
  }

  /** The open connections, oldest first. */
  async connections(): Promise<readonly ConnectionSummary[]> {
    return (await this.#command('connections', { app: this.key })).connections;
  }

  /** Does something to every open connection, or to one; to how many. */
  async act(action: ConnectionAction, socketId?: string): Promise<number> {
    const one = socketId === undefined ? {} : { socketId };
    return (await this.#command('act', { app: this.key, action, ...one })).count;
  }

  /** Breaks connections without a closing handshake. */
  async drop(socketId?: string): Promise<void> {
    await this.act({ type: 'drop' }, socketId);
  }

  /** Closes connections with a code. */
  async close(code: number, reason: string = '', socketId?: string): Promise<void> {
    await this.act({ type: 'close', code, reason }, socketId);
  }

  /** Keeps connections open, but answers and sends nothing. */
  async stall(socketId?: string): Promise<void> {
    await this.act({ type: 'stall' }, socketId);
  }

  /** Ends a stall. */
  async resume(socketId?: string): Promise<void> {
    await this.act({ type: 'resume' }, socketId);
  }

  /** Sends the server's own ping. */
  async ping(socketId?: string): Promise<void> {
    await this.act({ type: 'ping' }, socketId);
  }

  /** Sends any text. */
  async sendRaw(text: string, socketId?: string): Promise<void> {
    await this.act({ type: 'send-raw', text }, socketId);
  }

  /** Sends something that a correct server never sends. */
  async sendFaulty(fault: FaultyFrame, socketId?: string): Promise<void> {
    await this.act({ type: 'send-faulty', fault }, socketId);
  }

  /** Answers subscriptions that are held or delayed. */
  async acknowledge(channel: string): Promise<void> {
    await this.act({ type: 'acknowledge', channel });
  }

  /** What the app saw. */
  async records(): Promise<RecordSnapshot> {
    return this.#command('records', { app: this.key });
  }

  async clearRecords(): Promise<void> {
    await this.#command('clear-records', { app: this.key });
  }

  /** Resolves with the records as soon as they meet a condition; rejects after `timeout` milliseconds. */
  async until(
    condition: (records: RecordSnapshot) => boolean,
    timeout: number = 10_000,
  ): Promise<RecordSnapshot> {
    const deadline = Date.now() + timeout;
    for (;;) {
      const records = await this.records();
      if (condition(records)) return records;
      if (Date.now() > deadline)
        throw new Error(
          `Not within ${timeout} ms: ${String(condition)}. Records: ${JSON.stringify(records)}`,
        );
      await new Promise((resolve) => setTimeout(resolve, pollInterval));
    }
  }

  /** As if this app's server had been killed: drops its connections and refuses new ones before the upgrade. */
  async stop(): Promise<void> {
    await this.#command('stop-app', { app: this.key });
  }

  /** As if it had been started again. */
  async start(): Promise<void> {
    await this.#command('start-app', { app: this.key });
  }

  /** Changes how the authorization endpoint answers for this app. */
  async scriptAuthorization(behavior: Partial<AuthorizationBehavior>): Promise<void> {
    await this.#command('script-authorization', { app: this.key, behavior });
  }

  /** What the authorization endpoint was asked for this app. */
  async authorizationRequests(): Promise<readonly AuthorizationRequest[]> {
    return (await this.#command('authorization-requests', { app: this.key })).requests;
  }

  /** Changes how the network in front of the app treats upgrades and HTTP sessions. */
  async scriptNetwork(behavior: Partial<NetworkBehavior>): Promise<void> {
    await this.#command('script-network', { app: this.key, behavior });
  }

  /** The bare requests, oldest first: upgrades, and those of HTTP sessions, also what was not forwarded. */
  async carrierRecords(): Promise<readonly CarrierRecord[]> {
    return (await this.#command('carrier-records', { app: this.key })).records;
  }

  /** Does something to every HTTP session; to how many. */
  async actOnSessions(action: SessionAction): Promise<number> {
    return (await this.#command('act-on-sessions', { app: this.key, action })).count;
  }

  /** Another port to the same server, which can go silent. Close it when the test is over. */
  async openProxy(): Promise<ControlledProxy> {
    const { port } = await this.#command('open-proxy', { app: this.key });
    return new ControlledProxy(this.address, port);
  }

  /** Drops the app's connections and forgets the app. */
  async remove(): Promise<void> {
    await this.#command('remove-app', { app: this.key });
  }

  #command<Command extends ControlCommand>(
    name: Command,
    request: ControlRequest<Command>,
  ): Promise<ControlResponse<Command>> {
    return command(this.address, name, request);
  }
}

/** A proxy in front of the server, by remote control. */
export class ControlledProxy {
  readonly port: number;
  readonly #serverAddress: string;

  constructor(serverAddress: string, port: number) {
    this.#serverAddress = serverAddress;
    this.port = port;
  }

  /** Forwards nothing more and closes nothing; new connections get no answer. */
  silence(): Promise<void> {
    return this.#act('silence');
  }

  /** Forwards again, beginning with what has waited. */
  forward(): Promise<void> {
    return this.#act('forward');
  }

  /** Breaks what is open. */
  dropConnections(): Promise<void> {
    return this.#act('drop');
  }

  /** Breaks what is open and listens no more. */
  stop(): Promise<void> {
    return this.#act('stop');
  }

  /** Listens again on the same port. */
  start(): Promise<void> {
    return this.#act('start');
  }

  /** Ends it. */
  close(): Promise<void> {
    return this.#act('close');
  }

  async #act(action: ProxyAction): Promise<void> {
    await command(this.#serverAddress, 'proxy', { port: this.port, action });
  }
}

async function command<Command extends ControlCommand>(
  serverAddress: string,
  name: Command,
  request: ControlRequest<Command>,
): Promise<ControlResponse<Command>> {
  // Text and not JSON by its label: a page of another origin would have to ask first, every time.
  const response = await fetch(`${serverAddress}/control/${name}`, {
    method: 'POST',
    body: JSON.stringify(request),
  });
  const answer = (await response.json()) as ControlResponse<Command> & { readonly error?: string };
  if (!response.ok) throw new Error(`${name}: ${answer.error ?? response.statusText}`);
  return answer;
}
