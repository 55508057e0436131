/**
 * The network between the client and the server in memory, which can be paused, silenced, and made to lose,
 * repeat or hold back the answers to subscriptions. It tells its watcher everything that crosses it.
 */
import { createInMemoryTransport } from '../../src/testing/index.js';
import type { InMemoryTransportFactory, ProtocolServer } from '../../src/testing/index.js';
import type { Transport, TransportClose, TransportFactory, TransportHandlers } from '../../src/index.js';
import type { SimulatedClock } from './simulated-clock.js';
import { isSuccess, Tap } from './tap.js';

/** A frame as everybody can read it. */
export interface Read {
  readonly event: string;
  readonly channel: string | undefined;
  /** Decoded. */
  readonly payload: unknown;
}

/** Who looks at everything. Called before the other side is. */
export interface WireWatcher {
  attempted(url: string): void;
  opened(link: Link): void;
  sent(link: Link, frame: Read): void;
  delivered(link: Link, frame: Read | undefined): void;
  /** The client has dealt with the frame. */
  digested(link: Link, frame: Read | undefined): void;
  /** Either side has ended it. */
  ended(link: Link): void;
}

interface Data {
  readonly frame: unknown;
  /** Which request for its channel it answers, where it says that one is subscribed. */
  readonly answers: number | undefined;
}
type Inbound = Data | { readonly close: TransportClose };

/** What happens to the next answer to a subscription. */
export interface ReplyFault {
  readonly fault: 'lose' | 'duplicate' | 'delay';
  readonly milliseconds: number;
}

export class Wire implements TransportFactory {
  readonly network: InMemoryTransportFactory;
  readonly clock: SimulatedClock;
  readonly watcher: WireWatcher;
  readonly tap: Tap;
  /** Links that were started and that neither side has ended. */
  readonly live = new Set<Link>();
  replyFaults: ReplyFault[] = [];
  attempts = 0;

  constructor(server: ProtocolServer, latency: number, clock: SimulatedClock, watcher: WireWatcher) {
    this.tap = new Tap(server);
    this.network = createInMemoryTransport(this.tap.server, { latency });
    this.clock = clock;
    this.watcher = watcher;
  }

  /** The newest live link. */
  get link(): Link | undefined {
    let newest: Link | undefined;
    for (const link of this.live) newest = link;
    return newest;
  }

  readonly isSupported = (): boolean => this.network.isSupported();

  readonly create = (url: string): Transport => {
    this.attempts += 1;
    this.watcher.attempted(url);
    return new Link(this, url, this.attempts);
  };
}

export class Link implements Transport {
  readonly number: number;
  readonly isEncrypted: boolean;
  readonly startedAt: number;
  /** As the handshake said. */
  socketId: string | undefined;
  heardAt: number;
  /** The newest ping that nothing has been heard since; undefined where none is unanswered. */
  pingedAt: number | undefined;
  /** The settings that hold for it. */
  leastConnectTimeout = 0;
  connectTimeout = Infinity;
  pongTimeout = Infinity;
  activityTimeout = Infinity;
  isEnded = false;
  /** Anything was lost or held back on it, so that the client may know less than the server has said. */
  isFaulty = false;
  /**
   * Channels of which the last answer arrived after a later request for the same channel was sent. No client can tell
   * which of them it answers, so what the server thinks of them may be another thing.
   */
  readonly overtaken = new Set<string>();
  /** How often each channel was asked for. */
  readonly #requests = new Map<string, number>();
  readonly #wire: Wire;
  readonly #inner: Transport;
  #handlers: TransportHandlers | undefined;
  #isPaused = false;
  #isSilent = false;
  #isCut = false;
  #inbound: Inbound[] = [];
  #outbound: string[] = [];

  constructor(wire: Wire, url: string, number: number) {
    this.#wire = wire;
    this.#inner = wire.network.create(url);
    this.number = number;
    this.isEncrypted = url.startsWith('wss:');
    this.startedAt = wire.clock.now;
    this.heardAt = this.startedAt;
  }

  /** Whether everything that was sent has arrived, as far as this wrapper knows. */
  get isClear(): boolean {
    return !this.#isPaused && !this.isFaulty;
  }

