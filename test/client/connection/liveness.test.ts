/** protocol.md §4 on the wire. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PusherError } from '../../../src/index.js';
import { connected, createRig } from '../support.js';

describe('an idle connection', () => {
  it('pings after the shorter of its own and the server’s activity timeout', async () => {
    for (const [own, servers, expected] of [
      [undefined, 120, 120],
      [undefined, 30, 30],
      [undefined, 600, 120],
      [15_000, 120, 15],
      [60_000, 30, 30],
    ] as const) {
      const rig = await connected({
        activityTimeout: own,
        app: { activityTimeout: servers, pingAfter: null },
      });
      await rig.clock.advance(expected * 1000 - 1);
      assert.deepEqual(rig.frames(), []);
      await rig.clock.advance(1);
      assert.deepEqual(rig.frames(), ['pusher:ping']);
      rig.pusher.dispose();
    }
  });

  it('pings after two minutes where the server does not say', async () => {
    // protocol.md §3, last row
    const rig = createRig({
      prepare: (app) => app.script({ handshake: { type: 'accept', activityTimeout: null } }),
    });
    await rig.clock.advance(120_000);
    assert.deepEqual(rig.frames(), ['pusher:ping']);
  });

  it('pings ten times a second at most, whatever the server or the options say', async () => {
    for (const [own, servers] of [
      [undefined, 8e-14],
      [0, 120],
    ] as const) {
      const rig = createRig({
        activityTimeout: own,
        prepare: (app) => app.script({ handshake: { type: 'accept', activityTimeout: servers } }),
      });
      await rig.clock.advance(0);
      await rig.clock.advance(1000);
      assert.ok(rig.frames().length >= 1 && rig.frames().length <= 10, String(rig.frames().length));
      rig.pusher.dispose();
    }
  });

  it('sends a ping of exactly these bytes', async () => {
    const rig = await connected();
    await rig.clock.advance(120_000);
    assert.deepEqual(
      rig.app.record.received.map(({ text }) => text),
      ['{"event":"pusher:ping","data":{}}'],
    );
  });

  it('stays connected for days', async () => {
    const rig = await connected();
    await rig.clock.advance(2 * 86_400_000);
    assert.deepEqual(rig.states, ['connecting', 'connected']);
    assert.equal(rig.frames().length, 1440);
  });

  it('needs no ping while there are events', async () => {
    const rig = await connected();
    rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    for (let count = 0; count < 20; count += 1) {
      await rig.clock.advance(60_000);
      rig.app.publish({ channels: 'prices', event: 'tick' });
    }
    await rig.clock.advance(0);
    assert.deepEqual(rig.frames(), ['pusher:subscribe prices']);
  });

  it('needs no ping while there is only garbage', async () => {
    // protocol.md §4: any received frame proves the other side alive
    const rig = await connected();
    for (let count = 0; count < 5; count += 1) {
      await rig.clock.advance(60_000);
      rig.app.connection()?.sendFaulty('garbage');
    }
    await rig.clock.advance(0);
    assert.deepEqual(rig.frames(), []);
    assert.equal(rig.pusher.connection.state, 'connected');
  });
});

describe('a connection whose server has gone silent', () => {
  it('is replaced at once when the pong does not come, without waiting for a close', async () => {
    const rig = await connected();
    rig.app.connection()?.stall();
    await rig.clock.advance(149_999);
    assert.equal(rig.attempts.length, 1);
    await rig.clock.advance(1);
    assert.deepEqual(rig.states, ['connecting', 'connected', 'connecting', 'connected']);
    assert.deepEqual(
      rig.attempts.map(({ at }) => at),
      [0, 150_000],
    );
    assert.equal(rig.errors[0]?.type, 'TimeoutError');
    assert.equal(rig.errors[0].reason, 'timed-out');
    assert.equal(rig.losses[0]?.wasClean, false);
  });

  it('waits for the pong as long as is set', async () => {
    const rig = await connected({ pongTimeout: 2000 });
    rig.app.connection()?.script({ ping: 'ignore' });
    await rig.clock.advance(121_999);
    assert.equal(rig.attempts.length, 1);
    await rig.clock.advance(1);
    assert.equal(rig.attempts.length, 2);
  });

  it('is alive where anything comes instead of the pong', async () => {
    // protocol.md §4, 3
    const rig = await connected();
    rig.pusher.subscribe('prices');
    rig.app.connection()?.script({ ping: 'ignore' });
    await rig.clock.advance(140_000);
    rig.app.publish({ channels: 'prices', event: 'tick' });
    await rig.clock.advance(30_000);
    assert.deepEqual(rig.states, ['connecting', 'connected']);
  });

  it('is not replaced in a tight loop where every one of them is silent', async () => {
    const rig = await connected({ pongTimeout: 1000, activityTimeout: 1000 });
    rig.app.script({ ping: 'ignore' });
    await rig.clock.advance(60_000);
    assert.ok(rig.attempts.length < 30, String(rig.attempts.length));
  });
});

describe('the ping of a server', () => {
  it('is answered at once with exactly these bytes', async () => {
    // protocol.md §4, 5
    const rig = await connected();
    rig.app.connection()?.ping();
    await rig.clock.advance(0);
    assert.deepEqual(
      rig.app.record.received.map(({ text }) => text),
      ['{"event":"pusher:pong","data":{}}'],
    );
    const [ping] = rig.app.record.pings;
    assert.equal(ping?.answeredAt, ping?.sentAt);
  });

  it('keeps the server from closing an idle connection with 4201', async () => {
    const rig = await connected({ app: { activityTimeout: 600, pingAfter: 20, pongTimeout: 5 } });
    await rig.clock.advance(200_000);
    assert.deepEqual(rig.states, ['connecting', 'connected']);
    assert.ok(rig.app.record.pings.length > 5);
  });
});

describe('a measured round trip', () => {
  it('is a number of milliseconds, and remembered', async () => {
    const rig = await connected({ latency: 40 });
    assert.equal(rig.pusher.connection.latency, undefined);
    const measured = rig.pusher.connection.ping();
    await rig.clock.advance(80);
    assert.equal(await measured, 80);
    assert.equal(rig.pusher.connection.latency, 80);
  });

  it('is refused where there is no connection', async () => {
    const rig = createRig({ connectAutomatically: false });
    await assert.rejects(rig.pusher.connection.ping(), (error) => {
      assert.ok(error instanceof PusherError);
      assert.equal(error.code, 'connection-lost');
      return true;
    });
    assert.deepEqual(rig.frames(), []);
  });

  it('is refused when the connection ends before the answer', async () => {
    const rig = await connected({ latency: 40 });
    const measured = rig.pusher.connection.ping();
    const rejected = assert.rejects(measured, PusherError);
    rig.pusher.disconnect();
    await rejected;
  });

  it('is given up on a signal, and leaves nothing on it', async (t) => {
    const rig = await connected({ latency: 40 });
    const stop = new AbortController();
    const aborted = assert.rejects(rig.pusher.connection.ping(stop), { name: 'AbortError' });
    stop.abort();
    await aborted;
    await assert.rejects(rig.pusher.connection.ping({ signal: AbortSignal.abort() }), { name: 'AbortError' });

    const { signal } = new AbortController();
    const added = t.mock.method(signal, 'addEventListener');
    const removed = t.mock.method(signal, 'removeEventListener');
    const measured = rig.pusher.connection.ping({ signal });
    await rig.clock.advance(80);
    await measured;
    const isBounded = added.mock.calls.every(({ arguments: [, , options] }) => {
      const { signal: bound } = (options ?? {}) as AddEventListenerOptions;
      return bound?.aborted === true;
    });
    assert.ok(isBounded || removed.mock.callCount() === added.mock.callCount());
  });
});
