/** Many holders share one wire subscription, and a short gap between them sends nothing (protocol.md §7.2, design.md §5). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connected, createRig } from '../support.js';

const subscribe = 'pusher:subscribe prices';
const unsubscribe = 'pusher:unsubscribe prices';

describe('subscribe()', () => {
  it('returns the channel at once, in any state, and the same one when asked again', async () => {
    // protocol.md §7.2, 1
    const rig = createRig();
    const channel = rig.pusher.subscribe('prices');
    assert.equal(channel.name, 'prices');
    assert.equal(channel.state, 'idle');
    assert.equal(rig.pusher.subscribe('prices'), channel);
    assert.equal(rig.pusher.channel('prices'), channel);
    assert.deepEqual(rig.pusher.allChannels(), [channel]);
    await rig.clock.advance(0);
    assert.equal(rig.pusher.subscribe('prices'), channel);
    assert.equal(channel.subscribed, true);
    assert.deepEqual(rig.frames(), [subscribe]);
  });

  it('sends the frame that pusher-js sends', async () => {
    const rig = await connected();
    rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    assert.deepEqual(
      rig.app.record.received.map(({ text }) => JSON.parse(text) as unknown),
      [{ event: 'pusher:subscribe', data: { auth: '', channel: 'prices' } }],
    );
  });

  it('asked for many times needs to be left once', async () => {
    const rig = await connected();
    for (let count = 0; count < 5; count += 1) rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    rig.pusher.unsubscribe('prices');
    await rig.clock.advance(0);
    assert.deepEqual(rig.frames(), [subscribe, unsubscribe]);
    assert.equal(rig.pusher.channel('prices'), undefined);
  });

  it('shares the subscription with leases, and the channel stays until the last holder goes', async () => {
    const rig = await connected();
    const channel = rig.pusher.subscribe('prices');
    const leases = [rig.pusher.acquire('prices'), rig.pusher.acquire('prices')];
    assert.ok(leases.every((lease) => lease.channel === channel));
    await rig.clock.advance(0);
    let ticks = 0;
    channel.bind('tick', () => (ticks += 1));
    leases[0]?.release();
    rig.pusher.unsubscribe('prices');
    await rig.clock.advance(60_000);
    assert.equal(rig.pusher.channel('prices'), channel);
    rig.app.publish({ channels: 'prices', event: 'tick' });
    await rig.clock.advance(0);
    assert.equal(ticks, 1, 'the bindings of the others stay');
    leases[1]?.release();
    await rig.clock.advance(300);
    assert.deepEqual(rig.frames(), [subscribe, unsubscribe]);
  });

  it('of an impossible name throws and leaves nothing', async () => {
    const rig = await connected();
    for (const name of ['', 'with space', 'a/b', '#internal', 'ü', 'x'.repeat(201), 7, null, undefined])
      assert.throws(
        () => rig.pusher.subscribe(name as string),
        (error: Error & { code?: string }) => error.code === 'invalid-channel-name',
      );
    assert.throws(() => rig.pusher.acquire('a b'));
    await rig.clock.advance(0);
    assert.deepEqual(rig.pusher.allChannels(), []);
    assert.deepEqual(rig.frames(), []);
  });
});

describe('a lease', () => {
  it('subscribes, and unsubscribes when it has lingered for a moment', async () => {
    const rig = await connected();
    const lease = rig.pusher.acquire('prices');
    await rig.clock.advance(0);
    assert.equal(lease.channel.subscribed, true);
    lease.release();
    await rig.clock.advance(299);
    assert.deepEqual(rig.frames(), [subscribe]);
    await rig.clock.advance(1);
    assert.deepEqual(rig.frames(), [subscribe, unsubscribe]);
    assert.equal(lease.channel.state, 'idle');
  });

  it('that is taken again while it lingers sends nothing, and is the same channel with the same bindings', async () => {
    const rig = await connected();
    const first = rig.pusher.acquire('prices');
    let ticks = 0;
    first.channel.bind('tick', () => (ticks += 1));
    await rig.clock.advance(0);
    first.release();
    await rig.clock.advance(200);
    const second = rig.pusher.acquire('prices');
    assert.equal(second.channel, first.channel);
    await rig.clock.advance(60_000);
    rig.app.publish({ channels: 'prices', event: 'tick' });
    await rig.clock.advance(0);
    assert.equal(ticks, 1);
    assert.deepEqual(rig.frames(), [subscribe]);
  });

  it('lingers as long as is set, for the client or for the lease', async () => {
    const rig = await connected({ releaseDelay: 1000 });
    rig.pusher.acquire('prices').release();
    rig.pusher.acquire('orders', { linger: 50 }).release();
    rig.pusher.acquire('now', { linger: 0 }).release();
    await rig.clock.advance(0);
    assert.ok(rig.frames().includes('pusher:unsubscribe now'));
    await rig.clock.advance(49);
    assert.ok(!rig.frames().includes('pusher:unsubscribe orders'));
    await rig.clock.advance(1);
    assert.ok(rig.frames().includes('pusher:unsubscribe orders'));
    await rig.clock.advance(949);
    assert.ok(!rig.frames().includes(unsubscribe));
    await rig.clock.advance(1);
    assert.ok(rig.frames().includes(unsubscribe));
  });

  it('lingers in full each time, and not only for what is left of an earlier time', async () => {
    const rig = await connected();
    rig.pusher.acquire('prices').release();
    await rig.clock.advance(200);
    rig.pusher.acquire('prices').release();
    await rig.clock.advance(299);
    assert.deepEqual(rig.frames(), [subscribe]);
    await rig.clock.advance(1);
    assert.deepEqual(rig.frames(), [subscribe, unsubscribe]);
  });

  it('gives back once, however often it is released', async () => {
    const rig = await connected();
    const one = rig.pusher.acquire('prices');
    const two = rig.pusher.acquire('prices');
    for (let count = 0; count < 3; count += 1) one.release();
    assert.equal(rig.pusher.channel('prices'), two.channel);
    await rig.clock.advance(60_000);
    assert.equal(two.channel.subscribed, true);
    assert.deepEqual(rig.frames(), [subscribe]);
    two.release();
    await rig.clock.advance(300);
    assert.deepEqual(rig.frames(), [subscribe, unsubscribe]);
  });

  it('that was released and is not lingering any more does not end the channel of a newer one', async () => {
    const rig = await connected();
    const old = rig.pusher.acquire('prices');
    old.release();
    await rig.clock.advance(1000);
    const fresh = rig.pusher.acquire('prices');
    old.release();
    await rig.clock.advance(60_000);
    assert.equal(fresh.channel.subscribed, true);
  });

  it('hears nothing while nobody holds it', async () => {
    const rig = await connected();
    const lease = rig.pusher.acquire('prices');
    let ticks = 0;
    lease.channel.bind('tick', () => (ticks += 1));
    await rig.clock.advance(0);
    lease.release();
    assert.equal(rig.pusher.channel('prices'), undefined);
    assert.deepEqual(rig.pusher.allChannels(), []);
    rig.app.publish({ channels: 'prices', event: 'tick' });
    await rig.clock.advance(0);
    assert.equal(ticks, 0);
  });
});

describe('a lease that is given back and taken again while something happens', () => {
  // The states of the wire and of the channel must not part while nobody holds it.
  it('learns that it was confirmed meanwhile', async () => {
    const rig = await connected();
    rig.app.script({ subscribe: { type: 'hold' } });
    const first = rig.pusher.acquire('prices');
    let confirmations = 0;
    first.channel.bind('pusher:subscription_succeeded', () => (confirmations += 1));
    await rig.clock.advance(0);
    first.release();
    rig.app.acknowledge('prices');
    await rig.clock.advance(100);
    const { channel } = rig.pusher.acquire('prices');
    await rig.clock.advance(60_000);
    assert.equal(channel.state, 'subscribed');
    assert.equal(confirmations, 1, 'and so does whoever waits for it');
    assert.deepEqual(rig.frames(), [subscribe]);
  });

  it('learns that it was refused meanwhile', async () => {
    const rig = await connected();
    rig.app.script({ subscribe: { type: 'error', style: 'subscription-error', delay: 50 } });
    rig.pusher.acquire('prices').release();
    await rig.clock.advance(100);
    const { channel } = rig.pusher.acquire('prices');
    await rig.clock.advance(100);
    assert.equal(channel.state, 'failed');
    assert.ok(channel.error);
  });

  it('is asked for again where nothing was answered in time meanwhile', async () => {
    const rig = await connected();
    rig.app.script({ subscribe: { type: 'hold' } });
    const first = rig.pusher.acquire('prices', { linger: 20_000 });
    await rig.clock.advance(9000);
    first.release();
    await rig.clock.advance(2000);
    const { channel } = rig.pusher.acquire('prices');
    rig.app.resetScript();
    await rig.clock.advance(60_000);
    assert.equal(channel.state, 'subscribed');
    assert.ok(rig.app.connection()?.channels.includes('prices'), 'and the server says so, too');
  });

  it('is not subscribed where the connection was lost meanwhile', async () => {
    const rig = await connected();
    const first = rig.pusher.acquire('prices');
    await rig.clock.advance(0);
    first.release();
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    const { channel } = rig.pusher.acquire('prices');
    assert.equal(channel.state, 'idle');
    await rig.clock.advance(500);
    assert.equal(channel.state, 'subscribed');
    assert.deepEqual(rig.frames(), [subscribe, subscribe]);
  });

  it('is subscribed again where the connection was lost and made meanwhile', async () => {
    const rig = await connected();
    const first = rig.pusher.acquire('prices', { linger: 5000 });
    await rig.clock.advance(0);
    first.release();
    rig.app.connection()?.drop();
    await rig.clock.advance(1000);
    assert.deepEqual(rig.frames(), [subscribe], 'what nobody holds is not subscribed again');
    const { channel } = rig.pusher.acquire('prices');
    await rig.clock.advance(0);
    assert.equal(channel.state, 'subscribed');
    assert.deepEqual(rig.frames(), [subscribe, subscribe]);
  });
});
