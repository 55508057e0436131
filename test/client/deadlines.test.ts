/** Many deadlines on one timer. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Deadlines } from '../../src/deadlines.js';
import { FakeClock } from '../../src/testing/index.js';
import { connected, createRig } from './support.js';

function setUp(): { clock: FakeClock; deadlines: Deadlines<string>; passed: [string, number][] } {
  const clock = new FakeClock({ now: 0 });
  const passed: [string, number][] = [];
  const deadlines = new Deadlines<string>(clock, (key) => passed.push([key, clock.now()]));
  return { clock, deadlines, passed };
}

describe('deadlines', () => {
  it('call back once each, at their time, on one timer', async () => {
    const { clock, deadlines, passed } = setUp();
    deadlines.set('late', 300);
    deadlines.set('early', 100);
    deadlines.set('middle', 200);
    assert.equal(clock.pendingTimers, 1);
    await clock.advance(1000);
    assert.deepEqual(passed, [
      ['early', 100],
      ['middle', 200],
      ['late', 300],
    ]);
    assert.equal(clock.pendingTimers, 0);
  });

  it('that were deleted do not call back, and the last one takes the timer with it', async () => {
    const { clock, deadlines, passed } = setUp();
    deadlines.set('a', 100);
    deadlines.set('b', 200);
    deadlines.delete('a');
    deadlines.delete('never set');
    await clock.advance(150);
    assert.deepEqual(passed, []);
    deadlines.delete('b');
    assert.equal(clock.pendingTimers, 0);
    await clock.advance(1000);
    assert.deepEqual(passed, []);
  });

  it('can be moved, to earlier and to later', async () => {
    const { clock, deadlines, passed } = setUp();
    deadlines.set('a', 100);
    deadlines.set('b', 100);
    deadlines.set('a', 300);
    deadlines.set('b', 50);
    await clock.advance(1000);
    assert.deepEqual(passed, [
      ['b', 50],
      ['a', 300],
    ]);
  });

  it('may be set and deleted while they call back', async () => {
    const clock = new FakeClock({ now: 0 });
    const passed: string[] = [];
    const deadlines = new Deadlines<string>(clock, (key) => {
      passed.push(`${key} ${clock.now()}`);
      if (key === 'a' && passed.length < 3) {
        deadlines.set('a', 100);
        deadlines.delete('b');
        deadlines.set('c', 50);
      }
    });
    deadlines.set('a', 100);
    deadlines.set('b', 100);
    await clock.advance(1000);
    assert.deepEqual(passed, ['a 100', 'c 150', 'a 200', 'c 250', 'a 300'].slice(0, passed.length));
    assert.ok(!passed.some((entry) => entry.startsWith('b')));
    assert.equal(clock.pendingTimers, 0);
  });

  it('pass together after the machine has slept', async () => {
    const { clock, deadlines, passed } = setUp();
    deadlines.set('a', 100);
    deadlines.set('b', 200);
    clock.sleep(5000);
    await clock.advance(0);
    assert.deepEqual(passed, [
      ['a', 5000],
      ['b', 5000],
    ]);
  });

  it('of no time at all pass at the next look', async () => {
    const { clock, deadlines, passed } = setUp();
    deadlines.set('a', 0);
    assert.deepEqual(passed, []);
    await clock.advance(0);
    assert.equal(passed.length, 1);
  });
});

describe('ten thousand channels', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `channel-${index}`);

  it('are waited for with one timer, and subscribed with one request each', async () => {
    const rig = await connected();
    rig.app.script({ subscribe: { type: 'hold' } });
    const timers = rig.clock.pendingTimers;
    for (const name of names) rig.pusher.subscribe(name);
    assert.equal(rig.clock.pendingTimers, timers + 1);
    await rig.clock.advance(0);
    assert.equal(rig.app.record.received.length, 10_000);
    for (const name of names) rig.app.acknowledge(name);
    await rig.clock.advance(0);
    assert.ok(rig.pusher.allChannels().every(({ subscribed }) => subscribed));
    assert.equal(rig.clock.pendingTimers, timers, 'and none is left when they have answered');
    rig.pusher.dispose();
  });

  it('that need a signature wait for all of the answers with one timer', async () => {
    const answers: (() => void)[] = [];
    const customHandler = (
      _request: object,
      callback: (error: null, answer: { auth: string }) => void,
    ): void => {
      answers.push(() => {
        callback(null, { auth: 'key:signature' });
      });
    };
    const rig = await connected({ channelAuthorization: { customHandler } });
    rig.app.script({ subscribe: { type: 'hold' } });
    const timers = rig.clock.pendingTimers;
    for (const name of names.slice(0, 100)) rig.pusher.subscribe(`private-${name}`);
    while (answers.length < 100) await rig.clock.advance(0); // the code for it is loaded first
    assert.equal(rig.clock.pendingTimers, timers + 1);
    rig.pusher.unsubscribe('private-channel-0');
    for (const answer of answers) answer();
    await rig.clock.advance(0);
    assert.equal(rig.app.record.received.length, 99);
    assert.equal(
      rig.clock.pendingTimers,
      timers + 1,
      'that of the subscriptions, which are not confirmed yet',
    );
    rig.pusher.dispose();
    assert.equal(rig.clock.pendingTimers, 0);
  });

  it('that fail all at once share one timer for the next try as well', async () => {
    const rig = createRig();
    for (const name of names.slice(0, 1000)) rig.pusher.subscribe(name);
    rig.app.script({ subscribe: { type: 'hold' } });
    await rig.clock.advance(10_000);
    assert.ok(rig.pusher.allChannels().every(({ state }) => state === 'failed'));
    assert.equal(rig.clock.pendingTimers, 2, 'one of the heartbeat, one of the channels');
    rig.pusher.dispose();
    assert.equal(rig.clock.pendingTimers, 0);
  });
});
