/** What the page gets: client and elements as they ship, minified; pusher-js as it ships; and the benchmark itself. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import { minify, plugins, strict } from '../../tools/bundle.mjs';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Text by path. */
export type Files = ReadonlyMap<string, string>;

/** The elements that rows 5 and 8 put on a page. */
const elements = ['connection', 'status', 'channel', 'value', 'list'];

/** The minified chunks of one bundle, under `folder`. */
async function chunks(folder: string, input: string | Record<string, string>): Promise<[string, string][]> {
  const bundle = await rollup({
    ...strict,
    input,
    plugins: plugins(),
    logLevel: 'warn',
    // As in an application, which is the entry itself: else the client gets a second file that only passes its names on.
    preserveEntrySignatures: 'allow-extension',
  });
  const { output } = await bundle.generate({
    format: 'es',
    entryFileNames: '[name].js',
    plugins: [minify()],
    ...(typeof input !== 'string' && { experimentalMinChunkSize: 6000 }), // as dist/cdn/elements has it
  });
  await bundle.close();
  return output.map((chunk) => [
    `${folder}/${chunk.fileName}`,
    chunk.type === 'chunk' ? chunk.code : String(chunk.source),
  ]);
}

export async function pageFiles(): Promise<Files> {
  const page = await build({
    entryPoints: [file('page/main.ts')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  return new Map([
    ...(await chunks('/ours', 'src/index.ts')),
    // A bundle of its own, so that the other rows measure the client alone.
    ...(await chunks('/elements', {
      client: 'src/index.ts',
      ...Object.fromEntries(elements.map((name) => [name, `components/${name}/define.ts`])),
    })),
    ['/empty', '<!doctype html><meta charset="utf-8"><title>empty</title><link rel="icon" href="data:,">'],
    ['/peer.js', readFileSync(file('../../node_modules/pusher-js/dist/web/pusher.min.js'), 'utf8')],
    ['/page.js', page.outputFiles[0]!.text],
    [
      '/',
      '<!doctype html><meta charset="utf-8"><title>loading</title><link rel="icon" href="data:,">' +
        '<script src="/peer.js"></script><script type="module" src="/page.js"></script>',
    ],
  ]);
}
