/** One connection, seen from the server: its handshake, its frames in and out, its faults. */
import type { Clock, TimerHandle } from '../clock.js';
import { faultyFrame, wellBehaved, type Behavior, type DataShape, type FaultyFrame } from './behavior.js';
import { ClientEventRate, passClientEvent } from './client-events.js';
import { greet } from './greeting.js';
import type { Rejection } from './handshake.js';
import { Liveness, type LivenessTimes } from './liveness.js';
import { RecordedFrame, type FrameRecord, type ServerRecord } from './record.js';
import type { ServerApp } from './server-app.js';
import type { ServerChannel } from './server-channel.js';
import { SignIn } from './sign-in.js';
import { Subscriptions } from './subscriptions.js';
import type { SignedInUser } from './users.js';
import { fitCloseReason, readFrame, type ClientFrame, type ServerFrame } from './wire.js';

/** The other end, as the carrier of the bytes sees it. The core calls nothing after `close` or `drop`. */
export interface Peer {
  /** Sends one frame; bytes are a binary frame, which only a fault sends. */
  send(frame: string | Uint8Array): void;
  /** Starts the closing handshake: one close frame, then waits for the answer. */
  close(code: number, reason: string): void;
  /** Breaks the connection without a closing handshake. */
  drop(): void;
}

/** What a connection is made of; the server fills it in. */
export interface ConnectionParts {
  readonly number: number;
  readonly url: string;
  readonly clock: Clock;
  readonly record: ServerRecord;
  readonly app: ServerApp | undefined;
  readonly peer: Peer;
  /** A socket id nobody else has. */
  readonly socketId: string;
  /** The scripted behavior of this connection alone. */
  readonly behavior: Partial<Behavior>;
}

export class ServerConnection {
  /** Numbers connections from 1, as in the record. */
  readonly number: number;
  readonly url: string;
  /** Undefined for a connection that named no known app; it is rejected. */
  readonly app: ServerApp | undefined;
  readonly #parts: ConnectionParts;
  readonly #liveness: Liveness;
  readonly #rate = new ClientEventRate();
  readonly #subscriptions: Subscriptions | undefined;
  readonly #signIn: SignIn | undefined;
  readonly #timers = new Set<TimerHandle>();
  #overrides: Partial<Behavior>;
  #socketId: string | undefined;
  #isOpen = true;
  #isStalled = false;

