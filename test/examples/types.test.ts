/**
 * The types for frameworks, in the packed package: they say what the manifest says, they accept what is right and
 * refuse what is wrong, and the examples that use them compile.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import ts from 'typescript';
import { compiler, resolutions, strictProject } from '../package/compile.js';
import { root } from '../package/source-files.js';
import { examples, runNode } from './rig.js';

const installed = join(examples, 'node_modules/pusher-elements');

describe('the types for frameworks and the manifest', () => {
  interface Named {
    readonly name: string;
  }
  interface Declaration {
    readonly name: string;
    readonly tagName?: string;
    readonly attributes?: readonly (Named & { readonly fieldName?: string; readonly description?: string })[];
    readonly members?: readonly (Named & {
      readonly kind: string;
      readonly static?: boolean;
      readonly readonly?: boolean;
    })[];
    readonly events?: readonly (Named & { readonly type: { readonly text: string } })[];
  }
  const manifest = JSON.parse(readFileSync(join(installed, 'custom-elements.json'), 'utf8')) as {
    readonly modules: readonly { readonly declarations?: readonly Declaration[] }[];
  };
  const elements = manifest.modules
    .flatMap(({ declarations }) => declarations ?? [])
    .filter(({ tagName }) => tagName !== undefined);

  const file = 'dist/types/frameworks/elements.d.ts';
  const source = ts.createSourceFile(
    file,
    readFileSync(join(installed, file), 'utf8'),
    ts.ScriptTarget.ES2022,
  );
  const interfaces = new Map(
    source.statements
      .filter((found) => ts.isInterfaceDeclaration(found))
      .map((found) => [found.name.text, found]),
  );
  /** The members of an interface with their types; those of a pattern are left out. */
  const membersOf = (name: string): Map<string, string> =>
    new Map(
      interfaces
        .get(name)
        ?.members.filter((found) => ts.isPropertySignature(found))
        .map(({ name: found, type }) => [
          (found as ts.Identifier | ts.StringLiteral).text,
          type?.getText(source) ?? '',
        ]),
    );
  const sorted = (names: Iterable<string>): string[] => [...names].sort();
  const tagNames = elements.map(({ tagName }) => tagName!);

  it('have the same elements', () => {
    assert.deepEqual(sorted(membersOf('Tags').keys()), sorted(tagNames));
    assert.ok(tagNames.includes('pusher-value'));
  });

  for (const { name, tagName, attributes = [], members = [], events = [] } of elements) {
    const stem = name.replace(/Element$/, '');
    const settable = attributes.filter(
      ({ name: attribute, description }) =>
        attribute !== 'id' && description?.startsWith('(read-only)') !== true,
    );

    it(`have the same attributes of <${tagName}>, but for those that are only read`, () => {
      assert.deepEqual(
        sorted(membersOf(`${stem}Attributes`).keys()),
        sorted(settable.map((attribute) => attribute.name)),
      );
    });

    it(`have each attribute of <${tagName}> with the type of its property`, () => {
      const types = membersOf(`${stem}Attributes`);
      for (const { name: attribute, fieldName } of settable)
        assert.ok(types.get(attribute)?.includes(`Text<${name}['${fieldName}']>`), attribute);
    });

    it(`have the same properties of <${tagName}> that can be set`, () => {
      const written = members.filter(
        (found) => found.kind === 'field' && found.static !== true && found.readonly !== true,
      );
      const known = new Set([
        ...membersOf(`${stem}Properties`).keys(),
        ...settable.map((attribute) => attribute.name).filter((found) => !found.includes('-')),
      ]);
      assert.deepEqual(
        written.map((found) => found.name).filter((found) => !known.has(found)),
        [],
      );
      const names = new Set(written.map((found) => found.name));
      assert.deepEqual(
        [...membersOf(`${stem}Properties`).keys()].filter((found) => !names.has(found)),
        [],
      );
    });

    it(`have the same events of <${tagName}>, with their classes`, () => {
      assert.deepEqual(
        sorted([...membersOf(`${stem}Events`)].map((pair) => pair.join())),
        sorted(events.map((event) => `${event.name},${event.type.text}`)),
      );
    });
  }
});

