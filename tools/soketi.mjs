// A Channels server that nobody here wrote, soketi, as a child process. It lives in a folder of its own with its own
// lock file: it is AGPL and is never imported or shipped, and npm honours the overrides it needs only there.
//   SOKETI=require  its absence is an error (continuous integration)
//   SOKETI=off      leave it out, and do not install it
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('./soketi/', import.meta.url));
const program = join(folder, 'node_modules/@soketi/soketi/bin/server.js');
const exitWithParent = new URL('./exit-with-parent.mjs', import.meta.url).href;
const host = '127.0.0.1';
// The native half of soketi has prebuilt files for Node 16, 18 and 20, and its fallback does not work.
const nodeModulesVersion = '115';

function reasonToSkip() {
  if (process.env.SOKETI === 'off') return 'SOKETI=off';
  if (process.versions.modules !== nodeModulesVersion)
    return `soketi needs Node 20, and this is ${process.version}`;
  if (!existsSync(program)) return 'soketi is not installed (npm ci --prefix tools/soketi)';
  return undefined;
}

/** Why the soketi tests cannot run here, or undefined. Throws instead where SOKETI=require. */
export function soketiSkipReason() {
  const reason = reasonToSkip();
  if (reason && process.env.SOKETI === 'require') throw new Error(`SOKETI=require, but ${reason}`);
  return reason;
}

/** Installs soketi where it can run and is missing. Says what it does; a failure is reported, not thrown. */
export function installSoketi() {
  if (existsSync(program) || process.env.SOKETI === 'off' || process.versions.modules !== nodeModulesVersion)
    return;
  console.log('(installing soketi into tools/soketi for the conformance tests: npm ci, once)');
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: folder,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  );
  if (status !== 0) console.warn('(soketi could not be installed; the tests that need it will be skipped)');
}

async function freePort() {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Proof that this is the real thing on its native sockets, so that a stub cannot stand in by accident. */
async function assertReal(port, output) {
  const response = await fetch(`http://${host}:${port}/ready`);
  if (response.status !== 200) throw new Error(`soketi answered ${response.status} to /ready`);
  const version = response.headers.get('uWebSockets');
  if (version !== '20') throw new Error(`soketi should say "uWebSockets: 20"; it says ${version}`);
  if (!output().includes('Server is up and running')) throw new Error('soketi printed no banner');
}

export async function startSoketi({ port: wanted, apps, settings } = {}) {
  const reason = reasonToSkip();
  if (reason) throw new Error(reason);

  const template = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
  const port = wanted || (await freePort());
  const config = {
    ...template,
    port,
    'metrics.port': await freePort(), // opened even when metrics are off
    ...(apps && { 'appManager.array.apps': apps }),
    ...settings,
  };
  const scratch = mkdtempSync(join(tmpdir(), 'soketi-'));
  const configFile = join(scratch, 'config.json');
  writeFileSync(configFile, JSON.stringify(config));

  const child = spawn(
    process.execPath,
    ['--import', exitWithParent, program, 'start', `--config=${configFile}`],
    {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (printed += text));
  const output = () => printed;
  const ended = new Promise((resolve) => child.once('close', resolve)).then(() =>
    rmSync(scratch, { recursive: true, force: true }),
  );
  const isRunning = () => child.exitCode === null && child.signalCode === null;

  async function stop(signal = 'SIGTERM') {
    if (isRunning()) child.kill(signal);
    // It closes its sockets within the grace period of the configuration; this is for the day it does not.
    const lastResort = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(lastResort);
  }

  try {
    const deadline = Date.now() + 15_000;
    while (!printed.includes('Server is up and running')) {
      if (!isRunning()) throw new Error('soketi ended while starting');
      if (Date.now() > deadline) throw new Error('soketi did not start within 15 seconds');
      await sleep(20);
    }
    await assertReal(port, output);
  } catch (error) {
    await stop('SIGKILL');
    throw new Error(`${error.message}; it printed:\n${printed}`, { cause: error });
  }

  return {
    host,
    port,
    apps: config['appManager.array.apps'],
    output,
    stop,
    restart: async () => {
      await stop();
      return startSoketi({ port, apps, settings });
    },
  };
}
