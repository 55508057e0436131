/** The endpoints of the guides, run as their readers would run them (issue 6 §6). */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { createWebSocketTransport, Pusher } from '../../src/index.js';
import type { PusherOptions } from '../../src/index.js';
import { root } from '../package/source-files.js';
import { ChannelsServer } from '../server/channels-server.js';

const folder = join(root, 'docs/guides/endpoints');
const app = { id: '1', key: 'guide-key', secret: 'guide-secret' };

describe('the endpoints of the guides', () => {
  const server = new ChannelsServer({ apps: [app] });
  const children: ChildProcess[] = [];
  const clients: Pusher[] = [];

  /** Starts one; the first line that it prints. */
  async function start(file: string, variables: Record<string, string> = {}): Promise<string> {
    const child = spawn(process.execPath, [join(folder, file)], {
      env: {
        ...process.env,
        PUSHER_APP_ID: app.id,
        PUSHER_KEY: app.key,
        PUSHER_SECRET: app.secret,
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const ended = once(child, 'exit').then(([code]) => {
      assert.equal(code, 0, errors);
      return '';
    });
    return Promise.race([once(child.stdout, 'data').then(([text]) => String(text)), ended]);
  }

  const connect = (options: Partial<PusherOptions>): Pusher => {
    const pusher = new Pusher(app.key, {
      wsHost: server.host,
      wsPort: server.port,
      forceTLS: false,
      enabledTransports: ['ws'],
      transport: createWebSocketTransport(WebSocket),
      ...options,
    });
    clients.push(pusher);
    return pusher;
  };

  before(() => server.listen());
  after(async () => {
    for (const client of clients) client.dispose();
    for (const child of children) child.kill();
    await server.close();
  });

  it('node.mjs signs for whoever is signed in, and for nobody else', async () => {
    // Port 0 is whichever is free; the program says "Listening on port 0" then, so it is given a free one instead.
    const port = String(server.port + 1 > 65_535 ? server.port - 1 : server.port + 1);
    assert.match(await start('node.mjs', { PORT: port }), /Listening/);
    const asked = (channel: string, headers: Record<string, string>): Promise<'subscribed' | number> =>
      new Promise((resolve) => {
        const pusher = connect({ authEndpoint: `http://127.0.0.1:${port}/pusher/auth`, auth: { headers } });
        const subscribed = pusher.subscribe(channel);
        subscribed.bind('pusher:subscription_succeeded', () => {
          resolve('subscribed');
        });
        subscribed.bind('pusher:subscription_error', ({ status }: { status?: number }) => {
          resolve(status ?? 0);
        });
      });
    const ada = { cookie: 'session=ada-session' };
    assert.equal(await asked('private-orders', ada), 'subscribed');
    assert.equal(await asked('private-user-7', ada), 'subscribed');
    assert.equal(await asked('private-user-8', ada), 403);
    assert.equal(await asked('private-orders', {}), 401);
    assert.equal(await asked('presence-lobby', ada), 'subscribed');
    const members = server.core.app(app.key).channel('presence-lobby')?.members ?? [];
    assert.deepEqual(JSON.parse(JSON.stringify(members)), [{ userId: '7', userInfo: { name: 'Ada' } }]);
    const other = await fetch(`http://127.0.0.1:${port}/elsewhere`);
    assert.equal(other.status, 404);
    const malformed = await fetch(`http://127.0.0.1:${port}/pusher/auth`, {
      method: 'POST',
      headers: ada,
      body: 'socket_id=nonsense&channel_name=private-orders',
    });
    assert.equal(malformed.status, 400);
  });

  it('publish.mjs sends an event to whoever listens', async () => {
    const channel = connect({}).subscribe('prices');
    const heard = new Promise((resolve) => channel.bind('tick', resolve));
    await new Promise((resolve) => channel.bind('pusher:subscription_succeeded', resolve));
    await start('publish.mjs', { PUSHER_HOST: server.host, PUSHER_PORT: String(server.port) });
    assert.deepEqual(await heard, { bid: 41 });
  });
});
