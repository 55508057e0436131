/** When the next attempt comes: the retry policy over the life of a client (design.md §5). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ReconnectPlan } from '../../../src/index.js';
import { connected, createRig } from '../support.js';
import type { Rig } from '../support.js';

const times = ({ attempts }: Rig): number[] => attempts.map(({ at }) => at);
const schemes = ({ attempts }: Rig): string[] => attempts.map(({ url }) => url.slice(0, url.indexOf(':')));

describe('failures in a row', () => {
  it('are waited for with a range that doubles up to ten seconds', async () => {
    const rig = createRig({ unavailableTimeout: 600_000, prepare: (app) => app.stop() });
    await rig.clock.advance(40_000);
    assert.deepEqual(rig.delays.slice(0, 8), [0.5, 1, 2, 4, 5, 5, 5, 5]);
  });

  it('leave a tenth of a second between attempts, whatever the option or a hook says', async () => {
    for (const options of [
      { reconnectDelay: 0 },
      { beforeReconnect: (plan: ReconnectPlan) => void (plan.delay = 0) },
    ]) {
      const rig = createRig({ ...options, prepare: (app) => app.stop() });
      await rig.clock.advance(1000);
      assert.deepEqual(times(rig).slice(0, 3), [0, 0, 0]); // P-07: what was asked for, as long as it can help
      assert.ok(times(rig).length <= 13, String(times(rig).length));
      rig.pusher.dispose();
    }
  });

  it('are forgotten only after a connection has stayed up for a while', async () => {
    // accept-then-close must not become a tight loop
    const rig = await connected();
    for (let count = 0; count < 5; count += 1) {
      rig.app.connection()?.drop();
      await rig.clock.advance(6000);
    }
    assert.deepEqual(rig.delays, [0.5, 1, 2, 4, 5]);
    await rig.clock.advance(10_000);
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    assert.equal(rig.delays.at(-1), 0.5);
  });

  it('are forgotten after the time that is set', async () => {
    const rig = await connected({ stableAfter: 2000 });
    for (let count = 0; count < 3; count += 1) {
      await rig.clock.advance(3000);
      rig.app.connection()?.drop();
    }
    await rig.clock.advance(3000);
    assert.deepEqual(rig.delays, [0.5, 0.5, 0.5]);
  });

  it('are told as attempts 1, 2, 3, … and 0 once connected', async () => {
    // R-12; the number that people see falls back with the connection, the back-off only later
    const rig = await connected();
    rig.app.stop();
    await rig.clock.advance(4000);
    rig.app.start();
    await rig.clock.advance(20_000);
    assert.equal(rig.pusher.connection.state, 'connected');
    assert.equal(rig.pusher.connection.attempt, 0);
    const told = rig.changes.map(({ current, attempt }) => [current, attempt]);
    assert.deepEqual(told, [
      ['connecting', 0],
      ['connected', 0],
      ['connecting', 1],
      ['connected', 0],
    ]);
    assert.deepEqual(
      rig.losses.map(({ attempt }) => attempt),
      [0, 1, 2, 3],
    );
  });

  it('never run into each other: there is one attempt at a time', async () => {
    const rig = createRig({ prepare: (app) => app.script({ handshake: { type: 'silent' } }) });
    for (let second = 0; second < 300; second += 1) {
      if (second % 7 === 0) rig.pusher.connect();
      if (second % 11 === 0) rig.network.signal('online');
      await rig.clock.advance(1000);
      assert.ok(rig.app.connections.length <= 1);
    }
  });
});

describe('4200–4299', () => {
  it('is followed by another attempt at once, unannounced', async () => {
    // E-06
    for (const code of [4200, 4201, 4202, 4250]) {
      const rig = await connected();
      await rig.clock.advance(1000);
      rig.app.connection()?.close(code);
      await rig.clock.advance(0);
      assert.deepEqual(times(rig), [0, 1000]);
      assert.deepEqual(rig.delays, []);
      assert.deepEqual(rig.states, ['connecting', 'connected', 'connecting', 'connected']);
    }
  });

  it('is waited for from the second time on, until a connection has been up for a while', async () => {
    // protocol.md §6; reference/pusher-js.md §6.3 Q: there, 540 connections a second
    const rig = createRig({
      random: 0.999,
      prepare: (app) => app.script({ handshake: { type: 'close', code: 4200 } }),
    });
    await rig.clock.advance(1000);
    assert.deepEqual(times(rig), [0, 0]);
    assert.deepEqual(rig.delays, [1.998]);
    await rig.clock.advance(60_000);
    assert.ok(rig.attempts.length < 15, String(rig.attempts.length));
  });

  it('is waited for also where the server establishes every connection before it closes it', async () => {
    const rig = createRig({ random: 0.999 });
    rig.pusher.connection.bind('connected', () => {
      rig.app.connection()?.close(4200);
    });
    await rig.clock.advance(60_000);
    assert.ok(rig.attempts.length < 20, String(rig.attempts.length));
  });
});

describe('4100–4199', () => {
  it('is waited for at least a second, whatever the random number', async () => {
    for (const [random, delay] of [
      [0, 1],
      [0.999, 1.999],
    ] as const) {
      const rig = await connected({ random });
      rig.app.connection()?.close(4100);
      await rig.clock.advance(0);
      assert.deepEqual(rig.delays, [delay]);
    }
  });
});

describe('a reconnect delay', () => {
  it('is waited for exactly, from the loss, after every failure', async () => {
    // P-07
    const rig = await connected({ reconnectDelay: 7000 });
    await rig.clock.advance(1000);
    rig.app.stop();
    await rig.clock.advance(60_000);
    const expected = [0, 8000, 15_000, 22_000, 29_000, 36_000, 43_000, 50_000, 57_000];
    assert.deepEqual(times(rig), expected);
    assert.ok(rig.delays.every((delay) => delay === 7));
  });

  it('may be changed at any time, on the client and on the connection', async () => {
    // P-09
    const rig = await connected({ reconnectDelay: 10_000 });
    rig.app.stop();
    await rig.clock.advance(0);
    rig.pusher.reconnectDelay = 3000;
    assert.equal(rig.pusher.connection.reconnectDelay, 3000);
    await rig.clock.advance(10_000);
    rig.pusher.connection.reconnectDelay = 20_000;
    assert.equal(rig.pusher.reconnectDelay, 20_000);
    await rig.clock.advance(3000);
    assert.deepEqual(rig.delays, [10, 3, 20]);
  });
});

describe('a scheme', () => {
  it('is encrypted always where that is asked for, after any failure', async () => {
    // O-02
    const rig = await connected({ encrypted: true });
    rig.app.connection()?.close(4000);
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'disconnected', 'there is nothing left to switch to');
    rig.pusher.connect();
    await rig.clock.advance(0);
    rig.app.stop();
    await rig.clock.advance(120_000);
    assert.ok(schemes(rig).length > 10);
    assert.deepEqual([...new Set(schemes(rig))], ['wss']);
  });

  it('alternates after failed attempts where plain is allowed', async () => {
    // requirements §3 row 2
    const rig = createRig({ forceTLS: false, prepare: (app) => app.stop() });
    await rig.clock.advance(8000);
    assert.deepEqual(schemes(rig), ['ws', 'wss', 'ws', 'wss', 'ws']);
  });

  it('that worked is kept after a loss', async () => {
    const plain = await connected({ forceTLS: false });
    plain.app.connection()?.drop();
    await plain.clock.advance(500);
    assert.deepEqual(schemes(plain), ['ws', 'ws']);

    const rig = createRig({
      forceTLS: false,
      prepare: (app) => app.scriptNext({ handshake: { type: 'refuse' } }),
    });
    await rig.clock.advance(500);
    rig.app.connection()?.drop();
    await rig.clock.advance(1000);
    assert.deepEqual(schemes(rig), ['ws', 'wss', 'wss']);
  });

  it('becomes encrypted at once and for good where the app demands it', async () => {
    // O-03
    const rig = createRig({ forceTLS: false, app: { isTLSOnly: true } });
    await rig.clock.advance(0);
    assert.deepEqual(schemes(rig), ['ws', 'wss']);
    assert.equal(rig.pusher.connection.state, 'connected');
    assert.deepEqual(times(rig), [0, 0]);
    rig.app.stop();
    await rig.clock.advance(60_000);
    rig.pusher.disconnect();
    rig.pusher.connect();
    await rig.clock.advance(0);
    assert.deepEqual([...new Set(schemes(rig).slice(1))], ['wss']);
  });
});

describe('the hook before reconnecting', () => {
  it('is asked for every scheduled attempt, also for one without delay', async () => {
    const plans: ReconnectPlan[] = [];
    const rig = await connected({ beforeReconnect: (plan) => plans.push({ ...plan }) });
    await rig.clock.advance(20_000);
    rig.app.connection()?.close(4200);
    await rig.clock.advance(20_000);
    rig.app.connection()?.close(4100);
    await rig.clock.advance(20_000);
    rig.pusher.reconnectDelay = 2000;
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    assert.deepEqual(plans, [
      { delay: 0, attempt: 1, strategy: 'immediate', code: 4200 },
      { delay: 1.5, attempt: 1, strategy: 'backoff', code: 4100 },
      { delay: 2, attempt: 1, strategy: 'fixed', code: 1006 },
    ]);
  });

  it('prevents this and every later reconnection by returning false, until connect()', async () => {
    const rig = await connected({ beforeReconnect: () => false });
    rig.app.connection()?.drop();
    await rig.clock.advance(60_000);
    assert.deepEqual(rig.states, ['connecting', 'connected', 'disconnected']);
    assert.equal(rig.attempts.length, 1);
    rig.pusher.connect();
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'connected');
  });
});

describe('the hook before connecting', () => {
  it('prevents a first attempt without a change of state, and tells nobody', async () => {
    const rig = createRig({ beforeConnect: () => false });
    await rig.clock.advance(60_000);
    assert.equal(rig.pusher.connection.state, 'initialized');
    assert.deepEqual(rig.events, []);
    assert.equal(rig.attempts.length, 0);
  });

  it('prevents a retry, after which nothing is scheduled', async () => {
    let isAllowed = true;
    const rig = await connected({ beforeConnect: () => isAllowed });
    isAllowed = false;
    rig.app.connection()?.drop();
    await rig.clock.advance(60_000);
    assert.deepEqual(rig.states, ['connecting', 'connected', 'connecting', 'disconnected']);
    assert.equal(rig.attempts.length, 1);
  });

  it('that prevents an attempt which a listener of the loss asked for leaves no false "connected"', async () => {
    let isAllowed = true;
    const rig = await connected({ beforeConnect: () => isAllowed });
    isAllowed = false;
    rig.pusher.connection.bind('error', () => {
      rig.pusher.connect();
    });
    rig.app.connection()?.drop();
    await rig.clock.advance(60_000);
    assert.equal(rig.pusher.connection.state, 'disconnected');
  });

  it('is told the address, the number of the attempt and who asked for it', async () => {
    const seen: unknown[] = [];
    const rig = await connected({
      beforeConnect: ({ url, attempt, isManual }) => {
        assert.match(url, /^wss:\/\/ws-mt1\.pusher\.com:443\/app\/app-key\?/);
        seen.push([attempt, isManual]);
      },
    });
    rig.app.stop();
    await rig.clock.advance(2000);
    rig.pusher.connect();
    assert.deepEqual(seen, [
      [0, true],
      [1, false],
      [2, false],
      [3, true],
    ]);
  });
});
