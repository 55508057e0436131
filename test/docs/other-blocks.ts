/** Blocks that are neither pages nor scripts: styles, commands, data, and files in languages of other servers. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { root } from '../package/source-files.js';
import { valuesOf, type CodeBlock } from './code-blocks.js';

interface Named {
  readonly name: string;
}
interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly cssStates?: readonly Named[];
}
interface Manifest {
  readonly modules: readonly { readonly declarations?: readonly Declaration[] }[];
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

const declarations = (): Declaration[] =>
  (readJson('custom-elements.json') as Manifest).modules.flatMap(({ declarations: found }) => found ?? []);

/** What a style sheet names and no element has. */
export function unknownStyleNames(css: string): string[] {
  const all = declarations();
  const elementOf = (tag: string): Declaration | undefined => all.find(({ tagName }) => tagName === tag);
  const has = (list: readonly Named[] | undefined, name: string): boolean =>
    list?.some((entry) => entry.name === name) ?? false;
  const wrong: string[] = [];
  for (const [selector, tag = '', rest = ''] of css.matchAll(
    /(?<![.-])(pusher-[a-z]+)((?:::?[\w-]+(?:\([^)]*\))?|\[[^\]]*\])*)/g,
  )) {
    if (css.includes(`--${selector}`) && rest === '') continue;
    const element = elementOf(tag);
    if (!element) wrong.push(`<${tag}>`);
    for (const [, part = ''] of rest.matchAll(/::part\(([\w-]+)\)/g))
      if (!has(element?.cssParts, part)) wrong.push(selector);
    for (const [, state = ''] of rest.matchAll(/:state\(([\w-]+)\)/g))
      if (!has(element?.cssStates, state)) wrong.push(selector);
    for (const [, attribute = ''] of rest.matchAll(/\[([\w-]+)/g))
      if (!has(element?.attributes, attribute)) wrong.push(selector);
  }
  for (const [property] of css.matchAll(/--pusher-[\w-]+/g))
    if (!all.some(({ cssProperties }) => has(cssProperties, property))) wrong.push(property);
  return wrong;
}

/** The tags of a list for an editor or a filter that no element has. */
export function unknownTags(code: string): string[] {
  const known = new Set([
    'div',
    'span',
    'p',
    'li',
    'template',
    ...declarations().map(({ tagName }) => tagName),
  ]);
  return code
    .trim()
    .split('\n')
    .filter((line) => !known.has(/^<([a-z-]+) data-\*>$/.exec(line)?.[1] ?? ''));
}

