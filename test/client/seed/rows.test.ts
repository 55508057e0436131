/** Every row of requirements.md that this version delivers is cited by a test somewhere. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../', import.meta.url));
const self = basename(fileURLToPath(import.meta.url));

/** Letter → the rows from the first number to the last. Written apart, so that this file cites none. */
const ranges: readonly (readonly [letter: string, from: number, to: number])[] = [
  ['C', 1, 10],
  ['O', 1, 3],
  ['O', 16, 18],
  ['P', 1, 9],
  ['L', 1, 5],
  ['S', 1, 15],
  ['E', 1, 10],
  ['T', 1, 8],
  ['R', 1, 14],
];
const rows = ranges.flatMap(([letter, from, to]) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${letter}-${String(from + index).padStart(2, '0')}`),
);

/** The text of every test below a folder; helpers and fixtures do not count. */
const testsIn = (place: string): string[] =>
  readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts') && basename(path) !== self)
    .map((path) => readFileSync(join(place, path), 'utf8'));

const uncited = (texts: readonly string[]): string[] => {
  const all = texts.join('\n');
  return rows.filter((row) => !new RegExp(`\\b${row}\\b`).test(all));
};

describe('the rows of the seed', () => {
  it('are 77', () => {
    assert.equal(rows.length, 77);
    assert.equal(new Set(rows).size, 77);
  });

  it('are each cited by a test', () => {
    assert.deepEqual(uncited(testsIn(folder)), []);
  });

  it('are each cited by a test of the client with real durations on a fake clock', () => {
    assert.deepEqual(uncited(testsIn(join(folder, 'client', 'seed'))), []);
  });

  it('would be missed', () => {
    assert.deepEqual(uncited(['C-01 E-100 XC-02']).includes('C-01'), false);
    for (const row of ['C-02', 'E-10']) assert.ok(uncited(['C-01 E-100 XC-02']).includes(row));
  });
});
