/**
 * The whole client under schedules of everything that can happen to it, with every invariant looked at after
 * every step. `npm run simulate -- --runs 1000000` explores as many as there is time for.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bundle } from './bundle.js';
import type { Bundle } from './bundle.js';
import { Crew, describeFailure } from './crew.js';
import { explore } from './explore.js';

let made: Bundle;
let crew: Crew;
before(async () => {
  made = await bundle();
  crew = new Crew(made.path, 2);
});
after(async () => {
  await crew.end();
  made.remove();
});

/** Runs `count` schedules from `seed` on; how many steps they took together. */
async function steps(seed: number, count: number): Promise<number> {
  const { ran, steps, failures } = await explore(crew, { type: 'run', seed, count, chunk: 50, mostKinds: 1 });
  if (failures[0]) assert.fail(describeFailure(failures[0]));
  assert.equal(ran, count);
  return steps;
}

describe('the client in a simulated world', () => {
  it('keeps every rule under the schedules that everybody runs', async () => {
    await steps(1, 2500);
  });

  // The run that decides about a change has the same schedules each time; new ones are for who looks for trouble.
  it('keeps every rule under the schedules that SIMULATION_SEED chooses', async (t) => {
    const seed = Number(process.env['SIMULATION_SEED'] ?? 660_678_000);
    t.diagnostic(`schedules from seed ${seed}`);
    await steps(seed, 1500);
  });

  it('does the same each time under the same schedules', async () => {
    const first = await steps(5000, 200);
    assert.ok(first > 10_000, `they took ${first} steps`);
    assert.equal(await steps(5000, 200), first);
  });
});
