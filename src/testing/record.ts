/** What a server saw, in order (protocol.md §12.8). Times are milliseconds of the server's clock. */
import { readFrame, stringMember } from './wire.js';

/** One request to open a connection. */
export interface UpgradeRecord {
  readonly at: number;
  /** Numbers connections from 1; the same number marks its frames. */
  readonly connection: number;
  readonly url: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Whether the upgrade was answered; a rejection with a code comes after an answered one. */
  readonly outcome: 'answered' | 'refused' | 'hung';
}

/** One frame, in either direction. */
export interface FrameRecord {
  readonly at: number;
  readonly connection: number;
  /** Null before the handshake. */
  readonly socketId: string | null;
  /** The exact text, or how long a binary frame was. */
  readonly text: string;
  /** Null when the text is not a frame of the protocol. */
  readonly event: string | null;
  /** The channel it is for, or, for a subscribe or unsubscribe, about. */
  readonly channel: string | null;
  /** The decoded payload. */
  readonly data: unknown;
}

/** The end of a connection. */
export interface CloseRecord {
  readonly at: number;
  readonly connection: number;
  readonly socketId: string | null;
  /** 1006 for a dropped connection. */
  readonly code: number;
  readonly reason: string;
  /** Which side ended it. */
  readonly by: 'client' | 'server';
}

/** A `pusher:ping` of the server and its answer. */
export interface PingRecord {
  readonly connection: number;
  readonly sentAt: number;
  /** Null until any frame has come in after it (protocol.md §4). */
  readonly answeredAt: number | null;
}

/** A frame as recorded. Decoded when somebody looks: a server under load records far more than is read. */
export class RecordedFrame implements FrameRecord {
  readonly at: number;
  readonly connection: number;
  readonly socketId: string | null;
  readonly text: string;
  #decoded: Pick<FrameRecord, 'event' | 'channel' | 'data'> | undefined;

  constructor(at: number, connection: number, socketId: string | null, frame: string | Uint8Array) {
    this.at = at;
    this.connection = connection;
    this.socketId = socketId;
    this.text = typeof frame === 'string' ? frame : `(binary, ${frame.length} bytes)`;
  }

  get event(): string | null {
    return this.#decode().event;
  }

  get channel(): string | null {
    return this.#decode().channel;
  }

  get data(): unknown {
    return this.#decode().data;
  }

  toJSON(): FrameRecord {
    const { at, connection, socketId, text } = this;
    return { at, connection, socketId, text, ...this.#decode() };
  }

  #decode(): Pick<FrameRecord, 'event' | 'channel' | 'data'> {
    if (!this.#decoded) {
      const read = readFrame(this.text);
      this.#decoded = {
        event: read?.event ?? null,
        channel: read?.channel ?? stringMember(read?.data, 'channel') ?? null,
        data: read?.data,
      };
    }
    return this.#decoded;
  }
}

/** A readable, clearable log. */
export class ServerRecord {
  readonly #limit: number;
  #upgrades: UpgradeRecord[] = [];
  #received: FrameRecord[] = [];
  #sent: FrameRecord[] = [];
  #closes: CloseRecord[] = [];
  #pings: PingRecord[] = [];

  /** Keeps the last `limit` entries of each kind, so that a server may run for weeks. */
  constructor(limit: number = 10_000) {
    this.#limit = limit;
  }

  /** Every request to open a connection. */
  get upgrades(): readonly UpgradeRecord[] {
    return this.#upgrades;
  }

  /** Every frame from a client. */
  get received(): readonly FrameRecord[] {
    return this.#received;
  }

  /** Every frame to a client. */
  get sent(): readonly FrameRecord[] {
    return this.#sent;
  }

  /** Every end of a connection. */
  get closes(): readonly CloseRecord[] {
    return this.#closes;
  }

  /** Every ping of the server. */
  get pings(): readonly PingRecord[] {
    return this.#pings;
  }

  /** Forgets everything up to now. Arrays read earlier keep what they hold. */
  clear(): void {
    this.#upgrades = [];
    this.#received = [];
    this.#sent = [];
    this.#closes = [];
    this.#pings = [];
  }

  /** The record as plain JSON. */
  toJSON(): RecordSnapshot {
    return {
      upgrades: this.#upgrades,
      received: this.#received,
      sent: this.#sent,
      closes: this.#closes,
      pings: this.#pings,
    };
  }

  /** @internal */
  addUpgrade(upgrade: UpgradeRecord): void {
    this.#upgrades = this.#append(this.#upgrades, upgrade);
  }

  /** @internal */
  addReceived(frame: FrameRecord): void {
    this.#received = this.#append(this.#received, frame);
  }

  /** @internal */
  addSent(frame: FrameRecord): void {
    this.#sent = this.#append(this.#sent, frame);
  }

  /** @internal */
  addClose(close: CloseRecord): void {
    this.#closes = this.#append(this.#closes, close);
  }

  /** @internal */
  addPing(ping: PingRecord): void {
    this.#pings = this.#append(this.#pings, ping);
  }

  /** @internal */
  answerPings(connection: number, at: number): void {
    if (!this.#pings.some((ping) => ping.connection === connection && ping.answeredAt === null)) return;
    this.#pings = this.#pings.map((ping) =>
      ping.connection === connection && ping.answeredAt === null ? { ...ping, answeredAt: at } : ping,
    );
  }

  // Trims by half, seldom, so that a long run does not move the whole array for every frame.
  #append<Entry>(entries: Entry[], entry: Entry): Entry[] {
    entries.push(entry);
    return entries.length > this.#limit * 2 ? entries.slice(-this.#limit) : entries;
  }
}

/** A record as plain JSON. */
export interface RecordSnapshot {
  readonly upgrades: readonly UpgradeRecord[];
  readonly received: readonly FrameRecord[];
  readonly sent: readonly FrameRecord[];
  readonly closes: readonly CloseRecord[];
  readonly pings: readonly PingRecord[];
}
