/**
 * The package as npm would publish it, unpacked into a folder where `pusher-elements` and `lit` can be
 * imported by name.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './source-files.js';

export interface PackedPackage {
  /** A project that has the package installed. */
  readonly project: string;
  /** The installed package. */
  readonly folder: string;
  /** Every file in it, with forward slashes. */
  readonly files: readonly string[];
  /** Runs a module in plain Node inside the project; returns what it printed, to both streams. */
  run(code: string): string;
  remove(): void;
}

/** Packs and unpacks. Needs what `npm run build` makes. */
export function packPackage(): PackedPackage {
  if (!existsSync(join(root, 'dist')) || !existsSync(join(root, 'custom-elements.json')))
    throw new Error('These tests look at the built package: run `npm run build` first.');

  const project = mkdtempSync(join(tmpdir(), 'packed-package-'));
  const folder = join(project, 'node_modules/pusher-elements');
  mkdirSync(folder, { recursive: true });
  const [npm, ...npmArguments] = process.env['npm_execpath']
    ? [process.execPath, process.env['npm_execpath']]
    : ['npm'];
  const report = execFileSync(
    npm,
    [...npmArguments, 'pack', '--json', '--ignore-scripts', '--pack-destination', project],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [{ filename }] = JSON.parse(report) as [{ filename: string }];
  execFileSync('tar', ['-xzf', filename, '-C', folder, '--strip-components=1'], { cwd: project });
  // Lit's own dependencies are found from where the link leads.
  symlinkSync(join(root, 'node_modules/lit'), join(project, 'node_modules/lit'), 'junction');
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));

  return {
    project,
    folder,
    files: readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      ),
    run: (code) => {
      const file = join(project, 'consumer.mjs');
      writeFileSync(file, code);
      return execFileSync(process.execPath, [file], {
        cwd: project,
        encoding: 'utf8',
        timeout: 20_000,
        stdio: ['ignore', 'pipe', 'pipe'],
        // Node's test runner marks its children; a consumer is not one of them.
        env: { PATH: process.env['PATH'] },
      });
    },
    remove: () => {
      rmSync(project, { recursive: true, force: true });
    },
  };
}
