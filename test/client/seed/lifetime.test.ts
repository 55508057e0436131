/** requirements.md §2.1: creating, connecting, lifetime. One test for each row. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Pusher, PusherError } from '../../../src/index.js';
import { createInMemoryTransport, FakeClock, ProtocolServer } from '../../../src/testing/index.js';
import { assertNothingLeft, connected, createRig, FakeNetwork } from '../support.js';

describe('creating, connecting, lifetime', () => {
  it('creating the client connects by itself', async () => {
    // C-01
    const rig = createRig();
    await rig.clock.advance(0);
    assert.equal(rig.app.record.upgrades.length, 1);
    assert.equal(rig.pusher.connection.state, 'connected');
  });

  it('the application key is required, identifies the app, and is percent-encoded in the path', async () => {
    // C-02
    for (const key of ['', undefined, null])
      assert.throws(
        () => new Pusher(key!),
        (error) => error instanceof PusherError && error.code === 'invalid-app-key',
      );
    const rig = await connected({ key: 'my/key?' });
    assert.equal(rig.app.record.upgrades[0]?.path, '/app/my%2Fkey%3F');
    assert.equal(rig.pusher.key, 'my/key?');
  });

  it('options are optional', async () => {
    // C-03
    const pusher = new Pusher('app-key');
    assert.equal(pusher.connection.state, 'initialized');
    pusher.dispose(); // before the end of the task: nothing has left the machine
    const rig = await connected({});
    assert.equal(rig.pusher.connection.state, 'connected');
  });

  it('the connection carries messages both ways', async () => {
    // C-04
    const rig = await connected();
    const seen: unknown[] = [];
    rig.pusher.subscribe('prices').bind('tick', (payload) => seen.push(payload));
    await rig.clock.advance(0);
    rig.app.publish({ channels: 'prices', event: 'tick', data: { bid: 41 } });
    rig.pusher.send_event('client-typing', { on: true }, 'private-room');
    await rig.clock.advance(0);
    assert.deepEqual(seen, [{ bid: 41 }]);
    assert.deepEqual(rig.app.record.received.at(-1)?.data, { on: true });
  });

  it('connecting can be deferred, and connect() starts it', async () => {
    // C-05
    const rig = createRig({ connectAutomatically: false });
    await rig.clock.advance(1000);
    assert.equal(rig.attempts.length, 0);
    assert.equal(rig.pusher.connection.state, 'initialized');
    rig.pusher.connect();
    await rig.clock.advance(60_000);
    assert.equal(rig.app.record.upgrades.length, 1);
  });

  it('nobody has to hold the instance: events still arrive after a collection of garbage', async () => {
    // C-06: here for the client; the page's half, an element in the document, is tested with the elements
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const clock = new FakeClock();
    const server = new ProtocolServer({ clock, apps: [{ key: 'app-key', pingAfter: null }] });
    const seen: unknown[] = [];
    const begin = (): WeakRef<Pusher> => {
      const pusher = new Pusher('app-key', {
        clock,
        network: new FakeNetwork(),
        transport: createInMemoryTransport(server),
      });
      pusher.subscribe('prices').bind('tick', (payload) => seen.push(payload));
      return new WeakRef(pusher);
    };
    const client = begin();
    await clock.advance(0);
    for (let count = 0; count < 3; count += 1) {
      collectGarbage();
      await clock.advance(120_000);
    }
    server.publish({ channels: 'prices', event: 'tick', data: 1 });
    await clock.advance(0);
    assert.deepEqual(seen, [1]);
    assert.equal(client.deref()?.connection.state, 'connected');
    client.deref()?.dispose();
    assert.equal(clock.pendingTimers, 0);
  });

  it('the connection closes when the page is left, and comes back with it from the back/forward cache', async () => {
    // C-07
    const rig = await connected();
    rig.network.signal('page-hidden');
    await rig.clock.advance(0);
    assert.equal(rig.app.connections.length, 0);
    assert.equal(rig.app.record.closes[0]?.by, 'client');
    rig.network.signal('page-shown');
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'connected');
  });

  it('disconnect() closes, and no attempt follows for longer than twice the longest delay', async () => {
    // C-08
    const rig = await connected({ reconnectDelay: 30_000 });
    rig.pusher.disconnect();
    await rig.clock.advance(61_000);
    assert.equal(rig.app.record.closes.length, 1);
    assert.equal(rig.pusher.connection.state, 'disconnected');
    assert.equal(rig.attempts.length, 1);
    assertNothingLeft(rig);
  });

  it('connect() while connected or connecting does nothing', async () => {
    // C-09
    const rig = createRig();
    for (let count = 0; count < 5; count += 1) rig.pusher.connect();
    await rig.clock.advance(0);
    for (let count = 0; count < 5; count += 1) rig.pusher.connect();
    await rig.clock.advance(1000);
    assert.equal(rig.app.record.upgrades.length, 1);
    assert.deepEqual(rig.states, ['connecting', 'connected']);
  });

  it('connect() after disconnect() works again, with a new socket id and all channels', async () => {
    // C-10
    const rig = await connected();
    const channels = ['prices', 'orders'].map((name) => rig.pusher.subscribe(name));
    await rig.clock.advance(0);
    const before = rig.pusher.connection.socket_id;
    rig.pusher.disconnect();
    await rig.clock.advance(5000);
    rig.pusher.connect();
    await rig.clock.advance(0);
    assert.deepEqual(rig.states, ['connecting', 'connected', 'disconnected', 'connecting', 'connected']);
    assert.notEqual(rig.pusher.connection.socket_id, before);
    assert.ok(channels.every(({ subscribed }) => subscribed));
  });
});
