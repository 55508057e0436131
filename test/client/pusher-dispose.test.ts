/** dispose(): no timer, socket or listener is left behind, whenever it comes and whatever is called afterwards. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PusherError } from '../../src/index.js';
import { assertNothingLeft, catchReports, connected, createRig } from './support.js';
import type { Rig } from './support.js';

const isDisposed = (error: unknown): boolean => error instanceof PusherError && error.code === 'disposed';

async function assertStaysGone(rig: Rig): Promise<void> {
  await rig.clock.advance(0);
  assertNothingLeft(rig);
  const attempts = rig.attempts.length;
  for (const signal of ['online', 'probe', 'page-shown'] as const) rig.network.signal(signal);
  await rig.clock.advance(600_000);
  assert.equal(rig.attempts.length, attempts);
  assertNothingLeft(rig);
}

describe('dispose()', () => {
  const moments: Readonly<Record<string, (rig: Rig) => unknown>> = {
    'before connecting': () => undefined,
    'while connecting': (rig) => {
      rig.app.script({ handshake: { type: 'silent' } });
      return rig.clock.advance(3000);
    },
    'while connected, with channels in every state': async (rig) => {
      rig.app.script({
        subscribeTo: { held: { type: 'hold' }, refused: { type: 'error', style: 'subscription-error' } },
      });
      await rig.clock.advance(0);
      for (const name of ['prices', 'held', 'refused']) rig.pusher.subscribe(name);
      rig.pusher.acquire('leased');
      rig.pusher.acquire('lingering').release();
      await rig.clock.advance(11_000); // the held one has failed and waits
      rig.pusher.acquire('lingering').release();
      rig.pusher.subscribe('left');
      rig.pusher.unsubscribe('left');
    },
    'while a ping is unanswered': async (rig) => {
      await rig.clock.advance(0);
      rig.app.connection()?.stall();
      void rig.pusher.connection.ping().catch(() => undefined);
      await rig.clock.advance(121_000);
    },
    'while waiting for an attempt': async (rig) => {
      rig.app.stop();
      await rig.clock.advance(10_000);
    },
    'while unavailable': async (rig) => {
      rig.app.stop();
      await rig.clock.advance(45_000);
    },
    'while parked offline': async (rig) => {
      await rig.clock.advance(0);
      rig.goOffline();
      await rig.clock.advance(10_000);
    },
    'while the page is hidden': async (rig) => {
      await rig.clock.advance(0);
      rig.network.signal('page-hidden');
    },
    'after a refusal': async (rig) => {
      rig.app.configure({ maxConnections: 0 });
      await rig.clock.advance(0);
    },
    'after disconnect()': async (rig) => {
      await rig.clock.advance(0);
      rig.pusher.disconnect();
    },
  };
  for (const [moment, reach] of Object.entries(moments))
    it(`leaves nothing: ${moment}`, async () => {
      const rig = createRig();
      await reach(rig);
      rig.pusher.dispose();
      assert.equal(rig.clock.pendingTimers, 0, 'at once');
      assert.equal(rig.network.listenerCount, 0, 'at once');
      assert.equal(rig.pusher.isDisposed, true);
      await assertStaysGone(rig);
    });

  it('closes the socket, and tells the listeners of the connection so before they are gone', async () => {
    const rig = await connected();
    rig.pusher.dispose();
    assert.equal(rig.states.at(-1), 'disconnected');
    await rig.clock.advance(0);
    assert.equal(rig.app.record.closes.length, 1);
  });

  it('may be called twice', async () => {
    const rig = await connected();
    rig.pusher.dispose();
    rig.pusher.dispose();
    await assertStaysGone(rig);
  });

  it('inside a listener or a hook leaves nothing', async () => {
    for (const event of [
      'connecting',
      'connected',
      'error',
      'lost',
      'state_change',
      'connecting_in',
    ] as const) {
      const rig = createRig();
      const channel = rig.pusher.subscribe('prices');
      await rig.clock.advance(0);
      rig.pusher.connection.bind(event, () => {
        rig.pusher.dispose();
      });
      rig.app.connection()?.drop();
      await rig.clock.advance(1000);
      assert.equal(rig.pusher.isDisposed, true, event);
      assert.equal(channel.subscribed, false, event);
      await assertStaysGone(rig);
    }
    const hooked = createRig({
      beforeConnect: () => {
        hooked.pusher.dispose();
      },
    });
    await assertStaysGone(hooked);
  });

  it('inside a listener of one channel subscribes no other', async () => {
    // found by simulation 848068223
    const rig = createRig();
    const first = rig.pusher.subscribe('prices');
    rig.pusher.subscribe('private-orders');
    first.bind('pusher:state_change', () => {
      rig.pusher.dispose();
    });
    await rig.clock.advance(0);
    assert.equal(rig.pusher.isDisposed, true);
    await assertStaysGone(rig);
  });

  it('inside a listener of a channel leaves nothing, and no channel that says it is subscribed', async () => {
    const rig = await connected();
    const channel = rig.pusher.subscribe('prices');
    const other = rig.pusher.subscribe('orders');
    channel.bind('tick', () => {
      rig.pusher.dispose();
    });
    await rig.clock.advance(0);
    rig.app.publish({ channels: 'prices', event: 'tick' });
    await rig.clock.advance(0);
    assert.deepEqual([channel.state, other.state], ['idle', 'idle']);
    await assertStaysGone(rig);
  });

  it('inside a connected listener leaves nothing, and no channel that says anything is under way', async () => {
    const rig = createRig();
    const channel = rig.pusher.subscribe('prices');
    rig.pusher.connection.bind('connected', () => {
      rig.pusher.dispose();
    });
    await rig.clock.advance(0);
    assert.deepEqual(rig.frames(), []);
    assert.equal(channel.state, 'idle');
    await assertStaysGone(rig);
  });

  it('is final for a listener that connects again whenever it hears disconnected', async (t) => {
    catchReports(t);
    const rig = await connected();
    rig.pusher.connection.bind('disconnected', () => {
      rig.pusher.connect();
    });
    rig.pusher.dispose();
    await assertStaysGone(rig);
  });

  it('is final for one that does so on the connection', async (t) => {
    catchReports(t);
    const rig = await connected();
    rig.pusher.connection.bind('disconnected', () => {
      rig.pusher.connection.connect();
    });
    rig.pusher.dispose();
    await assertStaysGone(rig);
  });
});

describe('a client that was disposed of', () => {
  it('refuses to be used again', async () => {
    const rig = await connected();
    rig.pusher.dispose();
    assert.throws(() => rig.pusher.connect(), isDisposed);
    assert.throws(() => rig.pusher.subscribe('prices'), isDisposed);
    assert.throws(() => rig.pusher.acquire('prices'), isDisposed);
    assert.throws(() => rig.pusher.switchCluster({ cluster: 'eu' }), isDisposed);
    await assertStaysGone(rig);
  });

  it('does not connect by way of its connection', async () => {
    const rig = await connected();
    rig.pusher.dispose();
    for (const command of ['connect', 'retry'] as const)
      try {
        rig.pusher.connection[command]();
      } catch (error) {
        assert.ok(isDisposed(error));
      }
    await assertStaysGone(rig);
  });

  it('sets no timer when a lease is given back late, and does not subscribe by way of a channel', async () => {
    const rig = await connected();
    const lease = rig.pusher.acquire('prices');
    const channel = rig.pusher.subscribe('orders');
    rig.pusher.dispose();
    lease.release();
    channel.unsubscribe();
    try {
      channel.subscribe();
    } catch (error) {
      assert.ok(isDisposed(error));
    }
    assert.equal(rig.clock.pendingTimers, 0);
    assert.deepEqual(rig.pusher.allChannels(), []);
    await assertStaysGone(rig);
  });

  it('takes disconnect(), unbinding and sending without a word', async () => {
    const rig = await connected();
    rig.pusher.dispose();
    rig.pusher.disconnect();
    rig.pusher.unbind_all().unbind().unbind_global();
    rig.pusher.unsubscribe('prices');
    assert.equal(rig.pusher.send_event('client-x', {}), false);
    assert.equal(rig.pusher.channel('prices'), undefined);
    assert.deepEqual(rig.pusher.allChannels(), []);
    await assertStaysGone(rig);
  });

  it('calls no listener any more', async () => {
    const rig = await connected();
    const channel = rig.pusher.subscribe('prices');
    let calls = 0;
    channel.bind_global(() => (calls += 1));
    rig.pusher.bind_global(() => (calls += 1));
    await rig.clock.advance(0);
    rig.app.publish({ channels: 'prices', event: 'tick' });
    calls = 0;
    rig.pusher.dispose();
    const afterDispose = calls;
    await rig.clock.advance(1000);
    assert.equal(calls, afterDispose);
  });
});
