/** A subscription that does not come about: no answer, or a refusal in whatever words (protocol.md §5, servers.md §2). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SubscriptionError } from '../../../src/index.js';
import type { SubscribeErrorStyle } from '../../../src/testing/index.js';
import { connected } from '../support.js';
import type { Rig, RigOptions } from '../support.js';

/** A client that asks for `prices` of a server that does this. */
async function asking(
  subscribe: Parameters<Rig['app']['script']>[0]['subscribe'],
  options: RigOptions = {},
): Promise<{ rig: Rig; channel: ReturnType<Rig['pusher']['subscribe']>; failures: SubscriptionError[] }> {
  const rig = await connected(options);
  rig.app.script(subscribe ? { subscribe } : {});
  const channel = rig.pusher.subscribe('prices');
  const failures: SubscriptionError[] = [];
  channel.bind('pusher:subscription_error', (error: SubscriptionError) => failures.push(error));
  await rig.clock.advance(0);
  return { rig, channel, failures };
}

const requests = (rig: Rig): number =>
  rig.frames().filter((frame) => frame === 'pusher:subscribe prices').length;

describe('a request that is not answered', () => {
  it('fails after ten seconds, and says when it is tried again', async () => {
    const { rig, channel, failures } = await asking({ type: 'hold' });
    await rig.clock.advance(9999);
    assert.equal(channel.state, 'subscribing');
    await rig.clock.advance(1);
    assert.equal(channel.state, 'failed');
    assert.equal(failures.length, 1);
    const [failure] = failures;
    assert.equal(failure?.type, 'TimeoutError');
    assert.equal(failure.reason, 'timed-out');
    assert.equal(failure.error, failure.message);
    assert.notEqual(failure.remediation, '');
    assert.ok(failure.retryAt! > rig.clock.now());
    assert.equal(channel.error?.reason, 'timed-out');
  });

  it('is tried again by itself, at the time that it said, until it succeeds', async () => {
    const { rig, channel, failures } = await asking({ type: 'hold' });
    await rig.clock.advance(10_000);
    const { retryAt } = failures[0]!;
    await rig.clock.advance(retryAt! - rig.clock.now() - 1);
    assert.equal(requests(rig), 1);
    rig.app.resetScript();
    await rig.clock.advance(1);
    assert.equal(requests(rig), 2);
    assert.equal(channel.state, 'subscribed');
    assert.equal(channel.error, undefined);
  });

  it('is tried less often from time to time, but at least once a minute', async () => {
    const { rig } = await asking({ type: 'hold' }, { random: 0.999 });
    rig.app.connection()?.stall(); // not even "existing subscription" is answered
    rig.pusher.configure({ activityTimeout: 3_600_000 });
    await rig.clock.advance(100_000);
    const soon = requests(rig);
    assert.ok(soon >= 4 && soon <= 8, String(soon));
  });

  it('may be answered late, while it waits to be tried again', async () => {
    const { rig, channel } = await asking({ type: 'hold' }, { random: 0.999 });
    await rig.clock.advance(10_500);
    assert.equal(channel.state, 'failed');
    rig.app.acknowledge('prices');
    await rig.clock.advance(0);
    assert.equal(channel.state, 'subscribed');
    await rig.clock.advance(60_000);
    assert.equal(requests(rig), 1, 'and is not tried again then');
  });

  it('fails after the time that is set', async () => {
    const { rig, channel } = await asking({ type: 'hold' }, { subscriptionTimeout: 2000 });
    await rig.clock.advance(1999);
    assert.equal(channel.state, 'subscribing');
    await rig.clock.advance(1);
    assert.equal(channel.state, 'failed');
  });

  it('does not fail where the connection was lost before the time is over', async () => {
    const { rig, channel, failures } = await asking({ type: 'hold' });
    await rig.clock.advance(9000);
    rig.app.connection()?.drop();
    rig.app.stop();
    await rig.clock.advance(9000);
    assert.equal(channel.state, 'idle');
    assert.deepEqual(failures, []);
  });

  it('leaves other channels alone', async () => {
    const rig = await connected();
    rig.app.script({ subscribeTo: { held: { type: 'hold' } } });
    const held = rig.pusher.subscribe('held');
    const prices = rig.pusher.subscribe('prices');
    await rig.clock.advance(10_000);
    assert.deepEqual([held.state, prices.state], ['failed', 'subscribed']);
  });
});

