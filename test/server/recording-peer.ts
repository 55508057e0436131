/** A client of the core without a network: keeps what it hears, for tests of the core alone. */
import type { Peer, ProtocolServer, ServerConnection } from '../../src/testing/index.js';

export interface HeardFrame {
  readonly event: string;
  readonly channel?: string;
  readonly data?: unknown;
  readonly user_id?: string;
}

export class RecordingPeer implements Peer {
  /** Every frame, as text; a binary one as bytes. */
  readonly heard: (string | Uint8Array)[] = [];
  /** How it ended, once it has. */
  ended: { readonly code: number; readonly reason: string } | undefined;
  #connection: ServerConnection | undefined;

  /** Connects to an app; `query` replaces the usual one. */
  static connect(
    server: ProtocolServer,
    key: string = 'kit-key',
    query: string = 'protocol=7',
  ): RecordingPeer {
    return RecordingPeer.open(server, `ws://localhost/app/${key}?${query}`);
  }

  static open(server: ProtocolServer, url: string): RecordingPeer {
    const peer = new RecordingPeer();
    peer.#connection = server.connect(url, peer);
    return peer;
  }

  get connection(): ServerConnection {
    if (!this.#connection) throw new Error('Not connected');
    return this.#connection;
  }

  /** Frames, parsed. */
  get frames(): readonly HeardFrame[] {
    return this.heard.map((text) => JSON.parse(String(text)) as HeardFrame);
  }

  /** Names of the frames heard. */
  get events(): readonly string[] {
    return this.frames.map(({ event }) => event);
  }

  get last(): HeardFrame | undefined {
    return this.frames.at(-1);
  }

  /** The code it ended with, once it has. */
  get code(): number | undefined {
    return this.ended?.code;
  }

  /** Forgets what was heard. */
  clear(): void {
    this.heard.length = 0;
  }

  say(event: string, data?: unknown, channel?: string): void {
    this.connection.receive(JSON.stringify({ event, data, channel }));
  }

  subscribe(channel: string, more: object = {}): void {
    this.say('pusher:subscribe', { channel, ...more });
  }

  unsubscribe(channel: string): void {
    this.say('pusher:unsubscribe', { channel });
  }

  send(frame: string | Uint8Array): void {
    this.heard.push(frame);
  }

  close(code: number, reason: string): void {
    this.ended = { code, reason };
  }

  drop(): void {
    this.ended = { code: 1006, reason: '' };
  }
}
