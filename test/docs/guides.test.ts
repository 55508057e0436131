/** Every code block of the README and the guides does what it promises (issue 6 §6). */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { format } from 'prettier';
import { allowListFiles } from '../../tools/allow-lists.mjs';
import { root } from '../package/source-files.js';
import { allBlocks, guideFiles, readBlocks, valuesOf, type CodeBlock } from './code-blocks.js';
import { GuideBrowser, launchOptions } from './guide-page.js';
import {
  checkNginx,
  checkSyntax,
  countTopLevelRules,
  fileOf,
  fillTemplate,
  unknownShortcodes,
  unknownStyleNames,
  unknownTags,
  wrongCommands,
} from './other-blocks.js';
import { checkTypes, isForNode, runInNode, scriptOf } from './script-blocks.js';

/** The page that a script of the README is about, where its file shows none before it. */
const usualPage = `
  <pusher-connection app-key="YOUR_KEY" cluster="eu"></pusher-connection>
  <pusher-status></pusher-status>
  <pusher-channel name="prices"></pusher-channel>`;

const pageOf = (block: CodeBlock): string => {
  const given = valuesOf(block, 'page');
  if (given.length > 0) return given.join('\n');
  const around = block.before.filter(
    ({ language, directives }) => language === 'html' && !directives.some(({ name }) => name === 'warns'),
  );
  return around.at(-1)?.code ?? usualPage;
};

const blocks = allBlocks();
const allowLists = await allowListFiles();
const isScript = ({ language }: CodeBlock): boolean => ['js', 'ts'].includes(language);
const isExcerpt = (block: CodeBlock): boolean => valuesOf(block, 'file').length > 0;
const noChromium = launchOptions ? false : 'no Chromium found; set CHROME_PATH';

