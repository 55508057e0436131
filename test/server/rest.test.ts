import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import Pusher from 'pusher';
import { ChannelsServer } from './channels-server.js';
import { hmacSha256, md5 } from './hmac.js';
import { RawClient } from './raw-client.js';
import { findForgery, stringToSign } from './rest-signature.js';

const key = 'kit-key';
const secret = 'kit-secret';
let server: ChannelsServer;
let publisher: Pusher;
let clients: RawClient[] = [];

before(async () => {
  server = new ChannelsServer({ apps: [{ id: '7', key, secret }] });
  await server.listen();
  publisher = createPublisher();
});

after(async () => {
  await server.close();
});

beforeEach(() => {
  for (const client of clients) client.terminate();
  clients = [];
});

function createPublisher(change: object = {}): Pusher {
  return new Pusher({
    appId: '7',
    key,
    secret,
    host: '127.0.0.1',
    port: String(server.port),
    useTLS: false,
    ...change,
  });
}

async function subscriber(...channels: string[]): Promise<RawClient> {
  const client = await RawClient.connect(server.port, key);
  clients.push(client);
  for (const channel of channels) await client.subscribe(channel);
  return client;
}

async function status(request: Promise<unknown>): Promise<number | undefined> {
  try {
    await request;
    return 200;
  } catch (error) {
    return (error as { status?: number }).status;
  }
}

/** A request signed by hand, for what the official package would not send. */
async function post(path: string, body: string): Promise<number> {
  const now = Math.floor(Date.now() / 1000);
  const query = new URLSearchParams({
    auth_key: key,
    auth_timestamp: String(now),
    auth_version: '1.0',
    body_md5: md5(body),
  });
  query.set('auth_signature', hmacSha256(secret, stringToSign({ method: 'POST', path, query })));
  return (await fetch(`${server.address}${path}?${query.toString()}`, { method: 'POST', body })).status;
}

describe('the signature of a publishing request (protocol.md §9)', () => {
  const body = '{"name":"tick","channels":["prices"],"data":"{\\"bid\\":41}"}';
  const signature = 'ce0f1a293198dcc88a55f148e56faa782dde72a180367e9c0dfad8af8b28a359';
  const timestamp = 1_700_000_000;
  const request = (change: Readonly<Record<string, string>> = {}): Parameters<typeof findForgery>[0] => ({
    method: 'POST',
    path: '/apps/7/events',
    query: new URLSearchParams({
      auth_key: key,
      auth_timestamp: String(timestamp),
      auth_version: '1.0',
      body_md5: '7fa3c5c70256e082c6bbb7903b5571f3',
      auth_signature: signature,
      ...change,
    }),
    body,
  });
  const app = { key, secret };

  it('is that of the protocol reference', () => {
    assert.equal(md5(body), '7fa3c5c70256e082c6bbb7903b5571f3');
    assert.equal(hmacSha256(secret, stringToSign(request())), signature);
    assert.equal(findForgery(request(), app, timestamp), undefined);
  });

  it('holds for ten minutes in both directions', () => {
    assert.equal(findForgery(request(), app, timestamp + 600), undefined);
    assert.equal(findForgery(request(), app, timestamp - 600), undefined);
    assert.match(findForgery(request(), app, timestamp + 601) ?? '', /Timestamp/);
    assert.match(findForgery(request(), app, timestamp - 601) ?? '', /Timestamp/);
  });

  it('covers the body, the key, the version and itself', () => {
    assert.match(findForgery({ ...request(), body: `${body} ` }, app, timestamp) ?? '', /body_md5/);
    assert.match(findForgery(request({ auth_key: 'x' }), app, timestamp) ?? '', /auth_key/);
    assert.match(findForgery(request({ auth_version: '2.0' }), app, timestamp) ?? '', /auth_version/);
    assert.match(findForgery(request({ auth_timestamp: 'soon' }), app, timestamp) ?? '', /Timestamp/);
    assert.match(findForgery(request({ auth_signature: 'x' }), app, timestamp) ?? '', /Invalid signature/);
    assert.match(findForgery(request({ extra: '1' }), app, timestamp) ?? '', /Invalid signature/);
  });
});

