/** After every reconnection, what is wanted is subscribed again: once for each socket id (protocol.md §5, §7.2). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Gap } from '../../../src/index.js';
import { connected, createRig } from '../support.js';
import type { Rig } from '../support.js';

/** Which channels each connection asked for, by its number. */
function requests({ app }: Rig): string[][] {
  const byConnection = new Map<number, string[]>();
  for (const { connection, event, channel } of app.record.received)
    if (event === 'pusher:subscribe')
      byConnection.set(connection, [...(byConnection.get(connection) ?? []), String(channel)]);
  return [...byConnection.values()];
}

describe('a reconnection', () => {
  it('subscribes every wanted channel again, once, and keeps its bindings', async () => {
    const rig = await connected();
    let ticks = 0;
    const channels = ['a', 'b', 'c'].map((name) =>
      rig.pusher.subscribe(name).bind('tick', () => (ticks += 1)),
    );
    rig.pusher.acquire('d');
    await rig.clock.advance(0);
    for (let count = 0; count < 3; count += 1) {
      rig.app.connection()?.drop();
      await rig.clock.advance(20_000);
    }
    assert.deepEqual(
      requests(rig),
      Array.from({ length: 4 }, () => ['a', 'b', 'c', 'd']),
    );
    assert.ok(channels.every(({ subscribed }) => subscribed));
    rig.app.publish({ channels: ['a', 'b', 'c'], event: 'tick' });
    await rig.clock.advance(0);
    assert.equal(ticks, 3);
  });

  it('sends one request for each socket id, whatever is asked for meanwhile', async () => {
    // protocol.md §5: re-subscribing while a subscription is in flight
    const rig = await connected();
    rig.app.script({ subscribe: { type: 'succeed', delay: 1000 } });
    const { connection } = rig.pusher;
    const again = (): void => {
      rig.pusher.subscribe('prices');
      rig.pusher.acquire('prices').release();
    };
    connection.bind('connected', again).bind('state_change', again).bind('lost', again).bind('gap', again);
    rig.pusher.subscribe('prices').bind('pusher:state_change', again);
    for (let count = 0; count < 3; count += 1) {
      await rig.clock.advance(3000);
      again();
      rig.app.connection()?.drop();
    }
    await rig.clock.advance(20_000);
    assert.deepEqual(requests(rig), [['prices'], ['prices'], ['prices'], ['prices']]);
    assert.equal(rig.pusher.channel('prices')?.subscribed, true);
  });

  it('subscribes what was asked for while there was no connection, and not what was left', async () => {
    const rig = await connected();
    rig.pusher.subscribe('kept');
    rig.pusher.subscribe('left');
    await rig.clock.advance(0);
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    rig.pusher.unsubscribe('left');
    rig.pusher.subscribe('new');
    await rig.clock.advance(20_000);
    assert.deepEqual(requests(rig), [
      ['kept', 'left'],
      ['kept', 'new'],
    ]);
  });

  it('is told to the channel: state, end, gap, and confirmation again', async () => {
    const rig = await connected();
    const channel = rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    const journal: unknown[] = [];
    channel.bind('pusher:state_change', (change) => journal.push(change));
    for (const event of ['pusher:unsubscribed', 'pusher:gap', 'pusher:subscription_succeeded'])
      channel.bind(event, () => journal.push(event));
    rig.app.connection()?.drop();
    await rig.clock.advance(500);
    assert.deepEqual(journal, [
      { previous: 'subscribed', current: 'idle' },
      'pusher:unsubscribed',
      { previous: 'idle', current: 'subscribing' },
      { previous: 'subscribing', current: 'subscribed' },
      'pusher:gap',
      'pusher:subscription_succeeded',
    ]);
  });

  it('does not make a channel say that it has ended which had not begun', async () => {
    const rig = await connected();
    rig.app.script({ subscribe: { type: 'hold' } });
    const channel = rig.pusher.subscribe('prices');
    let ends = 0;
    channel.bind('pusher:unsubscribed', () => (ends += 1));
    await rig.clock.advance(0);
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    assert.equal(channel.state, 'idle');
    assert.equal(ends, 0);
  });
});

describe('a gap', () => {
  async function gapOf(loss: (rig: Rig) => unknown): Promise<{ rig: Rig; ofChannel: Gap[] }> {
    const rig = await connected();
    const ofChannel: Gap[] = [];
    rig.pusher.subscribe('prices').bind('pusher:gap', (gap: Gap) => ofChannel.push(gap));
    await rig.clock.advance(5000);
    await loss(rig);
    return { rig, ofChannel };
  }

  it('lasts from the loss to the connection, for the connection, and to the confirmation, for a channel', async () => {
    const { rig, ofChannel } = await gapOf(async (lossy) => {
      lossy.app.script({ subscribe: { type: 'succeed', delay: 250 } });
      lossy.app.connection()?.drop();
      await lossy.clock.advance(5000);
    });
    const lostAt = rig.clock.now() - 5000;
    assert.deepEqual(
      rig.gaps.map(({ from, to, duration }) => ({ from, to, duration })),
      [{ from: lostAt, to: lostAt + 500, duration: 0.5 }],
    );
    assert.deepEqual(
      ofChannel.map(({ from, to, duration }) => ({ from, to, duration })),
      [{ from: lostAt, to: lostAt + 750, duration: 0.75 }],
    );
    for (const { reason } of [...rig.gaps, ...ofChannel]) assert.notEqual(reason, '');
  });

  it('covers everything since the last working connection, however many attempts failed', async () => {
    const { rig, ofChannel } = await gapOf(async (lossy) => {
      lossy.app.stop();
      await lossy.clock.advance(45_000);
      lossy.app.start();
      await lossy.clock.advance(10_000);
    });
    assert.equal(rig.gaps.length, 1);
    assert.equal(ofChannel.length, 1);
    assert.ok(rig.gaps[0]!.duration > 40);
    assert.equal(ofChannel[0]!.duration, rig.gaps[0]!.duration);
  });

  it('covers a connection that was made and lost again before the channel was confirmed', async () => {
    const { ofChannel } = await gapOf(async (lossy) => {
      lossy.app.script({ subscribe: { type: 'hold' } });
      lossy.app.connection()?.drop();
      await lossy.clock.advance(5000);
      lossy.app.resetScript();
      lossy.app.connection()?.drop();
      await lossy.clock.advance(5000);
    });
    assert.deepEqual(
      ofChannel.map(({ duration }) => duration),
      [6],
    );
  });

  it('is the time between disconnect() and the next connection, too', async () => {
    const { rig } = await gapOf(async (left) => {
      left.pusher.disconnect();
      await left.clock.advance(7000);
      left.pusher.connect();
      await left.clock.advance(0);
    });
    assert.deepEqual(
      rig.gaps.map(({ duration }) => duration),
      [7],
    );
  });

  it('is none for a first connection, or for a channel that was not subscribed before', async () => {
    const rig = createRig({ prepare: (app) => app.stop() });
    await rig.clock.advance(20_000);
    rig.app.start();
    await rig.clock.advance(10_000);
    assert.deepEqual(rig.gaps, []);
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    let gaps = 0;
    rig.pusher.subscribe('prices').bind('pusher:gap', () => (gaps += 1));
    await rig.clock.advance(20_000);
    assert.equal(rig.pusher.channel('prices')?.subscribed, true);
    assert.equal(gaps, 0);
  });
});