describe('the code blocks of the README and the guides', () => {
  const browser = new GuideBrowser();
  let complaints = new Map<CodeBlock, string[]>();

  before(async () => {
    if (launchOptions) await browser.open();
    complaints = checkTypes(blocks.filter((block) => isScript(block) && !isExcerpt(block)));
  });
  after(() => browser.close());

  const inBrowser = async (test: TestContext, block: CodeBlock, script?: string): Promise<void> => {
    if (noChromium) test.skip(noChromium);
    else await browser.play(block, script === undefined ? block.code : pageOf(block), script);
  };

  const script = async (block: CodeBlock, test: TestContext): Promise<void> => {
    if (isExcerpt(block)) {
      excerpt(block);
      return;
    }
    assert.deepEqual(complaints.get(block), [], 'its types');
    if (valuesOf(block, 'only').length > 0) return;
    if (isForNode(block)) await runInNode(block, browser.server.port);
    else await inBrowser(test, block, scriptOf(block));
  };

  const file = (block: CodeBlock, test: TestContext): void => {
    const path = fileOf(block);
    assert.equal(block.code.trimEnd(), readFileSync(path, 'utf8').trimEnd(), `it differs from ${path}`);
    const { wrong, skipped } = checkSyntax(path);
    if (skipped !== undefined) test.skip(skipped);
    assert.equal(wrong, undefined);
  };

  /** Without what shows how deep a line is in its file. */
  const dedented = (text: string): string => text.trim().replaceAll(/^[^\S\n]+/gm, '');
  const excerpt = (block: CodeBlock): void => {
    const path = fileOf(block);
    assert.ok(dedented(readFileSync(path, 'utf8')).includes(dedented(block.code)), `it is not in ${path}`);
  };

  const handlers: Readonly<Record<string, (block: CodeBlock, test: TestContext) => Promise<void> | void>> = {
    html: (block, test) => inBrowser(test, block),
    js: script,
    ts: script,
    css: async ({ code }, test) => {
      assert.deepEqual(unknownStyleNames(code), []);
      if (noChromium) test.skip(noChromium);
      else assert.equal(await browser.countRules(code), countTopLevelRules(code));
    },
    // What a page writes to its console, word for word: the markup that makes it do so is in the comment.
    text: (block, test) => {
      const warnings = block.code.trim().split('\n');
      const directives = [
        ...block.directives,
        ...warnings.map((value) => ({ name: 'warns', value }) as const),
      ];
      return inBrowser(test, { ...block, directives }, '');
    },
    json: ({ code }) => {
      JSON.parse(code);
    },
    sh: ({ code }) => {
      assert.deepEqual(wrongCommands(code), []);
    },
    diff: ({ code }) => {
      const added = [...code.matchAll(/^\+.* from '([^']+)';$/gm)].map((match) => match[1] ?? '');
      assert.ok(added.length > 0, 'it adds no import');
      const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object };
      for (const name of added) assert.ok(name.replace('pusher-elements', '.') in exports, name);
    },
    // Written for an engine of somebody else: what it makes of it is a page.
    liquid: (block, test) => inBrowser(test, { ...block, code: fillTemplate(block) }),
    twig: (block, test) => inBrowser(test, { ...block, code: fillTemplate(block) }),
    gotemplate: (block, test) => inBrowser(test, { ...block, code: fillTemplate(block) }),
    shortcode: ({ code }) => {
      assert.deepEqual(unknownShortcodes(code), []);
    },
    tags: ({ code }) => {
      assert.deepEqual(unknownTags(code), []);
    },
    yaml: async ({ code }) => {
      await format(code, { parser: 'yaml' });
    },
    // For compilers of somebody else: a part of an example, which test/examples builds and uses.
    tsx: excerpt,
    vue: excerpt,
    svelte: excerpt,
    astro: excerpt,
    angular: excerpt,
    mjs: file,
    php: file,
    ruby: file,
    python: file,
    nginx: ({ code }, test) => {
      const { wrong, skipped } = checkNginx(code);
      if (skipped !== undefined) test.skip(skipped);
      assert.equal(wrong, undefined);
    },
    dotenv: ({ code }) => {
      for (const line of code.trim().split('\n')) assert.match(line, /^(?:#.*|[A-Z][A-Z0-9_]*=\S*)$/);
    },
  };

  for (const block of blocks) {
    const { file: name, line, language } = block;
    it(`${name}:${line} (${language || 'no language'})`, async (test) => {
      const handler = handlers[language];
      assert.ok(handler, `nothing tests blocks in "${language}"`);
      await handler(block, test);
    });
  }
});

describe('the texts around them', () => {
  // A guide that points at nothing sends its reader away.
  it('link to files and headings that exist', () => {
    const anchor = (heading: string): string =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-');
    const wrong: string[] = [];
    for (const name of guideFiles()) {
      const text = readFileSync(join(root, name), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
      for (const [, address = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(address)) continue;
        const [path = '', fragment] = address.split('#');
        const target = path === '' ? join(root, name) : join(root, dirname(name), path);
        if (!existsSync(target)) wrong.push(`${name}: ${address}`);
        else if (fragment !== undefined) {
          const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.+)$/gm)].map((match) =>
            anchor(match[1] ?? ''),
          );
          if (!headings.includes(fragment)) wrong.push(`${name}: ${address}`);
        }
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('have every folder of the client, the tests and the project in the map of rooms', () => {
    const map = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
    const folders = ['src', 'test'].flatMap((place) =>
      readdirSync(join(root, place), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${place}/${name}/`),
    );
    assert.deepEqual(
      [...folders, 'components/shared/', 'components/loader/', 'stories/', 'tools/', 'docs/'].filter(
        (name) => !map.includes(`| \`${name}\` `),
      ),
      [],
    );
  });

  it('are all in the index', () => {
    const index = readFileSync(join(root, 'docs/README.md'), 'utf8');
    const guides = guideFiles().filter((name) => name.startsWith('docs/guides/'));
    assert.deepEqual(
      guides.filter((name) => !index.includes(`](${name.slice('docs/'.length)})`)),
      [],
    );
  });
});

// "The allow-lists those systems need, generated from the manifest" (issue 6 §4).
describe('the lists for content management systems', () => {
  for (const [file, text] of Object.entries(allowLists))
    it(`${file} is that of custom-elements.json`, () => {
      assert.equal(readFileSync(join(root, file), 'utf8'), text, 'run "npm run docs:tables"');
    });

  it('leave out where everything comes from, and what no author may decide', () => {
    const list = JSON.parse(readFileSync(join(root, 'docs/guides/cms/allow-lists.json'), 'utf8')) as Record<
      string,
      string[]
    >;
    assert.ok(!('pusher-connection' in list));
    assert.deepEqual(
      Object.values(list)
        .flat()
        .filter((name) => /^(?:auth|on|src|href|state$|style$)/.test(name)),
      [],
    );
    assert.ok(list['pusher-value']?.includes('field'));
  });
});

describe('the reader of code blocks', () => {
  it('takes the comment in front of a block for its test, and refuses what it does not know', () => {
    const [block] = readBlocks('a.md', 'Text\n\n<!-- test\nexpect: 1 + 1 === 2\n-->\n\n```js\nlet a;\n```\n');
    assert.equal(block?.line, 7);
    assert.equal(block.code, 'let a;\n');
    assert.deepEqual(valuesOf(block, 'expect'), ['1 + 1 === 2']);
    assert.throws(() => readBlocks('a.md', '<!-- test\nexpct: x\n-->\n\n```js\nlet a;\n```\n'), /expct/);
    assert.throws(() => readBlocks('a.md', '```js\nlet a;\n'), /no end/);
    assert.throws(() => readBlocks('a.md', '<!-- test\nexpect: x\n-->\n\nText\n'), /no block/);
  });

  it('sees a style that names what no element has', () => {
    assert.deepEqual(unknownStyleNames('pusher-status::part(nose) { color: red }'), [
      'pusher-status::part(nose)',
    ]);
    assert.deepEqual(unknownStyleNames('pusher-status { --pusher-status-online: red }'), []);
    assert.deepEqual(unknownStyleNames('p { --pusher-nothing: red }'), ['--pusher-nothing']);
  });

  it('sees a tag and a shortcode that do not exist', () => {
    assert.deepEqual(unknownTags('<pusher-statsu data-*>\n<div data-*>'), ['<pusher-statsu data-*>']);
    assert.deepEqual(unknownShortcodes('[pusher_value chanel="a"]'), ['[pusher_value chanel]']);
    assert.deepEqual(unknownShortcodes('[pusher_statsu]'), ['[pusher_statsu]']);
  });

  it('fills a template, and sees what nobody has filled in', () => {
    const text = '<!-- test\ngiven: {{ a }} = 1\n-->\n\n```liquid\n{{ a }}{{ b }}\n```\n';
    const [block] = readBlocks('a.md', text);
    assert.throws(() => fillTemplate(block!), /\{\{ b/);
  });

  it('sees a command that does not exist', () => {
    assert.deepEqual(wrongCommands('npm run nothing'), ['npm run nothing']);
    assert.deepEqual(wrongCommands('npm run build'), []);
  });
});
