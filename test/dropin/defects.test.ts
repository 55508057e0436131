/**
 * None of pusher-js's reproduced defects (reference/pusher-js.md §6.3): each scenario is written once and run on
 * the installed pusher-js, where it has to show the defect, and on ours, where it must not.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { authorizationDefects } from './defects-of-authorization.js';
import { connectionDefects } from './defects-of-connections.js';
import { eventDefects } from './defects-of-events.js';
import { subscriptionDefects } from './defects-of-subscriptions.js';
import { installedVersion } from './sandbox.js';
import { inWords, observe } from './scenario.js';
import type { Scenario } from './scenario.js';

/** The lettered rows first, in the order of the reference. */
const rank = (id: string): number => (/^[A-Z]( |$)/.test(id) ? id.charCodeAt(0) : 1000);

const rows: readonly Scenario[] = [
  ...connectionDefects,
  ...subscriptionDefects,
  ...authorizationDefects,
  ...eventDefects,
].sort((a, b) => rank(a.id) - rank(b.id));

const table: string[] = [];

describe(`pusher-js ${installedVersion} has the defect, and ours has not (reference/pusher-js.md §6.3)`, () => {
  after(() => {
    console.log(['', 'id | scenario | pusher-js | ours', ...table, ''].join('\n'));
  });

  for (const row of rows)
    it(`${row.id}: ${row.title}`, async (t) => {
      const theirs = await observe(t, row, 'pusher-js');
      const ours = await observe(t, row, 'pusher-elements');
      table.push([row.id, row.title, inWords(theirs.seen), inWords(ours.seen)].join(' | '));
      assert.ok(theirs.hasDefect, `pusher-js does not show it: ${inWords(theirs.seen)}`);
      assert.ok(!ours.hasDefect, `ours shows it: ${inWords(ours.seen)}`);
    });
});
