/** Every (activity, input) pair of the machine has a row: design.md §5, §9. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Activity, ConnectionModel, Input } from '../../../src/connection/connection-model.js';
import { transition } from '../../../src/connection/transition.js';
import { facts, inputs, models } from './machine.js';
import type { Row, Rows } from './machine.js';
import { asking, parked, resting, suspended, waiting } from './table-at-rest.js';
import { lost, open, opening, planning } from './table-at-work.js';

// Exhaustive for the compiler: an activity or an input that is added has no row yet, and does not compile.
const table: Readonly<Record<Activity, Rows>> = {
  resting,
  asking,
  opening,
  open,
  lost,
  planning,
  waiting,
  parked,
  suspended,
};

const pick = (model: ConnectionModel, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(model).filter(([key]) => keys.includes(key)));

function check(activity: Activity, type: Input['type'], row: Row): void {
  const model: ConnectionModel = { ...models[activity], ...row.model };
  const before = structuredClone(model);
  const input: Input = { ...inputs[type], ...row.input };
  const result = transition(model, input, { ...facts, ...row.facts });
  assert.deepEqual(model, before, 'the model that was given is left as it was');
  assert.deepEqual(
    result.effects.map((effect) => effect.type),
    row.effects,
  );
  if (row.isUnmoved) {
    assert.deepEqual(result.model, before);
    return;
  }
  assert.equal(result.model.activity, row.activity);
  assert.equal(result.model.state, row.state);
  assert.deepEqual(pick(result.model, Object.keys(row.also ?? {})), row.also ?? {});
  // A change is recorded where there is one, and only there (E-02).
  const changed = result.effects.find((effect) => effect.type === 'changed')?.change;
  if (before.state === row.state) assert.equal(changed, undefined);
  else assert.deepEqual([changed?.previous, changed?.current], [before.state, row.state]);
}

for (const [activity, rows] of Object.entries(table))
  describe(`while ${activity}`, () => {
    for (const [type, cell] of Object.entries(rows) as [Input['type'], Row | readonly Row[]][])
      for (const row of 'length' in cell ? cell : [cell])
        it(`${type}${row.when === undefined ? '' : `, ${row.when}`}`, () => {
          check(activity as Activity, type, row);
        });
  });

describe('the table', () => {
  // Types are gone at run time, so the source is asked what there is.
  const source = readFileSync(
    new URL('../../../src/connection/connection-model.ts', import.meta.url),
    'utf8',
  );
  const declaration = (name: string): string =>
    new RegExp(`export type ${name} =([\\s\\S]*?);\\n\\n`).exec(source)?.[1] ?? '';
  const matches = (text: string, pattern: RegExp): string[] =>
    [...text.matchAll(pattern)].map((match) => match[1] ?? '').sort();

  it('has every activity there is', () => {
    const activities = matches(declaration('Activity'), /\| '([^']+)'/g);
    assert.ok(activities.length >= 9, 'the source is read');
    assert.deepEqual(Object.keys(table).sort(), activities);
    assert.deepEqual(Object.keys(models).sort(), activities);
    for (const [activity, model] of Object.entries(models)) assert.equal(model.activity, activity);
  });

  it('has every input there is, for each of them', () => {
    const types = matches(declaration('Input'), /readonly type: '([^']+)'/g);
    assert.ok(types.length >= 17, 'the source is read');
    assert.deepEqual(Object.keys(inputs).sort(), types);
    for (const rows of Object.values(table)) assert.deepEqual(Object.keys(rows).sort(), types);
  });

  it('has no empty cell', () => {
    for (const rows of Object.values(table))
      for (const cell of Object.values(rows)) assert.notDeepEqual(cell, []);
  });
});
