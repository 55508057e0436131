// The package as npm would publish it, for tests that use it as its users do.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs the npm that runs this process, or the one on the path; returns what it printed. */
export function npm(cwd, ...commandLine) {
  const path = process.env.npm_execpath;
  const [program, ...first] = path ? [process.execPath, path] : ['npm'];
  return execFileSync(program, [...first, ...commandLine], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** Packs this package and others of node_modules into a folder; `filename` is in it. Needs what `npm run build` makes. */
export function pack(destination, others = []) {
  if (!existsSync(`${root}/dist`) || !existsSync(`${root}/custom-elements.json`))
    throw new Error('These tests look at the built package: run `npm run build` first.');
  const folders = ['.', ...others.map((name) => `./node_modules/${name}`)];
  return JSON.parse(
    npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', destination, ...folders),
  );
}
