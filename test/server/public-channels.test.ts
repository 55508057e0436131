import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { FakeClock, ProtocolServer, type AppOptions } from '../../src/testing/index.js';
import { RecordingPeer } from './recording-peer.js';

let clock: FakeClock;
let server: ProtocolServer;
let peer: RecordingPeer;

function start(options: Partial<AppOptions> = {}): void {
  clock = new FakeClock();
  server = new ProtocolServer({ clock, apps: [{ key: 'kit-key', ...options }] });
  peer = connect();
}

function connect(): RecordingPeer {
  const created = RecordingPeer.connect(server);
  created.clear();
  return created;
}

beforeEach(() => {
  start();
});

const succeeded = { event: 'pusher_internal:subscription_succeeded', channel: 'prices', data: '{}' };

describe('public channels (protocol.md §7)', () => {
  it('confirms a subscription with empty data, encoded twice', () => {
    peer.subscribe('prices');
    assert.deepEqual(peer.frames, [succeeded]);
    assert.deepEqual(peer.connection.channels, ['prices']);
  });

  it('ignores an auth that comes with a public channel', () => {
    peer.subscribe('prices', { auth: '' });
    assert.deepEqual(peer.frames, [succeeded]);
  });

  it('takes data that is a string that holds JSON', () => {
    peer.say('pusher:subscribe', '{"channel":"prices"}');
    assert.deepEqual(peer.frames, [succeeded]);
  });

  it('delivers an event to subscribers only, its data encoded twice', () => {
    const stranger = connect();
    peer.subscribe('prices');
    peer.clear();
    server.publish({ channels: 'prices', event: 'tick', data: { bid: 41 } });
    assert.deepEqual(peer.frames, [{ event: 'tick', channel: 'prices', data: '{"bid":41}' }]);
    assert.deepEqual(stranger.heard, []);
  });

  it('delivers text as it is published, JSON or not', () => {
    peer.subscribe('prices');
    peer.clear();
    for (const data of ['plain text', '42', '']) server.publish({ channels: 'prices', event: 'tick', data });
    assert.deepEqual(
      peer.frames.map(({ data }) => data),
      ['plain text', '42', ''],
    );
  });

  it('delivers to several channels at once, and leaves out the connection that is excluded', () => {
    const other = connect();
    for (const client of [peer, other]) {
      client.subscribe('prices');
      client.subscribe('news');
      client.clear();
    }
    const { socketId = '' } = peer.connection;
    server.publish({ channels: ['prices', 'news'], event: 'tick', data: 1, socketId });
    assert.deepEqual(peer.heard, []);
    assert.deepEqual(
      other.frames.map(({ channel }) => channel),
      ['prices', 'news'],
    );
  });

  it('answers a second subscription to the same channel with an error, and stays subscribed', () => {
    peer.subscribe('prices');
    peer.clear();
    peer.subscribe('prices');
    assert.deepEqual(peer.frames, [
      { event: 'pusher:error', data: { code: null, message: 'Existing subscription to channel prices' } },
    ]);
    assert.deepEqual(peer.connection.channels, ['prices']);
  });

  it('does not answer an unsubscription, and delivers nothing afterwards', () => {
    peer.subscribe('prices');
    peer.clear();
    peer.unsubscribe('prices');
    server.publish({ channels: 'prices', event: 'tick', data: {} });
    assert.deepEqual(peer.heard, []);
    assert.equal(server.app().channel('prices'), undefined);
  });

  it('answers an unsubscription from what is not subscribed with an error', () => {
    peer.unsubscribe('prices');
    assert.deepEqual(peer.frames, [
      {
        event: 'pusher:error',
        data: {
          code: null,
          message: 'No current subscription to channel prices, or subscription in progress',
        },
      },
    ]);
  });

  it('subscribes again after an unsubscription', () => {
    peer.subscribe('prices');
    peer.unsubscribe('prices');
    peer.clear();
    peer.subscribe('prices');
    assert.deepEqual(peer.frames, [succeeded]);
  });

  for (const name of ['with space', 'slash/ed', 'ünicode', '', '#internal', 'x'.repeat(165)]) {
    it(`refuses the channel name ${JSON.stringify(name.slice(0, 20))} with an error that names it`, () => {
      peer.subscribe(name);
      assert.equal(peer.last?.event, 'pusher:error');
      assert.equal(peer.last.channel, name);
      assert.deepEqual(peer.connection.channels, []);
    });
  }

  it('takes a name of 164 characters, every allowed character, and names that objects are born with', () => {
    for (const name of ['x'.repeat(164), 'aZ09_-=@,.;', 'constructor', '__proto__']) {
      peer.clear();
      peer.subscribe(name);
      assert.equal(peer.last?.event, 'pusher_internal:subscription_succeeded', name);
    }
  });

  it('survives frames without a channel name, garbage, arrays and unknown events, with an error each', () => {
    peer.say('pusher:subscribe', {});
    peer.say('pusher:subscribe');
    peer.say('pusher:unsubscribe', { channel: 7 });
    peer.connection.receive('{"event":');
    peer.connection.receive('[]');
    peer.connection.receive('{"data":1}');
    peer.say('pusher:from_the_future', {});
    assert.deepEqual(
      peer.events,
      Array.from({ length: 7 }, () => 'pusher:error'),
    );
    peer.clear();
    peer.subscribe('prices');
    assert.deepEqual(peer.frames, [succeeded]);
  });

  it('frees the channels of a connection that is gone', () => {
    peer.subscribe('prices');
    peer.connection.closed();
    assert.deepEqual(server.app().channels, []);
    assert.equal(clock.pendingTimers, 0);
  });

  it('throws when something is published to a name the service would refuse', () => {
    assert.throws(() => server.publish({ channels: 'not a channel', event: 'tick' }), RangeError);
  });
});

