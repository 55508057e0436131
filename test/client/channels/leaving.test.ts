/** Leaving a channel: what goes out, what does not, and that what was left never comes back (protocol.md §7.2, 4). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connected, createRig } from '../support.js';
import type { Rig } from '../support.js';

const subscribe = 'pusher:subscribe prices';
const unsubscribe = 'pusher:unsubscribe prices';

const isOnServer = (rig: Rig): boolean => rig.app.channel('prices') !== undefined;

/** A connected client whose request is under way, unanswered. */
async function pending(): Promise<Rig> {
  const rig = await connected();
  rig.app.script({ subscribe: { type: 'hold' } });
  rig.pusher.subscribe('prices');
  await rig.clock.advance(0);
  assert.deepEqual(rig.frames(), [subscribe]);
  return rig;
}

describe('unsubscribe()', () => {
  it('tells the server, and ends the channel and its bindings', async () => {
    const rig = await connected();
    const channel = rig.pusher.subscribe('prices');
    let calls = 0;
    channel.bind('tick', () => (calls += 1));
    await rig.clock.advance(0);
    rig.pusher.unsubscribe('prices');
    assert.equal(rig.pusher.channel('prices'), undefined);
    await rig.clock.advance(0);
    assert.deepEqual(rig.frames(), [subscribe, unsubscribe]);
    assert.equal(isOnServer(rig), false);
    assert.equal(channel.state, 'idle');
    rig.app.connection()?.send({ event: 'tick', channel: 'prices', data: '{}' });
    await rig.clock.advance(0);
    assert.equal(calls, 0);
    assert.equal(rig.clock.pendingTimers, 2, 'only the two of the connection');
  });

  it('of what is not subscribed does nothing', async () => {
    const rig = await connected();
    rig.pusher.unsubscribe('prices');
    rig.pusher.unsubscribe('constructor');
    rig.pusher.acquire('held');
    rig.pusher.unsubscribe('held');
    await rig.clock.advance(1000);
    assert.deepEqual(rig.frames(), ['pusher:subscribe held']);
  });

  it('before connecting sends nothing, then or later', async () => {
    const rig = createRig();
    rig.pusher.subscribe('prices');
    rig.pusher.unsubscribe('prices');
    await rig.clock.advance(1000);
    assert.deepEqual(rig.frames(), []);
    assert.deepEqual(rig.pusher.allChannels(), []);
  });

  it('without a connection sends nothing', async () => {
    const rig = await connected();
    rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    rig.pusher.unsubscribe('prices');
    await rig.clock.advance(60_000);
    assert.deepEqual(rig.frames(), [subscribe]);
  });
});

describe('leaving and joining again in one task', () => {
  it('sends nothing where it was subscribed', async () => {
    const rig = await connected();
    const channel = rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    for (let count = 0; count < 3; count += 1) {
      rig.pusher.unsubscribe('prices');
      assert.equal(rig.pusher.subscribe('prices'), channel);
    }
    await rig.clock.advance(60_000);
    assert.deepEqual(rig.frames(), [subscribe]);
    assert.equal(channel.state, 'subscribed');
  });

  it('sends nothing where the answer is still awaited', async () => {
    const rig = await pending();
    rig.pusher.unsubscribe('prices');
    const channel = rig.pusher.subscribe('prices');
    rig.app.acknowledge('prices');
    await rig.clock.advance(60_000);
    assert.deepEqual(rig.frames(), [subscribe]);
    assert.equal(channel.state, 'subscribed');
  });

  it('is one request where it was not connected', async () => {
    const rig = createRig();
    for (let count = 0; count < 3; count += 1) {
      rig.pusher.subscribe('prices');
      rig.pusher.unsubscribe('prices');
      rig.pusher.subscribe('prices');
    }
    await rig.clock.advance(0);
    assert.deepEqual(rig.frames(), [subscribe]);
  });
});

