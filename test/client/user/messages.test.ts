/** What a signed-in user hears: messages from the server, who of the watched users is there, presence: protocol.md §7.8. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { userStringToSign } from '../../../src/testing/signatures.js';
import { hmacSha256 } from '../../server/hmac.js';
import { somebody } from '../kinds/company.js';
import { catchReports } from '../support.js';
import { userRig } from './user-rig.js';
import type { UserRig } from './user-rig.js';

const channel = '#server-to-user-ann';

/** Somebody else signs in on the same app. */
function arrives(rig: UserRig, id: string): ReturnType<typeof somebody> {
  const peer = somebody(rig);
  const { key, secret } = rig.app.settings;
  const userData = JSON.stringify({ id });
  const text = userStringToSign(peer.connection.socketId ?? '', userData);
  peer.say('pusher:signin', { auth: `${key}:${hmacSha256(secret, text)}`, user_data: userData });
  return peer;
}

describe('a message to the user', () => {
  it('reaches the user’s listeners, decoded, and no channel’s', async (t) => {
    const rig = await userRig(t);
    const elsewhere: unknown[] = [];
    rig.pusher.bind_global((event) => elsewhere.push(event));
    rig.pusher.signin();
    await rig.clock.advance(0);
    rig.app.publish({ channels: channel, event: 'greeting', data: { text: 'hello' } });
    await rig.clock.advance(0);
    assert.deepEqual(rig.told.at(-1), ['greeting', { text: 'hello' }]);
    assert.deepEqual(elsewhere, ['pusher:signin_success'], 'that one as with pusher-js');
    assert.deepEqual(rig.pusher.allChannels(), []);
  });

  it('that is falsy is delivered', async (t) => {
    const rig = await userRig(t);
    rig.pusher.signin();
    await rig.clock.advance(0);
    const heard: unknown[] = [];
    rig.pusher.user.bind('n', (payload) => heard.push(payload));
    for (const data of [0, false, '', null]) rig.app.publish({ channels: channel, event: 'n', data });
    await rig.clock.advance(0);
    assert.deepEqual(heard, [0, false, '', null]);
  });

  it('does not reach listeners that were unbound, and one that throws stops no other', async (t) => {
    const rig = await userRig(t);
    const reports = catchReports(t);
    rig.pusher.signin();
    await rig.clock.advance(0);
    const heard: string[] = [];
    const first = (): unknown => heard.push('first');
    rig.pusher.user.bind('n', first).bind('n', () => {
      throw new Error('from a listener');
    });
    rig.pusher.user.bind('n', () => heard.push('last'));
    rig.app.publish({ channels: channel, event: 'n' });
    await rig.clock.advance(0);
    rig.pusher.user.unbind('n', first);
    rig.app.publish({ channels: channel, event: 'n' });
    await rig.clock.advance(0);
    assert.deepEqual(heard, ['first', 'last', 'last']);
    assert.equal(reports.length, 2);
  });

  it('after a sign-out, or for a user who is not signed in, reaches nobody', async (t) => {
    const rig = await userRig(t);
    rig.app.connection()?.send({ event: 'greeting', channel, data: '1' });
    await rig.clock.advance(0);
    assert.deepEqual(rig.told, []);
  });
});

describe('the watchlist', () => {
  it('tells who is online and who goes offline, each under its name with the ids', async (t) => {
    const rig = await userRig(t);
    rig.endpoint.respond = ({ params }) => ({
      body: rig.endpoint.signUser(params['socket_id'] ?? '', '{"id":"ann","watchlist":["bob","cy"]}'),
    });
    const seen: unknown[] = [];
    rig.pusher.user.watchlist.bind('online', (event) => seen.push(event));
    rig.pusher.user.watchlist.bind('offline', (event) => seen.push(event));
    arrives(rig, 'bob');
    rig.pusher.signin();
    await rig.clock.advance(0);
    const cy = arrives(rig, 'cy');
    await rig.clock.advance(0);
    cy.connection.closed();
    await rig.clock.advance(0);
    assert.deepEqual(seen, [
      { name: 'online', user_ids: ['bob'] },
      { name: 'online', user_ids: ['cy'] },
      { name: 'offline', user_ids: ['cy'] },
    ]);
  });

  it('survives what is no list', async (t) => {
    const rig = await userRig(t);
    const seen: unknown[] = [];
    rig.pusher.user.watchlist.bind_global((name) => seen.push(name));
    for (const data of ['null', '{}', '{"events":7}', '{"events":[null,{},{"name":7}]}', 'x'])
      rig.app.connection()?.send({ event: 'pusher_internal:watchlist_events', data });
    await rig.clock.advance(0);
    assert.deepEqual(seen, []);
    assert.equal(rig.pusher.connection.state, 'connected');
  });

  it('of more than a hundred users is cut by the server with 4302, and the sign-in stands', async (t) => {
    const rig = await userRig(t);
    const watchlist = Array.from({ length: 101 }, (_, n) => `user-${String(n)}`);
    rig.endpoint.respond = ({ params }) => ({
      body: rig.endpoint.signUser(params['socket_id'] ?? '', JSON.stringify({ id: 'ann', watchlist })),
    });
    const codes: unknown[] = [];
    rig.pusher.connection.bind('error', ({ code }) => codes.push(code));
    rig.pusher.signin();
    await rig.clock.advance(0);
    assert.deepEqual(codes, [4302]);
    assert.equal(rig.pusher.user.id, 'ann');
  });
});

