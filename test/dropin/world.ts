/**
 * One page with one client library on it, in fake time, on a server in memory. A scenario is written once
 * against this and run for pusher-js 8.6.0 and for ours.
 */
import type { TestContext } from 'node:test';
import { Pusher } from '../../src/index.js';
import type { PusherOptions } from '../../src/index.js';
import { createInMemoryTransport, FakeClock, ProtocolServer } from '../../src/testing/index.js';
import type { FrameRecord, InMemoryTransportFactory, ServerApp } from '../../src/testing/index.js';
import { ScriptedEndpoint } from '../client/auth/scripted-endpoint.js';
import { catchReports, catchWarnings, FakeNetwork } from '../client/support.js';
import { hmacSha256 } from '../server/hmac.js';
import { FakeDocument } from './page.js';
import type { Guard } from './page.js';
import { loadPusherJS } from './sandbox.js';
import type { Build } from './sandbox.js';

/** The libraries under test. */
export type Subject = 'pusher-js' | 'pusher-elements';

type Listener = (...values: never[]) => unknown;

/** What a scenario uses of a channel; both libraries have it. */
export interface ChannelOfEither {
  readonly subscribed: boolean;
  readonly subscriptionPending: boolean;
  bind(event: string, callback: Listener): unknown;
  bind_global(callback: Listener): unknown;
  trigger(event: string, data: unknown): boolean;
  unsubscribe(): void;
}

/** What a scenario uses of a client; both libraries have it. */
export interface ClientOfEither {
  readonly connection: {
    readonly state: string;
    readonly socket_id: string | undefined;
    bind(event: string, callback: Listener): unknown;
  };
  readonly user: { bind(event: string, callback: Listener): unknown };
  subscribe(name: string): ChannelOfEither;
  unsubscribe(name: string): void;
  channel(name: string): ChannelOfEither | undefined;
  bind(event: string, callback: Listener): unknown;
  connect(): void;
  disconnect(): void;
  signin(): void;
  switchCluster(options: { appKey: string; cluster: string }): void;
}

interface ClientClass {
  new (key: string, options: object): ClientOfEither;
  log?: ((message: string) => void) | undefined;
  readonly instances?: readonly unknown[];
}

/** The page. */
export interface World {
  readonly subject: Subject;
  readonly clock: FakeClock;
  readonly server: ProtocolServer;
  readonly app: ServerApp;
  readonly transport: InMemoryTransportFactory;
  readonly endpoint: ScriptedEndpoint;
  readonly document: FakeDocument;
  readonly Pusher: ClientClass;
  /** Exceptions and rejections that came out of the library to nobody. */
  readonly uncaught: readonly unknown[];
  /** How many listeners the libraries have on the window. */
  readonly listenerCount: number;
  /** A client of this library, which connects by itself. */
  create(options?: PusherOptions): ClientOfEither;
  /** A client that is connected. */
  connected(options?: PusherOptions): Promise<ClientOfEither>;
  /** The browser says `online`. */
  online(): void;
  /** What the server was asked with this event, in order. */
  received(event: string, channel?: string): FrameRecord[];
  /** Lets time pass, fake and real, in small steps: for what is loaded when needed. */
  settle(condition: () => boolean): Promise<void>;
}

const key = 'app-key';

/** A page with `subject` on it; it is gone with the test. */
export function createWorld(t: TestContext, subject: Subject, build: Build = 'pusher.js'): World {
  const clock = new FakeClock();
  clock.useRandom(0.5);
  const server = new ProtocolServer({ clock, hmacSha256, apps: [{ key }] });
  const app = server.app();
  // A millisecond each way: without it a client that retries at once would stop the fake time (row Q).
  const transport = createInMemoryTransport(server, { latency: 1 });
  const endpoint = new ScriptedEndpoint(clock, app);
  const uncaught: unknown[] = subject === 'pusher-js' ? [] : catchReports(t);
  const guard: Guard = (callback) => {
    try {
      callback();
    } catch (error) {
      uncaught.push(error);
    }
  };
  const wires = { clock, transport, endpoint, guard };
  const document = new FakeDocument((script) => {
    loadScript(script.src).catch(() => script.onerror?.());
  });
  const network = new FakeNetwork();
  const sandbox =
    subject === 'pusher-js'
      ? loadPusherJS(wires, document, (error) => uncaught.push(error), build)
      : undefined;

  async function loadScript(src: string): Promise<void> {
    const [url = '', text = ''] = src.split('?');
    const { body } = await endpoint.answer({ url, method: 'GET', text, headers: {} });
    const code = `${new URLSearchParams(text).get('callback') ?? ''}(${body});`;
    if (sandbox) sandbox.run(code);
    else guard(() => void (0, eval)(code)); // as a script element does, in the global scope
  }

  if (!sandbox) {
    endpoint.install(t);
    catchWarnings(t);
    const before = Object.getOwnPropertyDescriptor(globalThis, 'document');
    Object.defineProperty(globalThis, 'document', { configurable: true, value: asPage(document) });
    t.after(() => {
      if (before) Object.defineProperty(globalThis, 'document', before);
      else Reflect.deleteProperty(globalThis, 'document');
    });
  }
  const Library = (sandbox?.Pusher ?? Pusher) as ClientClass;
  const clients: ClientOfEither[] = [];
  t.after(() => {
    for (const client of clients) client.disconnect();
  });

  const world: World = {
    ...{ subject, clock, server, app, transport, endpoint, document, uncaught, Pusher: Library },
    get listenerCount() {
      return sandbox?.listenerCount ?? network.listenerCount;
    },
    create(options = {}) {
      const ours = sandbox ? undefined : { clock, transport, network };
      // Both get the same options: cluster is mandatory in pusher-js.
      const client = new Library(key, { cluster: '', enabledTransports: ['ws'], ...options, ...ours });
      clients.push(client);
      return client;
    },
    async connected(options) {
      const client = world.create(options);
      await clock.advance(100);
      if (client.connection.state !== 'connected') throw new Error(`It is ${client.connection.state}.`);
      return client;
    },
    online() {
      if (sandbox) sandbox.signal('online');
      else network.signal('online');
    },
    received: (event, channel) =>
      app.record.received.filter(
        (frame) => frame.event === event && (channel === undefined || frame.channel === channel),
      ),
    async settle(condition) {
      for (let turn = 0; turn < 2000 && !condition(); turn += 1) {
        await clock.advance(1);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
  return world;
}

/** The same document with what our client looks at besides. */
const asPage = (document: FakeDocument): object =>
  Object.assign(document, { querySelector: () => null, cookie: '', baseURI: 'http://page.test/' });
