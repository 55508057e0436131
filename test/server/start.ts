/** `npm start`: builds what is missing, starts the demo and says where it is. `PORT` chooses another port. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Demo } from './demo.js';

/** Where self-hosted Channels servers listen by custom. Fixed, so that a page finds the server again. */
const usualPort = 6001;

const project = fileURLToPath(new URL('../..', import.meta.url));

function buildIfMissing(): void {
  if (existsSync(new URL('../../dist/cdn', import.meta.url))) return;
  process.stdout.write('Building the elements first …\n');
  const { status } = spawnSync('npm', ['run', '--silent', 'build:js'], {
    cwd: project,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  process.stderr.write('The build failed; "npm run build" says more.\n');
  process.exit(1);
}

async function startOnFreePort(demo: Demo, port: number): Promise<void> {
  try {
    await demo.start(port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    process.stdout.write(`Port ${port} is taken; using a free one.\n`);
    await demo.start(0);
  }
}

buildIfMissing();
const demo = new Demo();
await startOnFreePort(demo, Number(process.env['PORT'] ?? usualPort));
const { address, port } = demo.server;
process.stdout.write(`
  The demo:  ${address}/
  A shop:    ${address}/shop.html

  Open it and watch events arrive once a second. Then stop this server with Ctrl+C
  and watch the badge; start it again with ${port === usualPort ? '"npm start"' : `"PORT=${port} npm start"`} and the page comes back by itself.

  This is a development server: it listens on this machine only.
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void demo.close().then(() => process.exit());
  });
}
