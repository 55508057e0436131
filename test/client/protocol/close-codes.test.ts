import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closeAction, closeCodes, closeReason, isNormalClosure } from '../../../src/protocol/close-codes.js';
import type { CloseAction } from '../../../src/protocol/close-codes.js';

interface Expectation {
  readonly codes: readonly number[];
  /** Over a plain connection. */
  readonly plain: CloseAction;
  /** Over an encrypted one, where that differs. */
  readonly encrypted?: CloseAction;
}

// protocol.md §6, every row of its table with the ends of its range
const table: Readonly<Record<string, Expectation>> = {
  '1000, 1001: normal, going away': { codes: [1000, 1001], plain: 'retry' },
  '1002, 1003, 1004: protocol or data error': { codes: [1002, 1003, 1004], plain: 'backoff' },
  '1005, 1006, 1007–1015: no code, abnormal, other': {
    codes: [1005, 1006, 1007, 1009, 1011, 1015],
    plain: 'retry',
  },
  '3000–3999: registered by a library': { codes: [3000, 3500, 3999], plain: 'retry' },
  '4000: the app takes TLS only': { codes: [4000], plain: 'switch-to-tls', encrypted: 'fatal' },
  '4001: the app does not exist': { codes: [4001], plain: 'fatal' },
  '4003: the app is disabled': { codes: [4003], plain: 'fatal' },
  '4004: over the connection quota': { codes: [4004], plain: 'fatal' },
  '4005: path not found': { codes: [4005], plain: 'fatal' },
  '4006: bad version string': { codes: [4006], plain: 'fatal' },
  '4007: protocol version unsupported': { codes: [4007], plain: 'fatal' },
  '4008: protocol version missing': { codes: [4008], plain: 'fatal' },
  '4009: connection unauthorized': { codes: [4009], plain: 'fatal' },
  'other 4002, 4010–4099: reserved': { codes: [4002, 4010, 4050, 4099], plain: 'fatal' },
  '4100: over capacity': { codes: [4100], plain: 'backoff' },
  '4101–4199: reserved': { codes: [4101, 4150, 4199], plain: 'backoff' },
  '4200: reconnect immediately': { codes: [4200], plain: 'at-once' },
  '4201: pong not received': { codes: [4201], plain: 'at-once' },
  '4202: closed after inactivity': { codes: [4202], plain: 'at-once' },
  '4203–4299: reserved': { codes: [4203, 4250, 4299], plain: 'at-once' },
  '4300–4399: any other error': { codes: [4300, 4301, 4302, 4399], plain: 'fatal' },
  '4400–4999: unassigned': { codes: [4400, 4500, 4999], plain: 'fatal' },
};

describe('closeAction', () => {
  for (const [name, { codes, plain, encrypted = plain }] of Object.entries(table))
    it(name, () => {
      for (const code of codes) {
        assert.equal(closeAction(code, false), plain, `${code} plain`);
        assert.equal(closeAction(code, true), encrypted, `${code} encrypted`);
      }
    });

  it('retries where there is no code, or none that the table knows', () => {
    for (const code of [undefined, 0, 1, 999, 5000, -1, NaN, Infinity])
      assert.equal(closeAction(code, false), 'retry', String(code));
  });
});

describe('the table of close codes', () => {
  it('is in ascending order without gaps and overlaps from 1000 to 4999', () => {
    let next = 1000;
    for (const { from, to } of closeCodes) {
      assert.equal(from, next, 'begins where the row before ends');
      assert.ok(to >= from);
      next = to + 1;
    }
    assert.equal(next, 5000);
  });

  it('has one row for every code, and a reason in every row', () => {
    for (let code = 1000; code <= 4999; code += 1) {
      const rows = closeCodes.filter(({ from, to }) => code >= from && code <= to);
      assert.equal(rows.length, 1, String(code));
      assert.match(closeReason(code), /^[A-Z].*\.$/);
    }
  });

  it('gives a reason where there is no code', () => {
    assert.match(closeReason(undefined), /^[A-Z].*\.$/);
  });
});

describe('isNormalClosure', () => {
  it('is true of 1000 and 1001 and of no other code', () => {
    // E-08: nothing is reported for these
    const normal = [];
    for (let code = 0; code <= 5000; code += 1) if (isNormalClosure(code)) normal.push(code);
    assert.deepEqual(normal, [1000, 1001]);
    assert.equal(isNormalClosure(undefined), false);
  });
});
