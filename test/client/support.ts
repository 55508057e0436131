/**
 * What the tests of the client share: a client on a server in memory, with time, the network and the page
 * moved by hand. Listeners are bound before anything happens; then the test acts, and looks at what they
 * and the server's record saw.
 */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { loadSigning } from '../../src/auth/signatures.js';
import { Pusher } from '../../src/index.js';
import type {
  ConnectionError,
  ConnectionLoss,
  ConnectionState,
  Gap,
  NetworkSignal,
  NetworkSource,
  PusherOptions,
  StateChange,
  TransportFactory,
} from '../../src/index.js';
import { createInMemoryTransport, FakeClock, ProtocolServer } from '../../src/testing/index.js';
import type {
  AppOptions,
  FrameRecord,
  HmacSha256,
  InMemoryTransportFactory,
  ServerApp,
} from '../../src/testing/index.js';

// Before any test, because modules are loaded in real time; missing-signing.test.ts has a client without it.
await loadSigning();

/** The browser's opinion of the network and of the page, given by the test. */
export class FakeNetwork implements NetworkSource {
  readonly #listeners = new Set<(signal: NetworkSignal) => void>();
  #isOnline = true;

  /** How many are listening now. */
  get listenerCount(): number {
    return this.#listeners.size;
  }

  isOnline(): boolean {
    return this.#isOnline;
  }