  /** @internal Made by `ProtocolServer`. */
  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#overrides = parts.behavior;
    this.number = parts.number;
    this.url = parts.url;
    this.app = parts.app;
    this.#subscriptions = parts.app && new Subscriptions(this, parts.app);
    this.#signIn = parts.app && new SignIn(this, parts.app);
    this.#liveness = new Liveness(parts.clock, () => this.#livenessTimes(), {
      ping: () => {
        this.ping();
      },
      giveUp: () => {
        this.close(4201, 'Pong reply not received in time');
      },
    });
  }

  /** The socket id; undefined before the handshake. */
  get socketId(): string | undefined {
    return this.#socketId;
  }

  /** False once either side has ended it. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether `stall()` was called last. */
  get isStalled(): boolean {
    return this.#isStalled;
  }

  /** Who it has signed in as. */
  get user(): SignedInUser | undefined {
    return this.#signIn?.user;
  }

  /** The names of the channels it is subscribed to. */
  get channels(): readonly string[] {
    return this.#subscriptions?.names ?? [];
  }

  /** What it does now: its own script over the app's. */
  get behavior(): Behavior {
    return { ...(this.app?.behavior ?? wellBehaved), ...this.#overrides };
  }

  /** Changes some of its behavior; the rest stays the app's. */
  script(change: Partial<Behavior>): void {
    this.#overrides = { ...this.#overrides, ...change };
  }

  /** The channel of this name, if it is subscribed to it. */
  joinedChannel(name: string): ServerChannel | undefined {
    return this.#subscriptions?.channel(name);
  }

  /** A frame came in: to be called by the carrier. Binary frames are recorded by their length and ignored. */
  receive(frame: string | Uint8Array): void {
    if (!this.#isOpen) return;
    const now = this.#parts.clock.now();
    this.#parts.record.addReceived(this.#recorded(frame));
    this.#parts.record.answerPings(this.number, now);
    if (this.#isStalled) return;
    this.#liveness.heard();
    if (this.#socketId === undefined || typeof frame !== 'string') return;
    const read = readFrame(frame);
    if (read) this.#handle(read);
    else this.sendError(4200, 'A frame must be a JSON object with a string "event"');
  }

  /** The connection is over: to be called by the carrier. Default: 1006 without a reason. */
  closed(code: number = 1006, reason: string = ''): void {
    this.#end(code, reason, 'client');
  }

  /** Sends one frame. Nothing goes out while the connection is stalled or after its end. */
  send(frame: ServerFrame): void {
    this.sendRaw(JSON.stringify(frame));
  }

  /** Sends any bytes at all, as they are; text is a text frame, bytes are a binary one. */
  sendRaw(frame: string | Uint8Array): void {
    if (!this.#isOpen || this.#isStalled) return;
    this.#parts.record.addSent(this.#recorded(frame));
    this.#parts.peer.send(frame);
  }

  /** Sends something that a correct server never sends. */
  sendFaulty(fault: FaultyFrame): void {
    this.sendRaw(faultyFrame(fault));
  }

  /** Sends `pusher:error`. `shape` defaults to the scripted one; undefined `code` leaves it out. */
  sendError(code: number | null | undefined, message: string, channel?: string, shape?: DataShape): void {
    const data = { ...(code === undefined ? {} : { code }), message };
    this.send({
      event: 'pusher:error',
      ...(channel === undefined ? {} : { channel }),
      data: (shape ?? this.behavior.errorData) === 'string' ? JSON.stringify(data) : data,
    });
  }

  /** Sends the server's own ping; the record tells when it was answered. */
  ping(): void {
    if (!this.#isOpen || this.#isStalled) return;
    this.#parts.record.addPing({
      connection: this.number,
      sentAt: this.#parts.clock.now(),
      answeredAt: null,
    });
    this.send({ event: 'pusher:ping', data: {} });
  }

  /** Answers a subscription that is held or delayed; false when there is none. */
  acknowledge(channel: string): boolean {
    return this.#subscriptions?.acknowledge(channel) ?? false;
  }

  /** Closes with a code. A reason longer than 123 bytes is cut, because sockets refuse it. */
  close(code: number, reason: string = ''): void {
    if (!this.#isOpen) return;
    const fitting = fitCloseReason(reason);
    this.#end(code, fitting, 'server');
    this.#parts.peer.close(code, fitting);
  }

  /** Breaks the connection without a closing handshake; browsers report 1006. */
  drop(): void {
    if (!this.#isOpen) return;
    this.#end(1006, '', 'server');
    this.#parts.peer.drop();
  }

  /** Keeps the connection open, but answers and sends nothing. What comes in is recorded and lost. */
  stall(): void {
    this.#isStalled = true;
    this.#liveness.stop();
  }

  /** Ends a stall. What was due during it is not made up for. */
  resume(): void {
    if (!this.#isStalled || !this.#isOpen) return;
    this.#isStalled = false;
    if (this.#socketId !== undefined) this.#liveness.start();
  }

  /** Turns the connection away, in the scripted style. */
  reject({ code, message }: Rejection): void {
    const { rejection } = this.behavior;
    if (rejection !== 'close-only') this.sendError(code, message);
    if (rejection === 'frame-and-drop') this.drop();
    else if (rejection !== 'frame-only') this.close(code, message);
  }

  /** Runs something later, unless the connection ends first. */
  after(delay: number, callback: () => void): void {
    const timer = this.#parts.clock.setTimeout(() => {
      this.#timers.delete(timer);
      callback();
    }, delay);
    this.#timers.add(timer);
  }

  /** @internal The opening, once the carrier is ready to send. */
  start(rejection: Rejection | undefined): void {
    if (rejection) this.reject(rejection);
    else greet(this);
  }

  /** @internal The handshake succeeded. */
  establish(socketId: string | undefined): string {
    this.#socketId = socketId ?? this.#parts.socketId;
    if (!this.#isStalled) this.#liveness.start();
    return this.#socketId;
  }

  #handle(frame: ClientFrame): void {
    switch (frame.event) {
      case 'pusher:ping':
        if (this.behavior.ping === 'answer') this.send({ event: 'pusher:pong', data: {} });
        return;
      case 'pusher:pong':
        return;
      case 'pusher:subscribe':
        return this.#subscriptions?.request(frame.data);
      case 'pusher:unsubscribe':
        return this.#subscriptions?.cancel(frame.data);
      case 'pusher:signin':
        return this.#signIn?.request(frame.data);
      default:
        if (this.app && frame.event.startsWith('client-')) passClientEvent(this.app, this, frame, this.#rate);
        else this.sendError(null, `Unsupported event received on socket: ${frame.event.slice(0, 200)}`);
    }
  }

  #end(code: number, reason: string, by: 'client' | 'server'): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const { clock, record } = this.#parts;
    record.addClose({
      at: clock.now(),
      connection: this.number,
      socketId: this.#socketId ?? null,
      code,
      reason,
      by,
    });
    this.#liveness.stop();
    for (const timer of this.#timers) clock.clearTimeout(timer);
    this.#timers.clear();
    this.#subscriptions?.leaveAll();
    this.app?.disconnected(this);
    this.#signIn?.leave();
  }

  #livenessTimes(): LivenessTimes {
    const { pingAfter = null, pongTimeout = 0 } = this.app?.settings ?? {};
    return {
      pingAfter: pingAfter === null ? null : pingAfter * 1000,
      pongTimeout: pongTimeout * 1000,
      isPinging: this.behavior.pingsIdleClients,
    };
  }

  #recorded(frame: string | Uint8Array): FrameRecord {
    return new RecordedFrame(this.#parts.clock.now(), this.number, this.#socketId ?? null, frame);
  }
}
