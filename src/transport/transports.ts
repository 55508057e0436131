/** The transports of one client: a WebSocket, and HTTP where it is needed and allowed (protocol.md §10). */
import type { Clock } from '../clock.js';
import { canRequest, canStream } from '../fetch.js';
import { RaceMemory } from './race-memory.js';
import { createRacingTransport } from './racing-transport.js';
import type { HttpFallback, TransportNote } from './racing-transport.js';
import { planTransports } from './transport-plan.js';
import type { PlannedTransport, PlanOptions } from './transport-plan.js';
import type { TransportFactory } from './transport.js';
import { createWebSocketTransport } from './websocket-transport.js';

export interface TransportsParts {
  readonly clock: Clock;
  readonly settings: () => PlanOptions;
  /** The address of HTTP sessions; undefined where there may be none. */
  readonly httpUrl: (usesTLS: boolean) => string | undefined;
  /** Whether a connection may be ended to be made anew over something better. */
  readonly canMove: () => boolean;
  /** Whether a first frame is the server's welcome. */
  readonly isWelcome: (frame: unknown) => boolean;
  /** Hears what transports do, for the timeline. */
  readonly note: (note: TransportNote) => void;
}

const loadFallback = (): Promise<HttpFallback> => import('./http-fallback.js');

/** Transports for addresses of WebSockets; what really carries an attempt is up to the plan. */
export function createTransports(parts: TransportsParts): TransportFactory {
  const memory = new RaceMemory();
  const webSockets = createWebSocketTransport(undefined, parts.clock);
  const plan = (): readonly PlannedTransport[] =>
    planTransports(
      parts.settings(),
      { hasWebSocket: webSockets.isSupported(), canRequest: canRequest(), canStream: canStream() },
      memory.last,
    );
  return {
    isSupported: () => plan().length > 0,
    create: (url) => {
      const now = parts.clock.now();
      memory.attemptBegins(now);
      const found = memory.take(url);
      if (found) {
        memory.webSocketCarries(now);
        parts.note({ transport: 'ws', outcome: 'carries' });
        return found;
      }
      const planned = plan();
      const httpUrl = parts.httpUrl(url.startsWith('wss:'));
      // The usual case for a server of one's own: nothing to race with, and nothing in between.
      if (httpUrl === undefined || planned.every(({ name }) => name === 'ws')) {
        parts.note({ transport: 'ws', outcome: 'started' });
        return webSockets.create(url);
      }
      return createRacingTransport({
        ...parts,
        plan: planned,
        memory,
        url,
        httpUrl,
        createWebSocket: () => webSockets.create(url),
        loadFallback,
        connectTimeout: parts.settings().connectTimeout,
      });
    },
  };
}
