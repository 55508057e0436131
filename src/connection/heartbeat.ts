/**
 * Whether the server is still there (protocol.md §4). Hearing a frame costs one look at the clock and no
 * timer: a single timer compares times when it fires, and notices on the way that the machine has slept.
 */
import type { Clock, TimerHandle } from '../clock.js';

/** How long a probe after a wake-up may go unanswered, in milliseconds (design.md §5). */
export const probeTimeout = 5000;
/** How often to look at the clock at least; also the lateness that means the machine has slept. Milliseconds. */
export const sleepCheckInterval = 10_000;

/**
 * The shortest silence that is worth a ping, in milliseconds: a server, or an option, that says less (or next
 * to nothing) would have us ping as fast as the answers come in.
 */
const leastActivityTimeout = 100;

/** What the heartbeat makes happen. */
export interface HeartbeatActions {
  /** Send a `pusher:ping`, or what the transport has instead. */
  ping(): void;
  /** The server has not answered: the connection is dead. */
  silent(): void;
}

/** One per client; started for each connection. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #actions: HeartbeatActions;
  #timer: TimerHandle;
  #isRunning = false;
  #activityTimeout = 0;
  #pongTimeout = 0;
  /** When the last frame came in. */
  #heardAt = 0;
  /** When the timer should have fired. */
  #wakeAt = 0;
  /** By when something has to be heard; undefined while nothing is awaited. */
  #silentAt: number | undefined;
  /** When the oldest unanswered ping was sent, for the round trip. */
  #pingedAt: number | undefined;
  #latency: number | undefined;
  #waiting: ((latency: number | undefined) => void)[] = [];

  constructor(clock: Clock, actions: HeartbeatActions) {
    this.#clock = clock;
    this.#actions = actions;
  }

  /** The last measured round trip in milliseconds. */
  get latency(): number | undefined {
    return this.#latency;
  }

  /** Begins watching a new connection. Both times are milliseconds. */
  start(activityTimeout: number, pongTimeout: number): void {
    this.stop();
    this.#isRunning = true;
    this.#activityTimeout = Math.max(leastActivityTimeout, activityTimeout);
    this.#pongTimeout = pongTimeout;
    this.#heardAt = this.#clock.now();
    this.#arm();
  }

  /** Forgets the connection; whoever waits for a round trip is told that there is none. */
  stop(): void {
    this.#isRunning = false;
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#silentAt = undefined;
    this.#pingedAt = undefined;
    this.#latency = undefined;
    this.#settle(undefined);
  }

  /** A frame came in: any frame proves the server alive. On the message path, so it does as little as that. Returns when. */
  heard(): number {
    this.#heardAt = this.#clock.now();
    if (this.#silentAt !== undefined) {
      this.#silentAt = undefined;
      if (this.#isRunning) this.#arm(); // the timer was set for the silence that did not come
    }
    return this.#heardAt;
  }

  /** A pong came in. */
  ponged(): void {
    if (this.#pingedAt === undefined) return;
    this.#latency = this.#clock.now() - this.#pingedAt;
    this.#pingedAt = undefined;
    this.#settle(this.#latency);
  }

  /** The transport's own heartbeat came in: proof of life, and the answer where one was asked for. */
  answered(): void {
    this.heard();
    this.ponged();
  }

  /** Asks the server to show itself within five seconds, or within the pong time where that is shorter. */
  probe(): void {
    if (this.#isRunning) this.#ping(Math.min(probeTimeout, this.#pongTimeout));
  }

  /** Measures a round trip; undefined when the connection ends first. */
  measure(): Promise<number | undefined> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#ping(this.#pongTimeout);
    });
  }

  #settle(latency: number | undefined): void {
    for (const resolve of this.#waiting.splice(0)) resolve(latency);
  }

  #ping(patience: number): void {
    const now = this.#clock.now();
    // A ping whose pong never came must not stretch the next round trip.
    if (this.#pingedAt === undefined || now - this.#pingedAt >= this.#pongTimeout) this.#pingedAt = now;
    this.#silentAt = Math.min(this.#silentAt ?? Infinity, now + patience);
    this.#actions.ping();
    if (this.#isRunning) this.#arm();
  }

  #arm(): void {
    const now = this.#clock.now();
    this.#clock.clearTimeout(this.#timer);
    this.#wakeAt = Math.min(
      this.#silentAt ?? this.#heardAt + this.#activityTimeout,
      now + sleepCheckInterval,
    );
    this.#timer = this.#clock.setTimeout(this.#wake, Math.max(0, this.#wakeAt - now));
  }

  readonly #wake = (): void => {
    const now = this.#clock.now();
    // Far too late: the machine slept. An answer may be waiting unread, so ask again before giving up.
    if (now - this.#wakeAt > sleepCheckInterval) {
      this.#silentAt = undefined;
      this.probe();
    } else if (this.#silentAt !== undefined && now >= this.#silentAt) this.#actions.silent();
    else if (this.#silentAt === undefined && now - this.#heardAt >= this.#activityTimeout)
      this.#ping(this.#pongTimeout);
    else this.#arm();
  };
}
