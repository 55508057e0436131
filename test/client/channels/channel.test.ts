/** What callers hold: a public channel's state, its promises, its counts, and what it refuses. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PusherError } from '../../../src/index.js';
import { connected, createRig } from '../support.js';

describe('the state of a channel', () => {
  it('is idle, then subscribing, then subscribed, and each change is told once', async () => {
    const rig = createRig();
    const channel = rig.pusher.subscribe('prices');
    const changes: unknown[] = [];
    channel.bind('pusher:state_change', (change) => {
      changes.push([change, channel.state, channel.subscribed, channel.subscriptionPending]);
    });
    assert.deepEqual(
      [channel.state, channel.subscribed, channel.subscriptionPending],
      ['idle', false, false],
    );
    await rig.clock.advance(0);
    assert.deepEqual(changes, [
      [{ previous: 'idle', current: 'subscribing' }, 'subscribing', false, true],
      [{ previous: 'subscribing', current: 'subscribed' }, 'subscribed', true, false],
    ]);
  });

  it('is told when it changes, and only then', async () => {
    const rig = await connected();
    const lease = rig.pusher.acquire('prices');
    const changes: unknown[] = [];
    lease.channel.bind('pusher:state_change', (change) => changes.push(change));
    await rig.clock.advance(0);
    lease.release();
    rig.app.connection()?.drop();
    await rig.clock.advance(60_000);
    assert.deepEqual(changes, [
      { previous: 'subscribing', current: 'subscribed' },
      { previous: 'subscribed', current: 'idle' },
    ]);
  });

  it('is what the server has confirmed, not what was asked for', async () => {
    // design.md §2: nothing is optimistic
    const rig = await connected();
    rig.app.script({ subscribe: { type: 'hold' } });
    const channel = rig.pusher.subscribe('prices');
    await rig.clock.advance(5000);
    assert.equal(channel.subscribed, false);
    rig.app.acknowledge('prices');
    await rig.clock.advance(0);
    assert.equal(channel.subscribed, true);
  });

  it('is subscribed before the confirmation is told, with its payload', async () => {
    const rig = await connected();
    const seen: unknown[] = [];
    const channel = rig.pusher.subscribe('prices');
    channel.bind('pusher:subscription_succeeded', (payload) => seen.push(payload, channel.subscribed));
    await rig.clock.advance(0);
    assert.deepEqual(seen, [{}, true]);
  });

  it('is confirmed once, however often the server says so', async () => {
    // servers.md §2: subscribing twice answers succeeded again
    const rig = await connected();
    let calls = 0;
    rig.pusher.subscribe('prices').bind('pusher:subscription_succeeded', () => (calls += 1));
    await rig.clock.advance(0);
    for (let count = 0; count < 3; count += 1)
      rig.app.connection()?.send({ event: 'pusher_internal:subscription_succeeded', channel: 'prices' });
    await rig.clock.advance(0);
    assert.equal(calls, 1);
  });

  it('follows the commands of the channel itself', async () => {
    const rig = await connected();
    const channel = rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    channel.unsubscribe();
    channel.subscribe();
    assert.equal(rig.pusher.channel('prices'), channel);
    channel.unsubscribe();
    await rig.clock.advance(0);
    assert.equal(rig.pusher.channel('prices'), undefined);
    assert.equal(channel.state, 'idle');
    assert.deepEqual(rig.frames(), ['pusher:subscribe prices', 'pusher:unsubscribe prices']);
  });
});

describe('whenSubscribed', () => {
  it('resolves with the channel when it is confirmed, and at once where it is', async () => {
    const rig = createRig();
    const channel = rig.pusher.subscribe('prices');
    const waiting = channel.whenSubscribed();
    await rig.clock.advance(0);
    assert.equal(await waiting, channel);
    assert.equal(await channel.whenSubscribed(), channel);
  });

  it('waits through failures and reconnections', async () => {
    const rig = await connected();
    rig.app.script({ subscribe: { type: 'error', style: 'subscription-error' } });
    const channel = rig.pusher.subscribe('prices');
    const waiting = channel.whenSubscribed();
    await rig.clock.advance(0);
    assert.equal(channel.state, 'failed');
    rig.app.resetScript();
    rig.app.connection()?.drop();
    await rig.clock.advance(500);
    assert.equal(await waiting, channel);
  });

  it('rejects with the reason of its signal, and leaves no listener', async () => {
    const rig = createRig();
    const channel = rig.pusher.subscribe('prices');
    const stop = new AbortController();
    const waiting = channel.whenSubscribed(stop);
    stop.abort(new Error('enough'));
    await assert.rejects(waiting, { message: 'enough' });
    await assert.rejects(channel.whenSubscribed({ signal: AbortSignal.abort() }), { name: 'AbortError' });
    assert.equal(channel.hears('pusher:subscription_succeeded'), false);
    const other = channel.whenSubscribed();
    await rig.clock.advance(0);
    await other;
    assert.equal(channel.hears('pusher:subscription_succeeded'), false);
  });
});

describe('the subscription count', () => {
  it('is the last one that the server told, and told to listeners', async () => {
    const rig = await connected({ app: { hasSubscriptionCounts: true } });
    const channel = rig.pusher.subscribe('prices');
    const seen: unknown[] = [];
    channel.bind('pusher:subscription_count', (payload) => seen.push(payload, channel.subscriptionCount));
    assert.equal(channel.subscriptionCount, undefined);
    await rig.clock.advance(0);
    assert.deepEqual(seen, [{ subscription_count: 1 }, 1]);
    rig.app.connection()?.send({
      event: 'pusher_internal:subscription_count',
      channel: 'prices',
      data: { subscription_count: 0 },
    });
    await rig.clock.advance(0);
    assert.equal(channel.subscriptionCount, 0);
  });
});

describe('a client event', () => {
  it('on a public channel throws, because the protocol has none there', async () => {
    // protocol.md §7.4
    const rig = await connected();
    const channel = rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    for (const event of ['client-typing', 'typing'])
      assert.throws(
        () => channel.trigger(event, {}),
        (error) => error instanceof PusherError && error.message.includes('prices'),
      );
    await rig.clock.advance(0);
    assert.deepEqual(rig.frames(), ['pusher:subscribe prices']);
  });
});
