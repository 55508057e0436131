// Checks the package as it would be published: publint, then arethetypeswrong over every entry point. The exports use
// patterns so that a new element needs no new line; the patterns are spelled out here, because attw skips them.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { elementNames } from './bundle.mjs';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const entryPoints = Object.keys(exports).flatMap((entry) =>
  entry.includes('*') ? elementNames().map((name) => entry.replace('*', name)) : [entry],
);

const run = (bin, ...args) =>
  spawnSync(bin, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      PATH: `node_modules/.bin${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
    },
  }).status === 0;

const results = [
  run('publint', '--strict'),
  run('attw', '--pack', '.', '--profile', 'esm-only', '--entrypoints', ...entryPoints),
];
process.exitCode = results.every(Boolean) ? 0 : 1;
