/** Authorization over real HTTP: an endpoint that the official `pusher` package signs for, and servers that misbehave (O-05, O-08, issue 3). */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import ServerLibrary from 'pusher';
import WebSocket from 'ws';
import { createWebSocketTransport, Pusher } from '../../../src/index.js';
import type { AuthorizationOptions, Channel, SubscriptionError } from '../../../src/index.js';
import { ChannelsServer } from '../../server/channels-server.js';
import { until } from '../../server/raw-client.js';

const key = 'kit-key';
const server = new ChannelsServer({ apps: [{ key }] });
let clients: Pusher[] = [];
let others: Server[] = [];

before(() => server.listen());
afterEach(() => {
  for (const client of clients) client.dispose();
  for (const other of others) {
    other.closeAllConnections();
    other.close();
  }
  clients = [];
  others = [];
});
after(() => server.close());

function client(channelAuthorization: AuthorizationOptions = {}): Pusher {
  const pusher = new Pusher(key, {
    wsHost: server.host,
    wsPort: server.port,
    forceTLS: false,
    enabledTransports: ['ws'],
    transport: createWebSocketTransport(WebSocket),
    channelAuthorization: { endpoint: `${server.address}/pusher/auth`, ...channelAuthorization },
    userAuthentication: { endpoint: `${server.address}/pusher/user-auth`, params: { user_id: 'ann' } },
  });
  clients.push(pusher);
  return pusher;
}

/** Another server, with an endpoint that does as it is told; gives its address. */
async function endpoint(answer: RequestListener): Promise<string> {
  const other = createServer(answer);
  others.push(other);
  await new Promise<void>((listening) => {
    other.listen(0, '127.0.0.1', listening);
  });
  return `http://127.0.0.1:${String((other.address() as AddressInfo).port)}/auth`;
}

/** Subscribes to one channel; what it told when it failed. */
async function refused(authorization: AuthorizationOptions): Promise<SubscriptionError> {
  const errors: SubscriptionError[] = [];
  const pusher = client(authorization);
  pusher.subscribe('private-orders').bind('pusher:subscription_error', (error) => errors.push(error));
  await until(() => errors.length > 0);
  assert.equal(pusher.connection.state, 'connected');
  return errors[0]!;
}

const confirmed = (channel: Channel): Promise<void> => until(() => channel.subscribed);

describe('an endpoint that the official library signs for', () => {
  it('is taken by the server for every kind of channel, and for a user (O-05)', async () => {
    const pusher = client({ params: { user_id: 'ann', user_info: '{"name":"Ann"}' } });
    const channels = [
      'private-a',
      'presence-a',
      'private-encrypted-a',
      'private-cache-a',
      'presence-cache-a',
    ].map((name) => pusher.subscribe(name));
    for (const channel of channels) await confirmed(channel);
    const lobby = pusher.subscribe('presence-a');
    assert.deepEqual(lobby.members.me, { id: 'ann', info: { name: 'Ann' } });
    pusher.signin();
    await until(() => pusher.user.id === 'ann');
  });

  it('asks with a form-encoded POST that carries socket_id and channel_name (O-08)', async () => {
    const pusher = client({ headers: { 'X-CSRF-Token': 'abc' } });
    await confirmed(pusher.subscribe('private-o8'));
    const request = server.authorization
      .requests(key)
      .find(({ parameters }) => parameters['channel_name'] === 'private-o8');
    assert.equal(request?.method, 'POST');
    assert.equal(request.headers['content-type'], 'application/x-www-form-urlencoded');
    assert.equal(request.headers['x-csrf-token'], 'abc');
    assert.equal(request.parameters['socket_id'], pusher.connection.socket_id);
  });

  it('gives the key with which the official library has encrypted what it publishes', async () => {
    const { id, secret } = server.core.app(key).settings;
    const publisher = new ServerLibrary({
      ...{ appId: id, key, secret, host: server.host, port: String(server.port), useTLS: false },
      encryptionMasterKeyBase64: createHash('sha256').update(secret).digest('base64'),
    });
    const pusher = client();
    const heard: unknown[] = [];
    const vault = pusher.subscribe('private-encrypted-vault').bind('tick', (payload) => heard.push(payload));
    await confirmed(vault);
    for (const data of [{ n: 1 }, 'words', 7])
      await publisher.trigger('private-encrypted-vault', 'tick', data);
    await until(() => heard.length === 3);
    assert.deepEqual(heard, [{ n: 1 }, 'words', 7]);
  });
});

describe('an endpoint over HTTP', () => {
  it('that redirects to a login page is one error that says so', async () => {
    const address = await endpoint((request, response) => {
      if (request.url === '/login')
        response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Sign in</title>');
      else response.writeHead(302, { Location: '/login' }).end();
    });
    const error = await refused({ endpoint: address });
    assert.equal(error.type, 'AuthError');
    assert.equal(error.status, 200);
    assert.match(error.message, /web page/);
    assert.match(error.remediation, /login page/);
  });

  it('that answers 204 is one error', async () => {
    const error = await refused({ endpoint: await endpoint((_, response) => response.writeHead(204).end()) });
    assert.equal(error.status, 204);
  });

  it('that is not there is one error with the status 0, and is tried again', async () => {
    const address = await endpoint((_, response) => response.end());
    others[0]?.close();
    const error = await refused({ endpoint: address });
    assert.equal(error.status, 0);
    assert.ok(error.retryAt);
  });

  it('that breaks off in the middle of its answer is one error with the status 0', async () => {
    const address = await endpoint((_, response) => {
      response.writeHead(200, { 'Content-Length': '1000' }).write('{"auth":');
      setImmediate(() => response.destroy());
    });
    assert.equal((await refused({ endpoint: address })).status, 0);
  });

  it('that hangs is given up in time, and its connection closed', async () => {
    let isClosed = false;
    const address = await endpoint((_, response) => {
      response.on('close', () => {
        isClosed = true;
      });
    });
    const error = await refused({ endpoint: address, timeout: 50 });
    assert.match(error.message, /in time/);
    await until(() => isClosed);
  });

  it('that wants one request for many channels gets it with batch', async () => {
    const bodies: string[] = [];
    const { id, secret } = server.core.app(key).settings;
    const signer = new ServerLibrary({ appId: id, key, secret, host: server.host });
    const address = await endpoint((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        bodies.push(body);
        const params = [...new URLSearchParams(body)];
        const socketId = params.find(([name]) => name === 'socket_id')?.[1] ?? '';
        const answers = params
          .filter(([name]) => name.startsWith('channel_name['))
          .map(([, channel]) => [channel, { status: 200, data: signer.authorizeChannel(socketId, channel) }]);
        response.end(JSON.stringify(Object.fromEntries(answers)));
      });
    });
    const pusher = client({ endpoint: address, batch: true });
    await until(() => pusher.connection.state === 'connected');
    const channels = ['private-a', 'private-b', 'private-c'].map((name) => pusher.subscribe(name));
    for (const channel of channels) await confirmed(channel);
    assert.equal(bodies.length, 1);
  });
});
