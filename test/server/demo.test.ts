import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import Pusher from 'pusher';
import { ChannelsServer } from './channels-server.js';
import { createApp } from './control-client.js';
import { Demo } from './demo.js';
import { RawClient } from './raw-client.js';
import { StaticFiles } from './static-files.js';

describe('the demo server', () => {
  it('publishes a price and a count again and again', async () => {
    const demo = new Demo();
    await demo.start(0);
    const client = await RawClient.connect(demo.server.port, 'demo-key');
    await client.subscribe('prices');
    await client.subscribe('counter');
    const tick = JSON.parse(String((await client.hears('tick')).data)) as object;
    const { count } = JSON.parse(String((await client.hears('count')).data)) as { count: number };
    assert.deepEqual(Object.keys(tick), ['symbol', 'price', 'change', 'at']);
    assert.ok(count >= 1);
    client.close();
    await demo.close();
  });
});

describe('the endpoint of the demo (issue 3: signed by the official package)', () => {
  const visitor = '0badcafe-0000-4000-8000-000000000001';
  const official = new Pusher({ appId: '1', key: 'demo-key', secret: 'demo-key-secret', host: '127.0.0.1' });
  let demo: Demo;
  let client: RawClient;

  before(async () => {
    demo = new Demo();
    await demo.start(0);
    client = await RawClient.connect(demo.server.port, 'demo-key');
  });

  after(async () => {
    client.close();
    await demo.close();
  });

  const ask = (parameters: Readonly<Record<string, string>>): Promise<Response> =>
    fetch(`${demo.server.address}/demo/auth`, {
      method: 'POST',
      body: new URLSearchParams({ socket_id: client.socketId, visitor, ...parameters }),
    });

  it('signs a private channel as the official package does, and its events arrive', async () => {
    const answer = (await (await ask({ channel_name: 'private-orders' })).json()) as { auth: string };
    assert.deepEqual(answer, official.authorizeChannel(client.socketId, 'private-orders'));
    client.say('pusher:subscribe', { channel: 'private-orders', ...answer });
    assert.match(String((await client.hears('order')).data), /Order/);
  });

  it('says who is on the presence channel: the visitor of the page, with a name', async () => {
    const answer = (await (await ask({ channel_name: 'presence-lobby' })).json()) as { channel_data: string };
    const { user_id, user_info } = JSON.parse(answer.channel_data) as {
      user_id: string;
      user_info: { name: string };
    };
    assert.equal(user_id, visitor);
    assert.match(user_info.name, /^[A-Z]/);
    client.say('pusher:subscribe', { channel: 'presence-lobby', ...answer });
    await client.settles();
    assert.equal(demo.server.core.app('demo-key').channel('presence-lobby')?.members[0]?.userId, visitor);
  });

  it('gives the key of an encrypted channel, whose notes cannot be read on the wire', async () => {
    const answer = (await (await ask({ channel_name: 'private-encrypted-notes' })).json()) as {
      shared_secret: string;
    };
    assert.equal(Buffer.from(answer.shared_secret, 'base64').length, 32);
    client.say('pusher:subscribe', { channel: 'private-encrypted-notes', ...answer });
    const note = JSON.parse(String((await client.hears('note')).data)) as object;
    assert.deepEqual(Object.keys(note).sort(), ['ciphertext', 'nonce']);
  });

  it('signs nothing else, for nobody else', async () => {
    assert.equal((await ask({ channel_name: 'private-salaries' })).status, 403);
    assert.equal((await ask({ channel_name: 'private-orders', visitor: 'root' })).status, 403);
    assert.equal((await ask({ channel_name: 'private-orders', socket_id: 'x' })).status, 400);
    assert.equal((await fetch(`${demo.server.address}/demo/auth`)).status, 405);
  });
});

describe('the files of the demo', () => {
  let folder: string;
  let server: ChannelsServer;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-files-'));
    await mkdir(join(folder, 'pages', 'sub'), { recursive: true });
    await mkdir(join(folder, 'dist'));
    await writeFile(join(folder, 'secret.js'), 'secret');
    await writeFile(join(folder, 'pages', 'index.html'), '<p>{{port}} {{unknown}}</p>');
    await writeFile(join(folder, 'pages', 'sub', 'index.html'), 'sub');
    await writeFile(join(folder, 'pages', 'page.js'), '{{port}}');
    await writeFile(join(folder, 'pages', 'notes.txt'), 'no type');
    await writeFile(join(folder, 'dist', 'kit.js'), 'kit');
    await symlink(join(folder, 'secret.js'), join(folder, 'pages', 'link.js'));
    const files = new StaticFiles(
      [
        { prefix: '/dist/', folder: join(folder, 'dist') },
        { prefix: '/', folder: join(folder, 'pages') },
      ],
      () => ({ port: '6001' }),
    );
    server = new ChannelsServer({ answerOther: (request) => files.answer(request) });
    await server.listen();
  });

  after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  /** With a path that is sent as it is: `fetch` would tidy it up first. */
  async function fetchRaw(
    path: string,
  ): Promise<{ status: number | undefined; text: string; type: string | undefined }> {
    return new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port: server.port, path }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () => {
          resolve({ status: response.statusCode, text, type: response.headers['content-type'] });
        });
      }).on('error', reject);
    });
  }

  it('are found by path, an index for a folder, with their type', async () => {
    assert.equal((await fetchRaw('/')).type, 'text/html; charset=utf-8');
    assert.equal((await fetchRaw('/sub/')).text, 'sub');
    assert.equal((await fetchRaw('/dist/kit.js?v=1')).text, 'kit');
    assert.equal((await fetchRaw('/page.js')).type, 'text/javascript; charset=utf-8');
  });

  it('have the server’s words filled in, in pages only, and unknown ones left alone', async () => {
    assert.equal((await fetchRaw('/')).text, '<p>6001 {{unknown}}</p>');
    assert.equal((await fetchRaw('/page.js')).text, '{{port}}');
  });

  for (const path of [
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/sub/..%2f..%2fsecret.js',
    '/dist/../../secret.js',
    '/link.js',
    '/nothing.js',
    '/notes.txt',
    '/page.js%00.html',
    '/%',
    '//etc/passwd',
  ]) {
    it(`do not include ${path}`, async () => {
      assert.equal((await fetchRaw(path)).status, 404);
    });
  }
});

describe('the server beside a browser test run', () => {
  it('prints its port first, serves, and ends with its standard input', async () => {
    const script = fileURLToPath(new URL('./start-for-browsers.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { port } = JSON.parse(line) as { port: number };
    const app = await createApp(`http://127.0.0.1:${port}`);
    const client = await RawClient.connect(port, app.key);
    const exited = once(child, 'exit');
    child.stdin.end();
    await exited;
    assert.equal((await client.ends()).code, 1006);
  });
});
