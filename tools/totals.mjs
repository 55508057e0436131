// Counts of tests, collected over several runners. Each runner appends one JSON line to the file named by TEST_TOTALS;
// whoever set that variable sums them up. Only counts that a runner reported are in it.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** Notes what one runner counted. */
export function addTotals(totals) {
  if (process.env.TEST_TOTALS) appendFileSync(process.env.TEST_TOTALS, `${JSON.stringify(totals)}\n`);
}

/** The sums of everything noted in `file`. */
export function readTotals(file) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const runs = lines.map((line) => JSON.parse(line));
  const sum = (key) => runs.reduce((total, run) => total + run[key], 0);
  return { runs, passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** Prints one line per runner, then the skipped ones if any, then the line that counts. */
export function printTotals(file) {
  const { runs, passed, failed, skipped } = readTotals(file);
  for (const run of runs)
    console.log(`${run.suite}: ${run.passed} passed, ${run.failed} failed, ${run.skipped} skipped`);
  if (skipped) console.log(`${skipped} skipped (each said why above)`);
  console.log(`${passed} passed, ${failed} failed`);
}

/** A reporter for @web/test-runner. A test counts once for every browser it ran in. */
export function totalsReporter(suite) {
  return {
    onTestRunFinished({ sessions }) {
      const totals = { suite, passed: 0, failed: 0, skipped: 0 };
      const count = (results) => {
        for (const test of results?.tests ?? []) {
          if (test.skipped) totals.skipped++;
          else if (test.passed) totals.passed++;
          else totals.failed++;
        }
        for (const inner of results?.suites ?? []) count(inner);
      };
      for (const session of sessions) {
        count(session.testResults);
        // A file that did not load, or broke outside of its tests, is a failure without a test to its name.
        if (session.errors.length) totals.failed += 1;
      }
      addTotals(totals);
    },
  };
}

if (process.argv[1] === new URL(import.meta.url).pathname) printTotals(process.argv[2]);
