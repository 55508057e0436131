import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import PusherJS, { type Channel, type Options } from 'pusher-js';
import { ChannelsServer } from './channels-server.js';
import { until } from './raw-client.js';

// Its declarations speak of a default export; what Node loads is the class itself.
const PusherClient = PusherJS as unknown as typeof PusherJS.default;

let server: ChannelsServer;
let clients: PusherJS.default[] = [];

before(async () => {
  server = new ChannelsServer({
    apps: [
      { key: 'kit-key', hasSubscriptionCounts: true },
      { key: 'tiny', maxConnections: 0 },
    ],
  });
  await server.listen();
});

afterEach(() => {
  for (const client of clients) client.disconnect();
  clients = [];
  server.core.app('kit-key').resetScript();
});

after(async () => {
  await server.close();
});

function connect(key: string = 'kit-key', options: Partial<Options> = {}): PusherJS.default {
  const client = new PusherClient(key, {
    cluster: '',
    wsHost: '127.0.0.1',
    wsPort: server.port,
    forceTLS: false,
    enabledTransports: ['ws'],
    channelAuthorization: { endpoint: `${server.address}/pusher/auth`, transport: 'ajax' },
    userAuthentication: { endpoint: `${server.address}/pusher/user-auth`, transport: 'ajax' },
    ...options,
  });
  clients.push(client);
  return client;
}

async function subscribed(channel: Channel): Promise<void> {
  await until(() => channel.subscribed);
}

describe('pusher-js 8.6.0 as a client of the local server', () => {
  it('connects and gets a socket id', async () => {
    const client = connect();
    await until(() => client.connection.state === 'connected');
    assert.match(client.connection.socket_id, /^\d+\.\d+$/);
  });

  it('subscribes to a public channel, learns the count and receives events', async () => {
    const received: unknown[] = [];
    const channel = connect().subscribe('prices');
    const counts: unknown[] = [];
    channel.bind('pusher:subscription_count', (data: unknown) => counts.push(data));
    channel.bind('tick', (data: unknown) => received.push(data));
    await subscribed(channel);
    server.core.publish({ app: 'kit-key', channels: 'prices', event: 'tick', data: { bid: 41 } });
    await until(() => received.length === 1);
    assert.deepEqual(received, [{ bid: 41 }]);
    await until(() => counts.length === 1);
    assert.deepEqual(counts, [{ subscription_count: 1 }]);
  });

  it('hears a cache miss and then the cached event', async () => {
    let misses = 0;
    const received: unknown[] = [];
    const first = connect().subscribe('cache-score');
    first.bind('pusher:cache_miss', () => (misses += 1));
    await until(() => misses === 1);
    server.core.publish({ app: 'kit-key', channels: 'cache-score', event: 'goal', data: { home: 1 } });
    connect()
      .subscribe('cache-score')
      .bind('goal', (data: unknown) => received.push(data));
    await until(() => received.length === 1);
    assert.deepEqual(received, [{ home: 1 }]);
  });

  for (const [key, code] of [
    ['nobody', 4001],
    ['tiny', 4004],
  ] as const) {
    it(`is rejected with ${code}, reports it and does not come back`, async () => {
      const codes: unknown[] = [];
      const client = connect(key);
      client.connection.bind('error', (error: { error: { data?: { code?: number } } }) =>
        codes.push(error.error.data?.code),
      );
      await until(() => client.connection.state === 'disconnected');
      assert.deepEqual(codes, [code]);
    });
  }

  it('pings when the server is silent, and stays connected on the pong', async () => {
    server.core.app('kit-key').record.clear();
    const client = connect('kit-key', { activityTimeout: 100, pongTimeout: 5000 });
    const { record } = server.core.app('kit-key');
    await until(() => record.sent.filter(({ event }) => event === 'pusher:pong').length >= 2);
    assert.equal(client.connection.state, 'connected');
    assert.equal(record.upgrades.length, 1);
  });

  it('reconnects and subscribes again after a drop, with a new socket id', async () => {
    const client = connect();
    const channel = client.subscribe('prices');
    await subscribed(channel);
    const before = client.connection.socket_id;
    server.core.connection(before)?.drop();
    await until(() => client.connection.socket_id !== before && channel.subscribed);
    assert.notEqual(client.connection.socket_id, before);
  });

  it('joins private and presence channels through the endpoint, and sends client events', async () => {
    const received: unknown[] = [];
    const [ann, bob] = [connect(), connect()];
    const channel = ann.subscribe('presence-lobby');
    await subscribed(channel);
    await subscribed(ann.subscribe('private-orders'));
    const other = bob.subscribe('presence-lobby');
    other.bind('client-typing', (data: unknown) => received.push(data));
    await subscribed(other);
    channel.trigger('client-typing', { on: true });
    await until(() => received.length === 1);
    assert.deepEqual(received, [{ on: true }]);
  });

  it('signs in and receives what is sent to the user', async () => {
    const received: unknown[] = [];
    const client = connect();
    client.signin();
    client.user.bind('greeting', (data: unknown) => received.push(data));
    const app = server.core.app('kit-key');
    const id = (): string => `user-${client.connection.socket_id}`;
    await until(() => app.channel(`#server-to-user-${id()}`)?.isOccupied === true);
    app.publish({ channels: `#server-to-user-${id()}`, event: 'greeting', data: 'hello' });
    await until(() => received.length === 1);
    assert.deepEqual(received, ['hello']);
  });
});
