/**
 * A WebSocket and HTTP side by side: they start as planned, the first to bring a frame carries the connection,
 * and the others are closed. Where that is HTTP, a WebSocket is looked for from then on. Loaded only when needed.
 */
import type { TimerHandle } from '../clock.js';
import type { createHttpTransport } from './http-transport.js';
import { probeDelay } from './probe-delay.js';
import type { RacingTransportParts } from './racing-transport.js';
import type { WireName } from './transport-plan.js';
import type { Transport, TransportClose, TransportHandlers } from './transport.js';
import { WebSocketProbe } from './websocket-probe.js';

export interface RaceParts extends Omit<RacingTransportParts, 'loadFallback'> {
  readonly createHttpTransport: typeof createHttpTransport;
  /** When the attempt began, in milliseconds of the clock. */
  readonly startedAt: number;
  /** The first of the plan, where that is under way or has failed already. */
  readonly webSocket: Transport | undefined;
  /** Tells from now on what it does, and whether it has failed. */
  readonly hear: (handlers: TransportHandlers) => void;
}

interface Contestant {
  readonly name: WireName;
  transport: Transport | undefined;
}

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

export class Race implements Transport {
  readonly #parts: RaceParts;
  readonly #running = new Set<Contestant>();
  readonly #closes: TransportClose[] = [];
  /** Undefined before `open()` and after the end. */
  #handlers: TransportHandlers | undefined;
  #winner: Contestant | undefined;
  /** How many of the plan have been started, and which was last. */
  #started = 0;
  #newest: Contestant | undefined;
  #timer: TimerHandle;
  #probe: WebSocketProbe | undefined;

  constructor(parts: RaceParts) {
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
    const { plan, clock, note, startedAt, createHttpTransport, httpUrl: url } = this.#parts;
    const planned = plan[this.#started];
    clock.clearTimeout(this.#timer);
    if (!planned) return;
    this.#started += 1;
    const { name } = planned;
    const contestant: Contestant = { name, transport: undefined };
    this.#newest = contestant;
    this.#running.add(contestant);
    const passed = name === 'ws' ? clock.now() - startedAt : planned.startAfter;
    const following = plan[this.#started];
    if (following)
      this.#timer = clock.setTimeout(
        () => {
          this.#startNext();
        },
        Math.max(0, following.startAfter - passed),
      );
    if (name === 'ws') {
      contestant.transport = this.#parts.webSocket;
      this.#parts.hear(this.#handlersOf(contestant));
      return;
    }
    note({ transport: name, outcome: 'started' });
    contestant.transport = createHttpTransport({ name, url, clock });
    contestant.transport.open(this.#handlersOf(contestant));
  }

  #handlersOf(contestant: Contestant): TransportHandlers {
    return {
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
    };
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
