/** A simulation that finds nothing is worth what it would find: the client is broken on purpose, room by room. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bundle } from './bundle.js';
import { Crew } from './crew.js';
import { explore } from './explore.js';
import { brokenRooms } from './mutations.js';

/** How many schedules a broken client may survive, and how many actions may be left of the one that finds it. */
const mostSchedules = 3000;
const longestSchedule = 12;

describe('the simulation finds', () => {
  for (const mutation of brokenRooms)
    it(mutation.what, async (t) => {
      const made = await bundle([mutation]);
      const crew = new Crew(made.path, 1);
      try {
        const { ran, failures } = await explore(crew, {
          type: 'run',
          seed: 0,
          count: mostSchedules,
          chunk: 25,
          mostKinds: 1,
        });
        const [failure] = failures;
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
