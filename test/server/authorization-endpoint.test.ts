import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { ServerApp } from '../../src/testing/index.js';
import { ChannelsServer } from './channels-server.js';
import { RawClient } from './raw-client.js';

let server: ChannelsServer;
let app: ServerApp;
let key: string;
let client: RawClient;
let count = 0;

before(async () => {
  server = new ChannelsServer();
  await server.listen();
});

after(async () => {
  await server.close();
});

beforeEach(async () => {
  count += 1;
  key = `app-${count}`;
  app = server.core.addApp({ key });
  client = await RawClient.connect(server.port, key);
});

function ask(
  parameters: Readonly<Record<string, string>>,
  path: string = '/pusher/auth',
  init: RequestInit = {},
): Promise<Response> {
  const body = new URLSearchParams({ socket_id: client.socketId, ...parameters });
  return fetch(`${server.address}${path}`, { method: 'POST', body, ...init });
}

/** Whether the server itself takes what the endpoint signed for it. */
async function isTaken(channel: string, answer: unknown): Promise<boolean> {
  client.say('pusher:subscribe', { channel, ...(answer as object) });
  await client.settles();
  return app.connection(client.socketId)?.channels.includes(channel) ?? false;
}

describe('the authorization endpoint (protocol.md §8)', () => {
  it('signs private channels for the socket that asks', async () => {
    const answer: unknown = await (await ask({ channel_name: 'private-orders' })).json();
    assert.ok(await isTaken('private-orders', answer));
  });

  it('signs presence channels with the user that the parameters name', async () => {
    const response = await ask({
      channel_name: 'presence-lobby',
      user_id: 'ann',
      user_info: '{"name":"Ann"}',
    });
    assert.ok(await isTaken('presence-lobby', await response.json()));
    assert.deepEqual(app.channel('presence-lobby')?.members, [{ userId: 'ann', userInfo: { name: 'Ann' } }]);
  });

  it('gives a shared secret for encrypted channels', async () => {
    const response = await ask({ channel_name: 'private-encrypted-vault' });
    const answer = (await response.json()) as { shared_secret: string };
    assert.equal(Buffer.from(answer.shared_secret, 'base64').length, 32);
    assert.ok(await isTaken('private-encrypted-vault', answer));
  });

  it('signs users', async () => {
    const response = await ask({ user_id: 'ann', watchlist: '["bob"]' }, '/pusher/user-auth');
    client.say('pusher:signin', await response.json());
    await client.hears('pusher:signin_success');
    assert.deepEqual(app.connection(client.socketId)?.user?.watchlist, ['bob']);
  });

  it('records method, path, headers and decoded parameters', async () => {
    const parameters = { channel_name: 'private-orders', note: 'a & b = ü' };
    await ask(parameters, '/pusher/auth', { headers: { 'x-csrf-token': 'abc' } });
    const [request] = server.authorization.requests(key);
    assert.deepEqual(request?.parameters, { socket_id: client.socketId, ...parameters });
    assert.deepEqual(
      [request.method, request.path, request.headers['x-csrf-token']],
      ['POST', '/pusher/auth', 'abc'],
    );
  });

  it('refuses a socket that is not connected, unless the address names the app', async () => {
    assert.equal((await ask({ socket_id: '1.1', channel_name: 'private-orders' })).status, 403);
    const named = await ask({ socket_id: '1.1', channel_name: 'private-orders' }, `/pusher/auth?app=${key}`);
    assert.equal(named.status, 200);
  });

  it('answers 400 to a socket id or a channel that cannot be signed', async () => {
    assert.equal(
      (await ask({ socket_id: 'x', channel_name: 'private-a' }, `/pusher/auth?app=${key}`)).status,
      400,
    );
    assert.equal((await ask({ channel_name: '' })).status, 400);
  });

  it('answers a script for JSONP, and refuses a callback that is not a path of identifiers', async () => {
    const query = `socket_id=${client.socketId}&channel_name=private-orders`;
    const get = (callback: string): Promise<Response> =>
      fetch(`${server.address}/pusher/auth?callback=${encodeURIComponent(callback)}&${query}`);
    const script = await (await get("Pusher.auth_callbacks['1']")).text();
    assert.match(script, /^Pusher\.auth_callbacks\['1'\]\(\{"auth":"app-\d+:[0-9a-f]{64}"\}\);$/);
    assert.equal((await get('alert(1);x')).status, 400);
  });

  it('lets pages of other origins ask and read, with what headers they want, unless that is switched off', async () => {
    const headers = { origin: 'http://page.test', 'access-control-request-headers': 'x-csrf-token' };
    const preflight = await ask({}, '/pusher/auth', { method: 'OPTIONS', headers, body: null });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-headers'), 'x-csrf-token');
    const open = await ask({ channel_name: 'private-orders' }, '/pusher/auth', { headers });
    assert.equal(open.headers.get('access-control-allow-origin'), 'http://page.test');
    server.authorization.script(key, { hasCORS: false });
    const closed = await ask({ channel_name: 'private-orders' }, '/pusher/auth', { headers });
    assert.equal(closed.headers.get('access-control-allow-origin'), null);
  });
});

describe('the switches of the authorization endpoint (protocol.md §12.9)', () => {
  const orders = { channel_name: 'private-orders' };

  it('answer 201 with a signature', async () => {
    server.authorization.script(key, { status: 201 });
    const response = await ask(orders);
    assert.equal(response.status, 201);
    assert.ok(await isTaken('private-orders', await response.json()));
  });

  for (const status of [401, 403, 419, 500]) {
    it(`answer ${status}`, async () => {
      server.authorization.script(key, { status });
      assert.equal((await ask(orders)).status, status);
    });
  }

  for (const [body, expected] of [
    ['not-json', 'Forbidden'],
    ['not-object', '["auth"]'],
    ['html', '<!doctype html><title>Sign in</title>'],
    ['empty', ''],
  ] as const) {
    it(`answer 200 with a body that is ${body}`, async () => {
      server.authorization.script(key, { body });
      const response = await ask(orders);
      assert.deepEqual([response.status, await response.text()], [200, expected]);
    });
  }

  it('sign wrongly', async () => {
    server.authorization.script(key, { body: 'wrong-signature' });
    assert.equal(await isTaken('private-orders', await (await ask(orders)).json()), false);
  });

  it('leave the channel data out of presence', async () => {
    server.authorization.script(key, { body: 'without-channel-data' });
    const answer = (await (await ask({ channel_name: 'presence-lobby' })).json()) as object;
    assert.deepEqual(Object.keys(answer), ['auth']);
  });

  it('answer late', async () => {
    server.authorization.script(key, { delay: 60 });
    const before = performance.now();
    await ask(orders);
    assert.ok(performance.now() - before >= 55);
  });
});