describe('the types for frameworks', () => {
  // Outside of node_modules, because nobody checks what is in there; the link leads to the frameworks.
  const project = mkdtempSync(join(tmpdir(), 'framework-types-'));

  before(() => {
    symlinkSync(join(examples, 'node_modules'), join(project, 'node_modules'), 'junction');
  });
  after(() => {
    rmSync(project, { recursive: true });
  });

  /** A project with folders of test/examples/types; where it is. */
  function createProject(
    name: string,
    frameworks: readonly string[],
    options: object,
    others: object = {},
  ): string {
    const folder = join(project, name);
    for (const framework of frameworks)
      cpSync(join(root, 'test/examples/types', framework), join(folder, framework), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'tsconfig.json'), strictProject(options, others));
    return folder;
  }

  const compile = async (folder: string): Promise<string> => runNode(compiler, '-p', folder);
  const [, bundler] = resolutions;
  // The types of Vue and Svelte themselves do not hold without it.
  const lenient = { ...bundler, skipLibCheck: true, verbatimModuleSyntax: true };

  for (const resolution of resolutions) {
    const name = resolution.moduleResolution;

    it(`let React and Solid take what is right, and nothing that is wrong, under ${name}`, async () => {
      const folder = createProject(name, ['react', 'solid'], { ...resolution, jsx: 'react-jsx' });
      assert.equal(await compile(folder), '');
    });
  }

  it('let Vue take what is right, and nothing that is wrong, in the example too', async () => {
    cpSync(join(examples, 'vue/src'), join(project, 'vue/example'), { recursive: true });
    const folder = createProject(
      'vue',
      ['vue'],
      { ...lenient, jsx: 'preserve', types: ['vite/client'] },
      {
        include: ['**/*.vue', '**/*.ts'],
        vueCompilerOptions: { strictTemplates: true, dataAttributes: ['data-*'] },
      },
    );
    assert.equal(await runNode('node_modules/vue-tsc/bin/vue-tsc.js', '-p', folder), '');
  });

  it('let Svelte take what is right, and nothing that is wrong, in the example too', async () => {
    cpSync(join(examples, 'svelte/src'), join(project, 'svelte/example'), { recursive: true });
    const folder = createProject(
      'svelte',
      ['svelte'],
      { ...lenient, types: ['vite/client'] },
      { include: ['**/*.svelte', '**/*.ts'] },
    );
    // A comment in markup switches nothing off here, so what is refused is compared with what the comments say.
    const said = await runNode(
      'node_modules/svelte-check/bin/svelte-check',
      ...['--workspace', folder, '--tsconfig', './tsconfig.json', '--output', 'machine'],
    ).catch((error: unknown) => String(error));
    const complaints = [...said.matchAll(/^\d+ (?:ERROR|WARNING) "(.*)" (\d+):\d+ /gm)];
    const lines = readFileSync(join(folder, 'svelte/Tags.svelte'), 'utf8').split('\n');
    const refused = lines.flatMap((line, index) => (line.startsWith('<!-- refused: ') ? [index + 2] : []));
    assert.ok(refused.length > 5);
    assert.deepEqual(
      complaints.map(([, file, line]) => `${file}:${line}`),
      refused.map((line) => `svelte/Tags.svelte:${line}`),
      said,
    );
  });

  it('hold in the React example, where a mistake is seen', async () => {
    const folder = join(project, 'react-example');
    cpSync(join(examples, 'react'), folder, { recursive: true });
    assert.equal(await compile(folder), '');
    const app = join(folder, 'src/App.tsx');
    writeFileSync(app, readFileSync(app, 'utf8').replace('event.current', 'event.curent'));
    await assert.rejects(compile(folder), /src\/App\.tsx.*'curent' does not exist/);
  });

  it('are all that is there for a framework: nothing is loaded', () => {
    for (const name of readdirSync(join(installed, 'dist/esm/frameworks')))
      assert.match(
        readFileSync(join(installed, 'dist/esm/frameworks', name), 'utf8'),
        /^\/\/.*\nexport \{\};\n$/,
      );
  });
});
