import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock, seededRandom } from '../../src/testing/index.js';

describe('FakeClock', () => {
  it('runs timers in the order of their times, and equal ones in the order they were set', async () => {
    const clock = new FakeClock();
    const ran: string[] = [];
    clock.setTimeout(() => ran.push('late'), 20);
    clock.setTimeout(() => ran.push('first of two'), 10);
    clock.setTimeout(() => ran.push('second of two'), 10);
    await clock.advance(20);
    assert.deepEqual(ran, ['first of two', 'second of two', 'late']);
  });

  it('shows each timer its own time, and ends at the time that was asked for', async () => {
    const clock = new FakeClock({ now: 0 });
    const times: number[] = [];
    clock.setTimeout(() => times.push(clock.now()), 10);
    clock.setTimeout(() => times.push(clock.now()), 30);
    await clock.advance(100);
    assert.deepEqual(times, [10, 30]);
    assert.equal(clock.now(), 100);
  });

  it('runs a timer that a timer sets, when it falls due in the same advance', async () => {
    const clock = new FakeClock();
    let count = 0;
    const again = (): void => {
      count += 1;
      clock.setTimeout(again, 10);
    };
    clock.setTimeout(again, 10);
    await clock.advance(50);
    assert.equal(count, 5);
    assert.equal(clock.pendingTimers, 1);
  });

  it('lets chains of promises of any length finish between two timers', async () => {
    const clock = new FakeClock();
    const ran: string[] = [];
    clock.setTimeout(() => {
      void (async () => {
        for (let turn = 0; turn < 500; turn += 1) await Promise.resolve();
        ran.push('chain');
      })();
    }, 10);
    clock.setTimeout(() => ran.push('next timer'), 10);
    await clock.advance(10);
    assert.deepEqual(ran, ['chain', 'next timer']);
  });

  it('lets a microtask clear a timer that is due at the same time', async () => {
    const clock = new FakeClock();
    let hasRun = false;
    const victim = clock.setTimeout(() => (hasRun = true), 11);
    clock.setTimeout(() => {
      queueMicrotask(() => clock.clearTimeout(victim));
    }, 10);
    await clock.advance(20);
    assert.equal(hasRun, false);
  });

  it('ignores handles that are unknown, finished or undefined', () => {
    const clock = new FakeClock();
    clock.setTimeout(() => undefined, 10);
    clock.clearTimeout(undefined);
    clock.clearTimeout(99);
    assert.equal(clock.pendingTimers, 1);
  });

  it('runs overdue timers after a sleep at the time of waking', async () => {
    const clock = new FakeClock({ now: 0 });
    const times: number[] = [];
    clock.setTimeout(() => times.push(clock.now()), 10);
    clock.sleep(60_000);
    assert.deepEqual(times, []);
    assert.equal(clock.nextTimerIn, 0);
    await clock.advance(0);
    assert.deepEqual(times, [60_000]);
  });

  it('advances to the next timer alone, and says when there is none', async () => {
    const clock = new FakeClock({ now: 0 });
    clock.setTimeout(() => undefined, 25);
    assert.equal(clock.nextTimerIn, 25);
    assert.equal(await clock.advanceToNextTimer(), true);
    assert.equal(clock.now(), 25);
    assert.equal(await clock.advanceToNextTimer(), false);
  });

  it('gives the same random numbers for the same seed, all of them in [0, 1), and others for another', () => {
    const draw = (seed: number): number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 1000 }, () => random());
    };
    assert.deepEqual(draw(7), draw(7));
    assert.notDeepEqual(draw(7), draw(8));
    assert.ok(draw(7).every((number) => number >= 0 && number < 1));
    assert.equal(new Set(draw(7)).size, 1000);
  });

  it('takes a fixed number or a function as its random source', () => {
    const clock = new FakeClock();
    clock.useRandom(0.5);
    assert.equal(clock.random(), 0.5);
    clock.useRandom(() => 0.25);
    assert.equal(clock.random(), 0.25);
  });

  it('passes on what a timer throws', async () => {
    const clock = new FakeClock();
    clock.setTimeout(() => {
      throw new Error('from the timer');
    }, 1);
    await assert.rejects(clock.advance(1), /from the timer/);
  });
});
