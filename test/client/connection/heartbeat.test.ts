/** protocol.md §4, the client's half. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Heartbeat } from '../../../src/connection/heartbeat.js';
import { FakeClock } from '../../../src/testing/index.js';

/** A heartbeat that has been started, and the times at which it pinged and gave up, in seconds from then. */
function started(
  activityTimeout = 120_000,
  pongTimeout = 30_000,
): {
  clock: FakeClock;
  heartbeat: Heartbeat;
  pings: number[];
  silences: number[];
} {
  const clock = new FakeClock();
  const begin = clock.now();
  const seconds = (): number => (clock.now() - begin) / 1000;
  const pings: number[] = [];
  const silences: number[] = [];
  const heartbeat = new Heartbeat(clock, {
    ping: () => pings.push(seconds()),
    silent: () => silences.push(seconds()),
  });
  heartbeat.start(activityTimeout, pongTimeout);
  return { clock, heartbeat, pings, silences };
}

describe('the heartbeat', () => {
  it('pings after the activity timeout, and gives up after the pong timeout', async () => {
    const { clock, pings, silences } = started();
    await clock.advance(119_999);
    assert.deepEqual(pings, []);
    await clock.advance(1);
    assert.deepEqual(pings, [120]);
    await clock.advance(29_999);
    assert.deepEqual(silences, []);
    await clock.advance(1);
    assert.deepEqual(silences, [150]);
  });

  it('counts the silence from the last frame of any kind', async () => {
    const { clock, heartbeat, pings } = started();
    for (const second of [50, 100, 150]) {
      await clock.advance(50_000);
      heartbeat.heard();
      assert.deepEqual(pings, [], `after ${second} s`);
    }
    await clock.advance(119_999);
    assert.deepEqual(pings, []);
    await clock.advance(1);
    assert.deepEqual(pings, [270]);
  });

  it('takes any frame for an answer, not only a pong', async () => {
    // protocol.md §4, 3
    const { clock, heartbeat, pings, silences } = started();
    await clock.advance(140_000);
    heartbeat.heard();
    await clock.advance(119_000);
    assert.deepEqual(silences, []);
    assert.deepEqual(pings, [120]);
    await clock.advance(1000);
    assert.deepEqual(pings, [120, 260]);
  });

  it('sets no timer for a frame', () => {
    const { clock, heartbeat } = started();
    const timers = clock.pendingTimers;
    let set = 0;
    const original = clock.setTimeout.bind(clock);
    clock.setTimeout = (...args) => {
      set += 1;
      return original(...args);
    };
    for (let count = 0; count < 1000; count += 1) heartbeat.heard();
    assert.equal(set, 0);
    assert.equal(clock.pendingTimers, timers);
    assert.equal(timers, 1);
  });

  it('looks at the clock often enough to notice that the machine has slept', async () => {
    const { clock, pings, silences } = started();
    await clock.advance(5000);
    clock.sleep(3_600_000);
    await clock.advance(0);
    assert.deepEqual(pings, [3605], 'the server is asked, although nothing was heard for an hour');
    assert.deepEqual(silences, [], 'and is not given up before it could answer');
    await clock.advance(4999);
    assert.deepEqual(silences, []);
    await clock.advance(1);
    assert.deepEqual(silences, [3610]);
  });

  it('asks again after a sleep while a ping was unanswered, because the answer may wait unread', async () => {
    const { clock, heartbeat, pings, silences } = started();
    await clock.advance(121_000);
    clock.sleep(600_000);
    await clock.advance(0);
    assert.deepEqual(pings, [120, 721]);
    assert.deepEqual(silences, []);
    heartbeat.heard();
    await clock.advance(60_000);
    assert.deepEqual(silences, []);
  });

  it('does not take a timer that is a little late for a sleep', async () => {
    const { clock, pings } = started();
    await clock.advance(5000);
    clock.sleep(14_000); // the look at 10 s comes at 19 s
    await clock.advance(0);
    assert.deepEqual(pings, []);
  });

  it('probes within five seconds, or within the pong timeout where that is shorter', async () => {
    for (const [pongTimeout, patience] of [
      [30_000, 5000],
      [2000, 2000],
    ] as const) {
      const { clock, heartbeat, pings, silences } = started(120_000, pongTimeout);
      heartbeat.probe();
      assert.deepEqual(pings, [0]);
      await clock.advance(patience - 1);
      assert.deepEqual(silences, []);
      await clock.advance(1);
      assert.deepEqual(silences, [patience / 1000]);
    }
  });

  it('never waits longer for an answer because it is asked to probe again', async () => {
    const { clock, heartbeat, silences } = started();
    heartbeat.probe();
    await clock.advance(4000);
    heartbeat.probe();
    await clock.advance(1000);
    assert.deepEqual(silences, [5]);
  });

  it('shortens the patience of a ping that is under way when it is asked to probe', async () => {
    const { clock, heartbeat, silences } = started();
    await clock.advance(120_000);
    heartbeat.probe();
    await clock.advance(5000);
    assert.deepEqual(silences, [125]);
  });

  it('leaves no timer when it stops, and nothing happens afterwards', async () => {
    const { clock, heartbeat, pings, silences } = started();
    heartbeat.probe();
    heartbeat.stop();
    assert.equal(clock.pendingTimers, 0);
    heartbeat.probe();
    await clock.advance(600_000);
    assert.deepEqual(pings, [0]);
    assert.deepEqual(silences, []);
  });

  it('begins anew for every connection', async () => {
    const { clock, heartbeat, pings, silences } = started();
    await clock.advance(121_000);
    heartbeat.start(10_000, 2000);
    await clock.advance(10_000);
    assert.deepEqual(pings, [120, 131]);
    await clock.advance(2000);
    assert.deepEqual(silences, [133]);
  });
});

describe('the round trip', () => {
  it('is measured from the ping to the pong', async () => {
    const { clock, heartbeat } = started();
    assert.equal(heartbeat.latency, undefined);
    const measured = heartbeat.measure();
    await clock.advance(40);
    heartbeat.heard();
    heartbeat.ponged();
    assert.equal(await measured, 40);
    assert.equal(heartbeat.latency, 40);
  });

  it('is shared by everybody who asks for it meanwhile', async () => {
    const { clock, heartbeat } = started();
    const measured = [heartbeat.measure(), heartbeat.measure()];
    await clock.advance(25);
    heartbeat.ponged();
    assert.deepEqual(await Promise.all(measured), [25, 25]);
  });

  it('is undefined when the connection ends first, and forgotten with it', async () => {
    const { clock, heartbeat } = started();
    heartbeat.probe();
    await clock.advance(10);
    heartbeat.ponged();
    const measured = heartbeat.measure();
    heartbeat.stop();
    assert.equal(await measured, undefined);
    assert.equal(heartbeat.latency, undefined);
  });

  it('does not come of a pong that nobody asked for', () => {
    const { heartbeat } = started();
    heartbeat.ponged();
    assert.equal(heartbeat.latency, undefined);
  });

  it('is not that of a ping whose pong never came, while other frames did', async () => {
    const { clock, heartbeat, pings } = started();
    heartbeat.probe();
    await clock.advance(1000);
    heartbeat.heard(); // alive, but this was no pong
    await clock.advance(120_000);
    assert.equal(pings.length, 2);
    await clock.advance(30);
    heartbeat.ponged();
    assert.equal(heartbeat.latency, 30);
  });
});