  /** Changes the opinion without telling, as before a page is loaded. */
  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
  }

  listen(on: (signal: NetworkSignal) => void): () => void {
    this.#listeners.add(on);
    return () => {
      this.#listeners.delete(on);
    };
  }

  /** Tells every listener; `online` and `offline` are the opinion from then on. */
  signal(signal: NetworkSignal): void {
    if (signal === 'online' || signal === 'offline') this.#isOnline = signal === 'online';
    for (const on of [...this.#listeners]) on(signal);
  }
}

/** One attempt to connect: when, in milliseconds since the rig was made, and where to. */
export interface Attempt {
  readonly at: number;
  readonly url: string;
}

/** Everything a test may want to move or look at. */
export interface Rig {
  readonly clock: FakeClock;
  readonly server: ProtocolServer;
  readonly app: ServerApp;
  readonly transport: InMemoryTransportFactory;
  readonly network: FakeNetwork;
  readonly pusher: Pusher;
  /** Every transport that was asked for, also those that never reached the server. */
  readonly attempts: readonly Attempt[];
  /** The states that were announced, in order; the first one is not. */
  readonly states: readonly ConnectionState[];
  readonly changes: readonly StateChange[];
  /** The name of every event of the connection, in order; `message` is left out. */
  readonly events: readonly string[];
  readonly errors: readonly ConnectionError[];
  readonly losses: readonly ConnectionLoss[];
  readonly gaps: readonly Gap[];
  /** The payloads of `connecting_in`, in seconds. */
  readonly delays: readonly number[];
  /** Milliseconds since the rig was made. */
  elapsed(): number;
  /** What the server received, as `event channel`. */
  frames(): string[];
  /** The browser says that there is no network, and there is none. */
  goOffline(): void;
  /** There is a network again, and the browser says so. */
  goOnline(): void;
}

export interface RigOptions extends PusherOptions {
  readonly key?: string;
  /** Settings of the app on the server. It does not ping, so that every timer of the clock is the client's. */
  readonly app?: Partial<AppOptions>;
  /** Milliseconds in each direction. Default 0: everything arrives with `clock.advance(0)`. */
  readonly latency?: number;
  /** What `clock.random()` answers; 0.5 by default, so that every delay is known. */
  readonly random?: number;
  /** Checks signatures; without it every one is taken. */
  readonly hmacSha256?: HmacSha256;
  /** Runs before the client is made. */
  readonly prepare?: (app: ServerApp) => void;
}

/** A frame of the record as `event channel`. */
export const shown = ({ event, channel }: FrameRecord): string =>
  channel === null ? String(event) : `${String(event)} ${channel}`;

/** A client that has been made and has not connected yet, with every listener bound. */
export function createRig(options: RigOptions = {}): Rig {
  const { key = 'app-key', app: settings, latency, random = 0.5, hmacSha256, prepare, ...rest } = options;
  const clock = new FakeClock();
  clock.useRandom(random);
  const server = new ProtocolServer({
    clock,
    apps: [{ key, pingAfter: null, ...settings }],
    ...(hmacSha256 && { hmacSha256 }),
  });
  const app = server.app();
  const transport = createInMemoryTransport(server, latency === undefined ? {} : { latency });
  const network = new FakeNetwork();
  const begin = clock.now();
  const attempts: Attempt[] = [];
  const transports: TransportFactory = {
    isSupported: () => transport.isSupported(),
    create: (url) => {
      attempts.push({ at: clock.now() - begin, url });
      return transport.create(url);
    },
  };
  prepare?.(app);
  const pusher = new Pusher(key, { clock, transport: transports, network, ...rest });
  const seen = watch(pusher);
  return {
    ...{ clock, server, app, transport, network, pusher, attempts },
    ...seen,
    elapsed: () => clock.now() - begin,
    frames: () => app.record.received.map(shown),
    goOffline: () => {
      transport.goOffline();
      network.signal('offline');
    },
    goOnline: () => {
      transport.goOnline();
      network.signal('online');
    },
  };
}

/** A client that is connected, with what led there in its lists. */
export async function connected(options: RigOptions = {}): Promise<Rig> {
  const rig = createRig(options);
  await rig.clock.advance((options.latency ?? 0) * 2);
  assert.equal(rig.pusher.connection.state, 'connected', 'the rig is connected');
  return rig;
}

/** Every event of a connection but `message`. */
const connectionEvents = [
  ...(['connecting', 'connected', 'unavailable', 'failed', 'disconnected'] as const),
  ...(['state_change', 'connecting_in', 'error', 'lost', 'gap', 'reachability'] as const),
];

/** Everything a connection says, in lists that grow. */
export function watch(
  pusher: Pusher,
): Pick<Rig, 'states' | 'changes' | 'events' | 'errors' | 'losses' | 'gaps' | 'delays'> {
  const changes: StateChange[] = [];
  const states: ConnectionState[] = [];
  const events: string[] = [];
  const errors: ConnectionError[] = [];
  const losses: ConnectionLoss[] = [];
  const gaps: Gap[] = [];
  const delays: number[] = [];
  // By name: a listener for everything would make the client decode what nobody else reads.
  for (const event of connectionEvents) pusher.connection.bind(event, () => events.push(event));
  pusher.connection
    .bind('state_change', (change) => {
      changes.push(change);
      states.push(change.current);
    })
    .bind('error', (error) => errors.push(error))
    .bind('lost', (loss) => losses.push(loss))
    .bind('gap', (gap) => gaps.push(gap))
    .bind('connecting_in', (delay) => delays.push(delay));
  return { changes, states, events, errors, losses, gaps, delays };
}

/** What listeners threw, instead of on the console, until the test ends. */
export function catchReports(t: TestContext): unknown[] {
  const reports: unknown[] = [];
  const scope = globalThis as { reportError?: (error: unknown) => void };
  const before = Object.getOwnPropertyDescriptor(scope, 'reportError');
  scope.reportError = (error) => reports.push(error);
  t.after(() => {
    if (before) Object.defineProperty(scope, 'reportError', before);
    else delete scope.reportError;
  });
  return reports;
}

/** What was written with `console.warn`, instead of on the console, until the test ends. */
export function catchWarnings(t: TestContext): string[] {
  const warnings: string[] = [];
  t.mock.method(console, 'warn', (...words: unknown[]) => warnings.push(words.join(' ')));
  return warnings;
}

/** Nothing of the client is left: no timer, no listener, no socket. */
export function assertNothingLeft({ clock, network, transport }: Rig): void {
  assert.equal(clock.pendingTimers, 0, 'no timer is left');
  assert.equal(network.listenerCount, 0, 'nobody listens to the network');
  assert.equal(transport.openCount, 0, 'no socket is open');
}
