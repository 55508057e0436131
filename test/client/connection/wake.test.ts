/** What the page and the machine do to a connection: visible, hidden, back/forward cache, sleep (design.md §5). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertNothingLeft, connected, createRig } from '../support.js';

describe('a page that becomes visible, or is resumed', () => {
  it('pings on an open connection, and finds it alive', async () => {
    const rig = await connected();
    rig.network.signal('probe');
    await rig.clock.advance(60_000);
    assert.deepEqual(rig.frames(), ['pusher:ping']);
    assert.deepEqual(rig.states, ['connecting', 'connected']);
  });

  it('replaces within five seconds a connection that is dead', async () => {
    const rig = await connected();
    rig.app.connection()?.stall();
    rig.network.signal('probe');
    await rig.clock.advance(4999);
    assert.deepEqual(rig.states, ['connecting', 'connected']);
    await rig.clock.advance(1);
    assert.deepEqual(rig.states, ['connecting', 'connected', 'connecting', 'connected']);
    assert.deepEqual(
      rig.attempts.map(({ at }) => at),
      [0, 5000],
    );
    assert.deepEqual(rig.delays, [], 'at once, without an announcement');
  });

  it('makes an attempt that is waited for now', async () => {
    const rig = await connected({ reconnectDelay: 30_000 });
    rig.app.connection()?.drop();
    await rig.clock.advance(2000);
    rig.network.signal('probe');
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'connected');
    assert.deepEqual(
      rig.attempts.map(({ at }) => at),
      [0, 2000],
    );
  });

  it('does not begin a second attempt beside one that is under way', async () => {
    const rig = createRig({
      prepare: (app) => app.script({ handshake: { type: 'accept', delay: 3000 } }),
    });
    await rig.clock.advance(1000);
    for (const signal of ['probe', 'online', 'page-shown'] as const) rig.network.signal(signal);
    await rig.clock.advance(2000);
    assert.equal(rig.pusher.connection.state, 'connected');
    assert.equal(rig.attempts.length, 1);
  });

  it('does not connect while the browser is sure that there is no network', async () => {
    const rig = await connected();
    rig.goOffline();
    await rig.clock.advance(6000);
    rig.network.signal('probe');
    await rig.clock.advance(60_000);
    assert.equal(rig.attempts.length, 1);
  });
});

// C-07
describe('a page that is hidden for good, or put into the back/forward cache', () => {
  it('closes its connection at once and leaves nothing running', async () => {
    const rig = await connected();
    const channel = rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    rig.network.signal('page-hidden');
    assert.equal(rig.pusher.connection.state, 'disconnected');
    assert.equal(channel.subscribed, false);
    await rig.clock.advance(0);
    assert.equal(rig.app.record.closes.length, 1);
    assert.equal(rig.app.record.closes[0]?.by, 'client');
    assert.equal(rig.clock.pendingTimers, 0);
    await rig.clock.advance(600_000);
    assert.equal(rig.attempts.length, 1);
    assert.equal(rig.errors.length, 0, 'it is no error');
  });

  it('says in the loss that it was this side, and that nothing is scheduled', async () => {
    const rig = await connected();
    rig.network.signal('page-hidden');
    assert.equal(rig.losses[0]?.isIntentional, true);
    assert.equal(rig.losses[0].willReconnect, false);
    assert.match(rig.changes.at(-1)?.reason ?? '', /page/);
  });

  it('reconnects when it comes back, with its channels', async () => {
    const rig = await connected();
    const channel = rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    rig.network.signal('page-hidden');
    await rig.clock.advance(5000);
    rig.network.signal('page-shown');
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'connected');
    assert.equal(channel.subscribed, true);
    assert.deepEqual(rig.states.slice(2), ['disconnected', 'connecting', 'connected']);
    assert.deepEqual(
      rig.gaps.map(({ duration }) => duration),
      [5],
    );
  });

  it('reconnects when it comes back also where it was hidden while trying', async () => {
    const rig = createRig({ prepare: (app) => app.stop() });
    await rig.clock.advance(12_000);
    rig.network.signal('page-hidden');
    assert.equal(rig.pusher.connection.state, 'disconnected');
    assert.equal(rig.clock.pendingTimers, 0);
    rig.app.start();
    rig.network.signal('page-shown');
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'connected');
  });

  it('stays closed after disconnect(), whether that came before, while, or after it was hidden', async () => {
    for (const when of ['before', 'while hidden']) {
      const rig = await connected();
      if (when === 'before') rig.pusher.disconnect();
      rig.network.signal('page-hidden');
      if (when === 'while hidden') rig.pusher.disconnect();
      rig.network.signal('page-shown');
      await rig.clock.advance(60_000);
      assert.equal(rig.pusher.connection.state, 'disconnected', when);
      assert.equal(rig.attempts.length, 1, when);
      assertNothingLeft(rig);
    }
  });

  it('may be connected by hand meanwhile', async () => {
    const rig = await connected();
    rig.network.signal('page-hidden');
    rig.pusher.connect();
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'connected');
    rig.network.signal('page-shown');
    await rig.clock.advance(0);
    assert.deepEqual(rig.frames(), ['pusher:ping'], 'coming back only asks whether it is alive');
  });
});

describe('a machine that slept', () => {
  it('asks within five seconds whether the connection survived', async () => {
    const rig = await connected();
    await rig.clock.advance(3000);
    rig.clock.sleep(8 * 3_600_000);
    await rig.clock.advance(0);
    assert.deepEqual(rig.frames(), ['pusher:ping']);
    await rig.clock.advance(60_000);
    assert.deepEqual(rig.states, ['connecting', 'connected'], 'it did');
  });

  it('replaces a connection that did not survive five seconds after waking', async () => {
    const rig = await connected();
    await rig.clock.advance(3000);
    rig.app.connection()?.stall();
    rig.clock.sleep(8 * 3_600_000);
    const wokeAt = rig.elapsed();
    await rig.clock.advance(5000);
    assert.deepEqual(rig.states, ['connecting', 'connected', 'connecting', 'connected']);
    assert.equal(rig.attempts.at(-1)?.at, wokeAt + 5000);
    assert.equal(rig.gaps.length, 1);
  });

  it('makes an attempt that fell due at once', async () => {
    const rig = await connected({ reconnectDelay: 30_000 });
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    rig.clock.sleep(3_600_000);
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'connected');
    assert.equal(rig.attempts.length, 2);
  });

  it('gives up an attempt that fell silent meanwhile, and makes another', async () => {
    const rig = createRig({
      prepare: (app) => app.scriptNext({ handshake: { type: 'silent' } }),
    });
    await rig.clock.advance(1000);
    rig.clock.sleep(20_000);
    await rig.clock.advance(0);
    assert.equal(rig.errors[0]?.type, 'TimeoutError');
    await rig.clock.advance(500);
    assert.equal(rig.pusher.connection.state, 'connected');
  });
});
