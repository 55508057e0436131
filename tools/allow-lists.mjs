// Writes what content management systems have to allow, from custom-elements.json: a list of elements and attributes,
// the same for the WordPress plugin, and the lines for Drupal in its guide, between their markers.
//   node tools/allow-lists.mjs            writes them
//   node tools/allow-lists.mjs --check    fails when they are not what they should be
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { isOutput } from './manifest-words.mjs';

const root = new URL('..', import.meta.url);
const read = (file) => readFileSync(new URL(file, root), 'utf8').replaceAll('\r\n', '\n');

/** Where everything comes from, and where it leads, is for the site to say, and not for the authors of its content. */
const forTheSite = /^(auth-|user-auth-|stats-|href-|signin$|options$)/;

/** Tags, and the attributes that authors may write; each of these can be written `data-<name>` too. */
export function allowList({ modules }) {
  const elements = modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ tagName }) => tagName && tagName !== 'pusher-connection' && tagName !== 'pusher-inspector')
    .map(({ tagName, attributes = [] }) => [
      tagName,
      attributes
        .filter((attribute) => !isOutput(attribute) && !forTheSite.test(attribute.name))
        .map(({ name }) => name)
        .sort(),
    ]);
  return Object.fromEntries(elements.sort(([one], [other]) => (one < other ? -1 : 1)));
}

const php = (list) => `<?php
// The elements that authors may use, and their attributes. Written by "npm run docs:tables".

return [
${Object.entries(list)
  .map(
    ([tag, names]) => `    '${tag}' => [
${names.map((name) => `        '${name}',`).join('\n')}
    ],`,
  )
  .join('\n')}
];
`;

const start = '<!-- tags: written by "npm run docs:tables" -->';
const end = '<!-- /tags -->';

function withTags(file, list) {
  const text = read(file);
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${file} has lost its markers: ${start} … ${end}`);
  // A colon in a value of another attribute is cut off by Drupal, so only data-… is offered.
  const tags = Object.keys(list).map((tag) => `<${tag} data-*>`);
  return `${text.slice(0, from)}${start}\n\n\`\`\`tags\n${tags.join('\n')}\n\`\`\`\n\n${text.slice(to)}`;
}

/** Every file that is written, with its text. */
export async function allowListFiles() {
  const list = allowList(JSON.parse(read('custom-elements.json')));
  const json = 'docs/guides/cms/allow-lists.json';
  const drupal = 'docs/guides/cms/drupal.md';
  return {
    [json]: await format(JSON.stringify(list), {
      ...(await resolveConfig(fileURLToPath(new URL(json, root)))),
      parser: 'json',
    }),
    'docs/examples/wordpress/allow-list.php': php(list),
    [drupal]: withTags(drupal, list),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, text] of Object.entries(await allowListFiles())) {
    if (!process.argv.includes('--check')) writeFileSync(new URL(file, root), text);
    else if (read(file) !== text) {
      console.error(`${file} is not that of custom-elements.json: run "npm run docs:tables".`);
      process.exitCode = 1;
    }
  }
}