describe('a presence channel whose answer has no channel_data', () => {
  const bare = (rig: UserRig): void => {
    rig.endpoint.respond = ({ params }) => {
      if (params['channel_name'] === undefined) return { body: rig.endpoint.sign(params) };
      const { key, secret } = rig.app.settings;
      const text = `${params['socket_id'] ?? ''}:${params['channel_name']}`;
      return { body: { auth: `${key}:${hmacSha256(secret, text)}` } };
    };
  };

  it('is joined as the signed-in user', async (t) => {
    const rig = await userRig(t);
    bare(rig);
    rig.pusher.signin();
    await rig.clock.advance(0);
    const { channel: lobby } = await rig.join('presence-lobby');
    const { members } = lobby;
    assert.equal(lobby.state, 'subscribed');
    assert.equal(members.myID, 'ann');
    assert.equal(members.me?.id, 'ann');
  });

  it('waits for a sign-in that is under way', async (t) => {
    const rig = await userRig(t);
    bare(rig);
    const { respond } = rig.endpoint;
    rig.endpoint.respond = (request, index) => {
      const answer = respond(request, index) as { body: unknown };
      return request.params['channel_name'] === undefined ? { ...answer, delay: 500 } : answer;
    };
    rig.pusher.signin();
    const { channel: lobby, errors } = await rig.join('presence-lobby');
    assert.equal(lobby.state, 'authorizing');
    await rig.clock.advance(500);
    assert.equal(lobby.state, 'subscribed');
    assert.deepEqual(errors, []);
  });

  it('is an error with words where the sign-in fails, or where there is none (row K, #485)', async (t) => {
    for (const isWanted of [true, false]) {
      const rig = await userRig(t);
      rig.endpoint.respond = ({ params }) =>
        params['channel_name'] === undefined ? { status: 403 } : { body: { auth: 'app-key:0' } };
      if (isWanted) rig.pusher.signin();
      const { errors } = await rig.join('presence-lobby');
      assert.equal(errors.length, 1);
      assert.match(errors[0]?.error ?? '', /who we are/);
    }
  });

  it('is tried again with a sign-in that failed for a passing reason', async (t) => {
    const rig = await userRig(t);
    bare(rig);
    const { respond } = rig.endpoint;
    rig.endpoint.respond = (request, index) =>
      request.params['channel_name'] === undefined && index === 0 ? { status: 503 } : respond(request, index);
    rig.pusher.signin();
    await rig.clock.advance(0);
    const { channel: lobby, errors } = await rig.join('presence-lobby');
    assert.ok(errors[0]?.retryAt);
    await rig.clock.advance(30_000);
    assert.equal(lobby.state, 'subscribed');
    assert.equal(lobby.me?.id, 'ann');
  });

  it('is an error at once where the sign-in has failed before, and joins after the next one', async (t) => {
    const rig = await userRig(t);
    rig.endpoint.respond = ({ params }) =>
      params['channel_name'] === undefined ? { status: 403 } : { body: { auth: 'app-key:0' } };
    rig.pusher.signin();
    await rig.clock.advance(0);
    const { channel: lobby, errors } = await rig.join('presence-lobby');
    assert.equal(lobby.state, 'failed');
    assert.match(errors[0]?.error ?? '', /who we are/);
    bare(rig);
    rig.pusher.signin();
    await rig.clock.advance(0);
    lobby.retry();
    await rig.clock.advance(0);
    assert.equal(lobby.state, 'subscribed');
  });
});
