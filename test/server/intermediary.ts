/**
 * What stands between a client and the server in bad networks: a proxy that lets no WebSocket through, one
 * that buffers what should stream, one that refuses HTTP. Per app, and plain JSON, so that tests in a browser
 * can switch it; and a record of the bare requests, for what the protocol core does not see.
 */

/** How the network treats one app. */
export interface NetworkBehavior {
  /** Upgrades: forwarded, broken off before the answer (1006), or taken and never answered. Default: `forward`. */
  readonly webSocket: 'forward' | 'refuse' | 'hang';
  /** Streamed answers: passed on as they come, or held back until they are complete. Default: `forward`. */
  readonly streaming: 'forward' | 'hold';
  /** HTTP sessions: forwarded, broken off without an answer, or answered with 403. Default: `forward`. */
  readonly http: 'forward' | 'refuse' | 'forbid';
  /** The host that new sessions are sent to (protocol.md §10, `o`). Default: null, none. */
  readonly sessionHost: string | null;
}

/** How a request came in. */
export type Carrier = 'websocket' | 'xhr_streaming' | 'xhr' | 'xhr_send';

/** One bare request: an upgrade, or one of an HTTP session. */
export interface CarrierRecord {
  /** Milliseconds of the server's clock. */
  readonly at: number;
  readonly carrier: Carrier;
  readonly method: string;
  readonly path: string;
  /** As it came, without the question mark. */
  readonly query: string;
  readonly contentType: string | null;
  readonly host: string | null;
  readonly body: string;
}

const clear: NetworkBehavior = {
  webSocket: 'forward',
  streaming: 'forward',
  http: 'forward',
  sessionHost: null,
};

/** Keeps the last of these per app. */
const longestRecord = 2000;

export class Intermediary {
  readonly #behaviors = new Map<string, NetworkBehavior>();
  readonly #records = new Map<string, CarrierRecord[]>();

  /** How the network treats this app. */
  behavior(key: string): NetworkBehavior {
    return this.#behaviors.get(key) ?? clear;
  }

  /** Changes some of it, for new requests. */
  script(key: string, change: Partial<NetworkBehavior>): void {
    this.#behaviors.set(key, { ...this.behavior(key), ...change });
  }

  /** What came in for this app, oldest first, also what was not forwarded. */
  records(key: string): readonly CarrierRecord[] {
    return this.#records.get(key) ?? [];
  }

  add(key: string, record: CarrierRecord): void {
    this.#records.set(key, [...this.records(key), record].slice(-longestRecord));
  }

  clearRecords(key: string): void {
    this.#records.delete(key);
  }
}
