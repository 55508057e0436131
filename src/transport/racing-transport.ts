/**
 * One attempt over several transports: they start as planned, the first to bring a frame carries the
 * connection, and the others are closed. Where that is HTTP, a WebSocket is looked for from then on.
 */
import type { Clock, TimerHandle } from '../clock.js';
import type { createHttpTransport } from './http-transport.js';
import type { RaceMemory } from './race-memory.js';
import type { PlannedTransport, WireName } from './transport-plan.js';
import { probeDelay } from './transport-plan.js';
import type { Transport, TransportClose, TransportHandlers } from './transport.js';
import type { WebSocketProbe } from './websocket-probe.js';

/** What is loaded only when needed: `http-fallback.ts`. */
export interface HttpFallback {
  readonly createHttpTransport: typeof createHttpTransport;
  readonly WebSocketProbe: typeof WebSocketProbe;
}

/** Something to note about a transport. */
export interface TransportNote {
  readonly transport: WireName;
  /** It was started; it carries the connection; it is out of the race; a WebSocket was found, and the connection moves. */
  readonly outcome: 'started' | 'carries' | 'failed' | 'found';
  /** How it ended. */
  readonly code?: number;
}

export interface RacingTransportParts {
  readonly clock: Clock;
  readonly plan: readonly PlannedTransport[];
  readonly memory: RaceMemory;
  /** The address of the WebSocket, and of the session over HTTP. */
  readonly url: string;
  readonly httpUrl: string;
  readonly createWebSocket: () => Transport;
  readonly loadFallback: () => Promise<HttpFallback>;
  /** How long a look for a WebSocket may take, in milliseconds. */
  readonly connectTimeout: number;
  /** Whether the connection may move to a WebSocket: it is then ended and made anew. */
  readonly canMove: () => boolean;
  readonly isWelcome: (frame: unknown) => boolean;
  readonly note: (note: TransportNote) => void;
}

interface Contestant {
  readonly name: WireName;
  transport: Transport | undefined;
}

const broken = (reason: unknown): TransportClose => ({
  code: 1006,
  reason: reason instanceof Error ? reason.message : String(reason),
  wasClean: false,
});

/**
 * The close that says most of several: a code of the service, then any other that somebody chose, then one
 * with words, then the first.
 */
export function mostTelling(closes: readonly TransportClose[]): TransportClose {
  const worth = ({ code, reason }: TransportClose): number => {
    if (code >= 4000) return 3;
    if (code !== 1005 && code !== 1006) return 2;
    return reason === '' ? 0 : 1;
  };
  return closes.reduce((best, close) => (worth(close) > worth(best) ? close : best));
}

export class RacingTransport implements Transport {
  readonly #parts: RacingTransportParts;
  readonly #running = new Set<Contestant>();
  readonly #closes: TransportClose[] = [];
  /** Undefined before `open()` and after the end. */
  #handlers: TransportHandlers | undefined;
  #winner: Contestant | undefined;
  /** How many of the plan have been started, and which was last. */
  #started = 0;
  #newest: Contestant | undefined;
  #timer: TimerHandle;
  #fallback: HttpFallback | undefined;
  #probe: WebSocketProbe | undefined;

  constructor(parts: RacingTransportParts) {
    this.#parts = parts;
  }

  open(handlers: TransportHandlers): void {
    this.#handlers = handlers;
    this.#startNext();
  }

  send(text: string): boolean {
    return this.#winner?.transport?.send(text) ?? false;
  }

  ping(): boolean {
    return this.#winner?.transport?.ping?.() ?? false;
  }

