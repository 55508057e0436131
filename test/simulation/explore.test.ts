/** What an exploration makes of what it finds; the schedules are played by this file. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Crew } from './crew.js';
import { explore } from './explore.js';
import type { Exploration, Plan } from './explore.js';
import type { Failure, Find, Outcome, Task } from './worker.js';

const find = (seed: number, detail: string): Find => ({
  seed,
  violation: { invariant: 'a rule', detail, at: 0 },
});
const failure = (of: Find): Failure => ({ ...of, kept: [1], lines: ['1: an action'] });

/** A crew of one, for which these are the seeds that break a rule, and these never end. */
function crewWith(
  details: Readonly<Record<number, string>>,
  endless: readonly number[] = [],
  shrinks = true,
): { readonly crew: Pick<Crew, 'run'>; readonly ran: number[] } {
  const ran: number[] = [];
  const answer = (task: Task): Outcome => {
    if (task.type === 'shrink')
      return { ran: 1, steps: 1, finds: [], failure: shrinks ? failure(task.find) : undefined };
    assert.equal(task.type, 'run');
    const seeds = Array.from({ length: task.count }, (_, at) => task.seed + at);
    const stuck = seeds.find((seed) => endless.includes(seed));
    if (stuck !== undefined)
      return { ran: 1, steps: 0, finds: [], failure: failure(find(stuck, 'never ends')) };
    ran.push(...seeds);
    const finds = seeds.filter((seed) => details[seed]).map((seed) => find(seed, details[seed]!));
    return { ran: seeds.length, steps: seeds.length, finds, failure: undefined };
  };
  const run: Crew['run'] = (next, done) => {
    for (let task; (task = next());) done(answer(task), task);
    return Promise.resolve();
  };
  return { crew: { run }, ran };
}

const plan: Plan = { type: 'run', seed: 0, count: 20, chunk: 5, mostKinds: 10 };

const seedsOf = ({ failures }: Exploration): number[] => failures.map(({ seed }) => seed);

describe('an exploration', () => {
  it('goes on after a find, and tells one of each kind, as short as it can be', async () => {
    const { crew, ran } = crewWith({ 3: 'at 5 ms', 4: 'at 70 ms', 12: 'something else' });
    const told: number[] = [];
    const result = await explore(crew, { ...plan, found: ({ seed }) => told.push(seed) });
    assert.equal(ran.length, 20);
    assert.deepEqual(seedsOf(result), [3, 12]);
    assert.deepEqual(told, [3, 12]);
    assert.deepEqual(result.failures[0]?.kept, [1]);
    assert.equal(result.finds, 3, 'those of a kind that is known are counted');
    assert.equal(result.ran, 20);
  });

  it('ends once it has found so many kinds', async () => {
    const { crew, ran } = crewWith({ 3: 'one', 4: 'two', 12: 'three' });
    const result = await explore(crew, { ...plan, mostKinds: 1 });
    assert.deepEqual(seedsOf(result), [3]);
    assert.equal(ran.length, 5);
  });

  it('ends when its time is over', async () => {
    const { crew, ran } = crewWith({});
    const result = await explore(crew, { ...plan, isOver: () => ran.length >= 10 });
    assert.equal(result.ran, 10);
  });

  it('tells of a find that is none when its schedule runs alone', async () => {
    const { crew } = crewWith({ 3: 'one' }, [], false);
    const result = await explore(crew, plan);
    assert.deepEqual(seedsOf(result), [3]);
    assert.deepEqual(result.failures[0]?.lines, ['Alone it breaks no rule.']);
  });

  it('runs what a schedule that never ends has kept from being run', async () => {
    const { crew, ran } = crewWith({ 6: 'one' }, [7]);
    const result = await explore(crew, plan);
    assert.deepEqual(
      ran.sort((a, b) => a - b),
      Array.from({ length: 20 }, (_, seed) => seed).filter((seed) => seed !== 7),
    );
    assert.deepEqual(seedsOf(result).sort(), [6, 7]);
    assert.equal(result.ran, 20);
  });
});
