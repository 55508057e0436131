/** Ours and pusher-js, made in the same way, and connected over the fake socket. */
import type PusherJS from 'pusher-js';
import type { Options } from 'pusher-js';
import type * as Ours from '../../../src/index.js';
import { FakeSocket } from './fake-socket.js';

/** The bundle under test and the released pusher-js, as the page loads them. */
export interface Libraries {
  readonly ours: typeof Ours;
  readonly Peer: typeof PusherJS.default;
}

/** Whose client. */
export type Maker = 'ours' | 'peer';

/** What both clients have, as far as it is measured. */
export interface Client {
  readonly connection: { bind(event: string, callback: () => void): unknown };
  subscribe(name: string): Channel;
  unsubscribe(name: string): void;
  disconnect(): void;
  /** Ours only. */
  dispose?(): void;
}

export interface Channel {
  bind(event: string, callback: (payload: { id: number }) => void): unknown;
}

/** How channels are authorized: not at all, one by one in the page, or many in one request. */
export type Signing = 'none' | 'handler' | 'batch';

const signature = { auth: 'key:signature', channel_data: '{"user_id":"0"}' };

/** The browser's own, before the fake one takes its place. */
export const RealSocket = WebSocket;

export async function load(): Promise<Libraries> {
  const path = '/ours/index.js'; // a path of the benchmark's server, not of the sources
  const ours = (await import(path)) as typeof Ours;
  const { Pusher } = globalThis as unknown as { Pusher: typeof PusherJS.default };
  Object.assign(globalThis, { WebSocket: FakeSocket, fetch: answerBatch });
  return { ours, Peer: Pusher };
}

/** Where a client connects; the fake socket does not look. */
interface Place {
  readonly key: string;
  readonly port: number;
}

export function create(
  { ours, Peer }: Libraries,
  maker: Maker,
  signing: Signing = 'none',
  { key, port }: Place = { key: 'key', port: 80 },
): Client {
  const customHandler = (_params: object, callback: (error: null, answer: typeof signature) => void): void =>
    callback(null, signature);
  const authorization = signing === 'batch' ? { batch: true } : { customHandler };
  const options = {
    cluster: 'mt1',
    wsHost: '127.0.0.1',
    wsPort: port,
    forceTLS: false,
    enabledTransports: ['ws' as const],
    ...(signing !== 'none' && { channelAuthorization: authorization }),
  };
  // Their types insist on a transport and an endpoint beside a handler.
  return maker === 'ours' ? new ours.Pusher(key, options) : new Peer(key, options as Options);
}

export const whenConnected = (client: Client): Promise<void> =>
  new Promise((resolve) => {
    client.connection.bind('connected', resolve);
  });

export async function connect(libraries: Libraries, maker: Maker, signing?: Signing): Promise<Client> {
  const client = create(libraries, maker, signing);
  await whenConnected(client);
  return client;
}

/** The end of a client, as far as each of them has one. */
export const end = (client: Client): void => (client.dispose ? client.dispose() : client.disconnect());

/** An authorization endpoint that takes many channels in one request. */
function answerBatch(_url: string, { body }: { body: URLSearchParams | string }): Promise<Response> {
  const names = [...new URLSearchParams(body)].filter(([key]) => key.startsWith('channel_name['));
  const answers = Object.fromEntries(names.map(([, name]) => [name, { status: 200, data: signature }]));
  return Promise.resolve(Response.json(answers));
}
