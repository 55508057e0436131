/**
 * A network in memory between the client and a {@link ProtocolServer}.
 *
 * Everything arrives later, never inside the call that caused it, as with a socket: by default in a
 * microtask of its own, so that awaiting anything delivers it and no timer is left behind; with `latency`,
 * by a timer of the clock, so that a fake clock decides when. Order is kept in each direction either way.
 */
import type { Clock } from '../clock.js';
import type {
  Transport,
  TransportClose,
  TransportFactory,
  TransportHandlers,
} from '../transport/transport.js';
import type { ProtocolServer } from './protocol-server.js';
import type { ServerConnection } from './server-connection.js';

export interface InMemoryTransportOptions {
  /** Milliseconds in each direction, by the server's clock. Default: 0, which means microtasks. */
  readonly latency?: number;
}

/** What can be done to the network, besides making transports for it. */
export interface InMemoryTransportFactory extends TransportFactory {
  /** Transports that are connected: opened, and not yet closed by either side. */
  readonly openCount: number;
  /** Transports ever started. */
  readonly attemptCount: number;
  /** Whether the network is down. */
  readonly isOffline: boolean;
  /**
   * Takes the network away: new attempts fail with 1006, and open transports fall silent for good, as
   * after a change of network: neither side hears of the other again, nor that the other has closed.
   */
  goOffline(): void;
  /** Gives the network back, to new attempts. */
  goOnline(): void;
  /** Breaks every open transport at once, like a router that restarts: both sides learn 1006. */
  dropAll(): void;
  /** What `isSupported` answers from now on; true at first (seed S-06). */
  setSupported(isSupported: boolean): void;
}

/** Makes transports that reach `server`, whatever host their address names. */
export function createInMemoryTransport(
  server: ProtocolServer,
  options: InMemoryTransportOptions = {},
): InMemoryTransportFactory {
  const network = new Network(server, options.latency ?? 0);
  return {
    isSupported: () => network.isSupported,
    create: (url) => new InMemoryTransport(network, url),
    get openCount() {
      return [...network.transports].filter((transport) => transport.isOpen).length;
    },
    get attemptCount() {
      return network.attemptCount;
    },
    get isOffline() {
      return network.isOffline;
    },
    goOffline() {
      network.isOffline = true;
      for (const transport of network.transports) transport.cut();
    },
    goOnline() {
      network.isOffline = false;
    },
    dropAll() {
      for (const transport of network.transports) transport.break();
    },
    setSupported(isSupported) {
      network.isSupported = isSupported;
    },
  };
}

const broken: TransportClose = { code: 1006, reason: '', wasClean: false };

class Network {
  readonly server: ProtocolServer;
  readonly #clock: Clock;
  readonly #latency: number;
  /** Those that have been started and not closed. */
  readonly transports = new Set<InMemoryTransport>();
  isOffline = false;
  isSupported = true;
  attemptCount = 0;

  constructor(server: ProtocolServer, latency: number) {
    this.server = server;
    this.#clock = server.clock;
    this.#latency = latency;
  }

  /** Runs something on the other side. Both ways of waiting keep the order. */
  carry(delivery: () => void): void {
    if (this.#latency > 0) this.#clock.setTimeout(delivery, this.#latency);
    else queueMicrotask(delivery);
  }
}

class InMemoryTransport implements Transport {
  readonly #network: Network;
  readonly #url: string;
  #handlers: TransportHandlers | undefined;
  #connection: ServerConnection | undefined;
  #state: 'new' | 'opening' | 'open' | 'closed' = 'new';
  #isCut = false;

  constructor(network: Network, url: string) {
    this.#network = network;
    this.#url = url;
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  open(handlers: TransportHandlers): void {
    if (this.#state !== 'new') throw new Error('A transport is used once');
    this.#handlers = handlers;
    this.#state = 'opening';
    this.#network.attemptCount += 1;
    this.#network.transports.add(this);
    this.#network.carry(() => {
      this.#reach();
    });
  }

  send(text: string): boolean {
    if (this.#state !== 'open') return false;
    this.#toServer((connection) => {
      connection.receive(text);
    });
    return true;
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#finish();
    this.#toServer((connection) => {
      connection.closed(1005);
    });
  }

  /** Falls silent in both directions, at once: what is under way is lost. */
  cut(): void {
    if (this.#isCut) return;
    this.#isCut = true;
    // An attempt under way fails; browsers report that, while an open socket notices nothing.
    if (this.#state === 'opening')
      this.#network.carry(() => {
        this.#end(broken);
      });
  }

  /** Ends for both sides. */
  break(): void {
    this.#connection?.drop();
  }

  #reach(): void {
    if (this.#state !== 'opening' || this.#isCut) return;
    if (this.#network.isOffline) {
      this.#end(broken);
      return;
    }
    const upgrade = this.#network.server.upgrade(this.#url);
    if (upgrade.outcome === 'refused') this.#closeFromServer(broken);
    if (upgrade.outcome !== 'answered') return;
    this.#toClient((handlers) => {
      this.#state = 'open';
      handlers.opened();
    });
    this.#connection = upgrade.accept({
      send: (frame) => {
        this.#toClient((handlers) => {
          handlers.data(frame);
        });
      },
      close: (code, reason) => {
        this.#closeFromServer({ code, reason, wasClean: true });
      },
      drop: () => {
        this.#closeFromServer(broken);
      },
    });
  }

  #toServer(delivery: (connection: ServerConnection) => void): void {
    this.#network.carry(() => {
      if (!this.#isCut && this.#connection) delivery(this.#connection);
    });
  }

  #toClient(delivery: (handlers: TransportHandlers) => void): void {
    this.#network.carry(() => {
      if (!this.#isCut && this.#handlers) delivery(this.#handlers);
    });
  }

  #closeFromServer(close: TransportClose): void {
    this.#network.carry(() => {
      if (!this.#isCut) this.#end(close);
    });
  }

  #end(close: TransportClose): void {
    const handlers = this.#handlers;
    this.#finish();
    handlers?.closed(close);
  }

  // Detaches, so that nothing that is still under way can be heard.
  #finish(): void {
    this.#state = 'closed';
    this.#handlers = undefined;
    this.#network.transports.delete(this);
  }
}
