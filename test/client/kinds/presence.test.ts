/** Presence channels: protocol.md §7.5, reference/pusher-js.md §2.10. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { describe, it } from 'node:test';
import { Members, PresenceChannel } from '../../../src/index.js';
import type { Member } from '../../../src/index.js';
import { authRig } from '../auth/auth-rig.js';
import type { AuthRig } from '../auth/auth-rig.js';
import { joins, somebody } from './company.js';

interface Lobby extends AuthRig {
  readonly channel: PresenceChannel;
  /** Everything the channel told, as `event id`. */
  readonly told: string[];
}

/** In the lobby as ann, after those who were there before. */
async function lobby(t: TestContext, before: readonly (string | number)[] = []): Promise<Lobby> {
  const rig = await authRig(t);
  for (const user_id of before) joins(rig, somebody(rig), 'presence-lobby', { user_id, user_info: { n: 1 } });
  const { channel } = await rig.join('presence-lobby');
  assert.ok(channel instanceof PresenceChannel);
  const told: string[] = [];
  channel.bind_global((event, payload) => {
    if (event.startsWith('pusher:member')) told.push(`${event.slice(14)} ${(payload as Member).id}`);
    if (event === 'pusher:subscription_succeeded') told.push(`roster ${ids(channel).join()}`);
  });
  return { ...rig, channel, told };
}

const ids = ({ members }: PresenceChannel): string[] => [...members].map(({ id }) => id);

describe('a presence channel', () => {
  it('is confirmed with its members: who is there, how many, who we are', async (t) => {
    const rig = await authRig(t);
    joins(rig, somebody(rig), 'presence-lobby', { user_id: 'bob', user_info: { name: 'Bob' } });
    const payloads: unknown[] = [];
    const channel = rig.pusher.subscribe('presence-lobby');
    channel.bind('pusher:subscription_succeeded', (members) => payloads.push(members));
    await rig.clock.advance(0);
    assert.equal(payloads[0], channel.members);
    const { members } = channel;
    assert.equal(members.count, 2);
    assert.equal(members.myID, 'ann');
    assert.deepEqual(members.me, { id: 'ann', info: { name: 'ann' } });
    assert.deepEqual(channel.me, members.me);
    assert.deepEqual(members.get('bob'), { id: 'bob', info: { name: 'Bob' } });
    assert.equal(members.get('nobody'), null);
    assert.equal(members.has('bob'), true);
    assert.deepEqual({ ...members.members }, { bob: { name: 'Bob' }, ann: { name: 'ann' } });
  });

  it('tells who joins and who leaves, after its members have changed', async (t) => {
    const rig = await lobby(t);
    const counts: number[] = [];
    rig.channel.bind('pusher:member_added', () => counts.push(rig.channel.members.count));
    rig.channel.bind('pusher:member_removed', () => counts.push(rig.channel.members.count));
    const bob = somebody(rig);
    joins(rig, bob, 'presence-lobby', { user_id: 'bob', user_info: { name: 'Bob' } });
    await rig.clock.advance(0);
    assert.deepEqual(rig.channel.members.get('bob')?.info, { name: 'Bob' });
    bob.unsubscribe('presence-lobby');
    await rig.clock.advance(0);
    assert.deepEqual(rig.told, ['added bob', 'removed bob']);
    assert.deepEqual(counts, [2, 1]);
  });

  it('walks over its members in the order in which they came, with each and with for', async (t) => {
    const { channel } = await lobby(t, ['cy', 'bob']);
    const walked: string[] = [];
    channel.members.each(({ id }) => walked.push(id));
    assert.deepEqual(walked, ['cy', 'bob', 'ann']);
    assert.deepEqual(ids(channel), walked);
  });

  it('takes numbers for what they are as text (protocol.md §7.5)', async (t) => {
    const rig = await lobby(t, [7]);
    assert.deepEqual(rig.channel.members.get('7')?.id, '7');
    assert.deepEqual(rig.channel.members.get(7)?.id, '7');
    const eight = somebody(rig);
    joins(rig, eight, 'presence-lobby', { user_id: 8 });
    await rig.clock.advance(0);
    eight.unsubscribe('presence-lobby');
    await rig.clock.advance(0);
    assert.deepEqual(rig.told, ['added 8', 'removed 8']);
    rig.app.connection(rig.pusher.connection.socket_id)?.send({
      event: 'pusher_internal:member_removed',
      channel: 'presence-lobby',
      data: '{"user_id":7}',
    });
    await rig.clock.advance(0);
    assert.deepEqual(ids(rig.channel), ['ann']);
  });

  it('has a numeric id of our own as text too', async (t) => {
    const { endpoint, join } = await authRig(t, {});
    endpoint.respond = () => ({ body: { auth: 'app-key:0', channel_data: '{"user_id":41}' } });
    const { channel } = await join('presence-lobby');
    assert.equal(channel.members.myID, '41');
  });

  it('counts a repeated join once, and keeps what is newest of it', async (t) => {
    const rig = await lobby(t, ['bob']);
    rig.app.connection(rig.pusher.connection.socket_id)?.send({
      event: 'pusher_internal:member_added',
      channel: 'presence-lobby',
      data: '{"user_id":"bob","user_info":{"name":"Robert"}}',
    });
    await rig.clock.advance(0);
    assert.equal(rig.channel.members.count, 2);
    assert.deepEqual(rig.channel.members.get('bob')?.info, { name: 'Robert' });
    assert.deepEqual(rig.told, []);
  });

  it('takes the roster of a confirmation that comes once more, after a request that was repeated', async (t) => {
    const rig = await lobby(t, ['bob']);
    const confirm = async (ids: readonly string[]): Promise<void> => {
      rig.app.connection(rig.pusher.connection.socket_id)?.send({
        event: 'pusher_internal:subscription_succeeded',
        channel: 'presence-lobby',
        data: JSON.stringify({ presence: { ids } }),
      });
      await rig.clock.advance(0);
    };
    // Between the two answers the server had let us go: nothing else tells that bob went and cy came.
    await confirm(['ann', 'cy']);
    assert.deepEqual(ids(rig.channel), ['ann', 'cy']);
    assert.deepEqual(rig.told, ['roster ann,cy']);
    assert.equal(rig.channel.me?.id, 'ann');
    await confirm(['ann', 'cy']);
    await confirm([]);
    assert.deepEqual(ids(rig.channel), ['ann', 'cy']);
    assert.deepEqual(rig.told, ['roster ann,cy'], 'what is known already is not told again');
  });

  it('ignores a departure of somebody unknown, and payloads that say nothing', async (t) => {
    const rig = await lobby(t);
    const connection = rig.app.connection(rig.pusher.connection.socket_id);
    for (const data of ['{"user_id":"nobody"}', '{}', 'null', '[]', 'not JSON', '{"user_id":{}}'])
      for (const event of ['pusher_internal:member_removed', 'pusher_internal:member_added'])
        if (event.endsWith('removed') || !data.includes('nobody'))
          connection?.send({ event, channel: 'presence-lobby', data });
    await rig.clock.advance(0);
    assert.deepEqual(rig.told, []);
    assert.deepEqual(ids(rig.channel), ['ann']);
  });

  it('knows nobody as soon as the connection is lost, before anybody is told', async (t) => {
    const rig = await lobby(t, ['bob']);
    const counts: number[] = [];
    rig.channel.bind('pusher:unsubscribed', () => counts.push(rig.channel.members.count));
    rig.pusher.connection.bind('state_change', () => counts.push(rig.channel.members.count));
    rig.app.connection(rig.pusher.connection.socket_id)?.drop();
    await rig.clock.advance(0);
    assert.deepEqual(counts, [0, 0]);
    assert.equal(rig.channel.members.me, null);
  });

  it('reconciles with the new roster after a reconnection: it replaces the old one', async (t) => {
    const rig = await authRig(t);
    const [bob, cy] = [somebody(rig), somebody(rig)];
    joins(rig, bob, 'presence-lobby', { user_id: 'bob' });
    const { channel } = await rig.join('presence-lobby');
    rig.app.connection(rig.pusher.connection.socket_id)?.drop();
    bob.unsubscribe('presence-lobby');
    joins(rig, cy, 'presence-lobby', { user_id: 'cy' });
    await rig.clock.advance(1000);
    assert.equal(channel.state, 'subscribed');
    assert.deepEqual(ids(channel), ['cy', 'ann']);
  });

  it('gives the sender of a client event, signed by the server', async (t) => {
    const rig = await lobby(t);
    const senders: unknown[] = [];
    rig.channel.bind('client-typing', (payload, { user_id }) => senders.push([payload, user_id]));
    const bob = somebody(rig);
    joins(rig, bob, 'presence-lobby', { user_id: 'bob' });
    bob.say('client-typing', { on: true }, 'presence-lobby');
    await rig.clock.advance(0);
    assert.deepEqual(senders, [[{ on: true }, 'bob']]);
  });
});

