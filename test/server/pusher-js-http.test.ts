/** pusher-js 8.6.0 as the reference client of the HTTP fallbacks: what it does with the local server. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import PusherJS, { type Options } from 'pusher-js';
import type { ServerApp } from '../../src/testing/index.js';
import { ChannelsServer } from './channels-server.js';
import { until } from './raw-client.js';

// Its declarations speak of a default export; what Node loads is the class itself.
const PusherClient = PusherJS as unknown as typeof PusherJS.default;

const server = new ChannelsServer();
let clients: PusherJS.default[] = [];
let app: ServerApp;
let count = 0;

before(async () => {
  await server.listen();
});

beforeEach(() => {
  app = server.core.addApp({ key: `app-${(count += 1)}` });
});

afterEach(() => {
  for (const client of clients) client.disconnect();
  clients = [];
});

after(async () => {
  await server.close();
});

function connect(
  transport: 'xhr_streaming' | 'xhr_polling',
  options: Partial<Options> = {},
): PusherJS.default {
  const client = new PusherClient(app.settings.key, {
    cluster: '',
    httpHost: 'localhost',
    httpPort: server.port,
    forceTLS: false,
    enabledTransports: [transport],
    channelAuthorization: { endpoint: `${server.address}/pusher/auth`, transport: 'ajax' },
    ...options,
  });
  clients.push(client);
  return client;
}

const records = () => server.intermediary.records(app.settings.key);
const sends = () => records().filter(({ carrier }) => carrier === 'xhr_send');

for (const transport of ['xhr_streaming', 'xhr_polling'] as const)
  describe(`pusher-js 8.6.0 over ${transport}`, () => {
    it('connects, subscribes to a private channel, receives an event and sends one', async () => {
      const client = connect(transport);
      const received: unknown[] = [];
      const channel = client.subscribe('private-orders');
      channel.bind('created', (data: unknown) => received.push(data));
      await until(() => channel.subscribed);
      app.publish({ channels: 'private-orders', event: 'created', data: { id: 1 } });
      await until(() => received.length === 1);
      assert.deepEqual(received, [{ id: 1 }]);
      channel.trigger('client-seen', { id: 1 });
      await until(() => app.record.received.some(({ event }) => event === 'client-seen'));
      assert.equal(app.record.upgrades.length, 1);
    });

    it('writes the addresses and bodies that ours has to write as well', async () => {
      const channel = connect(transport).subscribe('prices');
      await until(() => channel.subscribed);
      const [receive] = records();
      const session = `/pusher/app/${app.settings.key}/\\d{1,3}/[0-9a-v]{8}`;
      const kind = transport === 'xhr_streaming' ? 'xhr_streaming' : 'xhr';
      assert.match(receive?.path ?? '', new RegExp(`^${session}/${kind}$`));
      assert.match(receive?.query ?? '', /^protocol=7&client=js&version=8\.6\.0&t=\d+&n=\d+$/);
      assert.deepEqual(
        [receive?.method, receive?.contentType, receive?.body],
        ['POST', 'application/json', ''],
      );
      const [send] = sends();
      assert.match(send?.path ?? '', new RegExp(`^${session}/xhr_send$`));
      assert.match(send?.query ?? '', /^t=\d+&n=\d+$/);
      assert.deepEqual(JSON.parse(send?.body ?? ''), [
        '{"event":"pusher:subscribe","data":{"auth":"","channel":"prices"}}',
      ]);
    });

    it('asks with an empty array when it has heard nothing, and is answered', async () => {
      const client = connect(transport, { activityTimeout: 100, pongTimeout: 5000 });
      await until(() => sends().filter(({ body }) => body === '[]').length >= 3);
      assert.equal(client.connection.state, 'connected');
      assert.equal(app.record.upgrades.length, 1);
      assert.ok(!app.record.received.some(({ event }) => event === 'pusher:ping'));
    });

    it('is refused with a code, and does not come back', async () => {
      app.configure({ maxConnections: 0 });
      const client = connect(transport);
      await until(() => client.connection.state === 'disconnected');
    });

    it('comes back with a new session when the server has lost the old one', async () => {
      const client = connect(transport);
      const channel = client.subscribe('prices');
      await until(() => channel.subscribed);
      const before = client.connection.socket_id;
      server.sessions.act(app.settings.key, { type: 'lose' });
      await until(() => client.connection.socket_id !== before && channel.subscribed);
    });

    it('goes on at the host that the server names', async () => {
      server.intermediary.script(app.settings.key, { sessionHost: '127.0.0.1' });
      const channel = connect(transport).subscribe('prices');
      await until(() => channel.subscribed);
      assert.equal(records()[0]?.host, `localhost:${server.port}`);
      assert.equal(sends()[0]?.host, `127.0.0.1:${server.port}`);
    });
  });

describe('pusher-js 8.6.0 over xhr_streaming', () => {
  it('answers a heartbeat with an empty array, once', async () => {
    const client = connect('xhr_streaming');
    await until(() => client.connection.state === 'connected');
    server.sessions.act(app.settings.key, { type: 'beat' });
    await until(() => sends().length === 1);
    assert.equal(sends()[0]?.body, '[]');
    const channel = client.subscribe('prices');
    await until(() => channel.subscribed);
    assert.equal(sends().filter(({ body }) => body === '[]').length, 1, 'and that is not answered again');
  });

  it('begins a new request after 256 KB, on the same session', async () => {
    const client = connect('xhr_streaming');
    const channel = client.subscribe('prices');
    const sizes: number[] = [];
    channel.bind('big', (data: string) => sizes.push(data.length));
    await until(() => channel.subscribed);
    app.publish({ channels: 'prices', event: 'big', data: 'x'.repeat(270_000) });
    await until(() => records().filter(({ carrier }) => carrier === 'xhr_streaming').length === 2);
    await until(() => server.sessions.receivingCount === 1);
    app.publish({ channels: 'prices', event: 'big', data: 'y' });
    await until(() => sizes.length === 2);
    assert.deepEqual(sizes, [270_000, 1]);
    assert.equal(app.record.upgrades.length, 1);
  });
});
