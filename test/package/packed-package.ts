/**
 * The package as npm would publish it, installed by npm into an empty project. What it depends on is packed from
 * node_modules, so that nothing comes over the network.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm, pack } from '../../tools/pack.mjs';
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

interface PackageJson {
  readonly dependencies?: Readonly<Record<string, string>>;
}

const readPackage = (folder: string): PackageJson =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;

/** Packs and installs. Needs what `npm run build` makes. */
export function packPackage(): PackedPackage {
  const project = mkdtempSync(join(tmpdir(), 'packed-package-'));
  const folder = join(project, 'node_modules/pusher-elements');
  const packages = ['lit'];
  // What a package depends on is appended, and so looked at in its turn.
  for (const name of packages)
    for (const needed of Object.keys(readPackage(join(root, 'node_modules', name)).dependencies ?? {}))
      if (!packages.includes(needed)) packages.push(needed);
  const packed = pack(project, packages);
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({
      private: true,
      type: 'module',
      dependencies: Object.fromEntries(packed.map(({ name, filename }) => [name, `file:${filename}`])),
    }),
  );
  npm(project, 'install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund');

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
