// Runs node:test over TypeScript. Node 20 has no globs for --test, so the files are found here.
//   node tools/run-node-tests.mjs                            everything quick
//   node tools/run-node-tests.mjs --slow                     test/slow: real defaults, real waiting
//   node tools/run-node-tests.mjs --require-soketi test/conformance
//   node tools/run-node-tests.mjs test/client/codec.test.ts  files or folders
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { prepareExamples } from './examples.mjs';
import { installSoketi } from './soketi.mjs';

const quick = [
  'client',
  'dropin',
  'server',
  'conformance',
  'package',
  'simulation',
  'bench',
  'components-node',
  'docs',
  'examples',
  'e2e',
];
const args = process.argv.slice(2);
const slow = args.includes('--slow');
const ours = ['--slow', '--require-soketi'];
if (args.includes('--require-soketi')) process.env.SOKETI = 'require';
const flags = args.filter((arg) => arg.startsWith('--') && !ours.includes(arg));
const chosen = args.filter((arg) => !arg.startsWith('--'));
const isLeft = (folder) => !process.env.TESTED_ALREADY?.split(' ').includes(folder);
const places = chosen.length
  ? chosen
  : slow
    ? ['test/slow']
    : quick.filter(isLeft).map((folder) => `test/${folder}`);

const isNodeTest = (path) => path.endsWith('.test.ts') && !path.endsWith('.browser.test.ts');
const testsIn = (place) => {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { recursive: true })
    .map((path) => join(place, path))
    .filter(isNodeTest);
};

const files = places.flatMap(testsIn).sort();
if (!files.length) {
  console.error(`There is no test in ${places.join(', ')}: nothing was run.`);
  process.exit(1);
}

// Here and not in the tests, because test files run in parallel and npm does not.
if (files.some((file) => file.includes('conformance') || file.includes('soketi'))) installSoketi();
if (files.some((file) => file.includes('examples'))) prepareExamples();

// A test that leaves something running keeps its file's process alive for ever: that is a failure, not a long wait.
const timeout = `--test-timeout=${slow ? 900_000 : 600_000}`;
// Many of them wait more than they work.
const concurrency = `--test-concurrency=${Math.max(2, availableParallelism())}`;
const reporter = new URL('./totals-reporter.mjs', import.meta.url).pathname;
const reporters = ['spec', reporter].flatMap((name) => [
  `--test-reporter=${name}`,
  '--test-reporter-destination=stdout',
]);
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', '--test', timeout, concurrency, ...reporters, ...flags, ...files],
  {
    stdio: 'inherit',
    env: { ...process.env, TEST_SUITE: slow ? 'slow tests' : 'node tests' },
  },
);
process.exit(status ?? 1);
