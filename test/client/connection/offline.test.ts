/** What the browser says of the network, requirements §3 row 19. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connected, createRig } from '../support.js';
import type { Rig } from '../support.js';

/** A client that has found out that it is offline, and waits. */
async function parked(): Promise<Rig> {
  const rig = await connected();
  rig.goOffline();
  await rig.clock.advance(5000); // the probe is not answered
  assert.equal(rig.pusher.connection.state, 'connecting');
  return rig;
}

describe('a browser that is offline', () => {
  it('does not keep the first attempt from being made', async () => {
    //
    const rig = createRig();
    rig.transport.goOffline();
    rig.network.setOnline(false);
    await rig.clock.advance(0);
    assert.equal(rig.attempts.length, 1);
  });

  it('is not tried again after that attempt, whatever the timers say', async () => {
    //
    const rig = createRig();
    rig.transport.goOffline();
    rig.network.setOnline(false);
    await rig.clock.advance(3_600_000);
    assert.equal(rig.attempts.length, 1);
    assert.deepEqual(rig.delays, [], 'nothing is announced, because nothing is scheduled');
    assert.equal(rig.pusher.connection.retryAt, undefined);
  });

  it('becomes unavailable after 30 s all the same', async () => {
    // T-01
    const rig = createRig();
    rig.transport.goOffline();
    rig.network.setOnline(false);
    await rig.clock.advance(29_999);
    assert.deepEqual(rig.states, ['connecting']);
    await rig.clock.advance(1);
    assert.deepEqual(rig.states, ['connecting', 'unavailable']);
    assert.equal(rig.clock.pendingTimers, 0, 'and then nothing is left to wait for but the network');
  });

  it('that says so on an open connection makes it ping, not close', async () => {
    // protocol.md §4, 6
    const rig = await connected();
    rig.network.signal('offline');
    await rig.clock.advance(0);
    assert.deepEqual(rig.frames(), ['pusher:ping']);
    await rig.clock.advance(60_000);
    assert.equal(rig.pusher.connection.state, 'connected', 'the server answered: the browser was wrong');
    assert.equal(rig.attempts.length, 1);
  });

  it('loses the connection five seconds later where it is right', async () => {
    const rig = await connected();
    rig.goOffline();
    await rig.clock.advance(4999);
    assert.equal(rig.pusher.connection.state, 'connected');
    await rig.clock.advance(1);
    assert.equal(rig.pusher.connection.state, 'connecting');
    await rig.clock.advance(60_000);
    assert.equal(rig.attempts.length, 1, 'no attempt without a network');
  });

  it('parks the next attempt where it went offline while one was waited for', async () => {
    const rig = await connected();
    rig.app.stop();
    await rig.clock.advance(0);
    rig.goOffline();
    await rig.clock.advance(500);
    assert.equal(rig.attempts.length, 2, 'the one that was scheduled is made');
    await rig.clock.advance(3_600_000);
    assert.equal(rig.attempts.length, 2);
  });

  it('is tried blindly where reachability is off', async () => {
    const rig = createRig({ reachability: 'off' });
    rig.transport.goOffline();
    rig.network.setOnline(false);
    await rig.clock.advance(60_000);
    assert.ok(rig.attempts.length > 5);
    assert.equal(rig.pusher.connection.isReachable, false, 'and yet it is known');
  });
});

describe('a browser that comes online', () => {
  it('is connected at once', async () => {
    //
    const rig = await parked();
    await rig.clock.advance(2000);
    const at = rig.elapsed();
    rig.goOnline();
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'connected');
    assert.equal(rig.attempts.at(-1)?.at, at);
    assert.deepEqual(rig.states, ['connecting', 'connected', 'connecting', 'connected']);
  });

  it('is connected at once from unavailable, too', async () => {
    const rig = await parked();
    await rig.clock.advance(3_600_000);
    assert.equal(rig.pusher.connection.state, 'unavailable');
    rig.goOnline();
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'connected');
    assert.equal(rig.attempts.length, 2);
  });

  it('is on the normal cycle again where the server is down all the same', async () => {
    //
    const rig = await parked();
    rig.app.stop();
    rig.goOnline();
    await rig.clock.advance(0);
    assert.equal(rig.delays.length, 1, 'the hint was taken, and the next attempt is scheduled');
    await rig.clock.advance(25_000);
    const { length } = rig.attempts;
    assert.ok(length > 4);
    rig.app.start();
    await rig.clock.advance(10_000);
    assert.equal(rig.pusher.connection.state, 'connected');
  });

  it('while an attempt is waited for, makes it now, and only one', async () => {
    const rig = await connected({ reconnectDelay: 30_000 });
    rig.app.connection()?.drop();
    await rig.clock.advance(1000);
    rig.network.signal('online');
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'connected');
    await rig.clock.advance(120_000);
    assert.equal(rig.attempts.length, 2);
  });

  it('gives a server that asked for a second that second', async () => {
    const rig = await connected({ random: 0.999 });
    rig.app.connection()?.close(4100);
    await rig.clock.advance(100);
    rig.network.signal('online');
    await rig.clock.advance(899);
    assert.equal(rig.attempts.length, 1);
    await rig.clock.advance(1);
    assert.equal(rig.attempts.length, 2);
    assert.equal(rig.pusher.connection.state, 'connected');
  });

  it('does not connect what was disconnected on purpose, given up, or never begun', async () => {
    const resting = createRig({ connectAutomatically: false });
    const left = await connected();
    left.pusher.disconnect();
    const refused = await connected();
    refused.app.connection()?.close(4004);
    await refused.clock.advance(0);
    for (const rig of [resting, left, refused]) {
      const attempts = rig.attempts.length;
      rig.network.signal('online');
      await rig.clock.advance(60_000);
      assert.equal(rig.attempts.length, attempts);
    }
  });

  it('does not connect where automatic reconnection was switched off meanwhile', async () => {
    //
    const rig = await parked();
    rig.pusher.reconnectAutomatically = false;
    rig.goOnline();
    await rig.clock.advance(60_000);
    assert.equal(rig.attempts.length, 1);
  });
});
