// Writes the tables of the elements into README.md, between its markers, from custom-elements.json.
//   node tools/readme-tables.mjs            writes them
//   node tools/readme-tables.mjs --check    fails when they are not what they should be
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { defaultOf, meaningOf, plain } from './manifest-words.mjs';

const file = 'README.md';
const start = '<!-- elements: written by "npm run docs:tables" -->';
const end = '<!-- /elements -->';
/** In the order in which one meets them. */
const tags = [
  'pusher-connection',
  'pusher-status',
  'pusher-channel',
  'pusher-value',
  'pusher-list',
  'pusher-presence',
  'pusher-event',
  'pusher-trigger',
  'pusher-toasts',
];

const manifest = JSON.parse(readFileSync('custom-elements.json', 'utf8'));
const declarations = manifest.modules.flatMap((module) => module.declarations ?? []);

const cell = (text) => text.replaceAll('|', '\\|');
const code = (text) => `\`${text}\``;

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const names = (entries = [], prefix = '') =>
  entries.map(({ name }) => code(name === '' ? 'default' : prefix + name)).join(', ');

function methods({ members }) {
  const own = members.filter(
    ({ kind, name, static: isStatic }) => kind === 'method' && !isStatic && !name.startsWith('_'),
  );
  return own.map(({ name }) => code(`${name}()`)).join(', ');
}

function section(tag) {
  const element = declarations.find(({ tagName }) => tagName === tag);
  if (!element) throw new Error(`custom-elements.json has no <${tag}>: run "npm run build:manifest".`);
  const attributes = element.attributes.filter(({ description }) => description);
  const lists = [
    ['Methods', methods(element)],
    ['Slots', names(element.slots)],
    ['Parts', names(element.cssParts)],
    ['Custom properties', names(element.cssProperties)],
    ['Custom states', names(element.cssStates)],
  ].filter(([, list]) => list);
  return [
    `### \`<${tag}>\``,
    plain(element.description).split(/(?<=\.) /)[0],
    table(
      ['attribute', 'default', 'meaning'],
      attributes.map((attribute) => [code(attribute.name), defaultOf(attribute), meaningOf(attribute)]),
    ),
    table(
      ['event', 'when'],
      element.events.map((event) => [code(event.name), plain(event.description)]),
    ),
    lists.map(([name, list]) => `- ${name}: ${list}`).join('\n'),
  ].join('\n\n');
}

const readme = readFileSync(file, 'utf8');
const from = readme.indexOf(start);
const to = readme.indexOf(end);
if (from < 0 || to < from) throw new Error(`${file} has lost its markers: ${start} … ${end}`);
const written = `${readme.slice(0, from)}${start}\n\n${tags.map(section).join('\n\n')}\n\n${readme.slice(to)}`;
const wanted = await format(written, { ...(await resolveConfig(file)), filepath: file });

if (!process.argv.includes('--check')) writeFileSync(file, wanted);
else if (wanted !== readme) {
  console.error(`The tables in ${file} are not those of custom-elements.json: run "npm run docs:tables".`);
  process.exitCode = 1;
}
