/** requirements.md §2.7: timing, with the real defaults, because time is the test's. One test for each row. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ReconnectPlan } from '../../../src/index.js';
import { catchWarnings, connected, createRig } from '../support.js';
import type { Rig } from '../support.js';

const times = ({ attempts }: Rig): number[] => attempts.map(({ at }) => at);

/** The distances between the attempts made after `from`, in milliseconds. */
const distances = (rig: Rig, from: number): number[] => {
  const later = times(rig).filter((at) => at >= from);
  return later.slice(1).map((at, index) => at - later[index]!);
};

/** When each state was entered, in milliseconds. */
function entered(rig: Rig): [state: string, at: number][] {
  const list: [string, number][] = [];
  rig.pusher.connection.bind('state_change', ({ current }) => list.push([current, rig.elapsed()]));
  return list;
}

describe('timing', () => {
  it('unavailable comes 30 seconds after the trouble began', async () => {
    // T-01
    const rig = await connected();
    const list = entered(rig);
    await rig.clock.advance(100_000);
    rig.app.stop();
    await rig.clock.advance(60_000);
    assert.deepEqual(list, [
      ['connecting', 100_000],
      ['unavailable', 130_000],
    ]);
  });

  it('in unavailable it retries every ten seconds, for ever', async () => {
    // T-02
    const rig = createRig({ prepare: (app) => app.stop() });
    await rig.clock.advance(50_000);
    const from = rig.elapsed();
    await rig.clock.advance(3 * 3_600_000);
    const found = distances(rig, from);
    assert.equal(found.length, 1079);
    assert.ok(found.every((distance) => distance === 10_000));
  });

  it('connecting_in continues there, with ten seconds before each', async () => {
    // T-03
    const rig = createRig({ prepare: (app) => app.stop() });
    await rig.clock.advance(50_000);
    const before = rig.delays.length;
    await rig.clock.advance(50_000);
    assert.deepEqual(rig.delays.slice(before), [10, 10, 10, 10, 10]);
  });

  it('the state stays unavailable during those attempts', async () => {
    // T-04
    const rig = createRig({ prepare: (app) => app.script({ handshake: { type: 'silent' } }) });
    await rig.clock.advance(50_000);
    const before = rig.changes.length;
    const attempts = rig.attempts.length;
    for (let second = 0; second < 120; second += 1) {
      await rig.clock.advance(1000);
      assert.equal(rig.pusher.connection.state, 'unavailable');
    }
    assert.equal(rig.changes.length, before);
    assert.ok(rig.attempts.length > attempts + 3);
  });

  it('the 30 seconds are not restarted by each failing attempt', async () => {
    // T-05: with servers that accept and close at once, after which pusher-js 2+ never gets there
    for (const code of [1006, 1011, 4100])
      for (const isEstablished of [true, false]) {
        const rig = createRig();
        const list = entered(rig);
        if (isEstablished) await rig.clock.advance(0);
        const begin = rig.elapsed();
        rig.app.script({ handshake: code === 1006 ? { type: 'refuse' } : { type: 'close', code } });
        if (isEstablished) rig.app.connection()?.drop();
        await rig.clock.advance(60_000);
        assert.deepEqual(list.at(-1), ['unavailable', begin + 30_000], `${code}`);
      }
  });

  it('the reconnect delay is five seconds where one is asked for without a number', async (t) => {
    // T-06
    const warnings = catchWarnings(t);
    for (const reconnectDelay of [NaN, -1]) {
      const rig = await connected({ reconnectDelay });
      rig.app.connection()?.drop();
      await rig.clock.advance(5000);
      assert.deepEqual(times(rig), [0, 5000]);
      assert.deepEqual(rig.delays, [5]);
    }
    assert.equal(warnings.length, 2);
  });

  it('delays are in seconds wherever people meet them: events, hooks and properties agree', async () => {
    // T-07: the options of the constructor alone keep the milliseconds of pusher-js
    const plans: ReconnectPlan[] = [];
    const rig = await connected({ reconnectDelay: 2500, beforeReconnect: (plan) => plans.push({ ...plan }) });
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    assert.deepEqual(rig.delays, [2.5]);
    assert.equal(plans[0]?.delay, 2.5);
    assert.equal(rig.pusher.connection.retryIn, 2.5);
    await rig.clock.advance(1000);
    assert.equal(rig.pusher.connection.retryIn, 1.5);
    await rig.clock.advance(1500);
    assert.equal(rig.gaps[0]?.duration, 2.5);
  });

  it('a hanging attempt ends, and the next one is scheduled', async () => {
    // T-08
    for (const type of ['silent', 'hang'] as const) {
      const rig = createRig({ prepare: (app) => app.scriptNext({ handshake: { type } }) });
      await rig.clock.advance(9999);
      assert.equal(rig.attempts.length, 1);
      await rig.clock.advance(1);
      assert.equal(rig.errors[0]?.reason, 'timed-out');
      assert.equal(rig.pusher.connection.retryIn, 0.5);
      await rig.clock.advance(500);
      assert.equal(rig.pusher.connection.state, 'connected');
    }
  });
});