describe('a refusal', () => {
  it('that names the channel reaches it with the words of the server', async () => {
    // reference/pusher-js.md §6.3 H: there the channel is pending for ever
    const { channel, failures } = await asking({
      type: 'error',
      style: 'subscription-error',
      message: 'Not for you',
    });
    assert.equal(channel.state, 'failed');
    assert.equal(failures.length, 1);
    assert.equal(failures[0]?.type, 'AuthError');
    assert.equal(failures[0].status, 401);
    assert.equal(failures[0].error, 'Not for you');
    assert.equal(failures[0].message, 'Not for you');
    assert.equal(failures[0].reason, 'subscription-failed');
    assert.equal(failures[0].retryAt, undefined, 'nothing is scheduled');
  });

  it('without words reaches it all the same', async () => {
    const { channel, failures } = await asking({ type: 'error', style: 'internal-subscription-error' });
    assert.equal(channel.state, 'failed');
    assert.match(failures[0]?.message ?? '', /"prices"/);
  });

  const styles: Readonly<Record<SubscribeErrorStyle, 'subscribed' | 'failed at once' | 'failed in time'>> = {
    'subscription-error': 'failed at once',
    'internal-subscription-error': 'failed at once',
    'invalid-signature': 'failed at once',
    'existing-subscription': 'subscribed',
    'no-current-subscription': 'failed in time',
    'error-without-channel': 'failed in time',
  };
  for (const [style, outcome] of Object.entries(styles) as [SubscribeErrorStyle, string][])
    it(`in the style "${style}" reaches the channel: ${outcome}`, async () => {
      const { rig, channel } = await asking({ type: 'error', style });
      if (outcome === 'failed in time') {
        assert.equal(channel.state, 'subscribing');
        await rig.clock.advance(10_000);
      }
      assert.equal(channel.state, outcome === 'subscribed' ? 'subscribed' : 'failed');
      assert.equal(rig.pusher.connection.state, 'connected', 'the connection stays');
    });

  it('in an error frame with a code and a channel reaches the channel and the connection', async () => {
    // soketi: extra top-level channel
    const { rig, channel, failures } = await asking({ type: 'hold' });
    rig.app.connection()?.sendError(4100, 'The channel is full', 'prices');
    await rig.clock.advance(0);
    assert.equal(channel.state, 'failed');
    assert.equal(failures[0]?.status, 4100);
    assert.equal(rig.errors[0]?.message, 'The channel is full');
    assert.equal(rig.pusher.connection.state, 'connected');
  });

  it('of one channel does not reach another one whose name begins its name', async () => {
    // A name may contain commas, and the message that names it goes on with one.
    const rig = await connected();
    rig.app.script({
      subscribeTo: { a: { type: 'hold' }, 'a,b': { type: 'error', style: 'invalid-signature' } },
    });
    const one = rig.pusher.subscribe('a');
    const other = rig.pusher.subscribe('a,b');
    await rig.clock.advance(0);
    assert.equal(one.state, 'subscribing');
    assert.equal(other.state, 'failed');
  });

  it('is heard under the seed’s name as well, once under each', async () => {
    // requirements §3 row 13
    const rig = await connected();
    rig.app.script({ subscribe: { type: 'error', style: 'subscription-error' } });
    const seen: string[] = [];
    const channel = rig.pusher.subscribe('prices');
    channel.bind('subscription_error', () => seen.push('old'));
    channel.bind('pusher:subscription_error', () => seen.push('new'));
    channel.bind_global((event) => seen.push(event));
    await rig.clock.advance(0);
    assert.deepEqual(
      seen.filter((name) => name !== 'pusher:state_change'),
      ['pusher:subscription_error', 'new', 'old'],
    );
  });

  it('leaves the others and their events alone', async () => {
    const rig = await connected();
    rig.app.script({ subscribeTo: { closed: { type: 'error', style: 'subscription-error' } } });
    rig.pusher.subscribe('closed');
    let ticks = 0;
    rig.pusher.subscribe('prices').bind('tick', () => (ticks += 1));
    await rig.clock.advance(0);
    rig.app.publish({ channels: 'prices', event: 'tick' });
    await rig.clock.advance(0);
    assert.equal(ticks, 1);
  });

  it('is tried again with the next connection, and by retry(), and not by itself', async () => {
    const { rig, channel } = await asking({ type: 'error', style: 'subscription-error' });
    await rig.clock.advance(600_000);
    assert.equal(requests(rig), 1);
    channel.retry();
    channel.retry();
    await rig.clock.advance(0);
    assert.equal(requests(rig), 2, 'once for both');
    assert.equal(channel.state, 'failed');
    rig.app.resetScript();
    rig.app.connection()?.drop();
    await rig.clock.advance(500);
    assert.equal(requests(rig), 3);
    assert.equal(channel.state, 'subscribed');
    assert.equal(channel.error, undefined);
    channel.retry();
    await rig.clock.advance(0);
    assert.equal(requests(rig), 3, 'there is nothing to retry');
  });

  it('may be left like any channel, without a word to the server', async () => {
    const { rig } = await asking({ type: 'error', style: 'subscription-error' });
    rig.pusher.unsubscribe('prices');
    await rig.clock.advance(60_000);
    assert.ok(!rig.frames().includes('pusher:unsubscribe prices'));
    assert.deepEqual(rig.pusher.allChannels(), []);
  });
});

