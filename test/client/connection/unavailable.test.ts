/** When trying becomes `unavailable`, and what goes on there (T-01 to T-05, S-05, S-10, S-11). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Behavior } from '../../../src/testing/index.js';
import { connected, createRig } from '../support.js';
import type { Rig } from '../support.js';

/** The distances between attempts, in milliseconds. */
const gaps = ({ attempts }: Rig, from = 0): number[] =>
  attempts.slice(from + 1).map(({ at }, index) => at - attempts[from + index]!.at);

describe('unavailable', () => {
  const failures: Readonly<Record<string, Partial<Behavior>>> = {
    'refused before the upgrade': { handshake: { type: 'refuse' } },
    'accepted and closed at once with 1011': { handshake: { type: 'close', code: 1011 } },
    'accepted and closed at once with 4100': { handshake: { type: 'close', code: 4100 } },
    'accepted and closed at once with 4200': { handshake: { type: 'close', code: 4200 } },
    'refused with an error frame': { handshake: { type: 'error', code: 4100 } },
    'met with garbage': { handshake: { type: 'raw', text: 'hello' } },
    'met with silence': { handshake: { type: 'silent' } },
    'never answered': { handshake: { type: 'hang' } },
  };
  for (const [name, behavior] of Object.entries(failures))
    it(`comes 30 s after entering connecting where every attempt is ${name}`, async () => {
      // T-01, T-05: failing attempts do not restart the time
      const rig = createRig({ prepare: (app) => app.script(behavior) });
      await rig.clock.advance(29_999);
      assert.deepEqual(rig.states, ['connecting']);
      await rig.clock.advance(1);
      assert.deepEqual(rig.states, ['connecting', 'unavailable']);
    });

  it('comes 30 s after a loss, however many attempts fail meanwhile', async () => {
    const rig = await connected();
    await rig.clock.advance(60_000);
    rig.app.stop();
    await rig.clock.advance(29_999);
    assert.deepEqual(rig.states, ['connecting', 'connected', 'connecting']);
    assert.ok(rig.attempts.length > 4);
    await rig.clock.advance(1);
    assert.equal(rig.states.at(-1), 'unavailable');
  });

  it('does not come where a connection is made in time', async () => {
    const rig = await connected();
    rig.app.stop();
    await rig.clock.advance(25_000);
    rig.app.start();
    await rig.clock.advance(60_000);
    assert.deepEqual(rig.states, ['connecting', 'connected', 'connecting', 'connected']);
  });

  it('comes 30 s after the newest loss where connections are made and lost again', async () => {
    const rig = await connected();
    for (let count = 0; count < 10; count += 1) {
      rig.app.connection()?.drop();
      await rig.clock.advance(9000);
      assert.equal(rig.pusher.connection.state, 'connected');
    }
    assert.ok(!rig.states.includes('unavailable'));
  });

  it('is left for connected directly, by an attempt that works', async () => {
    // S-11
    const rig = await connected();
    rig.app.stop();
    await rig.clock.advance(60_000);
    const before = rig.states.length;
    rig.app.start();
    await rig.clock.advance(10_000);
    assert.deepEqual(rig.states.slice(before), ['connected']);
  });

  it('tries every 10 s, for ever, and stays what it is meanwhile', async () => {
    // T-02, T-04
    const rig = await connected();
    rig.app.stop();
    await rig.clock.advance(45_000);
    const from = rig.attempts.length;
    const changes = rig.states.length;
    await rig.clock.advance(3_600_000);
    const distances = gaps(rig, from);
    assert.equal(distances.length, 359);
    assert.ok(distances.every((distance) => distance === 10_000));
    assert.equal(rig.states.length, changes);
  });

  it('counts those 10 s from the end of one attempt to the start of the next', async () => {
    // requirements §3 row 6
    const rig = createRig({ prepare: (app) => app.script({ handshake: { type: 'silent' } }) });
    await rig.clock.advance(60_000);
    const from = rig.attempts.length - 1;
    await rig.clock.advance(100_000);
    const distances = gaps(rig, from);
    assert.ok(distances.length > 3);
    assert.ok(distances.every((distance) => distance === 20_000)); // 10 s of attempt, 10 s of waiting
  });

  it('announces each of those attempts with its ten seconds', async () => {
    // T-03, E-04
    const rig = await connected();
    rig.app.stop();
    await rig.clock.advance(45_000);
    const announced = rig.delays.length;
    const attempts = rig.attempts.length;
    await rig.clock.advance(50_000);
    assert.deepEqual(rig.delays.slice(announced), [10, 10, 10, 10, 10]);
    assert.equal(rig.attempts.length - attempts, 5);
  });

  it('lets an attempt that is under way go on', async () => {
    const rig = createRig({
      unavailableTimeout: 5000,
      prepare: (app) => app.script({ handshake: { type: 'accept', delay: 7000 } }),
    });
    await rig.clock.advance(6000);
    assert.equal(rig.pusher.connection.state, 'unavailable');
    await rig.clock.advance(1000);
    assert.deepEqual(rig.states, ['connecting', 'unavailable', 'connected']);
    assert.equal(rig.attempts.length, 1);
  });

  it('comes and retries after the times that are set', async () => {
    const rig = createRig({
      unavailableTimeout: 600,
      unavailableRetryDelay: 2000,
      prepare: (app) => app.stop(),
    });
    await rig.clock.advance(599);
    assert.deepEqual(rig.states, ['connecting']);
    await rig.clock.advance(1);
    assert.deepEqual(rig.states, ['connecting', 'unavailable']);
    await rig.clock.advance(20_000);
    assert.equal(gaps(rig).at(-1), 2000);
  });

  it('begins to count anew after disconnect() and connect()', async () => {
    const rig = createRig({ prepare: (app) => app.stop() });
    await rig.clock.advance(20_000);
    rig.pusher.disconnect();
    rig.pusher.connect();
    await rig.clock.advance(29_999);
    assert.equal(rig.pusher.connection.state, 'connecting');
    await rig.clock.advance(1);
    assert.equal(rig.pusher.connection.state, 'unavailable');
  });

  it('tries at once when it is asked to, without another state in between', async () => {
    const rig = createRig({ prepare: (app) => app.stop() });
    await rig.clock.advance(45_000);
    const attempts = rig.attempts.length;
    rig.pusher.connection.retry();
    assert.equal(rig.attempts.length, attempts + 1);
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'unavailable');
    rig.app.start();
    rig.pusher.connect();
    await rig.clock.advance(0);
    assert.deepEqual(rig.states, ['connecting', 'unavailable', 'connected']);
  });
});
