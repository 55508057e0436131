/**
 * What stands behind a story: a Channels server in memory, the way to it, and a network that can be taken
 * away. The elements in front are the real ones, with the real client; only the wire is short.
 */
import type { NetworkSignal, NetworkSource, PusherOptions } from '../../src/index.js';
import {
  createInMemoryTransport,
  ProtocolServer,
  type InMemoryTransportFactory,
  type ServerApp,
} from '../../src/testing/index.js';
import { StoryEndpoint } from './endpoint.js';
import { StorySnapshot } from './own-server.js';

/** The key that every story connects with. */
export const storyKey = 'story-key';
/** The channel and the event that stories speak of. */
export const storyChannel = 'prices';
export const storyEvent = 'tick';

/** Milliseconds in each direction: enough for a state to be seen, little enough to be quick. */
const latency = 40;
/** Milliseconds that a slow server takes to answer. */
const slowness = 4000;
/** Milliseconds that a signature may take. */
const patience = 3_600_000;

/** What the browser would say of the network, said by a button. */
class StoryNetwork implements NetworkSource {
  readonly #listeners = new Set<(signal: NetworkSignal) => void>();
  #isOnline = true;

  isOnline(): boolean {
    return this.#isOnline;
  }

  listen(on: (signal: NetworkSignal) => void): () => void {
    this.#listeners.add(on);
    return () => {
      this.#listeners.delete(on);
    };
  }

  turn(isOnline: boolean): void {
    this.#isOnline = isOnline;
    for (const listener of [...this.#listeners]) listener(isOnline ? 'online' : 'offline');
  }
}

/** What a story publishes. */
export interface Price {
  readonly symbol: string;
  readonly price: number;
}

/** One server with one app, and everything that can happen to it. */
export class Scene {
  readonly server: ProtocolServer;
  readonly app: ServerApp;
  readonly transport: InMemoryTransportFactory;
  /** The page's own server, which signs. */
  readonly endpoint: StoryEndpoint = new StoryEndpoint(storyKey);
  /** What the page's own server has. */
  readonly snapshot: StorySnapshot = new StorySnapshot();
  /** For the `options` property of `<pusher-connection>`, or the second argument of `new Pusher()`. */
  readonly options: PusherOptions;
  readonly #network = new StoryNetwork();
  #isSlow = false;
  #published = 0;

  constructor(options: PusherOptions = {}) {
    this.server = new ProtocolServer({ apps: [{ key: storyKey, hasSubscriptionCounts: true }] });
    this.app = this.server.app();
    this.transport = createInMemoryTransport(this.server, { latency });
    this.options = {
      // Whoever looks at a state may take their time.
      channelAuthorization: { endpoint: this.endpoint.path, timeout: patience },
      ...options,
      transport: this.transport,
      network: this.#network,
    };
  }

  /** For the page of somebody else: connections that say the same share one socket, as on one page. */
  optionsOf(person: string): PusherOptions {
    const { channelAuthorization } = this.options;
    return { ...this.options, channelAuthorization: { ...channelAuthorization, params: { person } } };
  }

  /** Breaks the connection, as a router that restarts does. The server stays up. */
  drop(): void {
    this.transport.dropAll();
  }

  get isStopped(): boolean {
    return !this.app.isListening;
  }

  stop(): void {
    this.app.stop();
  }

  start(): void {
    this.app.start();
  }

  get isFull(): boolean {
    return this.app.settings.maxConnections === 0;
  }

  /** The app has no connection to spare: who comes now is refused with 4004, and who is there is sent away. */
  fill(): void {
    this.app.configure({ maxConnections: 0 });
    this.drop();
  }

  makeRoom(): void {
    this.app.configure({ maxConnections: null });
  }

  get isOffline(): boolean {
    return this.transport.isOffline;
  }

  goOffline(): void {
    this.transport.goOffline();
    this.#network.turn(false);
  }

  goOnline(): void {
    this.transport.goOnline();
    this.#network.turn(true);
  }

  get isSlow(): boolean {
    return this.#isSlow;
  }

  /** Handshakes and subscriptions take seconds from now on, or no longer. */
  slowDown(isSlow: boolean): void {
    this.#isSlow = isSlow;
    const delay = isSlow ? slowness : 0;
    this.app.script({ handshake: { type: 'accept', delay }, subscribe: { type: 'succeed', delay } });
  }

  /** Publishes a price; `wrap` makes something else of it first. */
  publish(
    event: string = storyEvent,
    channel: string = storyChannel,
    wrap: (price: Price) => unknown = (price) => price,
  ): void {
    this.app.publish({ channels: channel, event, data: wrap(this.#nextPrice()) });
  }

  /** Prices are made up, and the same ones each time. */
  #nextPrice(): Price {
    const step = (this.#published += 1);
    const symbol = ['ALPHA', 'BETA', 'GAMMA'][step % 3] ?? 'ALPHA';
    return { symbol, price: 100 + (step % 3) * 50 + Math.round(Math.sin(step) * 500) / 100 };
  }
}
