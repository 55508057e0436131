// A reporter for node:test that notes the counts (see totals.mjs) and prints nothing.
import { addTotals } from './totals.mjs';

export default async function* totalsReporter(events) {
  const counts = {};
  let skippedSuites = 0; // not in the runner's own count of what was skipped
  for await (const { type, data } of events) {
    const [, name, count] =
      (type === 'test:diagnostic' && /^(pass|fail|cancelled|skipped|todo) (\d+)$/.exec(data.message)) || [];
    if (name && data.nesting === 0) counts[name] = Number(count);
    if (type === 'test:pass' && data.details?.type === 'suite' && data.skip !== undefined) skippedSuites++;
  }
  addTotals({
    suite: process.env.TEST_SUITE ?? 'node tests',
    passed: counts.pass ?? 0,
    failed: (counts.fail ?? 0) + (counts.cancelled ?? 0),
    skipped: (counts.skipped ?? 0) + (counts.todo ?? 0) + skippedSuites,
  });
  yield '';
}
