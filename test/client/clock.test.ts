import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../src/index.js';

describe('the system clock', () => {
  it('never goes back, when somebody sets the computer’s clock back, and goes on from there', (t) => {
    let wall = Date.now() + 1000;
    t.mock.method(Date, 'now', () => wall);
    const before = systemClock.now();
    wall -= 3_600_000;
    assert.equal(systemClock.now(), before);
    wall += 50;
    assert.equal(systemClock.now(), before + 50);
  });

  it('jumps forward over a sleep', (t) => {
    let wall = Date.now() + 10_000_000;
    t.mock.method(Date, 'now', () => wall);
    const before = systemClock.now();
    wall += 3_600_000;
    assert.equal(systemClock.now(), before + 3_600_000);
  });

  it('runs a timer once, and not one that was cleared', async () => {
    let calls = 0;
    const cleared = systemClock.setTimeout(() => assert.fail('cleared'), 0);
    systemClock.clearTimeout(cleared);
    systemClock.clearTimeout(undefined);
    await new Promise<void>((resolve) => {
      systemClock.setTimeout(() => {
        calls += 1;
        resolve();
      }, 0);
    });
    assert.equal(calls, 1);
  });

  it('gives numbers from 0 to below 1', () => {
    for (let count = 0; count < 1000; count += 1) {
      const number = systemClock.random();
      assert.ok(number >= 0 && number < 1);
    }
  });
});