describe('leaving before the confirmation', () => {
  it('waits for it, and leaves then', async () => {
    const rig = await pending();
    let calls = 0;
    rig.pusher.channel('prices')?.bind('pusher:subscription_succeeded', () => (calls += 1));
    rig.pusher.unsubscribe('prices');
    await rig.clock.advance(1000);
    assert.deepEqual(rig.frames(), [subscribe]);
    rig.app.acknowledge('prices');
    await rig.clock.advance(0);
    assert.deepEqual(rig.frames(), [subscribe, unsubscribe]);
    assert.equal(isOnServer(rig), false);
    assert.equal(calls, 0);
  });

  it('and joining again before it sends nothing', async () => {
    const rig = await pending();
    rig.pusher.unsubscribe('prices');
    await rig.clock.advance(1000);
    const channel = rig.pusher.subscribe('prices');
    rig.app.acknowledge('prices');
    await rig.clock.advance(60_000);
    assert.deepEqual(rig.frames(), [subscribe]);
    assert.equal(channel.state, 'subscribed');
  });

  it('is final where the connection drops before it', async () => {
    // reference/pusher-js.md §6.3 C: there the channel is subscribed after the reconnection
    const rig = await pending();
    rig.pusher.unsubscribe('prices');
    await rig.clock.advance(1000);
    rig.app.connection()?.drop();
    rig.app.resetScript();
    await rig.clock.advance(60_000);
    assert.equal(rig.pusher.connection.state, 'connected');
    assert.deepEqual(
      rig.frames().filter((frame) => frame !== 'pusher:ping'),
      [subscribe],
    );
    assert.equal(isOnServer(rig), false);
  });

  it('is final where the connection drops in the same moment', async () => {
    const rig = await pending();
    rig.pusher.unsubscribe('prices');
    rig.app.connection()?.drop();
    rig.app.resetScript();
    await rig.clock.advance(60_000);
    assert.deepEqual(rig.frames(), [subscribe]);
  });

  it('is final where it is refused', async () => {
    // reference/pusher-js.md §6.3 D
    const rig = await connected();
    rig.app.script({ subscribe: { type: 'error', style: 'subscription-error', delay: 1000 } });
    rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    rig.pusher.unsubscribe('prices');
    await rig.clock.advance(2000);
    rig.app.resetScript();
    rig.app.connection()?.drop();
    await rig.clock.advance(60_000);
    assert.deepEqual(rig.frames(), [subscribe]);
  });

  it('tells the server where no answer comes in time, because it may have taken the request', async () => {
    const rig = await pending();
    rig.pusher.unsubscribe('prices');
    await rig.clock.advance(60_000);
    assert.deepEqual(rig.frames(), [subscribe, unsubscribe]);
    assert.deepEqual(rig.pusher.allChannels(), []);
  });

  it('holds for a lease as for subscribe()', async () => {
    const rig = await connected();
    rig.app.script({ subscribe: { type: 'hold' } });
    rig.pusher.acquire('prices').release();
    await rig.clock.advance(1000);
    assert.deepEqual(rig.frames(), [subscribe]);
    rig.app.connection()?.drop();
    rig.app.resetScript();
    await rig.clock.advance(60_000);
    assert.deepEqual(rig.frames(), [subscribe]);
  });
});

describe('a channel that was left', () => {
  it('hears nothing of a confirmation, an error or a count that comes late', async () => {
    const rig = await connected();
    const channel = rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    rig.pusher.unsubscribe('prices');
    await rig.clock.advance(0);
    const connection = rig.app.connection();
    for (const event of ['subscription_succeeded', 'subscription_error', 'subscription_count'])
      connection?.send({
        event: `pusher_internal:${event}`,
        channel: 'prices',
        data: '{"subscription_count":3}',
      });
    connection?.sendError(null, 'Existing subscription to channel prices');
    await rig.clock.advance(60_000);
    assert.equal(channel.state, 'idle');
    assert.equal(channel.subscriptionCount, undefined);
    assert.deepEqual(rig.pusher.allChannels(), []);
    // A server that confirms what was left has not heard of it, and is told again.
    assert.deepEqual(rig.frames(), [subscribe, unsubscribe, unsubscribe]);
  });

  it('is a new one when it is subscribed to again', async () => {
    const rig = await connected();
    const old = rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    rig.pusher.unsubscribe('prices');
    await rig.clock.advance(0);
    const fresh = rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    assert.notEqual(fresh, old);
    assert.equal(fresh.state, 'subscribed');
    assert.deepEqual(rig.frames(), [subscribe, unsubscribe, subscribe]);
  });
});