describe('a roster', () => {
  const taken = (presence: unknown): Members => {
    const members = new Members();
    members.take({ presence });
    return members;
  };
  const rows: readonly (readonly [string, unknown, Record<string, unknown>])[] = [
    ['ids and hash', { ids: ['a', 'b'], hash: { a: 1, b: null }, count: 2 }, { a: 1, b: null }],
    ['a hash alone', { hash: { a: 1 }, count: 1 }, { a: 1 }],
    ['ids alone', { ids: ['a', 7], count: 2 }, { a: undefined, '7': undefined }],
    ['an id that the hash has and the ids have not', { ids: ['a'], hash: { a: 1, b: 2 } }, { a: 1, b: 2 }],
    ['ids twice', { ids: ['a', 'a'], hash: { a: 1 }, count: 2 }, { a: 1 }],
    ['a count that is wrong', { ids: ['a'], hash: { a: 1 }, count: 99 }, { a: 1 }],
    ['names of Object.prototype', { ids: ['constructor'], hash: { constructor: 1 } }, { constructor: 1 }],
    ['nothing', {}, {}],
    ['no object', 'x', {}],
    ['an array instead of a hash', { ids: ['a'], hash: [] }, { a: undefined }],
  ];
  for (const [name, presence, expected] of rows)
    it(`is read from ${name}, and counted`, () => {
      const members = taken(presence);
      assert.deepEqual({ ...members.members }, expected);
      assert.equal(members.count, Object.keys(expected).length);
    });

  it('can have an id __proto__ without touching anything', () => {
    const members = taken(JSON.parse('{"ids":["__proto__"],"hash":{"__proto__":{"admin":true}}}'));
    assert.equal(members.count, 1);
    assert.deepEqual(members.get('__proto__')?.info, { admin: true });
    assert.equal(({} as { admin?: boolean }).admin, undefined);
  });

  it('takes the place of the one before', () => {
    const members = taken({ ids: ['a', 'b'] });
    members.take({ presence: { ids: ['b', 'c'] } });
    assert.deepEqual(Object.keys(members.members), ['b', 'c']);
  });
});
