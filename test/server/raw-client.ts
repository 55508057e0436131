/** A WebSocket client that knows nothing: what it hears, when it ended, and waiting for either. */
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** Far longer than anything here takes; reached only when a test fails. */
const ceiling = 10_000;

export interface RawFrame {
  readonly event?: string;
  readonly channel?: string;
  readonly data?: unknown;
}

export class RawClient {
  /** Text as text, binary as a Buffer. */
  readonly heard: (string | Buffer)[] = [];
  isOpen = false;
  ended: { readonly code: number; readonly reason: string } | undefined;
  readonly #webSocket: WebSocket;

  constructor(url: string) {
    this.#webSocket = new WebSocket(url);
    this.#webSocket.on('open', () => (this.isOpen = true));
    this.#webSocket.on('message', (data: Buffer, isBinary) =>
      this.heard.push(isBinary ? data : data.toString()),
    );
    this.#webSocket.on('error', () => undefined);
    this.#webSocket.on('close', (code, reason) => (this.ended = { code, reason: reason.toString() }));
  }

  /** Connects and waits for the handshake. */
  static async connect(port: number, key: string): Promise<RawClient> {
    const client = new RawClient(`ws://127.0.0.1:${port}/app/${key}?protocol=7`);
    await client.hears('pusher:connection_established');
    return client;
  }

  get frames(): readonly RawFrame[] {
    return this.heard.map((text) => JSON.parse(String(text)) as RawFrame);
  }

  get events(): readonly (string | undefined)[] {
    return this.frames.map(({ event }) => event);
  }

  get socketId(): string {
    const established = this.frames.find(({ event }) => event === 'pusher:connection_established');
    return (JSON.parse(String(established?.data)) as { socket_id: string }).socket_id;
  }

  say(event: string, data: unknown = {}): void {
    this.#webSocket.send(JSON.stringify({ event, data }));
  }

  async subscribe(channel: string): Promise<void> {
    this.say('pusher:subscribe', { channel });
    await until(() =>
      this.frames.some(
        (frame) => frame.event === 'pusher_internal:subscription_succeeded' && frame.channel === channel,
      ),
    );
  }

  /** Waits for a frame of this event, and gives it. */
  async hears(event: string): Promise<RawFrame> {
    await until(() => this.events.includes(event));
    return this.frames.find((frame) => frame.event === event) ?? {};
  }

  /** Waits for the end; gives its code and reason. */
  async ends(): Promise<{ readonly code: number; readonly reason: string }> {
    await until(() => this.ended !== undefined);
    return this.ended ?? { code: 0, reason: '' };
  }

  /** A round trip: everything the server has sent before has been heard after it. */
  async settles(): Promise<void> {
    const pongs = this.heard.filter((text) => String(text).includes('pusher:pong')).length;
    this.say('pusher:ping');
    await until(() => this.heard.filter((text) => String(text).includes('pusher:pong')).length > pongs);
  }

  close(): void {
    this.#webSocket.close();
  }

  terminate(): void {
    this.#webSocket.terminate();
  }
}

/** Waits until a condition holds; rejects after a generous time. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + ceiling;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Never came true: ${String(condition)}`);
    await pause(5);
  }
}
