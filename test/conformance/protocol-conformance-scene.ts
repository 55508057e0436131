/** What a row of the protocol suite works with: clients that are cleaned up, a record of the wire, patience. */
import { Pusher } from '../../src/index.js';
import type { ConnectionState, PusherOptions, Transport, TransportFactory } from '../../src/index.js';
import type { AppUnderTest, ServerUnderTest } from './protocol-conformance.js';
import { pause, untilWithin } from '../until.js';

/** A frame as one side wrote it. */
export interface WireFrame {
  /** Which socket, from 1. */
  readonly socket: number;
  readonly event: string | undefined;
  /** The channel it is for, or, for a subscribe or unsubscribe, about. */
  readonly channel: string | undefined;
  readonly data: unknown;
}

/** Carries frames to the server and keeps a record of them; the client does not notice. */
export class Wire implements TransportFactory {
  /** The address of every attempt, in order. */
  readonly urls: string[] = [];
  readonly sent: WireFrame[] = [];
  readonly received: WireFrame[] = [];
  readonly #inner: TransportFactory;
  readonly #dial: (url: string) => string;

  constructor(inner: TransportFactory, dial: (url: string) => string) {
    this.#inner = inner;
    this.#dial = dial;
  }

  readonly isSupported = (): boolean => this.#inner.isSupported();

  readonly create = (url: string): Transport => {
    const transport = this.#inner.create(this.#dial(url));
    const socket = this.urls.push(url);
    return {
      open: (handlers) => {
        transport.open({
          ...handlers,
          data: (raw) => {
            this.received.push(readFrame(socket, raw));
            handlers.data(raw);
          },
        });
      },
      send: (text) => {
        this.sent.push(readFrame(socket, text));
        return transport.send(text);
      },
      close: () => {
        transport.close();
      },
    };
  };

  /** The frames of this event that the client has sent, about one channel if it is named. */
  sentOf(event: string, channel?: string): WireFrame[] {
    return this.sent.filter(
      (frame) => frame.event === event && (channel === undefined || frame.channel === channel),
    );
  }

  receivedOf(event: string): WireFrame[] {
    return this.received.filter((frame) => frame.event === event);
  }
}

function readFrame(socket: number, raw: unknown): WireFrame {
  const frame = parse(raw) as { event?: string; channel?: string; data?: unknown } | undefined;
  const data = typeof frame?.data === 'string' ? (parse(frame.data) ?? frame.data) : frame?.data;
  const channel = frame?.channel ?? (data as { channel?: string } | null | undefined)?.channel;
  return { socket, event: frame?.event, channel, data };
}

function parse(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return undefined;
  }
}

/** A client and what can be seen of it. */
export interface Actor {
  readonly pusher: Pusher;
  readonly wire: Wire;
  /** Every state it has been in after `initialized`. */
  readonly states: readonly ConnectionState[];
  /** The code of every error it was told of, in order. */
  readonly errorCodes: readonly (number | null)[];
}

/** Resolves once the condition holds. */
export const until = untilWithin(30_000);

// For what must not happen: enough time for it to have happened, with the delays that the row has set.
export { pause };

/** No server here has a certificate, so the scheme that is asked for is recorded, and plain bytes are sent. */
const withoutTLS = (url: string): string => url.replace(/^wss:/, 'ws:');

let channelCount = 0;

/** The clients of one row. */
export class Scene {
  readonly #server: ServerUnderTest;
  readonly #clients: Pusher[] = [];

  constructor(server: ServerUnderTest) {
    this.#server = server;
  }

  /** A channel name that no other row uses, because rows may share an app. */
  channelName(start: string = 'prices'): string {
    channelCount += 1;
    return `${start}-${String(channelCount)}-${String(Date.now())}`;
  }

  /**
   * A client of an app, which connects by itself, plain first; `options` may say otherwise. `dial` says where
   * an address really leads.
   */
  client(
    app: Pick<AppUnderTest, 'key'>,
    options: PusherOptions & { readonly dial?: (url: string) => string } = {},
  ): Actor {
    const { dial = withoutTLS, ...others } = options;
    const wire = new Wire(this.#server.transport, dial);
    const pusher = new Pusher(app.key, {
      ...this.#server.location(),
      encrypted: false,
      transport: wire,
      ...others,
    });
    this.#clients.push(pusher);
    const states: ConnectionState[] = [];
    const errorCodes: (number | null)[] = [];
    pusher.connection.bind('state_change', ({ current }) => states.push(current));
    pusher.connection.bind('error', ({ code }) => errorCodes.push(code));
    return { pusher, wire, states, errorCodes };
  }

  /** The same, once it is connected. */
  async connected(
    app: Pick<AppUnderTest, 'key'>,
    options: Parameters<Scene['client']>[1] = {},
  ): Promise<Actor> {
    const actor = this.client(app, options);
    await until('connected', () => actor.pusher.connection.state === 'connected');
    return actor;
  }

  dispose(): void {
    for (const client of this.#clients) client.dispose();
  }
}

/** Subscribes and waits for the server's word; collects the payloads of `event`. */
export async function subscribe<Payload = unknown>(
  { pusher }: Actor,
  name: string,
  event: string = 'tick',
): Promise<Payload[]> {
  const payloads: Payload[] = [];
  const channel = pusher.subscribe(name);
  channel.bind<Payload>(event, (payload) => payloads.push(payload));
  await until(`subscribed to ${name}`, () => channel.subscribed);
  return payloads;
}
