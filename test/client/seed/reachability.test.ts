/** requirements.md §2.8: staying connected — reachability, back-off, hooks. One test for each row. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connected, createRig } from '../support.js';
import type { Rig } from '../support.js';

const times = ({ attempts }: Rig): number[] => attempts.map(({ at }) => at);

describe('staying connected', () => {
  it('it reconnects after a loss or an initial failure when told to, and not otherwise', async () => {
    //
    for (const reconnectAutomatically of [true, false]) {
      const lost = await connected({ reconnectAutomatically });
      lost.app.connection()?.drop();
      const failed = createRig({
        reconnectAutomatically,
        prepare: (app) => app.scriptNext({ handshake: { type: 'refuse' } }),
      });
      for (const rig of [lost, failed]) {
        await rig.clock.advance(60_000);
        assert.equal(rig.attempts.length, reconnectAutomatically ? 2 : 1);
        assert.equal(rig.pusher.connection.state, reconnectAutomatically ? 'connected' : 'disconnected');
      }
    }
  });

  it('there is no check before the flight: it simply tries', async () => {
    //
    const rig = createRig();
    rig.network.setOnline(false);
    await rig.clock.advance(0);
    assert.equal(rig.attempts.length, 1);
    assert.equal(rig.pusher.connection.state, 'connected', 'the browser was wrong');
  });

  it('it does not retry blindly without a network', async () => {
    //
    const rig = createRig();
    rig.network.setOnline(false);
    rig.transport.goOffline();
    await rig.clock.advance(3_600_000);
    assert.equal(rig.attempts.length, 1);
  });

  it('a listener of a loss may switch automatic reconnection off', async () => {
    // read after the listener, after the hook, and when the timer fires
    const moments: Readonly<Record<string, (rig: Rig) => void>> = {
      'when it is told of the loss': (rig) =>
        void rig.pusher.connection.bind('lost', (loss) => {
          rig.pusher.reconnectAutomatically = false;
          assert.equal(loss.willReconnect, false, 'and the loss says so at once');
        }),
      'in the hook before reconnecting': () => undefined,
      'while the attempt is waited for': (rig) =>
        void rig.pusher.connection.bind('connecting_in', () => {
          rig.pusher.reconnectAutomatically = false;
        }),
    };
    for (const [moment, prepare] of Object.entries(moments)) {
      const rig: Rig = await connected({
        beforeReconnect: () => {
          if (moment.includes('hook')) rig.pusher.reconnectAutomatically = false;
        },
      });
      prepare(rig);
      rig.app.connection()?.drop();
      await rig.clock.advance(600_000);
      assert.equal(rig.attempts.length, 1, moment);
      assert.equal(rig.pusher.connection.state, 'disconnected', moment);
      assert.equal(rig.clock.pendingTimers, 0, moment);
    }
  });

  it('a listener of a failed attempt has the error, and the same power', async () => {
    //
    const rig = createRig({ prepare: (app) => app.stop() });
    const seen: unknown[] = [];
    rig.pusher.connection.bind('lost', ({ wasConnected, error }) => {
      seen.push(wasConnected, error?.code, error?.reason);
      rig.pusher.reconnectAutomatically = false;
    });
    await rig.clock.advance(600_000);
    assert.deepEqual(seen, [false, 1006, 'connection-lost']);
    assert.equal(rig.attempts.length, 1);
    assert.deepEqual(rig.states, ['connecting', 'disconnected']);
  });

  it('it watches reachability only while needed', async () => {
    //
    const rig = await connected();
    const start = rig.network.listenerCount;
    rig.goOffline();
    await rig.clock.advance(20_000);
    rig.goOnline();
    await rig.clock.advance(20_000);
    assert.equal(rig.pusher.connection.state, 'connected');
    assert.equal(rig.network.listenerCount, start, 'after the recovery as before');
    rig.pusher.dispose();
    assert.equal(rig.network.listenerCount, 0);
  });

  it('when the network is reachable again it connects at once, with automatic reconnection as it was', async () => {
    //
    const rig = await connected();
    rig.goOffline();
    await rig.clock.advance(20_000);
    const at = rig.elapsed();
    rig.goOnline();
    await rig.clock.advance(0);
    assert.equal(rig.attempts.at(-1)?.at, at);
    assert.equal(rig.pusher.connection.state, 'connected');
    assert.equal(rig.pusher.reconnectAutomatically, true);
  });

  it('reachable is a hint and not a promise', async () => {
    //
    const rig = await connected();
    rig.goOffline();
    await rig.clock.advance(20_000);
    rig.app.stop();
    rig.goOnline();
    await rig.clock.advance(0);
    assert.deepEqual(times(rig).slice(1), [rig.elapsed()], 'it was taken');
    await rig.clock.advance(60_000);
    assert.ok(rig.attempts.length > 5, 'and the normal cycle goes on');
  });

  it('automatic reconnection can be switched on only after the first success', async () => {
    //
    const make = (prepare?: (app: Rig['app']) => void): Rig => {
      const rig = createRig({ reconnectAutomatically: false, ...(prepare && { prepare }) });
      rig.pusher.connection.bind('connected', () => {
        rig.pusher.reconnectAutomatically = true;
      });
      return rig;
    };
    const failing = make((app) => app.stop());
    await failing.clock.advance(60_000);
    assert.equal(failing.attempts.length, 1, 'an initial failure is not retried');

    const rig = make();
    await rig.clock.advance(0);
    rig.app.connection()?.drop();
    await rig.clock.advance(60_000);
    assert.equal(rig.attempts.length, 2, 'a later loss is');
  });

  it('with that, nothing has to be switched on again when the network is back', async () => {
    // the seed's three delegate methods, in JavaScript
    const rig = createRig({ reconnectAutomatically: false });
    const { pusher } = rig;
    pusher.connection.bind('connected', () => {
      pusher.reconnectAutomatically = true;
    });
    pusher.connection.bind('lost', () => {
      if (!pusher.connection.isReachable) pusher.reconnectAutomatically = false;
    });
    rig.network.listen((signal) => {
      if (signal === 'online') pusher.connect();
    });
    await rig.clock.advance(0);
    rig.goOffline();
    await rig.clock.advance(60_000);
    assert.equal(pusher.connection.state, 'disconnected');
    assert.equal(pusher.reconnectAutomatically, false);
    rig.goOnline();
    await rig.clock.advance(0);
    assert.equal(pusher.connection.state, 'connected');
    assert.equal(pusher.reconnectAutomatically, true);
  });

  it('disconnected though reachable is trouble of the service: it goes on retrying', async () => {
    //
    const rig = await connected();
    rig.app.stop();
    await rig.clock.advance(3_600_000);
    assert.ok(rig.attempts.length > 300);
    rig.app.start();
    await rig.clock.advance(10_000);
    assert.equal(rig.pusher.connection.state, 'connected');
  });

  it('a hook before each reconnection has the delay that follows and the number of the attempt', async () => {
    //
    const told: [attempt: number, dueAt: number][] = [];
    const rig: Rig = await connected({
      beforeReconnect: ({ attempt, delay }) => told.push([attempt, rig.elapsed() + delay * 1000]),
    });
    rig.app.stop();
    await rig.clock.advance(5000);
    rig.app.start();
    await rig.clock.advance(30_000);
    rig.app.connection()?.drop();
    await rig.clock.advance(5000);
    assert.deepEqual(
      told.map(([attempt]) => attempt),
      [1, 2, 3, 4, 1],
    );
    assert.deepEqual(
      told.map(([, dueAt]) => dueAt),
      times(rig).slice(1),
    );
  });

  it('the application may raise the delay after a number of failures', async () => {
    //
    const rig = await connected({
      reconnectDelay: 1000,
      beforeReconnect: (plan) => {
        if (plan.attempt > 3) plan.delay = 2 ** (plan.attempt - 3);
      },
    });
    rig.app.stop();
    await rig.clock.advance(70_000);
    const found = times(rig);
    assert.deepEqual(
      found.slice(1).map((at, index) => (at - found[index]!) / 1000),
      [1, 1, 1, 2, 4, 8, 16, 32],
    );
  });

  it('changing the reconnect delay inside that hook affects this wait', async () => {
    //
    const rig: Rig = await connected({
      reconnectDelay: 1000,
      beforeReconnect: () => {
        rig.pusher.reconnectDelay = 7000;
      },
    });
    rig.app.connection()?.drop();
    await rig.clock.advance(60_000);
    assert.deepEqual(times(rig), [0, 7000]);
    assert.deepEqual(rig.delays, [7]);
  });
});