/** The shortcodes, and their attributes, that the WordPress plugin does not have. */
export function unknownShortcodes(code: string): string[] {
  const list = readJson('docs/guides/cms/allow-lists.json') as Record<string, string[] | undefined>;
  return [...code.matchAll(/\[(\w+)([^\]]*)\]/g)].flatMap(([, name = '', attributes = '']) => {
    const allowed = list[name.replaceAll('_', '-')];
    if (!allowed) return [`[${name}]`];
    const written = [...attributes.matchAll(/([\w-]+)(?:="[^"]*")?(?=\s|$)/g)];
    return written.filter(([, word = '']) => !allowed.includes(word)).map(([, word]) => `[${name} ${word}]`);
  });
}

/** What an engine makes of a template, by what its comment says that the expressions become. */
export function fillTemplate(block: CodeBlock): string {
  const filled = valuesOf(block, 'given').reduce((code, given) => {
    const [, expression = '', value = ''] = /^(\{\{.*?\}\}) = (.*)$/.exec(given) ?? [];
    if (!code.includes(expression) || expression === '') throw new Error(`It has no "${given}"`);
    return code.replaceAll(expression, value);
  }, block.code);
  const [open] = /\{[{%].*/.exec(filled) ?? [];
  if (open !== undefined) throw new Error(`Nothing says what becomes of ${open}`);
  return filled;
}

/** How many rules a style sheet is written with, at its top level. */
export function countTopLevelRules(css: string): number {
  let depth = 0;
  let count = 0;
  for (const character of css.replaceAll(/\/\*[\s\S]*?\*\//g, '')) {
    if (character === '{' && depth++ === 0) count += 1;
    if (character === '}') depth -= 1;
  }
  if (depth !== 0) throw new Error('The braces do not match.');
  return count;
}

/** Programs that a guide may tell its reader to run, besides the scripts of this package. */
const programs =
  /^(?:npm (?:ci|start|test|install|audit|login|publish|pack)|npx (?:soketi|changeset|wtr|tsc|eslint|prettier)|node|git|composer|php artisan|bundle|gem|pip|drush|redis-server|curl|sudo|apt-get|docker|cd|PORT=|SOKETI_|KIT_BROWSERS=)/;

/** What is wrong with commands: their syntax, scripts that do not exist, programs that nobody has mentioned. */
export function wrongCommands(code: string): string[] {
  const { scripts } = readJson('package.json') as { scripts: Record<string, string> };
  const wrong: string[] = [];
  const { status, stderr } = spawnSync('bash', ['-n', '-c', code], { encoding: 'utf8' });
  if (status !== 0) wrong.push(stderr);
  for (const [, name = ''] of code.matchAll(/npm run (?:--silent )?([\w:-]+)/g))
    if (!(name in scripts)) wrong.push(`npm run ${name}`);
  for (const [, file = ''] of code.matchAll(/\bnode (?:--import tsx |--test )*([\w./-]+\.(?:mjs|ts))/g))
    if (!existsSync(join(root, file)) && !existsSync(join(root, 'docs/guides/endpoints', file)))
      wrong.push(file);
  const commands = code
    .replaceAll(/\\\n/g, ' ')
    .split(/\n|&&/)
    .map((line) => line.replace(/\s#.*/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return [...wrong, ...commands.filter((line) => !line.startsWith('npm run ') && !programs.test(line))];
}

/** The file that a block says that it is. */
export function fileOf(block: CodeBlock): string {
  const [name] = valuesOf(block, 'file');
  if (name === undefined)
    throw new Error('A block in this language has to be a file: <!-- test\\nfile: … -->');
  return join(root, dirname(block.file), name);
}

const checks: Readonly<Record<string, readonly [program: string, ...args: string[]]>> = {
  '.mjs': [process.execPath, '--check'],
  '.php': ['php', '-l'],
  '.rb': ['ruby', '-c'],
  '.py': ['python3', '-c', 'import ast, sys; ast.parse(open(sys.argv[1]).read(), sys.argv[1])'],
};

/** Whether the file can be read by its language: what is wrong, or undefined; `skipped` where the program is missing. */
export function checkSyntax(file: string): { readonly wrong?: string; readonly skipped?: string } {
  const [program, ...args] = checks[extname(file)] ?? [];
  if (program === undefined) throw new Error(`Nothing is known about ${file}`);
  const { status, stdout, stderr, error } = spawnSync(program, [...args, file], { encoding: 'utf8' });
  if (error) return { skipped: `${program} is not installed` };
  return status === 0 ? {} : { wrong: `${stdout}${stderr}` };
}

/** What nginx says about settings, without their certificates, which are the reader's; `skipped` where it is missing. */
export function checkNginx(code: string): { readonly wrong?: string; readonly skipped?: string } {
  const plain = code
    .replaceAll(/^\s*ssl_certificate.*$/gm, '')
    .replaceAll('listen 443 ssl', 'listen 127.0.0.1:8443');
  const folder = mkdtempSync(join(tmpdir(), 'guide-nginx-'));
  try {
    const file = join(folder, 'nginx.conf');
    writeFileSync(file, `pid ${folder}/pid;\nerror_log stderr;\nevents {}\nhttp {\n${plain}\n}\n`);
    const { status, stderr, error } = spawnSync('nginx', ['-t', '-q', '-c', file, '-e', 'stderr'], {
      encoding: 'utf8',
    });
    if (error) return { skipped: 'nginx is not installed' };
    return status === 0 ? {} : { wrong: stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
