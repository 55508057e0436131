/** A refusal that names no channel, as Reverb sends it: servers.md §2. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SubscribeBehavior } from '../../../src/testing/index.js';
import { authRig } from '../auth/auth-rig.js';
import { userRig } from '../user/user-rig.js';

const refused: SubscribeBehavior = { type: 'error', style: 'error-without-channel', delay: 100 };

describe('a refusal with 4009 that names no channel', () => {
  it('reaches the one signed channel that waits for an answer; others are left alone', async (t) => {
    const { app, clock, pusher, join } = await authRig(t);
    app.script({ subscribeTo: { 'private-orders': refused, prices: { type: 'hold' } } });
    const { channel: done } = await join('private-done');
    const { channel: open } = await join('prices');
    const { channel, errors } = await join('private-orders');
    await clock.advance(100);
    assert.deepEqual([channel.state, open.state, done.state], ['failed', 'subscribing', 'subscribed']);
    assert.deepEqual([errors.length, errors[0]?.status], [1, 4009]);
    assert.equal(pusher.connection.state, 'connected');
  });

  it('is a guess: a channel that is left, or tried again, is left on the wire too', async (t) => {
    // found by simulation 2488
    const rig = await authRig(t);
    const { app, clock, pusher, join } = rig;
    app.script({ subscribe: { type: 'hold' } });
    const { channel } = await join('private-orders');
    app.connection()?.sendError(4009, 'Connection is unauthorized');
    await clock.advance(0);
    channel.retry();
    await clock.advance(0);
    pusher.unsubscribe('private-orders');
    app.connection()?.sendError(4009, 'Connection is unauthorized');
    await clock.advance(0);
    const [subscribe, unsubscribe] = ['pusher:subscribe private-orders', 'pusher:unsubscribe private-orders'];
    assert.deepEqual(rig.frames(), [subscribe, unsubscribe, subscribe, unsubscribe]);
  });

  it('is left to the deadline where several wait', async (t) => {
    const { app, clock, join } = await authRig(t, { random: 0.999 });
    app.script({ subscribeTo: { 'private-a': { type: 'hold' }, 'private-b': refused } });
    const { channel: late } = await join('private-a');
    const { channel: first } = await join('private-b');
    await clock.advance(100);
    assert.deepEqual([late.state, first.state], ['subscribing', 'subscribing']);
    await clock.advance(9900);
    assert.deepEqual([late.state, first.state], ['failed', 'failed']);
    assert.equal(first.error?.reason, 'timed-out');
  });

  it('is the answer to a sign-in where one waits', async (t) => {
    const rig = await userRig(t);
    rig.app.script({ subscribe: { type: 'hold' }, rejection: 'frame-only' });
    const { channel, errors } = await rig.join('private-orders');
    rig.endpoint.respond = () => ({ body: { auth: 'app-key:wrong', user_data: '{"id":"ann"}' } });
    rig.pusher.signin();
    await rig.clock.advance(0);
    assert.equal(rig.failures().length, 1);
    assert.equal(channel.state, 'subscribing');
    assert.deepEqual(errors, []);
  });

  it('is no answer to a sign-in whose signature is still asked for', async (t) => {
    const rig = await userRig(t);
    rig.app.script({ subscribe: refused });
    const { channel } = await rig.join('private-orders');
    rig.endpoint.respond = () => 'hang';
    rig.pusher.signin();
    await rig.clock.advance(100);
    assert.equal(channel.state, 'failed');
    assert.deepEqual(rig.failures(), []);
  });
});
