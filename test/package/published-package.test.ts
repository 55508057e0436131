/**
 * What somebody gets who installs the package: the right files, imports that do nothing until asked,
 * every entry point with its types, and a manifest that names every element.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { isOutput } from '../../tools/manifest-words.mjs';
import { complaintsOf, resolutions, strictProject } from './compile.js';
import { packPackage, type PackedPackage } from './packed-package.js';
import { elementNames, root } from './source-files.js';

const elements = elementNames();
const className = (name: string): string =>
  `Pusher${name.replaceAll(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase())}Element`;

let packed: PackedPackage;
before(() => {
  packed = packPackage();
});
after(() => {
  packed.remove();
});

interface Target {
  readonly types: string;
  readonly default: string;
}
interface PackageJson {
  readonly exports: Readonly<Record<string, string | Target>>;
}

/** Every entry point by the name it is imported under, patterns spelled out for every element. */
function entryPoints(): Map<string, Target | string> {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageJson;
  const spellOut = (target: Target | string, name: string): Target | string =>
    typeof target === 'string'
      ? target.replaceAll('*', name)
      : { types: target.types.replaceAll('*', name), default: target.default.replaceAll('*', name) };
  const specifier = (entry: string): string => `pusher-elements${entry.slice(1)}`;
  return new Map(
    Object.entries(exports).flatMap(([entry, target]): [string, Target | string][] =>
      entry.includes('*')
        ? elements.map((name) => [specifier(entry.replace('*', name)), spellOut(target, name)])
        : [[specifier(entry), target]],
    ),
  );
}

const modules = [...entryPoints().keys()].filter((name) => !name.endsWith('.json'));
/** Types that belong to those of a framework, which is not there: test/examples compiles them. */
const isForFramework = (name: string): boolean => /\/(?:react|vue|svelte|solid)$/.test(name);
const inertModules = modules.filter((name) => !name.startsWith('pusher-elements/define'));

