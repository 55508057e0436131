/** requirements.md §2.6: events of the connection. One test for each row. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StateChange } from '../../../src/index.js';
import { connected, createRig } from '../support.js';
import type { Rig } from '../support.js';

describe('events of the connection', () => {
  it('one can bind to one state by its name', async () => {
    // E-01: called once for each entry, for all five emitting states
    const rig = createRig();
    const calls: Record<string, number> = {};
    for (const name of ['connecting', 'connected', 'unavailable', 'failed', 'disconnected'] as const)
      rig.pusher.connection.bind(name, () => (calls[name] = (calls[name] ?? 0) + 1));
    await rig.clock.advance(0);
    rig.app.stop();
    await rig.clock.advance(60_000);
    rig.pusher.disconnect();
    rig.transport.setSupported(false);
    rig.pusher.connect();
    assert.deepEqual(calls, { connecting: 2, connected: 1, unavailable: 1, disconnected: 1, failed: 1 });
  });

  it('state_change fires on every change, with exactly previous and current', async () => {
    // E-02
    const rig = createRig();
    const { connection } = rig.pusher;
    const payloads: StateChange[] = [];
    connection.bind('state_change', (states) => payloads.push(states));
    await rig.clock.advance(0);
    rig.app.stop();
    await rig.clock.advance(60_000);
    rig.pusher.disconnect();
    assert.deepEqual(payloads, [
      { previous: 'initialized', current: 'connecting' },
      { previous: 'connecting', current: 'connected' },
      { previous: 'connected', current: 'connecting' },
      { previous: 'connecting', current: 'unavailable' },
      { previous: 'unavailable', current: 'disconnected' },
    ]);
    assert.equal(JSON.stringify(payloads[2]), '{"previous":"connected","current":"connecting"}');
    assert.equal(payloads[2]?.code, 1006, 'and what else is known is there to be read');
    assert.equal(payloads[2].attempt, 1);
    assert.equal(typeof payloads[2].retryAt, 'number');
  });

  it('connecting_in carries the seconds to the next attempt, as a number', async () => {
    // E-03
    for (const random of [0.1, 0.5, 0.9]) {
      const rig = await connected({ random });
      let announcedAt = 0;
      rig.pusher.connection.bind('connecting_in', () => (announcedAt = rig.elapsed()));
      await rig.clock.advance(1000);
      rig.app.connection()?.drop();
      await rig.clock.advance(1000);
      const [seconds] = rig.delays;
      assert.equal(typeof seconds, 'number');
      assert.equal(rig.attempts.at(-1)?.at, announcedAt + seconds! * 1000);
    }
  });

  it('connecting_in is emitted for each scheduled attempt, while connecting or unavailable and never else', async () => {
    // E-04
    const rig = await connected();
    const states = new Set<string>();
    rig.pusher.connection.bind('connecting_in', () => states.add(rig.pusher.connection.state));
    rig.app.stop();
    await rig.clock.advance(60_000);
    rig.app.start();
    await rig.clock.advance(60_000);
    rig.pusher.disconnect();
    await rig.clock.advance(60_000);
    assert.equal(rig.delays.length, rig.attempts.length - 1);
    assert.deepEqual([...states], ['connecting', 'unavailable']);
  });

  it('connecting_in is not a countdown: a wait of ten seconds has one', async () => {
    // E-05
    const rig = await connected({ reconnectDelay: 10_000 });
    rig.app.connection()?.drop();
    await rig.clock.advance(9999);
    assert.deepEqual(rig.delays, [10]);
  });

  it('nothing is announced for an attempt that is not delayed', async () => {
    // E-06
    const rig = await connected();
    rig.app.connection()?.close(4200);
    await rig.clock.advance(0);
    assert.equal(rig.attempts.length, 2);
    assert.deepEqual(rig.delays, []);
  });

  it('on one change the property comes first, then state_change, then the named event', async () => {
    // E-07
    const rig = createRig();
    const { connection } = rig.pusher;
    const journal: string[] = [];
    connection.bind('connected', () => journal.push(`named, ${connection.state}`));
    connection.bind('state_change', ({ current }) => {
      if (current === 'connected') journal.push(`state_change, ${connection.state}`);
    });
    await rig.clock.advance(0);
    assert.deepEqual(journal, ['state_change, connected', 'named, connected']);
  });

  it('error is emitted for every rejection and loss, each with its payload', async () => {
    // E-08
    const ends: [expected: unknown[], act: (rig: Rig) => unknown][] = [
      [['WebSocketError', 4004], (rig) => rig.app.connection()?.close(4004)],
      [['WebSocketError', 4100], (rig) => rig.app.connection()?.close(4100)],
      [['WebSocketError', 4200], (rig) => rig.app.connection()?.close(4200)],
      [['WebSocketError', 1006], (rig) => rig.app.connection()?.drop()],
      [['MessageParseError', null], (rig) => rig.app.connection()?.sendFaulty('garbage')],
    ];
    for (const [expected, act] of ends) {
      const rig = await connected();
      act(rig);
      await rig.clock.advance(0);
      assert.deepEqual(
        rig.errors.map(({ type, data }) => [type, data.code]),
        [expected],
      );
    }
  });

  it('an event has several handlers, and unbinding one leaves the others', async () => {
    // E-09
    const rig = createRig();
    const seen: string[] = [];
    const handler = (name: string) => (): void => {
      seen.push(name);
    };
    const second = handler('second');
    rig.pusher.connection.bind('connected', handler('first')).bind('connected', second);
    rig.pusher.connection.bind('connected', handler('third')).unbind('connected', second);
    await rig.clock.advance(0);
    assert.deepEqual(seen, ['first', 'third']);
  });

  it('a page can say what the state is, and when the next try comes', async () => {
    // E-10: what a status needs to know; its words, its announcements and its calm are tested with the element
    const rig = createRig();
    const { connection } = rig.pusher;
    const said: string[] = [];
    const say = (): void => {
      const { state, retryIn } = connection;
      const text = retryIn === undefined ? state : `${state}, again in ${retryIn} seconds`;
      if (said.at(-1) !== text) said.push(text);
    };
    say();
    connection.bind('state_change', say).bind('connecting_in', say);
    await rig.clock.advance(0);
    rig.pusher.reconnectDelay = 20_000;
    rig.app.connection()?.drop();
    rig.app.stop();
    await rig.clock.advance(45_000);
    rig.pusher.disconnect();
    rig.transport.setSupported(false);
    rig.pusher.connect();
    assert.deepEqual(said, [
      'initialized',
      'connecting',
      'connected',
      'connecting, again in 20 seconds',
      'unavailable, again in 10 seconds',
      'unavailable, again in 20 seconds',
      'disconnected',
      'failed',
    ]);
  });
});
