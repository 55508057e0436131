/**
 * The whole client under schedules of everything that can happen to it, with every invariant looked at after
 * every step. `npm run simulate -- --runs 1000000` explores as many as there is time for.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bundle } from './bundle.js';
import type { Bundle } from './bundle.js';
import { Crew, describeFailure } from './crew.js';
import type { Outcome, Task } from './worker.js';

const chunk = 50;

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
async function explore(seed: number, count: number): Promise<number> {
  const tasks: Task[] = [];
  for (let from = 0; from < count; from += chunk)
    tasks.push({ type: 'run', seed: seed + from, count: chunk });
  const outcomes: Outcome[] = [];
  await crew.run(
    () => (outcomes.some(({ failure }) => failure) ? undefined : tasks.shift()),
    (outcome) => outcomes.push(outcome),
  );
  for (const { failure } of outcomes) if (failure) assert.fail(describeFailure(failure, ''));
  assert.equal(
    outcomes.reduce((sum, { ran }) => sum + ran, 0),
    count,
  );
  return outcomes.reduce((sum, { steps }) => sum + steps, 0);
}

describe('the client in a simulated world', () => {
  it('keeps every rule under the schedules that everybody runs', async () => {
    await explore(1, 2500);
  });

  // The run that decides about a change has the same schedules each time; new ones are for who looks for trouble.
  it('keeps every rule under the schedules that SIMULATION_SEED chooses', async (t) => {
    const seed = Number(process.env['SIMULATION_SEED'] ?? 660_678_000);
    t.diagnostic(`schedules from seed ${seed}`);
    await explore(seed, 1500);
  });

  it('does the same each time under the same schedules', async () => {
    const steps = await explore(5000, 200);
    assert.ok(steps > 10_000, `they took ${steps} steps`);
    assert.equal(await explore(5000, 200), steps);
  });
});
