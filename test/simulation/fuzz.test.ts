/**
 * Frames that no correct server sends. `npm run simulate -- --fuzz 1000000` feeds a million, and shows how many a
 * second.
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
  crew = new Crew(made.path, 1);
});
after(async () => {
  await crew.end();
  made.remove();
});

async function fuzz(seed: number, count: number): Promise<void> {
  const { failures } = await explore(crew, { type: 'fuzz', seed, count, chunk: count, mostKinds: 1 });
  for (const failure of failures)
    assert.fail(describeFailure(failure, `--fuzz ${count} --seed ${seed} --threads 1`));
}

describe('the codec and a client, in the handshake and connected, take', () => {
  it('the mutated frames that everybody feeds them', async () => {
    await fuzz(1, 30_000);
  });

  it('mutated frames that nobody has seen', async (t) => {
    const seed = Math.floor(Math.random() * 1e9);
    t.diagnostic(`frames from seed ${seed}`);
    await fuzz(seed, 20_000);
  });
});
