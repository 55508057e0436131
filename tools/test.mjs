// npm test: builds, then runs the Node tests and the browser tests, all of them also when the first have failed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printTotals } from './totals.mjs';

const folder = mkdtempSync(join(tmpdir(), 'test-totals-'));
// Somebody above may be collecting already; their file then also has what ran before.
const file = process.env.TEST_TOTALS ?? join(folder, 'totals');
const npm = (...args) =>
  spawnSync('npm', args, {
    stdio: 'inherit',
    env: { ...process.env, TEST_TOTALS: file },
    shell: process.platform === 'win32',
  }).status === 0;

// test/package looks at what is published, so that has to be there. A build that fails is a failure of the tests.
// BUILT_ALREADY: somebody above has just made it.
const built = Boolean(process.env.BUILT_ALREADY) || npm('run', '--silent', 'build');
if (!built) console.error('The build failed: nothing was tested.');
const results = built
  ? [npm('run', '--silent', 'test:node'), npm('run', '--silent', 'test:browser')]
  : [false];

const good = results.every(Boolean);
if (!process.env.TEST_TOTALS) {
  if (!good) console.log('Not everything passed, or not everything could run: see above.');
  printTotals(file);
}
rmSync(folder, { recursive: true });
process.exitCode = good ? 0 : 1;
