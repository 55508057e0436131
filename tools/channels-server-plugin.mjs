// Runs the local Channels server beside the browser tests and tells the test pages where it is:
//   import { serverAddress } from '../server-address.js'; // { host, port }, see test/server-address.d.ts
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const start = 'test/server/start-for-browsers.ts';
const exitWithParent = new URL('./exit-with-parent.mjs', import.meta.url).href;
const host = '127.0.0.1';

/** Starts the server; resolves when it has printed its one line, {"port":N}. */
function startServer() {
  const child = spawn(process.execPath, ['--import', exitWithParent, '--import', 'tsx', start], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`${start} ended with code ${code} before it said its port`)),
    );
    lines.once('line', (line) => {
      child.removeAllListeners('exit');
      try {
        const { port } = JSON.parse(line);
        if (!Number.isInteger(port)) throw new Error('no port');
        resolve({ child, port });
      } catch {
        child.kill();
        reject(new Error(`${start} must print {"port":N} first; it printed: ${line}`));
      }
      lines.on('line', (later) => console.log(later));
    });
  });
}

export function channelsServerPlugin() {
  let server;
  return {
    name: 'channels-server',
    async serverStart() {
      if (existsSync(start)) server = await startServer();
    },
    serverStop() {
      server?.child.kill();
    },
    serve({ path }) {
      if (path !== '/test/server-address.js') return undefined;
      // Without a server only the tests that ask for it fail.
      const body = server
        ? `export const serverAddress = ${JSON.stringify({ host, port: server.port })};`
        : `throw new Error('There is no local server: ${start} does not exist.');`;
      return { body, type: 'js' };
    },
  };
}
