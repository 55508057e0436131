/**
 * The code blocks of the README and the guides. A comment in front of a block, which readers do not see, says what its
 * test needs and what the block promises:
 *
 *     <!-- test
 *     publish: prices tick {"bid": 41}
 *     expect: document.querySelector('pusher-value').textContent === '41'
 *     -->
 *
 * `<!-- prettier-ignore -->` may stand between that and the block.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../package/source-files.js';

export interface CodeBlock {
  /** From the project's folder. */
  readonly file: string;
  /** Of the fence. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** What the comment says, in order. */
  readonly directives: readonly Directive[];
  /** The blocks before it in its file. */
  readonly before: readonly CodeBlock[];
}

/**
 * - `given`: code in front of a script block that the text around it has promised; in front of a template, what one of
 *   its expressions becomes: `{{ page.channel }} = orders`
 * - `script`: the settings on the page's script tag, where the text around has put it there
 * - `page`: markup of the page that a script or style block belongs to, instead of the HTML block before it
 * - `answer`: a path of the page's own server, and the JSON that it answers
 * - `publish`: channel, event and data, sent once the page has reached its state
 * - `restart`: everybody loses the connection, and the server is there again
 * - `expect`: an expression that becomes true
 * - `warns`: the page writes exactly this warning to the console, and it may write no other
 * - `file`: the block is this file, word for word; in the language of a framework, or for a script, a part of it
 * - `only`: `types` where a script block cannot run here; the rest of the line says why
 */
export const directiveNames = [
  'given',
  'page',
  'script',
  'answer',
  'publish',
  'restart',
  'expect',
  'warns',
  'file',
  'only',
] as const;

export interface Directive {
  readonly name: (typeof directiveNames)[number];
  readonly value: string;
}

const isKnown = (name: string): name is Directive['name'] =>
  (directiveNames as readonly string[]).includes(name);

function readDirectives(comment: string, where: string): Directive[] {
  return comment
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, name = '', value = ''] = /^(\w+):? ?(.*)$/.exec(line) ?? [];
      if (!isKnown(name)) throw new Error(`${where}: "${line}" is no instruction for a test`);
      return { name, value };
    });
}

/** Every fenced block of a text. A block that is never closed, and an instruction in front of nothing, are errors. */
export function readBlocks(file: string, text: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const pattern =
    /(?:^<!-- test\n([\s\S]*?)-->\s*?\n\s*(?:<!-- prettier-ignore -->\s*)?)?^( *)(`{3,})([\w-]*)[^\n]*\n([\s\S]*?)^\2\3[ ]*$|^<!-- test\b|^ *`{3}/gm;
  for (const match of text.matchAll(pattern)) {
    const [whole, comment = '', indent = '', fence, language = '', code = ''] = match;
    const line = text.slice(0, match.index + whole.indexOf('```')).split('\n').length;
    const where = `${file}:${line}`;
    if (!fence) throw new Error(`${where}: this block, or this instruction for one, has no end or no block`);
    blocks.push({
      file,
      line,
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      directives: readDirectives(comment, where),
      before: [...blocks],
    });
  }
  return blocks;
}

/** The values of a directive. */
export const valuesOf = (block: CodeBlock, name: Directive['name']): string[] =>
  block.directives.filter((directive) => directive.name === name).map(({ value }) => value);

/** The texts that promise something to readers. */
export function guideFiles(): string[] {
  const guides = readdirSync(join(root, 'docs/guides'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/guides/${name.replaceAll('\\', '/')}`);
  return ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/README.md', ...guides.sort()];
}

export const allBlocks = (): CodeBlock[] =>
  guideFiles().flatMap((file) => readBlocks(file, readFileSync(join(root, file), 'utf8')));
