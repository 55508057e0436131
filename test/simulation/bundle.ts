/**
 * Makes one file of the simulation and the client. In it `import()` costs a microtask and not a visit to the
 * loader, so that a schedule is the same each time and needs no turn of the event loop; and the sources can
 * be changed on the way, to see that a broken client is found.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');

/** One change of one source file. */
export interface Mutation {
  /** From the project's folder. */
  readonly file: string;
  /** Text that occurs once in it. */
  readonly from: string;
  readonly to: string;
}

/** A bundle on the disk, until it is removed. */
export interface Bundle {
  readonly path: string;
  remove(): void;
}

export async function bundle(mutations: readonly Mutation[] = []): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), 'simulation-'));
  const outfile = join(folder, 'simulation.mjs');
  await build({
    entryPoints: [join(here, 'worker.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'error',
    plugins: [mutating(mutations)],
  });
  return {
    path: outfile,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const mutating = (mutations: readonly Mutation[]): Plugin => ({
  name: 'mutating',
  setup(build) {
    for (const file of new Set(mutations.map((mutation) => mutation.file))) {
      const path = join(root, file);
      const filter = new RegExp(`${file.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$`);
      build.onLoad({ filter }, () => {
        let contents = readFileSync(path, 'utf8');
        for (const { from, to } of mutations.filter((mutation) => mutation.file === file)) {
          if (contents.split(from).length !== 2)
            throw new Error(`${file} does not contain exactly once: ${from}`);
          contents = contents.replace(from, () => to);
        }
        return { contents, loader: 'ts' };
      });
    }
  },
});
