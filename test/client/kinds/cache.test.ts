/** Cache channels and subscription counts: protocol.md §7.6, issue 3 §1. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Channel } from '../../../src/index.js';
import { authRig } from '../auth/auth-rig.js';
import { connected } from '../support.js';
import { joins, somebody } from './company.js';
import { seal } from './sealed.js';

/** What a channel hears of `goal`, and of the cache. */
function listen(channel: Channel): unknown[] {
  const heard: unknown[] = [];
  channel.bind('pusher:cache_miss', () => heard.push('miss'));
  channel.bind('goal', (payload, { cached }) => heard.push([payload, cached]));
  return heard;
}

describe('a cache channel', () => {
  for (const name of ['cache-score', 'private-cache-score', 'presence-cache-score'])
    it(`${name}: says that there is nothing, and then repeats the last event, marked as cached`, async (t) => {
      const { pusher, app, clock } = await authRig(t);
      const heard = listen(pusher.subscribe(name));
      await clock.advance(0);
      assert.deepEqual(heard, ['miss']);
      app.publish({ channels: name, event: 'goal', data: { home: 1 } });
      await clock.advance(0);
      assert.deepEqual(heard, ['miss', [{ home: 1 }, false]]);
      pusher.unsubscribe(name);
      await clock.advance(0);
      const again = listen(pusher.subscribe(name));
      await clock.advance(0);
      assert.deepEqual(again, [[{ home: 1 }, true]]);
    });

  it('repeats after each reconnection, marked each time, and what follows is not', async (t) => {
    const { pusher, app, clock } = await authRig(t);
    const heard = listen(pusher.subscribe('cache-score'));
    await clock.advance(0);
    for (const home of [1, 2]) {
      app.publish({ channels: 'cache-score', event: 'goal', data: home });
      await clock.advance(0);
      app.connection()?.drop();
      await clock.advance(2000);
    }
    assert.deepEqual(heard, ['miss', [1, false], [1, true], [2, false], [2, true]]);
  });

  it('says again that there is nothing when the memory has faded after thirty minutes', async (t) => {
    const { pusher, app, clock } = await authRig(t);
    const heard = listen(pusher.subscribe('cache-score'));
    app.publish({ channels: 'cache-score', event: 'goal', data: 1 });
    await clock.advance(30 * 60_000);
    app.connection()?.drop();
    await clock.advance(2000);
    assert.deepEqual(heard.at(-1), 'miss');
  });

  it('marks only the first event after a confirmation, also where somebody sends a service event before it', async (t) => {
    const { pusher, app, clock } = await authRig(t, { app: { hasSubscriptionCounts: true } });
    app.publish({ channels: 'cache-score', event: 'goal', data: 1 });
    const heard = listen(pusher.subscribe('cache-score'));
    await clock.advance(0);
    app.publish({ channels: 'cache-score', event: 'goal', data: 2 });
    await clock.advance(0);
    assert.deepEqual(heard, [
      [1, true],
      [2, false],
    ]);
  });

  it('a channel that only has the word in its name replays nothing, so nothing is marked', async (t) => {
    const { pusher, app, clock } = await authRig(t);
    const heard = listen(pusher.subscribe('my-cache-score'));
    await clock.advance(0);
    app.publish({ channels: 'my-cache-score', event: 'goal', data: 1 });
    await clock.advance(0);
    assert.deepEqual(heard, [[1, false]]);
  });

  describe('with encryption', () => {
    before(() => import('../../../src/channels/encryption.js'));

    it('repeats the last event in clear, marked as cached', async (t) => {
      const rig = await authRig(t);
      const key = new Uint8Array(32).fill(1);
      rig.endpoint.sharedSecret = Buffer.from(key).toString('base64');
      const name = 'private-encrypted-cache-score';
      rig.app.publish({ channels: name, event: 'goal', data: seal({ home: 1 }, key) });
      const heard = listen(rig.pusher.subscribe(name));
      await rig.settle(() => heard.length > 0);
      assert.deepEqual(heard, [[{ home: 1 }, true]]);
    });
  });
});

describe('pusher:subscription_count', () => {
  it('is told and kept, for public and private channels', async (t) => {
    const rig = await authRig(t, { app: { hasSubscriptionCounts: true } });
    const { channel } = await rig.join('private-orders');
    const counts: unknown[] = [];
    channel.bind('pusher:subscription_count', (payload) => counts.push(payload));
    const other = somebody(rig);
    joins(rig, other, 'private-orders');
    await rig.clock.advance(0);
    other.unsubscribe('private-orders');
    await rig.clock.advance(0);
    assert.deepEqual(counts, [{ subscription_count: 2 }, { subscription_count: 1 }]);
    assert.equal(channel.subscriptionCount, 1);
  });

  it('of 0 is a count (pusher-js ignores it)', async () => {
    const { pusher, app, clock } = await connected();
    const channel = pusher.subscribe('prices');
    assert.equal(channel.subscriptionCount, undefined);
    const counts: unknown[] = [];
    channel.bind('pusher:subscription_count', (payload) => counts.push(payload));
    await clock.advance(0);
    app.connection()?.send({
      event: 'pusher_internal:subscription_count',
      channel: 'prices',
      data: '{"subscription_count":0}',
    });
    await clock.advance(0);
    assert.deepEqual(counts, [{ subscription_count: 0 }]);
    assert.equal(channel.subscriptionCount, 0);
    pusher.dispose();
  });

  it('that is no count changes nothing', async () => {
    const { pusher, app, clock } = await connected();
    const channel = pusher.subscribe('prices');
    await clock.advance(0);
    for (const data of ['{}', '{"subscription_count":-1}', '{"subscription_count":"many"}', 'null'])
      app.connection()?.send({ event: 'pusher_internal:subscription_count', channel: 'prices', data });
    await clock.advance(0);
    assert.equal(channel.subscriptionCount, undefined);
    pusher.dispose();
  });
});
