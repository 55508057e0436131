// What turns the TypeScript sources into JavaScript, shared by the build (rollup.config.mjs) and by the size check
// (size.mjs), so that the bytes that are counted are the bytes that are shipped.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import minifyLiterals from '@lit-labs/rollup-plugin-minify-html-literals';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { transform } from 'esbuild';

/** The folders of components/ that hold an element: `status` when there is components/status/define.ts. */
export const elementNames = () =>
  readdirSync('components')
    .filter((name) => existsSync(`components/${name}/define.ts`))
    .sort();

/** TypeScript to JavaScript through esbuild; tsc does the checking and the declarations. */
const typescript = () => ({
  name: 'typescript',
  async resolveId(id, from) {
    if (!from || !id.startsWith('.') || !id.endsWith('.js')) return null;
    return this.resolve(`${id.slice(0, -'.js'.length)}.ts`, from, { skipSelf: true });
  },
  async transform(code, id) {
    if (!id.endsWith('.ts')) return null;
    const result = await transform(code, {
      loader: 'ts',
      target: 'es2022',
      sourcefile: id,
      sourcemap: 'external',
      legalComments: 'inline',
      define: { ELEMENT_NAMES: JSON.stringify(elementNames()) },
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, useDefineForClassFields: true } },
    });
    return { code: result.code, map: result.map };
  },
});

/** failOnError: a stylesheet that the minifier cannot read is a mistake to be told about, not to be shipped. */
const literals = () => minifyLiterals({ include: ['components/**', 'src/**'], failOnError: true });

/** A warning of the bundler (a cycle, an unresolved import, an empty file) stops the build. */
export const strict = {
  onwarn(warning) {
    throw new Error(warning.message);
  },
};

export const plugins = () => [literals(), typescript(), resolve()];

const { name, version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** What a user's package manager installs with us stays an import; any other package is built in. */
export const isDependency = (id) =>
  ['@lit', ...Object.keys(dependencies)].some((known) => id === known || id.startsWith(`${known}/`));

/** One licence line instead of the per-file comments of Lit, which the minifier drops. */
export const banner = `/*! ${name} ${version} | MIT | includes lit (BSD-3-Clause, Copyright Google LLC) */`;

export const minify = () =>
  terser({ ecma: 2022, module: true, compress: { passes: 3 }, format: { comments: /^!/ } });

/** The output of the single-file build: everything in it, also what is otherwise loaded when needed. */
export const cdnOutput = { format: 'es', inlineDynamicImports: true, banner };

/** Writes the hash of every script in dist/cdn to sri.json, for the `integrity` of script tags and import maps. */
export const integrity = () => ({
  name: 'integrity',
  writeBundle() {
    const hashes = readdirSync('dist/cdn', { recursive: true })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.js'))
      .sort()
      .map((file) => {
        const hash = createHash('sha384').update(readFileSync(`dist/cdn/${file}`));
        return [file, `sha384-${hash.digest('base64')}`];
      });
    writeFileSync('dist/cdn/sri.json', `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`);
  },
});
