/** Events on their way to listeners: whom they reach, with what, and that nothing is decoded for nobody. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { connected } from '../support.js';
import type { Rig } from '../support.js';

/** A client that is subscribed to `prices`. */
async function subscribed(): Promise<{ rig: Rig; channel: ReturnType<Rig['pusher']['subscribe']> }> {
  const rig = await connected();
  const channel = rig.pusher.subscribe('prices');
  await rig.clock.advance(0);
  return { rig, channel };
}

async function send({ app, clock }: Rig, frame: object): Promise<void> {
  app.connection()?.sendRaw(JSON.stringify(frame));
  await clock.advance(0);
}

describe('an event', () => {
  it('reaches the bindings of its channel, then those of the client', async () => {
    // protocol.md §7.3
    const { rig, channel } = await subscribed();
    const seen: unknown[][] = [];
    const note =
      (who: string) =>
      (...values: unknown[]): void => {
        seen.push([who, ...values.slice(0, who.includes('global') ? 2 : 1)]);
      };
    rig.pusher.bind('tick', note('client'));
    rig.pusher.bind_global(note('client global'));
    channel.bind('tick', note('channel'));
    channel.bind_global(note('channel global'));
    await send(rig, { event: 'tick', channel: 'prices', data: '{"bid":41}' });
    assert.deepEqual(seen, [
      ['channel global', 'tick', { bid: 41 }],
      ['channel', { bid: 41 }],
      ['client global', 'tick', { bid: 41 }],
      ['client', { bid: 41 }],
    ]);
  });

  it('comes with the payload as it was, the time, and who sent it', async () => {
    const { rig, channel } = await subscribed();
    const seen: unknown[][] = [];
    channel.bind('tick', (payload, metadata) => seen.push([payload, { ...metadata }]));
    await send(rig, { event: 'tick', channel: 'prices', data: '"42"', user_id: 'ann' });
    assert.deepEqual(seen, [
      ['42', { rawData: '"42"', receivedAt: rig.clock.now(), cached: false, user_id: 'ann' }],
    ]);
  });

  it('has the payload of protocol.md §2.1, whatever was published', async () => {
    const { rig, channel } = await subscribed();
    const seen: unknown[] = [];
    channel.bind('tick', (payload) => seen.push(payload));
    const wires = ['{"a":1}', '42', 'true', 'null', '"x"', 'plain', '', { a: 1 }, [1], 7, null, false];
    for (const data of wires) await send(rig, { event: 'tick', channel: 'prices', data });
    await send(rig, { event: 'tick', channel: 'prices' });
    assert.deepEqual(seen, [
      { a: 1 },
      42,
      true,
      null,
      'x',
      'plain',
      '',
      { a: 1 },
      [1],
      7,
      null,
      false,
      undefined,
    ]);
  });

  it('reaches no channel but its own', async () => {
    const { rig } = await subscribed();
    let ticks = 0;
    rig.pusher.subscribe('orders').bind('tick', () => (ticks += 1));
    await send(rig, { event: 'tick', channel: 'prices', data: '{}' });
    assert.equal(ticks, 0);
  });

  it('for a channel that nobody holds is dropped', async () => {
    // protocol.md §7.3: they may race an unsubscribe
    const { rig } = await subscribed();
    let calls = 0;
    rig.pusher.bind_global(() => (calls += 1));
    rig.pusher.bind('tick', () => (calls += 1));
    for (const channel of ['unknown', 'constructor', '__proto__', ''])
      await send(rig, { event: 'tick', channel, data: '{}' });
    assert.equal(calls, 0);
    assert.equal(rig.errors.length, 0);
  });

  it('without a channel reaches the client', async () => {
    const { rig, channel } = await subscribed();
    const seen: unknown[] = [];
    rig.pusher.bind('notice', (payload) => seen.push(payload));
    channel.bind_global((event) => seen.push(event));
    await send(rig, { event: 'notice', data: '{"a":1}' });
    assert.deepEqual(seen, [{ a: 1 }]);
  });

  it('of the internal name space is shown to nobody', async () => {
    // protocol.md §2.2
    const { rig, channel } = await subscribed();
    const seen: string[] = [];
    channel.bind_global((event) => seen.push(event));
    rig.pusher.bind_global((event) => seen.push(event));
    await send(rig, { event: 'pusher_internal:from_the_future', channel: 'prices', data: '{}' });
    await send(rig, { event: 'pusher_internal:subscription_count', channel: 'prices', data: '{}' });
    await send(rig, { event: 'pusher_internal:subscription_succeeded' });
    assert.deepEqual(seen, []);
  });

  it('of the service’s own name space reaches its channel', async () => {
    const { rig, channel } = await subscribed();
    const seen: string[] = [];
    channel.bind('pusher:from_the_future', () => seen.push('future'));
    await send(rig, { event: 'pusher:from_the_future', channel: 'prices', data: '{}' });
    assert.deepEqual(seen, ['future']);
  });

  it('may be bound and unbound like with pusher-js, on the channel and on the client', async () => {
    const { rig, channel } = await subscribed();
    const seen: unknown[] = [];
    const context = {};
    const listener = function (this: unknown): void {
      seen.push(this === context ? 'context' : 'plain');
    };
    for (const target of [channel, rig.pusher]) {
      target.bind('tick', listener, context).bind('tick', listener).unbind('tick', listener, context);
      target.bind_global(listener).unbind_global(listener);
    }
    await send(rig, { event: 'tick', channel: 'prices', data: '{}' });
    assert.deepEqual(seen, ['plain', 'plain']);
    channel.unbind_all();
    rig.pusher.unbind();
    await send(rig, { event: 'tick', channel: 'prices', data: '{}' });
    assert.equal(seen.length, 2);
  });
});

