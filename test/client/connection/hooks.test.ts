import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PusherError } from '../../../src/index.js';
import type { ConnectAttempt, ReconnectPlan } from '../../../src/index.js';
import { askBeforeConnect, askBeforeReconnect } from '../../../src/connection/hooks.js';
import type { ReconnectSwitches } from '../../../src/connection/hooks.js';
import { catchReports } from '../support.js';

const attempt: ConnectAttempt = { url: 'wss://example.test/app/key', attempt: 2, isManual: false };
const planned: ReconnectPlan = { delay: 2, attempt: 1, strategy: 'backoff', code: 1006 };
const on = (): ReconnectSwitches => ({ reconnectAutomatically: true, reconnectDelay: undefined });

describe('the hook before connecting', () => {
  it('is told of the attempt', () => {
    const seen: unknown[] = [];
    askBeforeConnect({ beforeConnect: (given) => seen.push(given) }, attempt);
    assert.deepEqual(seen, [attempt]);
  });

  it('prevents by returning false, and by nothing else', () => {
    for (const [answer, isAllowed] of [
      [false, false],
      [undefined, true],
      [null, true],
      [0, true],
      ['', true],
      [true, true],
      [Promise.resolve(false), true],
    ])
      assert.equal(askBeforeConnect({ beforeConnect: () => answer }, attempt), isAllowed);
    assert.equal(askBeforeConnect({}, attempt), true);
  });

  it('that throws has not said no, and is reported', (t) => {
    const reports = catchReports(t);
    const failure = new Error('hook');
    const beforeConnect = (): never => {
      throw failure;
    };
    assert.equal(askBeforeConnect({ beforeConnect }, attempt), true);
    assert.deepEqual(reports, [failure]);
  });
});

describe('the hook before reconnecting', () => {
  it('is told the delay in seconds, the number of the attempt, the code and the strategy', () => {
    // R-12, T-07
    let seen: ReconnectPlan | undefined;
    askBeforeReconnect({ beforeReconnect: (plan) => void (seen = plan) }, on(), planned);
    assert.deepEqual(seen, planned);
  });

  it('leaves the plan as it is where it does nothing, or is not there', () => {
    assert.deepEqual(askBeforeReconnect({}, on(), planned), { isAllowed: true, delay: 2 });
    assert.deepEqual(askBeforeReconnect({ beforeReconnect: () => undefined }, on(), planned), {
      isAllowed: true,
      delay: 2,
    });
  });

  it('prevents by returning false', () => {
    assert.equal(askBeforeReconnect({ beforeReconnect: () => false }, on(), planned).isAllowed, false);
  });

  it('prevents by switching automatic reconnection off', () => {
    // 1.4 re-reads it after the delegate
    const switches = on();
    const beforeReconnect = (): void => {
      switches.reconnectAutomatically = false;
    };
    assert.equal(askBeforeReconnect({ beforeReconnect }, switches, planned).isAllowed, false);
  });

  it('may write the delay of this wait', () => {
    //
    for (const delay of [0, 0.25, 60]) {
      const beforeReconnect = (plan: ReconnectPlan): void => {
        plan.delay = delay;
      };
      assert.deepEqual(askBeforeReconnect({ beforeReconnect }, on(), planned), { isAllowed: true, delay });
    }
  });

  it('may change the reconnect delay, which affects this wait already', () => {
    // 1.4 reads the property again after the delegate
    const switches = on();
    const beforeReconnect = (): void => {
      switches.reconnectDelay = 30_000;
    };
    assert.equal(askBeforeReconnect({ beforeReconnect }, switches, planned).delay, 30);
  });

  it('wins with the delay that it wrote over the one that it set', () => {
    const switches = on();
    const beforeReconnect = (plan: ReconnectPlan): void => {
      plan.delay = 7;
      switches.reconnectDelay = 30_000;
    };
    assert.equal(askBeforeReconnect({ beforeReconnect }, switches, planned).delay, 7);
  });

  it('keeps what was planned where the reconnect delay was set before and is not changed', () => {
    const switches = { reconnectAutomatically: true, reconnectDelay: 30_000 };
    const plan = { ...planned, delay: 0, strategy: 'immediate' } as const;
    assert.equal(askBeforeReconnect({ beforeReconnect: () => undefined }, switches, plan).delay, 0);
  });

  it('that writes what cannot be a delay is reported, and the plan stands', (t) => {
    const reports = catchReports(t);
    for (const delay of [-1, NaN, Infinity, 'soon' as never]) {
      const beforeReconnect = (plan: ReconnectPlan): void => {
        plan.delay = delay;
      };
      assert.equal(askBeforeReconnect({ beforeReconnect }, on(), planned).delay, 2);
    }
    assert.equal(reports.length, 4);
    for (const report of reports)
      assert.ok(report instanceof PusherError && report.code === 'invalid-option');
  });

  it('that throws has not said no, and is reported', (t) => {
    const reports = catchReports(t);
    const failure = new Error('hook');
    const beforeReconnect = (): never => {
      throw failure;
    };
    assert.deepEqual(askBeforeReconnect({ beforeReconnect }, on(), planned), { isAllowed: true, delay: 2 });
    assert.deepEqual(reports, [failure]);
  });

  it('cannot write into the plan of the machine', () => {
    const mine = { ...planned };
    askBeforeReconnect({ beforeReconnect: (plan) => void (plan.delay = 9) }, on(), mine);
    assert.deepEqual(mine, planned);
  });
});
