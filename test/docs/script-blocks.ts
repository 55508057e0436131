/** Script blocks of the guides: all of them are type-checked in one go, and those for Node run there. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../package/source-files.js';
import { valuesOf, type CodeBlock } from './code-blocks.js';

const sources = {
  'pusher-elements': 'components/index.ts',
  'pusher-elements/define': 'components/define.ts',
  'pusher-elements/define/*': 'components/*/define.ts',
  'pusher-elements/client': 'src/index.ts',
  'pusher-elements/testing': 'src/testing/index.ts',
};

/** The block with what its comment puts in front of it. */
export const scriptOf = (block: CodeBlock): string => [...valuesOf(block, 'given'), block.code].join('\n');

/** Whether a block uses what only Node has, or a server that tests bring along. */
export const isForNode = ({ code }: CodeBlock): boolean =>
  /from '(?:ws|pusher|node:[\w/]+|pusher-elements\/testing)'/.test(code) && !/\bdocument\./.test(code);

// Plain script is checked for what does not exist, not for what might be null.
const lenient = /TS(?:2531|2532|2533|7005|7006|7031|7034|18046|18047|18048):|payload: unknown/;

/** What the compiler says about each block, by its place. */
export function checkTypes(blocks: readonly CodeBlock[]): Map<CodeBlock, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'guide-types-'));
  const files = blocks.map((block, index) => ({ block, name: `block-${index}.ts` }));
  try {
    for (const { block, name } of files)
      writeFileSync(
        join(folder, name),
        `import type {} from '${root}/components/define.ts';\n${scriptOf(block)}\nexport {};\n`,
      );
    const paths = Object.entries(sources).map(([name, path]) => [name, [join(root, path)]] as const);
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          target: 'es2022',
          module: 'esnext',
          moduleResolution: 'bundler',
          lib: ['es2023', 'dom', 'dom.iterable'],
          strict: true,
          noEmit: true,
          skipLibCheck: true,
          allowImportingTsExtensions: true,
          typeRoots: [join(root, 'node_modules/@types')],
          types: ['node'],
          paths: {
            ...Object.fromEntries(paths),
            '*': [join(root, 'node_modules/@types/*'), join(root, 'node_modules/*')],
          },
        },
        files: files.map(({ name }) => name),
      }),
    );
    const compiler = join(root, 'node_modules/.bin/tsc');
    const { stdout, stderr } = spawnSync(compiler, ['-p', folder, '--pretty', 'false'], {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const lines = `${stdout}${stderr}`.split('\n').filter((line) => line.trim() !== '');
    const complaints = new Map<CodeBlock, string[]>();
    for (const { block, name } of files)
      complaints.set(
        block,
        lines.filter((line) => line.startsWith(name) && (block.language === 'ts' || !lenient.test(line))),
      );
    // The sources are checked with the project's own settings. What is about no file is something wrong with this test.
    const other = lines.filter((line) => !/^(?:block-\d+\.ts|\.\.\/|\s)/.test(line));
    if (other.length > 0) throw new Error(other.join('\n'));
    return complaints;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The package `ws`, with every address of Pusher leading to the local server. */
const redirected = (port: number): string => `
import { WebSocket as Real } from ${JSON.stringify(join(root, 'node_modules/ws/wrapper.mjs'))};
export class WebSocket extends Real {
  constructor(url, ...rest) {
    const { pathname, search } = new URL(url);
    super('ws://127.0.0.1:${port}' + pathname + search, ...rest);
  }
}
export default WebSocket;`;

const ending = (block: CodeBlock): string => {
  const promises = valuesOf(block, 'expect');
  // A client that a block makes has to connect.
  if (block.code.includes('const pusher = new Pusher(') && !block.code.includes('FakeClock'))
    promises.push("pusher.connection.state === 'connected'");
  const waits = promises.map(
    (promise) =>
      `for (const end = Date.now() + 15000; !(${promise}); await new Promise((go) => setTimeout(go, 20)))
         if (Date.now() > end) throw new Error(${JSON.stringify(`Not so: ${promise}`)});`,
  );
  return `${waits.join('\n')}\nprocess.exit(0);`;
};

/** What a block says that it prints: the comments behind its code. */
const promisedOutput = (code: string): string[] =>
  [...code.matchAll(/^.*\S.*;[^\S\n]*\/\/ (.+)$/gm)].map((match) => match[1] ?? '');

/** Runs a block in Node against the local server on `port`; rejects with what it did instead. */
export async function runInNode(block: CodeBlock, port: number): Promise<void> {
  // Below the project's folder, so that it finds the packages.
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, 'node_modules/.cache/guide-'));
  try {
    const file = join(folder, 'block.mjs');
    await build({
      stdin: { contents: `${scriptOf(block)}\n${ending(block)}`, resolveDir: root, loader: 'ts' },
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      outfile: file,
      logLevel: 'silent',
      plugins: [
        {
          name: 'from source',
          setup: (bundle) => {
            bundle.onResolve({ filter: /^pusher-elements/ }, ({ path }) => {
              const source = sources[path as keyof typeof sources];
              return source ? { path: join(root, source) } : undefined;
            });
            bundle.onResolve({ filter: /^ws$/ }, () => ({ path: 'ws', namespace: 'redirected' }));
            bundle.onResolve({ filter: /wrapper\.mjs$/ }, ({ path }) => ({ path, external: true }));
            bundle.onLoad({ filter: /./, namespace: 'redirected' }, () => ({
              contents: redirected(port),
              resolveDir: root,
            }));
          },
        },
      ],
    });
    const { code, output, errors } = await run(process.execPath, [file], { cwd: root });
    if (code !== 0) throw new Error(errors || output || `It ended with ${code}.`);
    if (errors !== '') throw new Error(`It wrote to stderr: ${errors}`);
    const promised = promisedOutput(block.code);
    const printed = output.split('\n').filter((line) => line !== '');
    if (promised.length > 0 && promised.join('\n') !== printed.join('\n'))
      throw new Error(`It promises ${JSON.stringify(promised)} and prints ${JSON.stringify(printed)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs a program to its end, at most 60 seconds. */
export function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string } = {},
): Promise<{ code: number | null; output: string; errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, timeout: 60_000, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, output, errors });
    });
  });
}
