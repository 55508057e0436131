/** The retry policy of design.md §5, row by row, at both ends and in the middle of its jitter. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nextDelay } from '../../../src/connection/backoff.js';
import type { BackoffFacts } from '../../../src/connection/backoff.js';

const usual: BackoffFacts = {
  action: 'retry',
  strikes: 1,
  isUnavailable: false,
  reconnectDelay: undefined,
  unavailableRetryDelay: 10_000,
  random: 0.5,
};

/** The delays for the random numbers 0, 0.5 and 0.999. */
const delays = (facts: Partial<BackoffFacts>): number[] =>
  [0, 0.5, 0.999].map((random) => nextDelay({ ...usual, ...facts, random }).delay);

const strategy = (facts: Partial<BackoffFacts>): string => nextDelay({ ...usual, ...facts }).strategy;

describe('the wait after a loss', () => {
  it('is a random part of a second the first time', () => {
    assert.deepEqual(delays({}), [0, 500, 999]);
    assert.equal(strategy({}), 'backoff');
  });

  it('doubles its range with every failure, up to ten seconds', () => {
    assert.deepEqual(delays({ strikes: 2 }), [0, 1000, 1998]);
    assert.deepEqual(delays({ strikes: 3 }), [0, 2000, 3996]);
    assert.deepEqual(delays({ strikes: 4 }), [0, 4000, 7992]);
    for (const strikes of [5, 6, 50, 1000, 1_000_000])
      assert.deepEqual(delays({ strikes }), [0, 5000, 9990], String(strikes));
  });

  it('is spread over its whole range, so that clients do not come back in step', () => {
    const spread = new Set(
      Array.from({ length: 100 }, (_, index) => nextDelay({ ...usual, random: index / 100 }).delay),
    );
    assert.equal(spread.size, 100);
  });
});

describe('the wait while unavailable', () => {
  it('is exactly the delay that is set for it, whatever the random number', () => {
    // T-02
    for (const strikes of [1, 2, 20]) {
      assert.deepEqual(delays({ isUnavailable: true, strikes }), [10_000, 10_000, 10_000]);
      assert.equal(strategy({ isUnavailable: true, strikes }), 'unavailable');
    }
    assert.deepEqual(delays({ isUnavailable: true, unavailableRetryDelay: 3000 }), [3000, 3000, 3000]);
  });

  it('is never shorter than the second that an overloaded server expects', () => {
    const facts = { isUnavailable: true, unavailableRetryDelay: 200, action: 'backoff' } as const;
    assert.ok(delays(facts).every((delay) => delay >= 1000));
  });
});

describe('the wait with a reconnect delay', () => {
  it('is exactly that long, after every failure and while unavailable', () => {
    // P-07
    for (const strikes of [1, 2, 20])
      for (const isUnavailable of [false, true]) {
        const facts = { reconnectDelay: 5000, strikes, isUnavailable };
        assert.deepEqual(delays(facts), [5000, 5000, 5000]);
        assert.equal(strategy(facts), 'fixed');
      }
  });

  it('may be nothing', () => {
    assert.deepEqual(delays({ reconnectDelay: 0 }), [0, 0, 0]);
  });

  it('is longer only where an overloaded server expects a second', () => {
    assert.deepEqual(delays({ reconnectDelay: 200, action: 'backoff' }), [1000, 1000, 1000]);
    assert.deepEqual(delays({ reconnectDelay: 5000, action: 'backoff' }), [5000, 5000, 5000]);
  });
});

describe('the wait after 4100–4199', () => {
  it('is at least a second, and grows to ten', () => {
    // protocol.md §6
    assert.deepEqual(delays({ action: 'backoff' }), [1000, 1500, 1999]);
    assert.deepEqual(delays({ action: 'backoff', strikes: 2 }), [1000, 2500, 3997]);
    assert.deepEqual(delays({ action: 'backoff', strikes: 3 }), [1000, 4500, 7993]);
    for (const strikes of [4, 5, 1000])
      assert.deepEqual(delays({ action: 'backoff', strikes }), [1000, 5500, 9991], String(strikes));
  });
});

describe('the wait after 4200–4299', () => {
  it('is none the first time, also with a reconnect delay', () => {
    assert.deepEqual(delays({ action: 'at-once' }), [0, 0, 0]);
    assert.deepEqual(delays({ action: 'at-once', reconnectDelay: 5000 }), [0, 0, 0]);
    assert.equal(strategy({ action: 'at-once' }), 'immediate');
  });

  it('is that of any other loss from the second time on', () => {
    // reference/pusher-js.md §6.3 Q: there, 540 connections a second
    for (const strikes of [2, 3, 7])
      assert.deepEqual(delays({ action: 'at-once', strikes }), delays({ strikes }));
    assert.deepEqual(delays({ action: 'at-once', strikes: 2, reconnectDelay: 5000 }), [5000, 5000, 5000]);
    assert.deepEqual(
      delays({ action: 'at-once', strikes: 2, isUnavailable: true }),
      [10_000, 10_000, 10_000],
    );
  });
});

describe('the wait after 4000', () => {
  it('is none, because the next attempt is another one: encrypted', () => {
    // O-03
    for (const strikes of [1, 2, 9])
      for (const facts of [{}, { reconnectDelay: 5000 }, { isUnavailable: true }])
        assert.deepEqual(delays({ action: 'switch-to-tls', strikes, ...facts }), [0, 0, 0]);
  });
});
