/** Compiling what a user of the package writes, in a project of its own. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './source-files.js';

/** How the types of a package may be looked up. */
export const resolutions = [
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
] as const;

export const compiler: string = join(root, 'node_modules/@typescript/native/bin/tsc');

/** The text of a `tsconfig.json` as strict as an application can be. */
export const strictProject = (options: object, others: object = {}): string =>
  JSON.stringify({
    compilerOptions: {
      target: 'es2022',
      lib: ['es2022', 'dom', 'dom.iterable'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      types: [],
      ...options,
    },
    ...others,
  });

/** What the compiler says of a project; empty for nothing. */
export function complaintsOf(project: string): string {
  try {
    execFileSync(process.execPath, [compiler, '-p', project], { encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
