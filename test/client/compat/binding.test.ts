/** Binding as applications of pusher-js know it: reference/pusher-js.md §2.13, payloads of §2.10. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Channel, Pusher } from '../../../src/index.js';
import { connected } from '../support.js';
import type { Rig } from '../support.js';

async function withPrices(): Promise<Rig & { channel: Channel; publish: (data: unknown) => Promise<void> }> {
  const rig = await connected();
  const channel = rig.pusher.subscribe('prices');
  await rig.clock.advance(0);
  return {
    ...rig,
    channel,
    publish: async (data) => {
      rig.app.publish({ channels: 'prices', event: 'tick', data });
      await rig.clock.advance(0);
    },
  };
}

/** Who has a `bind`, by what it is. */
const places = (rig: Rig & { channel: Channel }): readonly (readonly [string, Channel | Pusher])[] => [
  ['a channel', rig.channel],
  ['the client', rig.pusher],
];

for (const [place] of [['a channel'], ['the client']] as const)
  describe(`bind and unbind on ${place}`, () => {
    const start = async (): Promise<{
      target: Channel | Pusher;
      publish: (data: unknown) => Promise<void>;
      heard: unknown[];
      listener: (payload: unknown) => unknown;
    }> => {
      const rig = await withPrices();
      const heard: unknown[] = [];
      const target = places(rig).find(([name]) => name === place)![1];
      return { target, publish: rig.publish, heard, listener: (payload) => heard.push(payload) };
    };

    it('chain: every one of them returns this', async () => {
      const { target, listener } = await start();
      const all = target
        .bind('tick', listener)
        .bind_global(listener)
        .unbind('tick', listener)
        .unbind_global(listener)
        .unbind_all();
      assert.equal(all, target);
    });

    it('a function that is bound twice is called twice, and one unbind removes both', async () => {
      const { target, publish, heard, listener } = await start();
      target.bind('tick', listener).bind('tick', listener);
      await publish(1);
      target.unbind('tick', listener);
      await publish(2);
      assert.deepEqual(heard, [1, 1]);
    });

    it('a listener is called with its context as this', async () => {
      const { target, publish } = await start();
      const context = { name: 'context' };
      const seen: unknown[] = [];
      target.bind(
        'tick',
        function (this: unknown) {
          seen.push(this);
        },
        context,
      );
      await publish(1);
      assert.deepEqual(seen, [context]);
      assert.equal(seen[0], context);
    });

    const overloads: readonly (readonly [
      string,
      (target: Channel | Pusher, listener: (payload: unknown) => unknown, context: object) => unknown,
      readonly unknown[],
    ])[] = [
      ['unbind(event)', (target) => target.unbind('tick'), []],
      ['unbind(event, function)', (target, listener) => target.unbind('tick', listener), ['other']],
      [
        'unbind(event, null, context)',
        (target, _, context) => target.unbind('tick', null, context),
        ['plain', 'other'],
      ],
      ['unbind(null, function)', (target, listener) => target.unbind(null, listener), ['other']],
      [
        'unbind(null, null, context)',
        (target, _, context) => target.unbind(null, null, context),
        ['plain', 'other'],
      ],
      [
        'unbind(event, function, context)',
        (target, listener, context) => target.unbind('tick', listener, context),
        ['plain', 'other'],
      ],
      ['unbind(another event)', (target) => target.unbind('else'), ['plain', 'context', 'other']],
      ['unbind()', (target) => target.unbind(), []],
      ['unbind_all()', (target) => target.unbind_all(), []],
    ];
    for (const [name, act, left] of overloads)
      it(`${name} leaves what it should`, async () => {
        const { target, publish } = await start();
        const called: string[] = [];
        const context = {};
        function listener(this: unknown): void {
          called.push(this === context ? 'context' : 'plain');
        }
        target.bind('tick', listener).bind('tick', listener, context);
        target.bind('tick', () => called.push('other'));
        act(target, listener, context);
        await publish(1);
        assert.deepEqual(called, left);
      });

    it('unbind() leaves global listeners, unbind_all() does not', async () => {
      const { target, publish, heard } = await start();
      target.bind_global((event, payload) => heard.push([event, payload]));
      target.unbind();
      await publish(1);
      target.unbind_all();
      await publish(2);
      assert.deepEqual(heard, [['tick', 1]]);
    });

    it('global listeners are called with the name, before those that name the event', async () => {
      const { target, publish, heard } = await start();
      target.bind('tick', (payload) => heard.push(['named', payload]));
      target.bind_global((event, payload) => heard.push([event, payload]));
      await publish(1);
      assert.deepEqual(heard, [
        ['tick', 1],
        ['named', 1],
      ]);
    });

    it('one that removes another in the middle still lets it have this event', async () => {
      const { target, publish, heard, listener } = await start();
      target.bind('tick', () => target.unbind('tick', listener));
      target.bind('tick', listener);
      await publish(1);
      await publish(2);
      assert.deepEqual(heard, [1]);
    });

    for (const data of [0, false, '', null, [], {}])
      it(`the payload ${JSON.stringify(data)} is delivered as it is, with its metadata`, async () => {
        const { target, publish, heard } = await start();
        target.bind('tick', (payload, metadata) => heard.push([payload, metadata.cached]));
        await publish(data);
        assert.deepEqual(heard, [[data, false]]);
      });

    it('a text that looks like JSON is decoded, and kept as it came in the metadata', async () => {
      const { target, publish, heard } = await start();
      target.bind('tick', (payload, { rawData }) => heard.push([payload, rawData]));
      await publish('1e2');
      assert.deepEqual(heard, [[100, '1e2']]);
    });

    it('what is no function is refused at once', async () => {
      const { target } = await start();
      assert.throws(() => target.bind('tick', undefined as unknown as () => void), TypeError);
    });
  });

describe('the events of a connection', () => {
  it('may be bound by any of its names, globally too, and unbound', async () => {
    const { pusher } = await connected();
    const heard: string[] = [];
    const listener = (): unknown => heard.push('bound');
    const all = (event: string): unknown => heard.push(event);
    pusher.connection.bind('disconnected', listener).bind_global(all);
    pusher.disconnect();
    pusher.connection.unbind('disconnected', listener).unbind_global(all);
    pusher.connect();
    pusher.disconnect();
    assert.deepEqual(heard, ['lost', 'state_change', 'disconnected', 'bound']);
  });
});