  /** Whether anything gets through at the moment. */
  get isThrough(): boolean {
    return !this.#isPaused && !this.#isCut;
  }

  open(handlers: TransportHandlers): void {
    this.#wire.watcher.opened(this);
    this.#wire.live.add(this);
    this.#handlers = handlers;
    this.#inner.open({
      opened: () => {
        if (!this.isEnded) handlers.opened();
      },
      data: (frame) => {
        const answers = isSuccess(frame) ? this.#wire.tap.nextAnswer(this.socketId) : undefined;
        this.#arrive({ frame, answers });
      },
      closed: (close) => {
        this.#arrive({ close });
      },
    });
  }

  send(text: string): boolean {
    if (this.isEnded) return false;
    if (this.#isPaused) this.#outbound.push(text);
    else if (!this.#inner.send(text)) return false;
    const frame = read(text)!;
    const channel = String(member(frame.payload, 'channel'));
    if (frame.event === 'pusher:subscribe')
      this.#requests.set(channel, (this.#requests.get(channel) ?? 0) + 1);
    this.#wire.watcher.sent(this, frame);
    return true;
  }

  close(): void {
    this.#end();
    this.#inner.close();
  }

  /** Nothing gets through in either direction until `resume`. */
  pause(): void {
    this.#isPaused = true;
  }

  /** The network is gone, and does not come back to this socket. */
  cut(): void {
    this.isFaulty = this.#isCut = true;
  }

  /** Like `pause`, and for good, until everything is mended. */
  silence(): void {
    this.#isPaused = this.#isSilent = true;
  }

  /** What was held back arrives now, in order. */
  resume(evenIfSilent = false): void {
    if (!this.#isPaused || (this.#isSilent && !evenIfSilent)) return;
    this.#isSilent = false;
    this.#isPaused = false;
    for (const text of this.#outbound.splice(0)) this.#inner.send(text);
    for (const item of this.#inbound.splice(0)) this.#arrive(item);
  }

  #arrive(item: Inbound): void {
    if (this.isEnded) return;
    if (this.#isPaused) {
      this.#inbound.push(item);
      return;
    }
    if ('close' in item) {
      this.#end();
      this.#handlers?.closed(item.close);
      return;
    }
    const frame = typeof item.frame === 'string' ? read(item.frame) : undefined;
    const fault = isPlainSuccess(frame) ? this.#wire.replyFaults.shift() : undefined;
    if (fault?.fault !== 'lose' && fault?.fault !== 'delay') this.#deliver(item, frame);
    if (!fault) return;
    this.isFaulty = true;
    if (fault.fault !== 'lose')
      this.#wire.clock.set(
        'world',
        () => {
          if (!this.#isPaused) this.#deliver(item, frame);
        },
        fault.milliseconds,
      );
  }

  #deliver({ frame: raw, answers }: Data, frame: Read | undefined): void {
    if (this.isEnded || this.#isCut) return;
    if (answers !== undefined && frame?.channel !== undefined) {
      if (answers === this.#requests.get(frame.channel)) this.overtaken.delete(frame.channel);
      else this.overtaken.add(frame.channel);
    }
    this.heardAt = this.#wire.clock.now;
    this.pingedAt = undefined;
    this.#wire.watcher.delivered(this, frame);
    this.#handlers?.data(raw);
    this.#wire.watcher.digested(this, frame);
  }

  #end(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    this.#wire.live.delete(this);
    this.#wire.watcher.ended(this);
  }
}

/** Answers of presence channels carry who is there, and no network that keeps the order could hold them back. */
const isPlainSuccess = (frame: Read | undefined): boolean =>
  frame?.event === 'pusher_internal:subscription_succeeded' && !frame.channel?.startsWith('presence-');

export function read(text: string): Read | undefined {
  try {
    const value = JSON.parse(text) as { event?: unknown; channel?: unknown; data?: unknown } | null;
    if (typeof value?.event !== 'string') return undefined;
    const { event, channel, data } = value;
    const payload = typeof data === 'string' ? decoded(data) : data;
    return { event, channel: typeof channel === 'string' ? channel : undefined, payload };
  } catch {
    return undefined;
  }
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A member of a payload. */
export const member = (payload: unknown, name: string): unknown =>
  typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>)[name] : undefined;