describe('publishing with the official package', () => {
  it('triggers an event on one channel and on several', async () => {
    const client = await subscriber('prices', 'news');
    await publisher.trigger('prices', 'tick', { bid: 41 });
    await publisher.trigger(['prices', 'news'], 'close', 'as text');
    await client.settles();
    assert.deepEqual(
      client.frames.filter(({ channel, event }) => channel && !event?.startsWith('pusher')),
      [
        { event: 'tick', channel: 'prices', data: '{"bid":41}' },
        { event: 'close', channel: 'prices', data: 'as text' },
        { event: 'close', channel: 'news', data: 'as text' },
      ],
    );
  });

  it('leaves out the socket that is excluded', async () => {
    const [sender, other] = [await subscriber('prices'), await subscriber('prices')];
    await publisher.trigger('prices', 'tick', {}, { socket_id: sender.socketId });
    await other.hears('tick');
    await sender.settles();
    assert.ok(!sender.events.includes('tick'));
  });

  it('triggers a batch', async () => {
    const client = await subscriber('prices', 'news');
    await publisher.triggerBatch([
      { channel: 'prices', name: 'tick', data: { bid: 41 } },
      { channel: 'news', name: 'headline', data: 'text' },
    ]);
    assert.equal((await client.hears('tick')).data, '{"bid":41}');
    assert.equal((await client.hears('headline')).data, 'text');
  });

  it('rejects a wrong secret, key or app with real status codes', async () => {
    assert.equal(await status(createPublisher({ secret: 'wrong' }).trigger('prices', 'tick', {})), 401);
    assert.equal(await status(createPublisher({ key: 'wrong' }).trigger('prices', 'tick', {})), 401);
    assert.equal(await status(createPublisher({ appId: '8' }).trigger('prices', 'tick', {})), 404);
  });

  it('answers 403 for a disabled app', async () => {
    server.core.addApp({ id: '9', key: 'off', secret, isEnabled: false });
    assert.equal(
      await status(createPublisher({ appId: '9', key: 'off' }).trigger('prices', 'tick', {})),
      403,
    );
  });

  it('takes 10 KB of data and answers 413 for more', async () => {
    assert.equal(await status(publisher.trigger('prices', 'tick', 'x'.repeat(10_240))), 200);
    assert.equal(await status(publisher.trigger('prices', 'tick', 'x'.repeat(10_241))), 413);
  });

  it('tells the channels’ counts when it is asked for them', async () => {
    await subscriber('prices');
    const trigger = await publisher.trigger('prices', 'tick', {}, { info: 'subscription_count' });
    assert.deepEqual(await trigger.json(), { channels: { prices: { subscription_count: 1 } } });
    const batch = await publisher.triggerBatch([
      { channel: 'prices', name: 'tick', data: {}, info: 'subscription_count' },
      { channel: 'news', name: 'tick', data: {} },
    ]);
    assert.deepEqual(await batch.json(), { batch: [{ subscription_count: 1 }, {}] });
  });

  it('lists occupied channels, one channel, and the users of a presence channel', async () => {
    const client = await subscriber('prices');
    const authorization = publisher.authorizeChannel(client.socketId, 'presence-lobby', { user_id: 'ann' });
    client.say('pusher:subscribe', { channel: 'presence-lobby', ...authorization });
    await client.settles();
    const get = async (path: string, params: object = {}): Promise<unknown> =>
      (await publisher.get({ path, params: { ...params } })).json();
    assert.deepEqual(await get('/channels'), { channels: { prices: {}, 'presence-lobby': {} } });
    assert.deepEqual(await get('/channels', { filter_by_prefix: 'presence-', info: 'user_count' }), {
      channels: { 'presence-lobby': { user_count: 1 } },
    });
    assert.deepEqual(await get('/channels/prices', { info: 'subscription_count' }), {
      occupied: true,
      subscription_count: 1,
    });
    assert.deepEqual(await get('/channels/empty'), { occupied: false });
    assert.deepEqual(await get('/channels/presence-lobby/users'), { users: [{ id: 'ann' }] });
    assert.equal(await status(publisher.get({ path: '/channels/prices/users' })), 400);
    assert.equal(await status(publisher.get({ path: '/channels', params: { info: 'user_count' } })), 400);
    assert.equal(await status(publisher.get({ path: '/nothing' })), 404);
  });

  it('signs what the server verifies: private, presence, sign-in, and reaches and ends a user', async () => {
    const client = await subscriber();
    const { socketId } = client;
    client.say('pusher:subscribe', {
      channel: 'private-orders',
      ...publisher.authorizeChannel(socketId, 'private-orders'),
    });
    client.say('pusher:signin', publisher.authenticateUser(socketId, { id: 'ann' }));
    client.say('pusher:subscribe', { channel: '#server-to-user-ann' });
    await client.settles();
    assert.ok(!client.events.includes('pusher:error'));
    await publisher.sendToUser('ann', 'greeting', { hello: 'ann' });
    assert.equal((await client.hears('greeting')).data, '{"hello":"ann"}');
    await publisher.terminateUserConnections('ann');
    assert.equal((await client.ends()).code, 4009);
  });
});

describe('bad publishing requests', () => {
  for (const [what, body] of [
    ['a body that is not JSON', 'tick'],
    ['a body that is an array', '[]'],
    ['no name', '{"channel":"prices","data":"x"}'],
    [
      'a name of more than 200 characters',
      JSON.stringify({ name: 'x'.repeat(201), channel: 'prices', data: 'x' }),
    ],
    ['no channel', '{"name":"tick","data":"x"}'],
    ['no channels', '{"name":"tick","channels":[],"data":"x"}'],
    ['more than 100 channels', JSON.stringify({ name: 'tick', channels: Array(101).fill('x'), data: 'x' })],
    ['a channel name that is refused', '{"name":"tick","channel":"not a channel","data":"x"}'],
    ['a channel that is not text', '{"name":"tick","channel":7,"data":"x"}'],
    ['data that is not text', '{"name":"tick","channel":"prices","data":{}}'],
    ['a socket_id that is none', '{"name":"tick","channel":"prices","data":"x","socket_id":"me"}'],
  ] as const) {
    it(`get 400 for ${what}`, async () => {
      assert.equal(await post('/apps/7/events', body), 400);
    });
  }

  it('get 400 for a batch of more than ten, and for one with a bad event, of which nothing is sent', async () => {
    const client = await subscriber('prices');
    const good = { name: 'tick', channel: 'prices', data: 'x' };
    assert.equal(await post('/apps/7/batch_events', JSON.stringify({ batch: Array(11).fill(good) })), 400);
    assert.equal(await post('/apps/7/batch_events', JSON.stringify({ batch: [good, {}] })), 400);
    assert.equal(await post('/apps/7/batch_events', '{}'), 400);
    await client.settles();
    assert.ok(!client.events.includes('tick'));
  });

  it('take an event with one channel, by hand', async () => {
    const client = await subscriber('prices');
    assert.equal(await post('/apps/7/events', '{"name":"tick","channel":"prices","data":"x"}'), 200);
    assert.equal((await client.hears('tick')).data, 'x');
  });
});
