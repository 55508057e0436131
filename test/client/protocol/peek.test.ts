/** Frames that nobody listens to are not parsed (issue 5, row 2), and nothing else changes by that. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { peekNames } from '../../../src/protocol/peek.js';
import { connected } from '../support.js';
import type { Rig } from '../support.js';

describe('peekNames', () => {
  it('reads the names of an event as servers write it', () => {
    const raw = '{"event":"tick","channel":"prices","data":"{\\"channel\\":\\"other\\"}"}';
    assert.deepEqual(peekNames(raw), { event: 'tick', channel: 'prices' });
    assert.deepEqual(peekNames('{"event":"","channel":""'), { event: '', channel: '' });
  });

  for (const [what, raw] of Object.entries({
    'another order': '{"channel":"prices","event":"tick"}',
    'a space': '{"event": "tick","channel":"prices"}',
    'no channel': '{"event":"tick","data":"{}"}',
    'a channel inside the payload': '{"event":"tick","data":{"a":1,"channel":"prices"}}',
    'an event of the protocol': '{"event":"pusher:cache_miss","channel":"prices"}',
    'an escaped event': '{"event":"ti\\"ck","channel":"prices"}',
    'an escaped channel': '{"event":"tick","channel":"pri\\u0063es"}',
    'the beginning of a name': '{"event":"tick',
    'no text': new Uint8Array(8),
    nothing: '',
  }))
    it(`leaves alone what is written with ${what}`, () => {
      assert.equal(peekNames(raw), undefined);
    });
});

describe('after an event that nobody listened to', () => {
  /** How often a text was parsed while `act` ran. */
  const parses = async (act: () => Promise<void>): Promise<number> => {
    const { parse } = JSON;
    let count = 0;
    JSON.parse = (...values: Parameters<typeof parse>) => {
      count += 1;
      return parse(...values) as unknown;
    };
    try {
      await act();
    } finally {
      JSON.parse = parse;
    }
    return count;
  };
  const receive = (rig: Rig, event = 'tick', channel = 'prices'): void => {
    rig.app.connection()!.send({ event, channel, data: '{"bid":41}' });
  };
  const quiet = async (): Promise<{ rig: Rig; channel: ReturnType<Rig['pusher']['subscribe']> }> => {
    const rig = await connected();
    const channel = rig.pusher.subscribe('prices');
    await rig.clock.advance(0);
    receive(rig);
    await rig.clock.advance(0);
    return { rig, channel };
  };

  it('the next one like it is not parsed', async () => {
    const { rig } = await quiet();
    const send = async (event: string): Promise<void> => {
      receive(rig, event);
      await rig.clock.advance(0);
    };
    assert.equal(await parses(() => send('tick')), 0);
    rig.pusher.bind('heard', () => undefined);
    assert.equal(await parses(() => send('heard')), 2, 'the frame and its payload');
  });

  for (const [who, listen] of Object.entries({
    'the channel': ({ channel }, heard) => void channel.bind('tick', heard),
    'the client': ({ rig }, heard) => void rig.pusher.bind('tick', heard),
    'everybody on the channel': ({ channel }, heard) => void channel.bind_global(heard),
    'everybody on the client': ({ rig }, heard) => void rig.pusher.bind_global(heard),
    'whoever listens to frames': ({ rig }, heard) => void rig.pusher.connection.bind('message', heard),
  } satisfies Record<
    string,
    (quiet: { rig: Rig; channel: ReturnType<Rig['pusher']['subscribe']> }, heard: () => void) => void
  >))
    it(`reaches ${who}, bound later`, async () => {
      const found = await quiet();
      let calls = 0;
      listen(found, () => (calls += 1));
      receive(found.rig);
      await found.rig.clock.advance(0);
      assert.equal(calls, 1);
    });

  it('the repetition of a cache channel is still told from a new event', async () => {
    const { rig } = await quiet();
    const channel = rig.pusher.subscribe('cache-prices');
    await rig.clock.advance(0);
    receive(rig, 'other', 'cache-prices');
    const cached: boolean[] = [];
    channel.bind('tick', (_payload, metadata) => cached.push(metadata.cached));
    receive(rig, 'tick', 'cache-prices');
    await rig.clock.advance(0);
    assert.deepEqual(cached, [false]);
  });

  it('proves the server alive all the same', async () => {
    const { rig } = await quiet();
    rig.pusher.configure({ activityTimeout: 60_000 });
    for (let round = 0; round < 4; round += 1) {
      await rig.clock.advance(50_000);
      receive(rig);
    }
    assert.deepEqual(
      rig.frames().filter((frame) => frame.includes('ping')),
      [],
    );
  });
});
