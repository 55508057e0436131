import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { FakeClock, ProtocolServer } from '../../src/testing/index.js';
import { channelStringToSign, userStringToSign } from '../../src/testing/signatures.js';
import { hmacSha256 } from './hmac.js';
import { RecordingPeer } from './recording-peer.js';

const key = 'kit-key';
const secret = 'kit-secret';
const socketId = '710.442';
const orders = 'fda434b0f053668a909a478ba21eaaaf95bffe40e2ade9bf96a5a05c91bb355b';
const ann = '{"user_id":"ann","user_info":{"name":"Ann"}}';
const lobbyOfAnn = '93adcf85763a2d762fe79f9b0372901b953d398ff2c9c03985a7438cfca76b73';
const annWatchingBob = '{"id":"ann","user_info":{"name":"Ann"},"watchlist":["bob"]}';
const signInOfAnn = 'af1574f1600418c1218ebbe74e662c6b2230e040678c281903e4bd5d46cec845';

let clock: FakeClock;
let server: ProtocolServer;

function start(
  hmac: typeof hmacSha256 | ((secret: string, text: string) => Promise<string>) = hmacSha256,
): void {
  clock = new FakeClock();
  server = new ProtocolServer({ clock, hmacSha256: hmac, apps: [{ key, secret }] });
}

function connect(id?: string): RecordingPeer {
  if (id !== undefined) server.app().scriptNext({ handshake: { type: 'accept', socketId: id } });
  const peer = RecordingPeer.connect(server, key);
  peer.clear();
  return peer;
}

function sign(text: string): string {
  return `${key}:${hmacSha256(secret, text)}`;
}

function join(peer: RecordingPeer, channel: string, channelData?: string): void {
  const auth = sign(channelStringToSign(peer.connection.socketId ?? '', channel, channelData));
  peer.subscribe(channel, { auth, ...(channelData === undefined ? {} : { channel_data: channelData }) });
}

function signIn(peer: RecordingPeer, userData: string): void {
  const auth = sign(userStringToSign(peer.connection.socketId ?? '', userData));
  peer.say('pusher:signin', { auth, user_data: userData });
}

beforeEach(() => {
  start();
});

describe('authorized channels (protocol.md §7.2, §8)', () => {
  it('take the signatures of the protocol reference: private, presence and user', () => {
    const peer = connect(socketId);
    peer.subscribe('private-orders', { auth: `${key}:${orders}` });
    peer.subscribe('presence-lobby', { auth: `${key}:${lobbyOfAnn}`, channel_data: ann });
    peer.say('pusher:signin', { auth: `${key}:${signInOfAnn}`, user_data: annWatchingBob });
    assert.deepEqual(peer.frames, [
      { event: 'pusher_internal:subscription_succeeded', channel: 'private-orders', data: '{}' },
      {
        event: 'pusher_internal:subscription_succeeded',
        channel: 'presence-lobby',
        data: '{"presence":{"ids":["ann"],"hash":{"ann":{"name":"Ann"}},"count":1}}',
      },
      { event: 'pusher:signin_success', data: { user_data: annWatchingBob } },
    ]);
  });

  it('refuse a wrong signature with code null, the string to sign and what came instead', () => {
    const peer = connect(socketId);
    peer.subscribe('private-orders', { auth: `${key}:0000` });
    assert.deepEqual(peer.frames, [
      {
        event: 'pusher:error',
        data: {
          code: null,
          message: `Invalid signature: Expected HMAC SHA256 hex digest of 710.442:private-orders, but got ${key}:0000`,
        },
      },
    ]);
    assert.deepEqual(peer.connection.channels, []);
  });

  it('refuse a missing signature, another app’s key, and a signature for another socket', () => {
    const peer = connect('1.1');
    peer.subscribe('private-orders');
    peer.subscribe('private-orders', { auth: `other-key:${orders}` });
    peer.subscribe('private-orders', { auth: `${key}:${orders}` });
    assert.deepEqual(peer.events, ['pusher:error', 'pusher:error', 'pusher:error']);
  });

  it('check encrypted and private cache channels like private ones, by their longest prefix', () => {
    const peer = connect();
    for (const channel of ['private-encrypted-vault', 'private-cache-x', 'private-encrypted-cache-x']) {
      peer.subscribe(channel, { auth: 'wrong' });
      assert.equal(peer.last?.event, 'pusher:error');
      join(peer, channel);
      assert.ok(peer.connection.channels.includes(channel));
    }
  });

  it('take any signature where the server has no digest, as a page without a secret needs it', () => {
    server = new ProtocolServer({ clock, apps: [{ key }] });
    const peer = connect();
    peer.subscribe('private-orders', { auth: 'anything' });
    assert.equal(peer.last?.event, 'pusher_internal:subscription_succeeded');
  });

  it('work with a digest that takes time, and answer nothing for a connection that has gone meanwhile', async () => {
    start((secretText, text) => Promise.resolve(hmacSha256(secretText, text)));
    const peer = connect();
    const gone = connect();
    join(peer, 'private-orders');
    join(gone, 'private-orders');
    gone.connection.closed();
    assert.deepEqual(peer.heard, []);
    await clock.advance(0);
    assert.deepEqual(peer.events, ['pusher_internal:subscription_succeeded']);
    assert.equal(server.app().channel('private-orders')?.subscriptionCount, 1);
    assert.deepEqual(gone.heard, []);
  });
});

