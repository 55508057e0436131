/** Our client over HTTP on the local server, over real sockets: what pusher-js does there in test/server, ours does too. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Pusher } from '../../../src/index.js';
import type { PusherOptions } from '../../../src/index.js';
import type { ServerApp } from '../../../src/testing/index.js';
import { ChannelsServer } from '../../server/channels-server.js';
import { until } from '../../server/raw-client.js';
import { watch } from '../support.js';

const server = new ChannelsServer();
let clients: Pusher[] = [];
let app: ServerApp;
let count = 0;

before(async () => {
  await server.listen();
});

beforeEach(() => {
  app = server.core.addApp({ key: `app-${(count += 1)}` });
});

afterEach(() => {
  for (const client of clients) client.dispose();
  clients = [];
});

after(async () => {
  await server.close();
});

function connect(transport: 'xhr_streaming' | 'xhr_polling', options: PusherOptions = {}): Pusher {
  const client = new Pusher(app.settings.key, {
    httpHost: 'localhost',
    httpPort: server.port,
    forceTLS: false,
    enabledTransports: [transport],
    channelAuthorization: { endpoint: `${server.address}/pusher/auth` },
    ...options,
  });
  clients.push(client);
  return client;
}

const records = () => server.intermediary.records(app.settings.key);
const sends = () => records().filter(({ carrier }) => carrier === 'xhr_send');
const isConnected = (client: Pusher): Promise<void> => until(() => client.connection.state === 'connected');

for (const transport of ['xhr_streaming', 'xhr_polling'] as const)
  describe(`over ${transport}, the client`, () => {
    it('connects, subscribes to a private channel, receives an event and sends one (H-01)', async () => {
      const client = connect(transport);
      const { states, errors } = watch(client);
      const received: unknown[] = [];
      const channel = client.subscribe('private-orders');
      channel.bind('created', (data: unknown) => received.push(data));
      await channel.whenSubscribed();
      app.publish({ channels: 'private-orders', event: 'created', data: { id: 1 } });
      await until(() => received.length === 1);
      channel.trigger('client-seen', { id: 1 });
      await until(() => app.record.received.some(({ event }) => event === 'client-seen'));
      assert.deepEqual([received, states, errors], [[{ id: 1 }], ['connecting', 'connected'], []]);
      assert.equal(app.record.upgrades.length, 1);
    });

    it('writes the addresses and bodies of pusher-js, under its own name (protocol.md §10)', async () => {
      await connect(transport).subscribe('prices').whenSubscribed();
      const [receive] = records();
      const session = `/pusher/app/${app.settings.key}/\\d{1,3}/[0-9a-v]{8}`;
      const kind = transport === 'xhr_streaming' ? 'xhr_streaming' : 'xhr';
      assert.match(receive?.path ?? '', new RegExp(`^${session}/${kind}$`));
      assert.match(
        receive?.query ?? '',
        /^protocol=7&client=pusher-elements&version=\d+\.\d+\.\d+&t=\d+&n=\d+$/,
      );
      assert.deepEqual(
        [receive?.method, receive?.contentType, receive?.body],
        ['POST', 'application/json', ''],
      );
      const [send] = sends();
      assert.match(send?.path ?? '', new RegExp(`^${session}/xhr_send$`));
      assert.match(send?.query ?? '', /^t=\d+&n=\d+$/);
      assert.equal(send?.body, JSON.stringify([app.record.received[0]?.text]));
    });

    it('asks with an empty array instead of a ping, and is answered (H-01)', async () => {
      const client = connect(transport, { activityTimeout: 100, pongTimeout: 5000 });
      await until(() => sends().filter(({ body }) => body === '[]').length >= 3);
      assert.equal(client.connection.state, 'connected');
      assert.equal(typeof (await client.connection.ping()), 'number');
      assert.ok(!app.record.received.some(({ event }) => event === 'pusher:ping'));
      assert.equal(app.record.upgrades.length, 1);
    });

    it('notices a server that has fallen silent', async () => {
      const client = connect(transport, { activityTimeout: 100, pongTimeout: 100 });
      await isConnected(client);
      const first = client.connection.socket_id;
      app.connection()?.stall();
      await until(() => client.connection.state === 'connected' && client.connection.socket_id !== first);
    });

    it('is refused with a code, says so once, and does not come back (L-01, L-02)', async () => {
      app.configure({ maxConnections: 0 });
      const client = connect(transport);
      const { errors } = watch(client);
      await until(() => client.connection.state === 'disconnected');
      assert.deepEqual(
        errors.map(({ code }) => code),
        [4004],
      );
    });

    it('comes back with a new session when the server has lost the old one (H-04)', async () => {
      const client = connect(transport);
      const channel = client.subscribe('prices');
      await channel.whenSubscribed();
      const before = client.connection.socket_id;
      const { losses } = watch(client);
      server.sessions.act(app.settings.key, { type: 'lose' });
      await until(() => client.connection.socket_id !== before && channel.subscribed);
      assert.equal(losses[0]?.code, 1006);
    });

    it('hears a closing code as over a WebSocket (H-04)', async () => {
      const client = connect(transport);
      await isConnected(client);
      const { losses } = watch(client);
      app.connection()?.close(4100, 'full');
      await until(() => losses.length === 1);
      assert.deepEqual([losses[0]?.code, losses[0]?.reason, losses[0]?.wasClean], [4100, 'full', true]);
    });

    it('does not follow the server to a foreign host (H-04)', async () => {
      server.intermediary.script(app.settings.key, { sessionHost: '127.0.0.1' });
      await connect(transport).subscribe('prices').whenSubscribed();
      assert.deepEqual(new Set(records().map(({ host }) => host)), new Set([`localhost:${server.port}`]));
    });

    it('sends in order, however much at once', async () => {
      const client = connect(transport);
      await isConnected(client);
      const names = Array.from({ length: 30 }, (_, index) => `channel-${index}`);
      await Promise.all(names.map((name) => client.subscribe(name).whenSubscribed()));
      assert.deepEqual(
        app.record.received.map(({ channel }) => channel),
        names,
      );
    });

    it('still sends what was triggered before disconnect()', async () => {
      const client = connect(transport);
      const channel = client.subscribe('private-orders');
      await channel.whenSubscribed();
      for (let id = 0; id < 5; id += 1) channel.trigger('client-seen', { id });
      client.disconnect();
      await until(() => app.record.received.filter(({ event }) => event === 'client-seen').length === 5);
    });
  });

describe('over xhr_streaming, the client', () => {
  it('answers a heartbeat with an empty array, once (H-04)', async () => {
    const client = connect('xhr_streaming');
    await isConnected(client);
    server.sessions.act(app.settings.key, { type: 'beat' });
    await until(() => sends().length === 1);
    assert.equal(sends()[0]?.body, '[]');
    await client.subscribe('prices').whenSubscribed();
    assert.equal(sends().filter(({ body }) => body === '[]').length, 1, 'and that is not answered again');
  });

  it('begins a new request after 256 KB, on the same session', async () => {
    const client = connect('xhr_streaming');
    const channel = client.subscribe('prices');
    const sizes: number[] = [];
    channel.bind('big', (data: string) => sizes.push(data.length));
    await channel.whenSubscribed();
    app.publish({ channels: 'prices', event: 'big', data: 'x'.repeat(270_000) });
    await until(() => records().filter(({ carrier }) => carrier === 'xhr_streaming').length >= 2);
    await until(() => server.sessions.receivingCount === 1);
    await client.subscribe('other').whenSubscribed();
    app.publish({ channels: 'prices', event: 'big', data: 'y' });
    await until(() => sizes.length === 2);
    assert.deepEqual(sizes, [270_000, 1]);
    assert.equal(app.record.upgrades.length, 1);
  });

  it('takes a single frame, and bytes that are no frame, as what they are', async () => {
    const client = connect('xhr_streaming');
    await isConnected(client);
    const { errors } = watch(client);
    const channel = client.subscribe('prices');
    const received: unknown[] = [];
    channel.bind('tick', (data: unknown) => received.push(data));
    await channel.whenSubscribed();
    const frame = JSON.stringify({ event: 'tick', channel: 'prices', data: '{"bid":41}' });
    for (const record of ['a[', `m${JSON.stringify(frame)}`, 'x of the future'])
      server.sessions.act(app.settings.key, { type: 'write-record', record });
    await until(() => received.length === 1);
    assert.deepEqual(
      errors.map(({ type }) => type),
      ['MessageParseError'],
    );
    assert.equal(client.connection.state, 'connected');
  });

  for (const [name, record, code] of [
    ['a second o', 'o', 1006],
    ['a closing record without a code', 'c', 1006],
    ['a closing record', 'c[4200,"again"]', 4200],
  ] as const)
    it(`ends on ${name} (H-04)`, async () => {
      const client = connect('xhr_streaming');
      await isConnected(client);
      const { losses } = watch(client);
      server.sessions.act(app.settings.key, { type: 'write-record', record });
      await until(() => losses.length === 1);
      assert.equal(losses[0]?.code, code);
      await isConnected(client);
    });

  it('ends when the stream does, and connects again', async () => {
    const client = connect('xhr_streaming');
    await isConnected(client);
    const { losses } = watch(client);
    server.sessions.act(app.settings.key, { type: 'end-answer' });
    await until(() => losses.length === 1);
    assert.equal(losses[0]?.code, 1006);
    await isConnected(client);
  });
});
