// Makes the examples of docs/examples ready to run: their dependencies, from their own lock file, and this package as
// npm would publish it, in their node_modules.
//   node tools/examples.mjs              both
//   node tools/examples.mjs --install    only the dependencies, which need no build
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pack } from './pack.mjs';

const folder = fileURLToPath(new URL('../docs/examples/', import.meta.url));
const modules = join(folder, 'node_modules');
/** The lock file that was installed from, so that the next installation is only when it has changed. */
const installed = join(modules, '.installed-lock.json');

const lock = () => readFileSync(join(folder, 'package-lock.json'), 'utf8');

/** Installs what the examples need, where that is missing or old. Says so; throws where it cannot. */
export function installExamples() {
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock()) return;
  console.log('(installing what the examples need into docs/examples: npm ci)');
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'],
    { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' },
  );
  if (status !== 0) throw new Error('npm ci in docs/examples failed.');
  writeFileSync(installed, lock());
}

/** Installs, and puts the package as it is built now beside that. */
export function prepareExamples() {
  installExamples();
  const target = join(modules, 'pusher-elements');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  const [{ filename }] = pack(modules);
  const { status } = spawnSync('tar', ['-xzf', filename, '-C', 'pusher-elements', '--strip-components=1'], {
    cwd: modules,
    stdio: 'inherit',
  });
  rmSync(join(modules, filename));
  if (status !== 0) throw new Error(`${filename} could not be unpacked.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--install')) installExamples();
  else prepareExamples();
}
