/** requirements.md §2.5: states and transitions. One test for each row. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectionStates, Pusher } from '../../../src/index.js';
import { createInMemoryTransport } from '../../../src/testing/index.js';
import { connected, createRig, FakeNetwork } from '../support.js';
import type { Rig } from '../support.js';

/** The changes as the seed writes them. */
const arrows = ({ changes }: Rig): string[] =>
  changes.map(({ previous, current }) => `${previous} -> ${current}`);

describe('states and transitions', () => {
  it('there are six states, and the property never holds another one', async () => {
    // S-01
    const states = ['initialized', 'connecting', 'connected', 'unavailable', 'failed', 'disconnected'];
    assert.deepEqual(connectionStates, states);
    const rig = createRig();
    const seen = new Set<string>([rig.pusher.connection.state]);
    const look = (): unknown => seen.add(rig.pusher.connection.state);
    rig.pusher.connection.bind_global(look);
    await rig.clock.advance(0);
    rig.app.stop();
    await rig.clock.advance(60_000);
    rig.pusher.disconnect();
    rig.transport.setSupported(false);
    rig.pusher.connect();
    look();
    assert.deepEqual([...seen].sort(), [...states].sort());
  });

  it('initialized is first and emits no event', async () => {
    // S-02
    const rig = createRig();
    assert.equal(rig.pusher.connection.state, 'initialized');
    let calls = 0;
    rig.pusher.connection.bind('initialized' as 'connected', () => (calls += 1));
    await rig.clock.advance(0);
    rig.pusher.disconnect();
    rig.pusher.connect();
    await rig.clock.advance(0);
    assert.equal(calls, 0);
    assert.ok(!rig.states.includes('initialized'));
    assert.deepEqual(rig.events.slice(0, 2), ['state_change', 'connecting']);
  });

  it('connecting fires on the first connect and on each loss', async () => {
    // S-03
    const rig = createRig();
    let calls = 0;
    rig.pusher.connection.bind('connecting', () => (calls += 1));
    await rig.clock.advance(0);
    assert.equal(calls, 1);
    for (const expected of [2, 3]) {
      rig.app.connection()?.drop();
      await rig.clock.advance(20_000);
      assert.equal(calls, expected);
    }
  });

  it('connected means open and accepted by the app', async () => {
    // S-04
    const rig = createRig({ prepare: (app) => app.script({ handshake: { type: 'accept', delay: 2000 } }) });
    await rig.clock.advance(1999);
    assert.equal(rig.transport.openCount, 1, 'the socket is open');
    assert.equal(rig.pusher.connection.state, 'connecting');
    await rig.clock.advance(1);
    assert.equal(rig.pusher.connection.state, 'connected');
  });

  it('unavailable means temporarily not possible, and it goes on trying', async () => {
    // S-05
    const rig = createRig({ prepare: (app) => app.stop() });
    await rig.clock.advance(60_000);
    assert.equal(rig.pusher.connection.state, 'unavailable');
    const before = rig.attempts.length;
    await rig.clock.advance(60_000);
    assert.ok(rig.attempts.length > before);
  });

  it('failed means that there is no transport: no attempt, and no connecting', async () => {
    // S-06
    const rig = createRig();
    rig.transport.setSupported(false);
    await rig.clock.advance(60_000);
    assert.deepEqual(rig.states, ['failed']);
    assert.equal(rig.attempts.length, 0);
    assert.equal(rig.clock.pendingTimers, 0);
  });

  it('disconnected means that it was connected and is now closed on purpose', async () => {
    // S-07
    const rig = await connected();
    rig.pusher.disconnect();
    assert.deepEqual(arrows(rig).slice(2), ['connected -> disconnected']);
    assert.equal(rig.losses[0]?.isIntentional, true);
  });

  it('initialized -> connecting -> connected', async () => {
    // S-08
    const rig = createRig();
    await rig.clock.advance(60_000);
    assert.deepEqual(arrows(rig), ['initialized -> connecting', 'connecting -> connected']);
  });

  it('a temporary failure is connected -> connecting -> connected', async () => {
    // S-09
    const rig = await connected();
    await rig.clock.advance(20_000);
    rig.app.connection()?.drop();
    await rig.clock.advance(20_000);
    assert.deepEqual(arrows(rig).slice(2), ['connected -> connecting', 'connecting -> connected']);
  });

  it('a lost internet connection is connected -> connecting -> unavailable', async () => {
    // S-10
    const rig = await connected();
    rig.app.stop();
    await rig.clock.advance(60_000);
    assert.deepEqual(arrows(rig).slice(2), ['connected -> connecting', 'connecting -> unavailable']);
  });

  it('when it is back, it is unavailable -> connected', async () => {
    // S-11
    const rig = await connected();
    rig.app.stop();
    await rig.clock.advance(60_000);
    rig.app.start();
    await rig.clock.advance(60_000);
    assert.deepEqual(arrows(rig).slice(4), ['unavailable -> connected']);
  });

  it('without support it is initialized -> failed', async () => {
    // S-12
    const rig = createRig();
    rig.transport.setSupported(false);
    await rig.clock.advance(0);
    assert.deepEqual(arrows(rig), ['initialized -> failed']);
  });

  it('the state can be read at any time, and is the current one in every handler', async () => {
    // S-13
    const rig = createRig();
    const { connection } = rig.pusher;
    const pairs: [string, string][] = [];
    connection.bind('state_change', ({ current }) => pairs.push([current, connection.state]));
    for (const name of ['connecting', 'connected', 'unavailable', 'disconnected'] as const)
      connection.bind(name, () => pairs.push([name, connection.state]));
    await rig.clock.advance(0);
    rig.app.stop();
    await rig.clock.advance(60_000);
    rig.pusher.disconnect();
    assert.equal(pairs.length, 10);
    for (const [told, state] of pairs) assert.equal(state, told);
  });

  it('the old events connection_established and connection_failed are gone', async () => {
    // S-14
    const rig = createRig();
    let calls = 0;
    for (const name of ['pusher:connection_established', 'pusher:connection_failed']) {
      rig.pusher.bind(name, () => (calls += 1));
      rig.pusher.connection.bind(name as 'connected', () => (calls += 1));
      rig.pusher.subscribe('prices').bind(name, () => (calls += 1));
    }
    rig.pusher.bind_global((event) => (calls += event.includes('connection_') ? 1 : 0));
    await rig.clock.advance(0);
    rig.app.stop();
    await rig.clock.advance(60_000);
    assert.ok(
      rig.app.record.sent.some(({ event }) => event === 'pusher:connection_established'),
      'on the wire',
    );
    assert.equal(calls, 0);
  });

  it('each instance has a connection of its own, with its own state and bindings', async () => {
    // S-15
    const one = await connected();
    const other = new Pusher('app-key', {
      clock: one.clock,
      network: new FakeNetwork(),
      transport: createInMemoryTransport(one.server),
      connectAutomatically: false,
    });
    let calls = 0;
    other.connection.bind_global(() => (calls += 1));
    one.pusher.disconnect();
    one.pusher.connect();
    await one.clock.advance(0);
    assert.notEqual(one.pusher.connection, other.connection);
    assert.equal(other.connection.state, 'initialized');
    assert.equal(calls, 0);
    other.dispose();
  });
});
