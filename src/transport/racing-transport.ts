/**
 * One attempt over several transports. Most need one only, so here is what a WebSocket needs that carries the
 * connection: the race against HTTP (race.ts) is loaded when the WebSocket has failed or its time is up.
 */
import type { Clock, TimerHandle } from '../clock.js';
import type { createHttpTransport } from './http-transport.js';
import type { RaceMemory } from './race-memory.js';
import type { Race } from './race.js';
import type { PlannedTransport, WireName } from './transport-plan.js';
import type { Transport, TransportClose, TransportHandlers } from './transport.js';

/** What is loaded only when needed: `http-fallback.ts`. */
export interface HttpFallback {
  readonly createHttpTransport: typeof createHttpTransport;
  readonly Race: typeof Race;
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

/** The close of a transport that something kept from working. */
const broken = (reason: unknown): TransportClose => ({
  code: 1006,
  reason: reason instanceof Error ? reason.message : String(reason),
  wasClean: false,
});

/** A new, unopened transport. */
export function createRacingTransport(parts: RacingTransportParts): Transport {
  const { clock, plan, memory, note, createWebSocket, loadFallback } = parts;
  /** Undefined before `open()` and after the end. */
  let handlers: TransportHandlers | undefined;
  let webSocket: Transport | undefined;
  /** How the WebSocket ended, where it did so before it carried anything. */
  let ended: TransportClose | undefined;
  /** What carries the connection, or decides what does. */
  let carrier: Transport | undefined;
  let isLoading = false;
  let startedAt: number;
  let timer: TimerHandle;

  const close = (): void => {
    handlers = undefined;
    clock.clearTimeout(timer);
    carrier?.close();
    webSocket?.close();
    carrier = undefined;
  };
  const end = (said: TransportClose): void => {
    const told = handlers;
    note({ transport: 'ws', outcome: 'failed', code: said.code });
    close();
    told?.closed(said);
  };
  /** Loads the race, in which the WebSocket goes on. */
  const race = (): void => {
    clock.clearTimeout(timer);
    if (isLoading || !handlers) return;
    isLoading = true;
    loadFallback().then(
      ({ Race, createHttpTransport }) => {
        if (!handlers || carrier) return;
        const hear = (others: TransportHandlers): void => {
          listener = others;
          if (ended) others.closed(ended);
        };
        carrier = new Race({ ...parts, createHttpTransport, startedAt, webSocket, hear });
        carrier.open(handlers);
      },
      (error: unknown) => {
        isLoading = false; // the file may be there when the WebSocket fails
        if (ended?.reason || !webSocket) end(ended ?? broken(error));
        else if (ended) end(broken(error));
      },
    );
  };
  const failed = (said: TransportClose): void => {
    ended = said;
    // With a code of its own the service itself has answered, and would give no other answer elsewhere.
    if (said.code >= 4000 || !plan[1]) end(said);
    else race();
  };
  /** Who hears of the WebSocket: this, whoever it carries the connection for, or the race. */
  let listener: Pick<TransportHandlers, 'data' | 'closed'> = {
    data: (frame) => {
      if (!handlers) return;
      clock.clearTimeout(timer);
      carrier = webSocket;
      listener = handlers;
      memory.webSocketCarries(clock.now());
      note({ transport: 'ws', outcome: 'carries' });
      handlers.opened();
      if (carrier) listener.data(frame); // unless that has closed it
    },
    closed: failed,
  };

  return {
    open(owner) {
      handlers = owner;
      startedAt = clock.now();
      const [first, second] = plan;
      if (first?.name !== 'ws') {
        race();
        return;
      }
      if (second) timer = clock.setTimeout(race, second.startAfter);
      note({ transport: 'ws', outcome: 'started' });
      try {
        webSocket = createWebSocket();
        webSocket.open({
          opened: () => undefined, // anything may open; what counts is that the server speaks
          data: (frame) => {
            listener.data(frame);
          },
          closed: (said) => {
            listener.closed(said);
          },
        });
      } catch (error) {
        // The browser refuses the address. Later, because no handler is called before this has returned.
        queueMicrotask(() => {
          failed(broken(error));
        });
      }
    },
    send: (text) => carrier?.send(text) ?? false,
    ping: () => carrier?.ping?.() ?? false,
    close,
  };
}