  close(): void {
    this.#handlers = undefined;
    this.#parts.clock.clearTimeout(this.#timer);
    this.#probe?.stop();
    for (const contestant of this.#running) contestant.transport?.close();
    this.#running.clear();
    this.#winner = undefined;
  }

  #startNext(): void {
    const { plan, clock } = this.#parts;
    const planned = plan[this.#started];
    clock.clearTimeout(this.#timer);
    if (!planned) return;
    this.#started += 1;
    const contestant: Contestant = { name: planned.name, transport: undefined };
    this.#newest = contestant;
    this.#running.add(contestant);
    const following = plan[this.#started];
    if (following)
      this.#timer = clock.setTimeout(() => {
        this.#startNext();
      }, following.startAfter - planned.startAfter);
    this.#parts.note({ transport: planned.name, outcome: 'started' });
    this.#create(planned.name).then(
      (transport) => {
        this.#enter(contestant, transport);
      },
      (error: unknown) => {
        this.#failed(contestant, broken(error));
      },
    );
  }

  async #create(name: WireName): Promise<Transport> {
    const { clock, createWebSocket, httpUrl: url, loadFallback } = this.#parts;
    if (name === 'ws') return createWebSocket();
    this.#fallback ??= await loadFallback();
    return this.#fallback.createHttpTransport({ name, url, clock });
  }

  #enter(contestant: Contestant, transport: Transport): void {
    if (!this.#running.has(contestant)) return;
    contestant.transport = transport;
    try {
      transport.open({
        opened: () => undefined, // anything may open; what counts is that the server speaks
        data: (frame) => {
          if (this.#winner === contestant) this.#handlers?.data(frame);
          else if (!this.#winner && this.#running.has(contestant)) this.#win(contestant, frame);
        },
        heard: () => {
          if (this.#winner === contestant) this.#handlers?.heard?.();
        },
        closed: (close) => {
          if (this.#winner === contestant) this.#end(close);
          else this.#failed(contestant, close);
        },
      });
    } catch (error) {
      this.#failed(contestant, broken(error)); // the browser refuses the address
    }
  }

  #failed(contestant: Contestant, close: TransportClose): void {
    if (!this.#running.delete(contestant)) return;
    this.#closes.push(close);
    this.#parts.note({ transport: contestant.name, outcome: 'failed', code: close.code });
    // With a code of its own the service itself has answered, and would give no other answer elsewhere.
    if (close.code >= 4000) this.#end(close);
    else if (contestant === this.#newest && this.#started < this.#parts.plan.length) this.#startNext();
    else if (this.#running.size === 0) this.#end(mostTelling(this.#closes));
  }

  #win(contestant: Contestant, frame: unknown): void {
    const { clock, memory, plan } = this.#parts;
    const { name } = contestant;
    this.#winner = contestant;
    clock.clearTimeout(this.#timer);
    this.#running.delete(contestant);
    for (const loser of this.#running) loser.transport?.close();
    this.#running.clear();
    this.#running.add(contestant);
    if (name === 'ws') memory.webSocketCarries(clock.now());
    else memory.last = name;
    this.#parts.note({ transport: name, outcome: 'carries' });
    this.#handlers?.opened();
    this.#handlers?.data(frame);
    if (this.#handlers && name !== 'ws' && plan.some((planned) => planned.name === 'ws')) this.#look();
  }

  /** Looks for a WebSocket now and then, and moves to it when one works. */
  #look(): void {
    const { clock, memory, createWebSocket, connectTimeout, canMove, isWelcome } = this.#parts;
    const { WebSocketProbe } = this.#fallback ?? {};
    if (!WebSocketProbe) return;
    this.#probe = new WebSocketProbe({
      clock,
      create: createWebSocket,
      delay: () => probeDelay(memory.probes++, clock.random()),
      timeout: connectTimeout,
      isWanted: canMove,
      isWelcome,
      found: (transport) => {
        this.#move(transport);
      },
    });
  }

  #move(transport: Transport): void {
    const { memory, url, note } = this.#parts;
    memory.offer(url, transport);
    note({ transport: 'ws', outcome: 'found' });
    this.#end({ code: 1000, reason: 'A WebSocket works again.', wasClean: true, isMove: true });
    // The next attempt has taken it by now, in the same breath; where none was made, nobody will.
    memory.withdraw();
  }

  #end(close: TransportClose): void {
    const handlers = this.#handlers;
    this.close();
    handlers?.closed(close);
  }
}
