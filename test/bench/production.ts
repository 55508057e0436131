/** What the page gets: the client as it ships, minified; pusher-js as it ships; and the benchmark itself. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import { minify, plugins, strict } from '../../tools/bundle.mjs';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Text by path. */
export type Files = ReadonlyMap<string, string>;

export async function pageFiles(): Promise<Files> {
  const client = await rollup({ ...strict, input: 'src/index.ts', plugins: plugins() });
  const { output } = await client.generate({ format: 'es', plugins: [minify()] });
  await client.close();
  const page = await build({
    entryPoints: [file('page/main.ts')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  return new Map([
    ...output.map((chunk): [string, string] => [
      `/ours/${chunk.fileName}`,
      chunk.type === 'chunk' ? chunk.code : String(chunk.source),
    ]),
    ['/peer.js', readFileSync(file('../../node_modules/pusher-js/dist/web/pusher.min.js'), 'utf8')],
    ['/page.js', page.outputFiles[0]!.text],
    [
      '/',
      '<!doctype html><meta charset="utf-8"><title>loading</title><link rel="icon" href="data:,">' +
        '<script src="/peer.js"></script><script type="module" src="/page.js"></script>',
    ],
  ]);
}
