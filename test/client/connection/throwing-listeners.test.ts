/** An application's listener that throws is reported, and changes nothing (design.md §5, §13). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { catchReports, connected, createRig } from '../support.js';
import type { Rig } from '../support.js';

const names = [
  ...(['state_change', 'connecting', 'connected', 'unavailable', 'disconnected', 'failed'] as const),
  ...(['error', 'lost', 'connecting_in', 'gap', 'reachability', 'message'] as const),
];

const fail = (): never => {
  throw new Error('from a listener');
};

/** A life with everything in it: connecting, events, a loss, offline, unavailable, a recovery, the end. */
async function live(rig: Rig): Promise<unknown> {
  const { clock, pusher, app } = rig;
  const channel = pusher.subscribe('prices');
  let ticks = 0;
  channel.bind('tick', () => (ticks += 1));
  await clock.advance(0);
  app.publish({ channels: 'prices', event: 'tick' });
  await clock.advance(0);
  app.connection()?.sendFaulty('garbage');
  app.connection()?.drop();
  app.stop();
  await clock.advance(45_000);
  app.start();
  await clock.advance(20_000);
  app.publish({ channels: 'prices', event: 'tick' });
  rig.goOffline();
  await clock.advance(10_000);
  rig.goOnline();
  await clock.advance(0);
  app.publish({ channels: 'prices', event: 'tick' });
  await clock.advance(0);
  const summary = {
    ticks,
    states: [...rig.states],
    attempts: rig.attempts.length,
    frames: rig.frames(),
    subscribed: channel.subscribed,
  };
  pusher.disconnect();
  return summary;
}

describe('a listener that throws', () => {
  it('changes nothing in the life of a connection, whatever it is bound to', async (t: TestContext) => {
    // reference/pusher-js.md §6.3 F: there a throwing state_change keeps every channel from being subscribed
    const reports = catchReports(t);
    const expected = await live(createRig());
    assert.deepEqual(reports, []);

    const rig = createRig();
    for (const name of names) rig.pusher.connection.bind(name, fail);
    rig.pusher.connection.bind_global(fail);
    rig.pusher.bind('tick', fail).bind_global(fail);
    const channel = rig.pusher.subscribe('prices');
    for (const name of ['tick', 'subscription_succeeded', 'state_change', 'unsubscribed', 'gap'])
      channel.bind(name === 'tick' ? name : `pusher:${name}`, fail);
    channel.bind_global(fail);
    assert.deepEqual(await live(rig), expected);
    assert.ok(reports.length > 50);
    for (const report of reports) assert.equal((report as Error).message, 'from a listener');
  });

  it('changes nothing as a hook', async (t: TestContext) => {
    const reports = catchReports(t);
    const rig = createRig({ beforeConnect: fail, beforeReconnect: fail });
    const plain = createRig();
    assert.deepEqual(await live(rig), await live(plain));
    assert.ok(reports.length > 5);
  });

  it('does not keep the channels from being subscribed', async (t: TestContext) => {
    catchReports(t);
    const rig = createRig();
    rig.pusher.connection.bind('state_change', fail).bind('connected', fail);
    rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    assert.deepEqual(rig.frames(), ['pusher:subscribe prices']);
    assert.equal(rig.pusher.channel('prices')?.subscribed, true);
  });

  it('does not hide the others of the same event', async (t: TestContext) => {
    catchReports(t);
    const rig = await connected();
    const channel = rig.pusher.subscribe('prices');
    const seen: string[] = [];
    channel.bind('tick', fail);
    channel.bind('tick', () => seen.push('channel'));
    rig.pusher.bind('tick', fail);
    rig.pusher.bind('tick', () => seen.push('client'));
    await rig.clock.advance(0);
    rig.app.publish({ channels: 'prices', event: 'tick' });
    await rig.clock.advance(0);
    assert.deepEqual(seen, ['channel', 'client']);
  });
});