describe('an error frame that says that we are subscribed already', () => {
  it('confirms what was waited for, and is no failure', async () => {
    const { channel, failures } = await asking({ type: 'error', style: 'existing-subscription' });
    assert.equal(channel.state, 'subscribed');
    assert.deepEqual(failures, []);
  });

  it('is overruled by the refusal that the first request gets after all', async () => {
    // found by simulation 576359156
    const { rig, channel, failures } = await asking({ type: 'error', style: 'existing-subscription' });
    const text = 'Invalid signature: Expected HMAC SHA256 hex digest of 1.2:prices, but got nothing';
    rig.app.connection()?.sendError(null, text);
    await rig.clock.advance(0);
    assert.equal(channel.state, 'failed');
    assert.equal(failures.length, 1);
  });

  it('followed by a confirmation, perhaps of an earlier request, is made certain by leaving and asking again', async () => {
    // found by simulation 949853841
    const { rig, channel, failures } = await asking({ type: 'hold' }, { random: 0.5 });
    await rig.clock.advance(10_000);
    rig.app.script({ subscribe: { type: 'error', style: 'subscription-error', message: 'Not for you' } });
    channel.retry();
    await rig.clock.advance(0);
    assert.equal(channel.error?.message, 'Not for you');
    rig.app.resetScript();
    rig.app.connection()?.send({ event: 'pusher_internal:subscription_succeeded', channel: 'prices' });
    await rig.clock.advance(0);
    assert.equal(channel.state, 'failed');
    assert.ok(channel.error.retryAt);
    await rig.clock.advance(60_000);
    assert.equal(channel.state, 'subscribed');
    assert.deepEqual(rig.frames().slice(-2), ['pusher:unsubscribe prices', 'pusher:subscribe prices']);
    assert.equal(failures.length, 2, 'each trouble is told once');
  });

  it('changes nothing for a channel that is subscribed, or unknown', async () => {
    const { rig, channel } = await asking(undefined);
    for (const name of ['prices', 'unknown', 'constructor'])
      rig.app.connection()?.sendError(null, `Existing subscription to channel ${name}`);
    await rig.clock.advance(0);
    assert.equal(channel.state, 'subscribed');
    assert.deepEqual(rig.pusher.allChannels(), [channel]);
  });
});