describe('presence channels (protocol.md §7.5)', () => {
  it('announce a user’s first connection and last departure, once each, and never to the user', () => {
    const [bob, first, second] = [connect(), connect(), connect()];
    join(bob, 'presence-lobby', '{"user_id":"bob"}');
    bob.clear();
    join(first, 'presence-lobby', ann);
    join(second, 'presence-lobby', ann);
    first.connection.closed();
    assert.deepEqual(bob.frames, [
      { event: 'pusher_internal:member_added', channel: 'presence-lobby', data: ann },
    ]);
    second.unsubscribe('presence-lobby');
    assert.deepEqual(bob.frames.at(1), {
      event: 'pusher_internal:member_removed',
      channel: 'presence-lobby',
      data: '{"user_id":"ann"}',
    });
    assert.deepEqual(first.events, ['pusher_internal:subscription_succeeded']);
  });

  it('give the roster in the order of arrival, numeric ids as strings and missing info as null', () => {
    join(connect(), 'presence-lobby', '{"user_id":7}');
    const peer = connect();
    join(peer, 'presence-lobby', ann);
    assert.equal(
      peer.last?.data,
      '{"presence":{"ids":["7","ann"],"hash":{"7":null,"ann":{"name":"Ann"}},"count":2}}',
    );
  });

  it('refuse channel data that names no user', () => {
    const peer = connect();
    for (const channelData of ['{}', 'not JSON', '[]', '{"user_id":null}'])
      join(peer, 'presence-lobby', channelData);
    join(peer, 'presence-lobby');
    assert.deepEqual(
      peer.events,
      Array.from({ length: 5 }, () => 'pusher:error'),
    );
  });

  it('take a signed-in user without channel data', () => {
    const peer = connect();
    signIn(peer, '{"id":"ann","user_info":{"name":"Ann"}}');
    join(peer, 'presence-lobby');
    assert.deepEqual(server.app().channel('presence-lobby')?.members, [
      { userId: 'ann', userInfo: { name: 'Ann' } },
    ]);
  });
});

