/** `npm run new:element` makes files that compile and pass lint as they are (issue 6 §7). */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../package/source-files.js';
import { run } from './script-blocks.js';

describe('npm run new:element', () => {
  const folder = mkdtempSync(join(tmpdir(), 'new-element-'));
  const inFolder = (program: string, ...args: string[]): ReturnType<typeof run> =>
    run(process.execPath, [join(root, program), ...args], { cwd: folder });
  const written = [
    'components/small-gauge/pusher-small-gauge.ts',
    'components/small-gauge/pusher-small-gauge.styles.ts',
    'components/small-gauge/define.ts',
    'stories/pusher-small-gauge.stories.ts',
    'test/components/small-gauge/pusher-small-gauge.test.ts',
  ];

  before(async () => {
    // A copy of what the new files use; the tree itself is left alone.
    for (const name of [
      'src',
      'components',
      'tsconfig.json',
      'eslint.config.mjs',
      '.prettierrc.json',
      'package.json',
    ])
      cpSync(join(root, name), join(folder, name), { recursive: true });
    mkdirSync(join(folder, 'test/components'), { recursive: true });
    cpSync(join(root, 'test/components/support.ts'), join(folder, 'test/components/support.ts'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    writeFileSync(
      join(folder, 'tsconfig.test.json'),
      JSON.stringify({
        extends: './tsconfig.json',
        compilerOptions: {
          noEmit: true,
          declaration: false,
          isolatedDeclarations: false,
          types: ['mocha', 'node'],
        },
        files: written,
      }),
    );
    const { code, errors } = await inFolder('tools/new-element.mjs', 'small-gauge');
    assert.equal(code, 0, errors);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('makes files that compile', async () => {
    const { output } = await run(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.test.json'], {
      cwd: folder,
    });
    assert.equal(output, '');
  });

  it('makes files that pass lint and are formatted', async () => {
    const lint = await inFolder('node_modules/eslint/bin/eslint.js', ...written);
    assert.equal(lint.output + lint.errors, '');
    const format = await inFolder('node_modules/prettier/bin/prettier.cjs', '--check', ...written);
    assert.equal(format.code, 0, format.errors);
  });

  it('adds the element to the entries of the package', () => {
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    assert.match(read('components/define.ts'), /'\.\/small-gauge\/define\.js'/);
    assert.match(read('components/index.ts'), /export \{ PusherSmallGaugeElement \}/);
  });

  it('refuses a name that is taken, and one that cannot be one', async () => {
    assert.match((await inFolder('tools/new-element.mjs', 'small-gauge')).errors, /there already/);
    assert.match((await inFolder('tools/new-element.mjs', 'Small Gauge')).errors, /without its prefix/);
    assert.match((await inFolder('tools/new-element.mjs')).errors, /without its prefix/);
  });
});
