/** A simulation that finds nothing is worth what it would find: the client is broken on purpose, room by room. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bundle } from './bundle.js';
import { Crew } from './crew.js';
import { brokenRooms } from './mutations.js';
import type { Failure } from './worker.js';

/** How many schedules a broken client may survive, and how many actions may be left of the one that finds it. */
const mostSchedules = 3000;
const longestSchedule = 12;
const chunk = 25;

describe('the simulation finds', () => {
  for (const mutation of brokenRooms)
    it(mutation.what, async (t) => {
      const made = await bundle([mutation]);
      const crew = new Crew(made.path, 1);
      try {
        let failure: Failure | undefined;
        let given = 0;
        let ran = 0;
        await crew.run(
          () => {
            if (failure || given >= mostSchedules) return undefined;
            given += chunk;
            return { type: 'run', seed: given - chunk, count: chunk };
          },
          (outcome) => {
            ran += outcome.ran;
            failure = outcome.failure;
          },
        );
        assert.ok(failure, `not within ${ran} schedules`);
        t.diagnostic(`after ${ran} schedules: ${failure.violation.invariant}`);
        for (const line of failure.lines.slice(1)) t.diagnostic(line);
        assert.ok(failure.kept.length <= longestSchedule, `${failure.kept.length} actions are left`);
      } finally {
        await crew.end();
        made.remove();
      }
    });
});
