import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { ChannelsServer } from './channels-server.js';
import { createApp, stopServer, type ControlledApp } from './control-client.js';
import { RawClient, until } from './raw-client.js';

let server: ChannelsServer;
let app: ControlledApp;

before(async () => {
  server = new ChannelsServer();
  await server.listen();
});

after(async () => {
  await server.close();
});

beforeEach(async () => {
  app = await createApp(server.address);
});

function connect(port: number = app.port): Promise<RawClient> {
  return RawClient.connect(port, app.key);
}

function open(): RawClient {
  return new RawClient(`ws://127.0.0.1:${app.port}/app/${app.key}?protocol=7`);
}

describe('the control API, through its client', () => {
  it('makes apps with keys of their own, where the server is', async () => {
    const other = await createApp(server.address, { key: 'chosen', maxConnections: 0 });
    assert.notEqual(app.key, (await createApp(server.address)).key);
    assert.notEqual(app.id, other.id);
    assert.deepEqual([other.key, other.host, other.port], ['chosen', '127.0.0.1', server.port]);
    assert.equal(server.core.app('chosen').settings.maxConnections, 0);
  });

  it('keeps what happens in one app out of the other', async () => {
    const other = await createApp(server.address);
    const [client, stranger] = [await connect(), await RawClient.connect(other.port, other.key)];
    await client.subscribe('prices');
    await stranger.subscribe('prices');
    await app.publish({ channels: 'prices', event: 'tick' });
    await client.hears('tick');
    await stranger.settles();
    assert.ok(!stranger.events.includes('tick'));
    assert.equal((await other.records()).upgrades.length, 1);
  });

  it('publishes, leaving out a socket', async () => {
    const [sender, other] = [await connect(), await connect()];
    await sender.subscribe('prices');
    await other.subscribe('prices');
    const { socketId } = sender;
    await app.publish({ channels: ['prices'], event: 'tick', data: { bid: 41 }, socketId });
    assert.equal((await other.hears('tick')).data, '{"bid":41}');
    await sender.settles();
    assert.ok(!sender.events.includes('tick'));
  });

  it('scripts all connections, the next one, and none again', async () => {
    await app.script({ handshake: { type: 'silent' } });
    await app.scriptNext({ handshake: { type: 'close', code: 4100 } });
    assert.equal((await open().ends()).code, 4100);
    const silent = open();
    await until(() => silent.isOpen);
    assert.deepEqual(silent.heard, []);
    await app.resetScript();
    await connect();
  });

  it('changes settings', async () => {
    await app.configure({ isEnabled: false });
    assert.equal((await open().ends()).code, 4003);
  });

  it('lists the open connections and acts on all or on one', async () => {
    const [first, second] = [await connect(), await connect()];
    await second.subscribe('prices');
    assert.deepEqual(
      (await app.connections()).map(({ socketId, channels }) => [socketId, channels]),
      [
        [first.socketId, []],
        [second.socketId, ['prices']],
      ],
    );
    await app.close(4200, 'again', first.socketId);
    assert.deepEqual(await first.ends(), { code: 4200, reason: 'again' });
    await app.sendRaw('{"event":"raw"}');
    await second.hears('raw');
    await app.sendFaulty('unknown-pusher-event');
    await second.hears('pusher:from_the_future');
    await app.stall();
    assert.equal((await app.connections())[0]?.isStalled, true);
    await app.resume();
    await app.ping();
    await second.hears('pusher:ping');
    await app.drop();
    assert.equal((await second.ends()).code, 1006);
  });

  it('answers held subscriptions when asked to', async () => {
    await app.script({ subscribe: { type: 'hold' } });
    const client = await connect();
    client.say('pusher:subscribe', { channel: 'prices' });
    await app.until(({ received }) => received.some(({ channel }) => channel === 'prices'));
    await app.acknowledge('prices');
    await client.hears('pusher_internal:subscription_succeeded');
  });

  it('gives and clears the records, frames decoded', async () => {
    const client = await connect();
    await client.subscribe('prices');
    const { upgrades, received, sent } = await app.records();
    assert.deepEqual([upgrades.length, upgrades[0]?.query], [1, { protocol: '7' }]);
    assert.deepEqual(
      received.map(({ event, channel, socketId, data }) => ({ event, channel, socketId, data })),
      [
        {
          event: 'pusher:subscribe',
          channel: 'prices',
          socketId: client.socketId,
          data: { channel: 'prices' },
        },
      ],
    );
    assert.equal(sent.at(-1)?.event, 'pusher_internal:subscription_succeeded');
    await app.clearRecords();
    assert.deepEqual(await app.records(), { upgrades: [], received: [], sent: [], closes: [], pings: [] });
  });

  it('waits for the records to meet a condition, and says which one they never met', async () => {
    await assert.rejects(
      app.until(({ upgrades }) => upgrades.length === 1, 50),
      /Not within 50 ms: .*upgrades\.length.*"upgrades":\[\]/,
    );
  });

  it('stops and starts one app', async () => {
    const client = await connect();
    await app.stop();
    assert.equal((await client.ends()).code, 1006);
    assert.equal((await open().ends()).code, 1006);
    await app.start();
    await connect();
  });

  it('stops the whole server for a time; it comes back by itself on the same port', async () => {
    const own = new ChannelsServer();
    await own.listen();
    const ownApp = await createApp(own.address);
    const client = await RawClient.connect(ownApp.port, ownApp.key);
    await stopServer(own.address, 1000);
    await until(() =>
      fetch(own.address).then(
        () => false,
        () => true,
      ),
    );
    assert.equal((await client.ends()).code, 1006);
    await until(async () => {
      const again = new RawClient(`ws://127.0.0.1:${ownApp.port}/app/${ownApp.key}?protocol=7`);
      await until(() => again.heard.length > 0 || again.ended !== undefined);
      return again.ended === undefined;
    });
    await own.close();
  });

  it('scripts the authorization endpoint and tells what it was asked', async () => {
    const { socketId } = await connect();
    await app.scriptAuthorization({ status: 419 });
    const body = new URLSearchParams({ socket_id: socketId, channel_name: 'private-orders' });
    const { status } = await fetch(`${app.address}/pusher/auth`, { method: 'POST', body });
    assert.equal(status, 419);
    assert.deepEqual((await app.authorizationRequests())[0]?.parameters, Object.fromEntries(body));
  });

  it('opens a proxy that can go silent, stop and start', async () => {
    const proxy = await app.openProxy();
    const client = await connect(proxy.port);
    await proxy.silence();
    client.say('pusher:ping');
    await app.sendRaw('{"event":"raw"}');
    assert.deepEqual(client.events, ['pusher:connection_established']);
    await proxy.forward();
    await client.hears('raw');
    await client.hears('pusher:pong');
    await proxy.dropConnections();
    assert.equal((await client.ends()).code, 1006);
    await proxy.stop();
    assert.equal((await new RawClient(`ws://127.0.0.1:${proxy.port}/`).ends()).code, 1006);
    await proxy.start();
    await connect(proxy.port);
    await proxy.close();
    await assert.rejects(proxy.silence(), /There is no proxy/);
  });

  it('forgets an app: its connections are dropped and its key is unknown', async () => {
    const client = await connect();
    await app.remove();
    assert.equal((await client.ends()).code, 1006);
    assert.equal((await open().ends()).code, 4001);
    await assert.rejects(app.records(), /no app/);
  });

  it('says what is wrong: a key that is taken, a socket that is not there, a command that does not exist', async () => {
    await assert.rejects(createApp(server.address, { key: app.key }), /already has an app/);
    await assert.rejects(app.drop('1.1'), /no open connection 1\.1/);
    const unknown = await fetch(`${server.address}/control/constructor`, { method: 'POST', body: '{}' });
    assert.equal(unknown.status, 404);
    assert.equal((await fetch(`${server.address}/control/records`)).status, 405);
    const garbage = await fetch(`${server.address}/control/records`, { method: 'POST', body: 'garbage' });
    assert.equal(garbage.status, 400);
  });

  it('may be used by a page of any origin without a preflight', async () => {
    const response = await fetch(`${server.address}/control/records`, {
      method: 'POST',
      headers: { origin: 'http://page.test' },
      body: JSON.stringify({ app: app.key }),
    });
    assert.equal(response.headers.get('access-control-allow-origin'), 'http://page.test');
  });
});
