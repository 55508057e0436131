/** The installed package in projects that use it: a bundled page, and TypeScript under either resolution. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { complaintsOf, resolutions, strictProject } from './compile.js';
import { packPackage, type PackedPackage } from './packed-package.js';
import { elementNames, root, sourceFiles } from './source-files.js';

let packed: PackedPackage;
before(() => {
  packed = packPackage();
});
after(() => {
  packed.remove();
});

describe('a page that Vite builds', () => {
  /** Builds a page with one module in it; returns all its scripts. */
  async function buildPage(code: string): Promise<string> {
    const page = join(packed.project, 'page');
    mkdirSync(page, { recursive: true });
    writeFileSync(join(page, 'main.js'), code);
    writeFileSync(
      join(page, 'index.html'),
      '<!doctype html><pusher-status></pusher-status><script type="module" src="./main.js"></script>',
    );
    await build({
      root: page,
      configFile: false,
      logLevel: 'silent',
      build: { outDir: 'built', emptyOutDir: true, modulePreload: false },
    });
    const scripts = join(page, 'built/assets');
    return readdirSync(scripts)
      .map((file) => readFileSync(join(scripts, file), 'utf8'))
      .join('\n');
  }

  /** The elements whose classes are in the code: a class says its tag. */
  const classesIn = (code: string): string[] =>
    elementNames().filter((name) => new RegExp(`tag\\s*=\\s*["'\`]pusher-${name}["'\`]`).test(code));

  it('has the one element that it registers, with its connection, and none of the others', async () => {
    const all = await buildPage(`import 'pusher-elements/define/status';`);
    assert.deepEqual(classesIn(all), ['connection', 'status']);
  });

  it('is smaller for that', async () => {
    const one = await buildPage(`import 'pusher-elements/define/status';`);
    const every = await buildPage(`import 'pusher-elements/define';`);
    assert.ok(one.length < every.length * 0.85, `${one.length} of ${every.length} characters`);
  });

  it('has nothing of the elements where only the client is used', async () => {
    const all = await buildPage(
      `import Pusher from 'pusher-elements/client'; window.pusher = new Pusher('key');`,
    );
    assert.doesNotMatch(all, /attachShadow|customElements|pusher-status/);
  });
});

describe('the side effects that package.json lists', () => {
  const listed = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { sideEffects: string[] })
    .sideEffects;
  const matches = (pattern: string, file: string): boolean =>
    new RegExp(`^${pattern.slice(2).replaceAll('.', '\\.').replaceAll('*', '[^/]+')}$`).test(file);
  const isListed = (file: string): boolean => listed.some((pattern) => matches(pattern, file));

  it('are those of the define files and of the scripts for pages, exactly', () => {
    const scripts = packed.files.filter((file) => file.endsWith('.js'));
    assert.deepEqual(
      scripts.filter(isListed),
      scripts.filter((file) => file.endsWith('/define.js') || file.startsWith('dist/cdn/')),
    );
  });

  it('name no file that does not exist', () => {
    const sources = sourceFiles('components').map(({ path }) => path);
    const all = [...sources, ...packed.files];
    assert.deepEqual(
      listed.filter((pattern) => !all.some((file) => matches(pattern, file))),
      [],
    );
  });

  it('are all there are: what is not listed can be imported without a trace', () => {
    const scripts = packed.files.filter(
      (file) => file.startsWith('dist/esm/') && file.endsWith('.js') && !isListed(file),
    );
    const printed = packed.run(`
      import 'lit';
      const before = new Set(Reflect.ownKeys(globalThis));
      globalThis.customElements = { get() {}, define: (tag) => console.log('registered', tag) };
      before.add('customElements');
      for (const file of ${JSON.stringify(scripts)}) await import('./node_modules/pusher-elements/' + file);
      for (const key of Reflect.ownKeys(globalThis)) if (!before.has(key)) console.log('added', String(key));
    `);
    assert.equal(printed, '');
  });
});

describe('the files for a CDN', () => {
  const read = (file: string): string => readFileSync(join(packed.folder, 'dist/cdn', file), 'utf8');
  const scripts = (): string[] =>
    packed.files
      .filter((file) => file.startsWith('dist/cdn/') && file.endsWith('.js'))
      .map((file) => file.slice('dist/cdn/'.length))
      .sort();

  it('are the loader, the single files, and one entry for each element beside the loader', () => {
    const entries = scripts().filter((file) => !file.includes('/shared-'));
    assert.deepEqual(
      entries,
      [
        ...elementNames().map((name) => `elements/${name}.js`),
        'loader.js',
        'pusher-elements.iife.min.js',
        'pusher-elements.min.js',
      ].sort(),
    );
  });

  it('have the hash that sri.json gives for each of them, and no other is in it', () => {
    const hashes = JSON.parse(read('sri.json')) as Record<string, string>;
    assert.deepEqual(Object.keys(hashes).sort(), scripts());
    for (const [file, hash] of Object.entries(hashes))
      assert.equal(hash, `sha384-${createHash('sha384').update(read(file)).digest('base64')}`, file);
  });

  it('have source maps that carry their sources', () => {
    for (const file of scripts()) {
      const [, address] = /\n\/\/# sourceMappingURL=(\S+)\s*$/.exec(read(file)) ?? [];
      assert.ok(address, file);
      const map = JSON.parse(read(join(file, '..', address))) as {
        sources: string[];
        sourcesContent: unknown[];
      };
      assert.equal(map.sourcesContent.length, map.sources.length, file);
    }
  });

  it('have a loader of 1.5 KB at most, which imports nothing at once (issue 6)', () => {
    const loader = read('loader.js');
    assert.doesNotMatch(loader, /\bimport\s*["'{*]/);
    const { length } = brotliCompressSync(loader);
    assert.ok(length <= 1536, `${length} bytes`);
  });
});

describe('a TypeScript project', () => {
  for (const resolution of resolutions)
    it(`compiles what is right, and nothing that is wrong, under ${resolution.moduleResolution}`, () => {
      const project = join(packed.project, resolution.moduleResolution);
      cpSync(join(root, 'test/types'), project, { recursive: true });
      writeFileSync(join(project, 'tsconfig.json'), strictProject(resolution));
      assert.equal(complaintsOf(project), '');
    });
});