describe('client events (protocol.md §7.4)', () => {
  it('go to the others as sent, with the user id on presence channels', () => {
    const [sender, other] = [connect(), connect()];
    for (const peer of [sender, other]) join(peer, 'private-chat');
    join(sender, 'presence-lobby', ann);
    join(other, 'presence-lobby', '{"user_id":"bob"}');
    for (const peer of [sender, other]) peer.clear();
    sender.say('client-typing', { on: true }, 'private-chat');
    sender.say('client-typing', '{"on":true}', 'presence-lobby');
    assert.deepEqual(other.frames, [
      { event: 'client-typing', channel: 'private-chat', data: { on: true } },
      { event: 'client-typing', channel: 'presence-lobby', data: '{"on":true}', user_id: 'ann' },
    ]);
    assert.deepEqual(sender.heard, []);
  });

  it('are refused on public and encrypted channels, on channels not subscribed to, and where the app has them off', () => {
    const peer = connect();
    peer.subscribe('prices');
    join(peer, 'private-encrypted-vault');
    join(peer, 'private-chat');
    peer.clear();
    peer.say('client-x', {}, 'prices');
    peer.say('client-x', {}, 'private-encrypted-vault');
    peer.say('client-x', {}, 'private-other');
    server.app().configure({ hasClientEvents: false });
    peer.say('client-x', {}, 'private-chat');
    assert.deepEqual(
      peer.events,
      Array.from({ length: 4 }, () => 'pusher:error'),
    );
  });

  it('are limited to ten a second for each connection; the next is refused with 4301 and the connection stays', async () => {
    const [sender, other] = [connect(), connect()];
    for (const peer of [sender, other]) join(peer, 'private-chat');
    for (const peer of [sender, other]) peer.clear();
    for (let count = 0; count < 11; count += 1) sender.say('client-x', count, 'private-chat');
    assert.equal(other.frames.length, 10);
    assert.equal((sender.last?.data as { code: number }).code, 4301);
    await clock.advance(1000);
    sender.say('client-x', 11, 'private-chat');
    assert.equal(other.frames.length, 11);
  });

  it('are not remembered by cache channels', () => {
    const sender = connect();
    join(sender, 'private-cache-chat');
    sender.say('client-x', {}, 'private-cache-chat');
    const late = connect();
    join(late, 'private-cache-chat');
    assert.equal(late.last?.event, 'pusher:cache_miss');
  });
});

describe('users (protocol.md §7.8)', () => {
  it('are turned away with 4009 when the sign-in is not signed or names nobody', () => {
    const [unsigned, nobody] = [connect(), connect()];
    unsigned.say('pusher:signin', { auth: 'x', user_data: '{"id":"ann"}' });
    signIn(nobody, '{}');
    assert.deepEqual([unsigned.code, nobody.code], [4009, 4009]);
  });

  it('get their own channel without a signature, and nobody else does', () => {
    const [user, stranger] = [connect(), connect()];
    signIn(user, '{"id":"ann"}');
    user.subscribe('#server-to-user-ann', { auth: '' });
    stranger.subscribe('#server-to-user-ann', { auth: '' });
    assert.deepEqual(user.connection.channels, ['#server-to-user-ann']);
    assert.equal(stranger.last?.event, 'pusher:error');
  });

  it('see the users they watch come and go, by first and last connection', () => {
    const [watcher, bob, again] = [connect(), connect(), connect()];
    signIn(watcher, annWatchingBob);
    watcher.clear();
    for (const peer of [bob, again]) signIn(peer, '{"id":"bob"}');
    for (const peer of [bob, again]) peer.connection.closed();
    assert.deepEqual(
      watcher.frames.map(({ data }) => data),
      [
        '{"events":[{"name":"online","user_ids":["bob"]}]}',
        '{"events":[{"name":"offline","user_ids":["bob"]}]}',
      ],
    );
  });

  it('learn at sign-in who is there already', () => {
    signIn(connect(), '{"id":"bob"}');
    const watcher = connect();
    signIn(watcher, annWatchingBob);
    assert.equal(watcher.last?.data, '{"events":[{"name":"online","user_ids":["bob"]}]}');
  });

  it('may watch a hundred; a longer list is cut, with 4302, and the connection stays', () => {
    const watcher = connect();
    const watchlist = Array.from({ length: 101 }, (_, index) => `user-${index}`);
    signIn(watcher, JSON.stringify({ id: 'ann', watchlist }));
    assert.equal((watcher.last?.data as { code: number }).code, 4302);
    assert.equal(watcher.code, undefined);
    assert.equal(watcher.connection.user?.watchlist.length, 100);
  });

  it('cannot change on a connection', () => {
    const peer = connect();
    signIn(peer, '{"id":"ann"}');
    signIn(peer, '{"id":"bob"}');
    assert.equal(peer.last?.event, 'pusher:error');
    assert.equal(peer.connection.user?.id, 'ann');
  });

  it('are closed with 4009 when the application terminates them', () => {
    const [ann1, bob] = [connect(), connect()];
    signIn(ann1, '{"id":"ann"}');
    signIn(bob, '{"id":"bob"}');
    server.app().terminateUser('ann');
    assert.deepEqual([ann1.code, bob.code], [4009, undefined]);
  });
});
