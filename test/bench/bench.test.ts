/** The parts of the benchmarks that a wrong number could hide in (issue 5). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../../src/testing/index.js';
import { regressions } from './bounds.js';
import { rush } from './recovery/outage.js';
import { ourAttempts } from './recovery/our-client.js';
import { peerAttempts } from './recovery/peer-client.js';
import { median, ratio, spread, summarize } from './results.js';
import type { Result } from './results.js';

const result = (what: string, rounds: Result['rounds']): Result => ({
  row: 1,
  what,
  where: 'Node',
  unit: 'ns',
  rounds,
});

describe('the numbers of the benchmarks', () => {
  it('take the middle, and how far half of the rounds are from it', () => {
    assert.equal(median([9, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    assert.equal(spread([10, 11, 9, 30, 10]), 0.1);
  });

  it('compare round with round, because only those ran side by side', () => {
    const found = result('x', { ours: [1, 10, 100], peer: [3, 30, 200] });
    assert.equal(ratio(found, 'peer', 'ours'), 3);
    assert.equal(ratio(found, 'floor', 'ours'), undefined);
  });

  it('let the short form fail at less than half of what was reached, and for a case without a bound', () => {
    const at = (part: number): Result => result('message 1 KB, 1 listener', { ours: [1 / part], floor: [1] });
    assert.deepEqual(regressions([summarize(at(0.46))]), []);
    assert.equal(regressions([summarize(at(0.44))]).length, 1);
    assert.equal(regressions([summarize(result('of no name', { ours: [1], floor: [1] }))]).length, 1);
  });
});

describe('the simulated outage', () => {
  const outage = { code: 1006, backAt: 100_000 };

  it('has pusher-js try when the published package does (reference/pusher-js.md §2.6)', () => {
    assert.deepEqual(peerAttempts(outage), [1000, 16_000, 46_000, 106_000]);
    assert.deepEqual(peerAttempts({ code: 4200, backAt: 0 }), [0]);
  });

  it('drives our own machine: the first attempt within a second, the last one after the return', () => {
    const random = seededRandom(1);
    const attempts = ourAttempts(outage, random);
    assert.ok(attempts[0]! < 1000);
    assert.ok(attempts.at(-1)! >= outage.backAt && attempts.at(-2)! < outage.backAt);
  });

  it('finds the fullest second wherever it begins', () => {
    const times = [[500, 1600], [900, 1900], [1400, 2500], [3000]];
    let client = 0;
    const found = rush(4, { code: 1006, backAt: 1500 }, () => times[client++]!);
    assert.equal(found.peak, 75); // 900, 1400, 1600 (or 1900)
    assert.equal(found.peakAfterReturn, 75); // 1600, 1900, 2500
    assert.equal(found.back, 1);
  });
});