describe('subscription counts (protocol.md §7.6)', () => {
  const counts = (client: RecordingPeer): unknown[] =>
    client.frames
      .filter(({ event }) => event === 'pusher_internal:subscription_count')
      .map(({ data }) => data);

  it('are sent to all subscribers on every change, after the success, where the app has them on', () => {
    start({ hasSubscriptionCounts: true });
    const other = connect();
    peer.subscribe('prices');
    assert.deepEqual(peer.events, [
      'pusher_internal:subscription_succeeded',
      'pusher_internal:subscription_count',
    ]);
    other.subscribe('prices');
    other.unsubscribe('prices');
    assert.deepEqual(counts(peer), [
      '{"subscription_count":1}',
      '{"subscription_count":2}',
      '{"subscription_count":1}',
    ]);
  });

  it('are not sent by default, nor for presence channels', () => {
    peer.subscribe('prices');
    assert.deepEqual(counts(peer), []);
    start({ hasSubscriptionCounts: true });
    peer.subscribe('presence-lobby', { channel_data: '{"user_id":"ann"}' });
    assert.deepEqual(counts(peer), []);
  });

  it('come at most every five seconds above a hundred connections, and end with the right number', async () => {
    start({ hasSubscriptionCounts: true });
    peer.subscribe('prices');
    const others = Array.from({ length: 150 }, connect);
    for (const other of others) other.subscribe('prices');
    assert.equal(counts(peer).length, 100);
    await clock.advance(5000);
    assert.equal(counts(peer).length, 101);
    assert.equal(counts(peer).at(-1), '{"subscription_count":151}');
  });
});

describe('cache channels (protocol.md §7.6)', () => {
  const event = { event: 'goal', channel: 'cache-score', data: '{"home":1}' };

  it('send a cache miss after the success when nothing was published', () => {
    peer.subscribe('cache-score');
    assert.deepEqual(peer.frames.at(1), { event: 'pusher:cache_miss', channel: 'cache-score' });
  });

  it('send the last event again after the success, also when nobody was subscribed in between', () => {
    server.publish({ channels: 'cache-score', event: 'goal', data: { home: 0 } });
    server.publish({ channels: 'cache-score', event: 'goal', data: { home: 1 } });
    peer.subscribe('cache-score');
    assert.deepEqual(peer.frames.at(1), event);
    peer.unsubscribe('cache-score');
    const late = connect();
    late.subscribe('cache-score');
    assert.deepEqual(late.frames.at(1), event);
  });

  it('forget after thirty minutes', async () => {
    server.publish({ channels: 'cache-score', event: 'goal', data: { home: 1 } });
    server.app().script({ pingsIdleClients: false });
    await clock.advance(30 * 60_000);
    peer.subscribe('cache-score');
    assert.equal(peer.last?.event, 'pusher:cache_miss');
  });
});