describe('the published files', () => {
  it('are the built ones and the words about them', () => {
    const places = new Set(packed.files.map((file) => file.split('/')[0]));
    const expected = ['LICENSE', 'README.md', 'custom-elements.json', 'dist', 'package.json'];
    assert.deepEqual([...places].sort(), expected);
  });

  it('have the single file for a script tag, which imports nothing', async () => {
    const path = 'dist/cdn/pusher-elements.min.js';
    assert.ok(packed.files.includes(path));
    const { metafile } = await build({
      entryPoints: [join(packed.folder, path)],
      bundle: false,
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    assert.deepEqual(
      Object.values(metafile.outputs).flatMap((output) => output.imports),
      [],
    );
  });

  it('name the three elements there are at least', () => {
    for (const name of ['connection', 'status', 'channel']) assert.ok(elements.includes(name), name);
  });
});

describe('importing in plain Node', () => {
  for (const name of inertModules) {
    it(`${name} does nothing`, () => {
      // Lit comes first: the three version lists that it leaves behind are its own.
      const printed = packed.run(`
        import 'lit';
        const before = Reflect.ownKeys(globalThis);
        const watched = ['setTimeout', 'setInterval', 'queueMicrotask', 'fetch', 'addEventListener'];
        for (const name of watched) {
          const original = globalThis[name];
          if (original) globalThis[name] = (...given) => { console.log('called', name); return original(...given); };
        }
        const registry = { defined: [], get: () => undefined, define: (tag) => registry.defined.push(tag) };
        globalThis.customElements = registry;
        globalThis.WebSocket = class { constructor() { console.log('opened a socket'); } };
        const known = new Set([...before, ...watched, 'customElements', 'WebSocket']);
        await import('${name}');
        for (const key of Reflect.ownKeys(globalThis)) if (!known.has(key)) console.log('added', String(key));
        for (const tag of registry.defined) console.log('registered', tag);
      `);
      assert.equal(printed, '');
    });

    it(`${name} does not need a page`, () => {
      assert.equal(packed.run(`import '${name}';`), '');
    });
  }

  it('a define entry throws nothing where there is no registry', () => {
    for (const name of modules.filter((module) => !inertModules.includes(module)))
      assert.equal(packed.run(`import '${name}';`), '', name);
  });

  it('the client entry offers the class Pusher as its default', () => {
    const printed = packed.run(`
      import Pusher, { Pusher as Named } from 'pusher-elements/client';
      console.log(typeof Pusher, Pusher.name, Pusher === Named);
    `);
    assert.equal(printed.trim(), 'function Pusher true');
  });
});

describe('the version', () => {
  it('is the same in package.json and in every element', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const classes = elements.map(className);
    const printed = packed.run(`
      import * as all from 'pusher-elements';
      console.log([${classes.map((name) => `all.${name}.version`).join(', ')}].join());
    `);
    assert.equal(printed.trim(), classes.map(() => version).join());
  });
});

describe('registration', () => {
  const registered = (name: string): string[] =>
    packed
      .run(
        `
        import 'lit';
        const defined = new Map();
        globalThis.customElements = {
          get: (tag) => defined.get(tag),
          getName: (element) => [...defined].find(([, known]) => known === element)?.[0] ?? null,
          define: (tag, element) => { defined.set(tag, element); },
          whenDefined: () => new Promise(() => {}),
        };
        await import('${name}');
        console.log([...defined.keys()].join(' '));
        `,
      )
      .trim()
      .split(' ');

  it('of everything is one import, providers first', () => {
    const tags = registered('pusher-elements/define');
    assert.deepEqual([...tags].sort(), elements.map((name) => `pusher-${name}`).sort());
    assert.equal(tags[0], 'pusher-connection');
  });

  for (const name of elements) {
    it(`of <pusher-${name}> is an import of its own`, () => {
      assert.ok(registered(`pusher-elements/define/${name}`).includes(`pusher-${name}`));
    });
  }
});

describe('an application that bundles the package', () => {
  const bundle = async (code: string): Promise<string> => {
    const { outputFiles } = await build({
      stdin: { contents: code, resolveDir: packed.project },
      bundle: true,
      format: 'esm',
      write: false,
      logLevel: 'silent',
    });
    return outputFiles[0]?.text ?? '';
  };

  it('keeps a registration', async () => {
    for (const name of elements)
      assert.match(
        await bundle(`import 'pusher-elements/define/${name}';`),
        new RegExp(className(name)),
        name,
      );
    assert.match(await bundle(`import 'pusher-elements/define';`), /PusherStatusElement/);
  });

  it('pays nothing for what it does not use', async () => {
    for (const name of inertModules)
      assert.doesNotMatch(await bundle(`import '${name}';`), /class|function/, name);
    assert.doesNotMatch(await bundle(`export { default } from 'pusher-elements/client';`), /LitElement/);
  });
});

describe('every entry point', () => {
  for (const [name, target] of entryPoints()) {
    it(`${name} leads to files that exist`, () => {
      for (const path of typeof target === 'string' ? [target] : [target.types, target.default])
        assert.ok(packed.files.includes(path.slice(2)), path);
    });
  }

  for (const resolution of resolutions) {
    it(`has types under moduleResolution ${resolution.moduleResolution}`, () => {
      const lines = modules
        .filter((name) => !isForFramework(name))
        .map((name, index) => `import * as entry${index} from '${name}';\nvoid entry${index};`);
      const classes = elements.map(
        (name) => `
          import { ${className(name)} } from 'pusher-elements/${name}';
          const ${name.replaceAll('-', '')}Tag: ${className(name)} = document.createElement('pusher-${name}');
          export const ${name.replaceAll('-', '')}: typeof ${className(name)} = all.${className(name)};
          void ${name.replaceAll('-', '')}Tag;`,
      );
      const source = [
        ...lines,
        `import * as all from 'pusher-elements';`,
        `import Pusher from 'pusher-elements/client';`,
        `export const make = (): Pusher => new Pusher('app-key', { cluster: 'eu' });`,
        `// @ts-expect-error: types that came out as any would accept this`,
        `export const wrong: number = new Pusher('app-key', { cluster: 'eu' });`,
        ...classes,
      ].join('\n');
      writeFileSync(join(packed.project, 'consumer.ts'), source);
      writeFileSync(
        join(packed.project, 'tsconfig.json'),
        strictProject(resolution, { files: ['consumer.ts'] }),
      );
      assert.equal(complaintsOf(packed.project), '');
    });
  }
});

describe('the manifest', () => {
  interface Declaration {
    readonly name: string;
    readonly tagName?: string;
    readonly customElement?: boolean;
    readonly description?: string;
    readonly members?: readonly { readonly name: string; readonly privacy?: string }[];
    readonly attributes?: readonly {
      readonly name: string;
      readonly description?: string;
      readonly type?: { readonly text: string };
    }[];
  }
  interface Manifest {
    readonly modules: readonly {
      readonly path: string;
      readonly declarations?: readonly Declaration[];
      readonly exports?: readonly { readonly kind: string; readonly name: string }[];
    }[];
  }
  const read = (): Manifest =>
    JSON.parse(readFileSync(join(packed.folder, 'custom-elements.json'), 'utf8')) as Manifest;
  const readDeclarations = (): Declaration[] => read().modules.flatMap((module) => module.declarations ?? []);

  for (const name of elements) {
    it(`describes <pusher-${name}> and says which file registers it`, () => {
      const { modules: described } = read();
      const element = described
        .flatMap((module) => module.declarations ?? [])
        .find((declaration) => declaration.tagName === `pusher-${name}`);
      assert.ok(element, 'is in it');
      assert.equal(element.name, className(name));
      assert.equal(element.customElement, true);
      assert.ok(element.description, 'has a description');
      const definition = described.find((module) =>
        module.exports?.some(
          (found) => found.kind === 'custom-element-definition' && found.name === `pusher-${name}`,
        ),
      );
      assert.equal(definition?.path, `dist/esm/components/${name}/define.js`);
    });
  }

  it('names attributes as HTML has them, without capitals, and exactly those that the elements listen to', () => {
    const observed = JSON.parse(
      packed.run(`
        import * as all from 'pusher-elements';
        const classes = [${elements.map((name) => `all.${className(name)}`).join(', ')}];
        console.log(JSON.stringify(Object.fromEntries(classes.map((c) => [c.tag, c.observedAttributes]))));
      `),
    ) as Readonly<Record<string, readonly string[]>>;
    for (const { tagName, attributes = [] } of readDeclarations()) {
      if (tagName === undefined) continue;
      const names = attributes.map(({ name }) => name);
      // None that filters of content take for a script or an address (elements.md rule 5).
      const taken = /^(on.*|src|href|data|action|icon|profile|manifest|key|ref|style|slot|is|part|class)$/;
      assert.deepEqual(
        names.filter((name) => !/^[a-z][a-z0-9-]*$/.test(name) || taken.test(name)),
        [],
        tagName,
      );
      const inputs = attributes.filter((attribute) => !isOutput(attribute)).map(({ name }) => name);
      const listened = observed[tagName] ?? [];
      assert.deepEqual(
        listened.filter((name) => !name.startsWith('data-')).sort(),
        [...inputs].sort(),
        tagName,
      );
      // The one that every element of HTML has is nobody's to rename.
      const renamed = inputs.filter((name) => name !== 'id' && !listened.includes(`data-${name}`));
      assert.deepEqual(renamed, [], `${tagName}: also as data-…`);
    }
  });

  it('names no element that does not exist, no file that is not published, and nothing private', () => {
    const { modules: described } = read();
    const declarations = described.flatMap((module) => module.declarations ?? []);
    const tags = declarations.map((declaration) => declaration.tagName).filter((tag) => tag !== undefined);
    assert.deepEqual(tags.sort(), elements.map((name) => `pusher-${name}`).sort());
    const hidden = declarations
      .flatMap((declaration) => declaration.members ?? [])
      .filter(
        (member) =>
          member.privacy === 'private' || member.privacy === 'protected' || member.name.startsWith('#'),
      );
    assert.deepEqual(hidden, []);
    assert.deepEqual(
      described.map((module) => module.path).filter((path) => !packed.files.includes(path)),
      [],
    );
  });

  it('has the words that an attribute takes, not the name of their type, and no callback of the browser', () => {
    const declarations = readDeclarations();
    const typeOf = (tag: string, attribute: string): string | undefined =>
      declarations.find(({ tagName }) => tagName === tag)?.attributes?.find(({ name }) => name === attribute)
        ?.type?.text;
    // A union, an array that is `as const`, the keys of a table, and a list of words.
    assert.equal(typeOf('pusher-channel', 'when'), "'load' | 'visible' | 'idle' | 'manual'");
    assert.match(typeOf('pusher-event', 'do') ?? '', /^'dispatch' \| .+ \| 'stream'$/);
    assert.match(typeOf('pusher-trigger', 'trigger') ?? '', /^'' \| 'submit' \| .+ \| 'blur'$/);
    assert.match(
      typeOf('pusher-connection', 'enabled-transports') ?? '',
      /^\('ws' \| .+\)\[\] \| undefined$/,
    );
    const members = declarations.flatMap((declaration) => declaration.members ?? []);
    assert.deepEqual(
      members.filter(({ name }) => name.endsWith('Callback')),
      [],
    );
  });

  it('speaks to users: no attribute refers to the requirements that the sources name', () => {
    const said = readDeclarations()
      .flatMap(({ attributes = [] }) => attributes)
      .map(({ description = '' }) => description);
    assert.deepEqual(
      said.filter((description) => /\bseed\b|\([A-Z]-\d/.test(description)),
      [],
    );
  });
});
