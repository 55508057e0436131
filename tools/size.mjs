// Counts bytes exactly (brotli, quality 11) and compares them with size.json. A number that moves in either direction
// fails until it is written down in the same commit: npm run size -- --update
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { rollup } from 'rollup';
import { cdnOutput, minify, plugins, strict } from './bundle.mjs';

const record = 'size.json';

/** An entry that exists only here: it imports the given modules for their side effects. */
const virtualEntry = (paths) => ({
  name: 'virtual-entry',
  resolveId: (id) => (id === 'virtual-entry.js' ? join(process.cwd(), id) : null),
  load: (id) =>
    id === join(process.cwd(), 'virtual-entry.js')
      ? { code: paths.map((path) => `import './${path}';`).join('\n'), moduleSideEffects: true }
      : null,
});

const compressedSize = (code) =>
  brotliCompressSync(code, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(code),
    },
  }).length;

/** The minified chunks of one bundle: those that load at once, and those that load when needed. */
async function bundle(input, output, extraPlugins = []) {
  const build = await rollup({
    ...strict,
    input,
    plugins: [...extraPlugins, ...plugins()],
    // As in an application, which is the entry itself: else the client gets a second file that only passes its names on.
    preserveEntrySignatures: 'allow-extension',
  });
  const { output: files } = await build.generate({ ...output, plugins: [minify()] });
  await build.close();
  const chunks = new Map(
    files.filter((file) => file.type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
  );
  const atOnce = new Set();
  const follow = (fileName) => {
    if (atOnce.has(fileName) || !chunks.has(fileName)) return;
    atOnce.add(fileName);
    chunks.get(fileName).imports.forEach(follow);
  };
  for (const chunk of chunks.values()) if (chunk.isEntry) follow(chunk.fileName);
  const sum = (wanted) =>
    [...chunks.values()].filter(wanted).reduce((total, chunk) => total + compressedSize(chunk.code), 0);
  return {
    bytes: sum((chunk) => atOnce.has(chunk.fileName)),
    later: sum((chunk) => !atOnce.has(chunk.fileName)),
  };
}

const threeTags = ['connection', 'status', 'channel'].map((name) => `components/${name}/define.js`);
const measured = {
  client: await bundle('src/index.ts', { format: 'es' }),
  'connection, status, channel with Lit': await bundle('virtual-entry.js', { format: 'es' }, [
    virtualEntry(threeTags),
  ]),
  loader: await bundle('components/loader/loader.ts', cdnOutput),
  everything: await bundle('components/loader/all.ts', cdnOutput),
};

const update = process.argv.includes('--update');
const numbers = Object.fromEntries(Object.entries(measured).map(([name, { bytes }]) => [name, bytes]));
if (update) writeFileSync(record, `${JSON.stringify(numbers, null, 2)}\n`);

const recorded = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : {};
let moved = 0;
for (const name of new Set([...Object.keys(numbers), ...Object.keys(recorded)])) {
  const now = numbers[name];
  const before = recorded[name];
  if (now !== before) moved++;
  const later = measured[name]?.later ? ` (and ${measured[name].later} loaded when needed)` : '';
  const change = now === before ? '' : `, recorded: ${before ?? 'nothing'}`;
  console.log(`${String(now ?? 'gone').padStart(7)} bytes brotli  ${name}${later}${change}`);
}
if (moved) {
  console.error(
    `${moved} of the sizes in ${record} moved. If that is meant: npm run size -- --update, and commit it.`,
  );
  process.exitCode = 1;
}