describe('a channel with the name of a member of every object', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])
    it(`is a channel like any other: ${name}`, async () => {
      // reference/pusher-js.md §6.3 R: TypeError
      const rig = await connected();
      assert.equal(rig.pusher.channel(name), undefined);
      const channel = rig.pusher.subscribe(name);
      const seen: unknown[] = [];
      channel.bind(name, (payload) => seen.push(payload));
      await rig.clock.advance(0);
      assert.equal(channel.subscribed, true);
      rig.app.publish({ channels: name, event: name, data: { n: 1 } });
      await rig.clock.advance(0);
      assert.deepEqual(seen, [{ n: 1 }]);
      rig.app.connection()?.drop();
      await rig.clock.advance(500);
      assert.equal(channel.subscribed, true);
      rig.pusher.unsubscribe(name);
      await rig.clock.advance(0);
      assert.equal(rig.pusher.channel(name), undefined);
    });
});

describe('a payload', () => {
  /** How often something that contains `marker` is parsed while `act` runs. */
  async function parsesOf(t: TestContext, marker: string, act: () => Promise<void>): Promise<number> {
    const parse = t.mock.method(JSON, 'parse');
    await act();
    const count = parse.mock.calls.filter(({ arguments: [text] }) => text.includes(marker)).length;
    parse.mock.restore();
    return count;
  }
  const data = '{"marker":true}';
  const tick = { event: 'tick', channel: 'prices', data };
  // The frame itself is parsed once, always; there the payload is a string within a string.
  const whole = '\\"marker\\"';

  it('is not decoded where nobody listens to the event', async (t) => {
    const { rig, channel } = await subscribed();
    channel.bind('tock', () => undefined);
    rig.pusher.bind('tock', () => undefined);
    rig.pusher.connection.bind('connected', () => undefined);
    assert.equal(await parsesOf(t, whole, () => send(rig, tick)), 1, 'the frame is, for the first one');
    assert.equal(await parsesOf(t, data, () => send(rig, tick)), 0);
  });

  it('is decoded once, however many listen', async (t) => {
    const { rig, channel } = await subscribed();
    for (let count = 0; count < 5; count += 1) {
      channel.bind('tick', () => undefined);
      rig.pusher.bind('tick', () => undefined);
    }
    channel.bind_global(() => undefined);
    assert.equal(await parsesOf(t, data, () => send(rig, tick)), 1);
  });

  it('is not decoded for a channel that nobody holds', async (t) => {
    const { rig } = await subscribed();
    rig.pusher.bind_global(() => undefined);
    assert.equal(await parsesOf(t, data, () => send(rig, { ...tick, channel: 'unknown' })), 0);
  });

  it('is decoded for the message event only while somebody listens to that', async (t) => {
    const { rig } = await subscribed();
    const seen: unknown[] = [];
    const listener = (message: unknown): unknown => seen.push(message);
    rig.pusher.connection.bind('message', listener);
    await send(rig, tick);
    assert.deepEqual(seen, [{ event: 'tick', channel: 'prices', data: { marker: true } }]);
    rig.pusher.connection.unbind('message', listener);
    assert.equal(await parsesOf(t, data, () => send(rig, tick)), 0);
  });
});
