/** Every frame of protocol.md §2.2 in both shapes, and what is not a frame at all. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeFrame, decodePayload, encodeFrame } from '../../../src/protocol/codec.js';
import type { InboundFrame } from '../../../src/protocol/frames.js';

/** A frame on the wire, and what it means. */
interface Row {
  readonly name: string;
  readonly wire: unknown;
  readonly frame: InboundFrame;
}

const text = (value: unknown): string => JSON.stringify(value);

/** The same payload as a value and as a string that holds it (protocol.md §2.1). */
const bothShapes = (
  name: string,
  payload: unknown,
  wire: (data: unknown) => unknown,
  frame: (rawData: unknown) => InboundFrame,
): Row[] => [
  { name: `${name}, data as a string`, wire: wire(text(payload)), frame: frame(text(payload)) },
  { name: `${name}, data as a value`, wire: wire(payload), frame: frame(payload) },
];

const event = (name: string, rest: Partial<Extract<InboundFrame, { kind: 'event' }>> = {}): InboundFrame => ({
  kind: 'event',
  event: name,
  channel: undefined,
  rawData: undefined,
  userId: undefined,
  ...rest,
});

// protocol.md §2.2, row by row
const rows: Row[] = [
  ...bothShapes(
    'connection_established',
    { socket_id: '710.442', activity_timeout: 120 },
    (data) => ({ event: 'pusher:connection_established', data }),
    () => ({ kind: 'established', socketId: '710.442', activityTimeout: 120 }),
  ),
  ...bothShapes(
    'error',
    { message: 'Over quota', code: 4004 },
    (data) => ({ event: 'pusher:error', data }),
    () => ({ kind: 'error', code: 4004, message: 'Over quota', channel: undefined }),
  ),
  ...bothShapes(
    'error with code null',
    { message: 'Existing subscription to channel prices', code: null },
    (data) => ({ event: 'pusher:error', data }),
    () => ({
      kind: 'error',
      code: null,
      message: 'Existing subscription to channel prices',
      channel: undefined,
    }),
  ),
  ...bothShapes(
    'error without a code',
    { message: 'Something' },
    (data) => ({ event: 'pusher:error', data }),
    () => ({ kind: 'error', code: null, message: 'Something', channel: undefined }),
  ),
  ...bothShapes(
    'error for a channel, as soketi words it',
    { type: 'LimitReached', error: 'Too long', code: 4009 },
    (data) => ({ event: 'pusher:error', channel: 'prices', data }),
    () => ({ kind: 'error', code: 4009, message: 'Too long', channel: 'prices' }),
  ),
  ...bothShapes(
    'error that names its channel inside',
    { message: 'No', code: 4009, channel: 'prices' },
    (data) => ({ event: 'pusher:error', data }),
    () => ({ kind: 'error', code: 4009, message: 'No', channel: 'prices' }),
  ),
  ...[undefined, null, '', {}, '{}'].flatMap((data): Row[] => [
    {
      name: `ping with data ${text(data)}`,
      wire: { event: 'pusher:ping', data },
      frame: { kind: 'ping' },
    },
    {
      name: `pong with data ${text(data)}`,
      wire: { event: 'pusher:pong', data },
      frame: { kind: 'pong' },
    },
  ]),
  ...[undefined, '{}', {}].map((data): Row => ({
    name: `subscription_succeeded with data ${text(data)}`,
    wire: { event: 'pusher_internal:subscription_succeeded', channel: 'prices', data },
    frame: { kind: 'subscription-succeeded', channel: 'prices', rawData: data },
  })),
  ...bothShapes(
    'subscription_succeeded of a presence channel',
    { presence: { ids: ['ann'], hash: { ann: null }, count: 1 } },
    (data) => ({ event: 'pusher_internal:subscription_succeeded', channel: 'presence-lobby', data }),
    (rawData) => ({ kind: 'subscription-succeeded', channel: 'presence-lobby', rawData }),
  ),
  ...bothShapes(
    'subscription_count',
    { subscription_count: 7 },
    (data) => ({ event: 'pusher_internal:subscription_count', channel: 'prices', data }),
    () => ({ kind: 'subscription-count', channel: 'prices', count: 7 }),
  ),
  ...['pusher:subscription_error', 'pusher_internal:subscription_error'].flatMap((name) =>
    bothShapes(
      name,
      { type: 'AuthError', error: 'No', status: 401 },
      (data) => ({ event: name, channel: 'private-orders', data }),
      (rawData) => ({ kind: 'subscription-error', channel: 'private-orders', rawData }),
    ),
  ),
  ...bothShapes(
    'member_added',
    { user_id: 'cy', user_info: { name: 'Cy' } },
    (data) => ({ event: 'pusher_internal:member_added', channel: 'presence-lobby', data }),
    (rawData) => ({ kind: 'member-added', channel: 'presence-lobby', rawData }),
  ),
  ...bothShapes(
    'member_removed with a numeric id',
    { user_id: 7 },
    (data) => ({ event: 'pusher_internal:member_removed', channel: 'presence-lobby', data }),
    (rawData) => ({ kind: 'member-removed', channel: 'presence-lobby', rawData }),
  ),
  ...[undefined, {}, 'null'].map((data): Row => ({
    name: `cache_miss with data ${text(data)}`,
    wire: { event: 'pusher:cache_miss', channel: 'cache-score', data },
    frame: event('pusher:cache_miss', { channel: 'cache-score', rawData: data }),
  })),
  ...bothShapes(
    'signin_success',
    { user_data: '{"id":"ann"}' },
    (data) => ({ event: 'pusher:signin_success', data }),
    (rawData) => event('pusher:signin_success', { rawData }),
  ),
  ...bothShapes(
    'watchlist_events',
    { events: [{ name: 'online', user_ids: ['bob'] }] },
    (data) => ({ event: 'pusher_internal:watchlist_events', data }),
    (rawData) => event('pusher_internal:watchlist_events', { rawData }),
  ),
  ...bothShapes(
    "a publisher's event",
    { bid: 41 },
    (data) => ({ event: 'tick', channel: 'prices', data }),
    (rawData) => event('tick', { channel: 'prices', rawData }),
  ),
  ...bothShapes(
    'a client event with its sender',
    { on: true },
    (data) => ({ event: 'client-typing', channel: 'presence-lobby', data, user_id: 'ann' }),
    (rawData) => event('client-typing', { channel: 'presence-lobby', rawData, userId: 'ann' }),
  ),
];

describe('decodeFrame', () => {
  for (const { name, wire, frame } of rows)
    it(`reads ${name}`, () => {
      assert.deepEqual(decodeFrame(text(wire)), { ok: true, frame });
    });

  it('takes a code that is written as text, and no other text, for a code', () => {
    const codes = ['4004', 4004.5, 'soon', '', null, true, [4004]].map((code) => {
      const decoded = decodeFrame(text({ event: 'pusher:error', data: { code, message: 'm' } }));
      return decoded.ok && decoded.frame.kind === 'error' ? decoded.frame.code : undefined;
    });
    assert.deepEqual(codes, [4004, null, null, null, null, null, null]);
  });

  it('takes the whole payload of an error for its message where it is plain text', () => {
    const decoded = decodeFrame(text({ event: 'pusher:error', data: 'Unauthorized' }));
    assert.ok(decoded.ok && decoded.frame.kind === 'error');
    assert.equal(decoded.frame.message, 'Unauthorized');
  });

  it('takes an error without any payload', () => {
    for (const data of [undefined, null, 42, [], '[]']) {
      const decoded = decodeFrame(text({ event: 'pusher:error', data }));
      assert.ok(decoded.ok && decoded.frame.kind === 'error', text(data));
      assert.equal(decoded.frame.code, null);
      assert.equal(decoded.frame.message, '');
    }
  });

  it('takes a handshake without an activity timeout, or with one that cannot be one', () => {
    // protocol.md §3
    for (const activity_timeout of [undefined, null, 0, -1, 'soon', {}]) {
      const decoded = decodeFrame(
        text({ event: 'pusher:connection_established', data: { socket_id: '1.2', activity_timeout } }),
      );
      assert.ok(decoded.ok && decoded.frame.kind === 'established', text(activity_timeout));
      assert.equal(decoded.frame.activityTimeout, undefined);
    }
  });

  it('does not take a handshake without a socket id for one', () => {
    for (const data of [undefined, null, '', 'hello', {}, { socket_id: '' }, { socket_id: 12 }, []]) {
      const decoded = decodeFrame(text({ event: 'pusher:connection_established', data }));
      assert.ok(decoded.ok, text(data));
      assert.equal(decoded.frame.kind, 'event');
    }
  });

  it('takes a service event that lacks its channel for an event that nobody knows', () => {
    for (const name of ['subscription_succeeded', 'subscription_error', 'subscription_count'])
      for (const channel of [undefined, null, 7]) {
        const decoded = decodeFrame(
          text({ event: `pusher_internal:${name}`, channel, data: { subscription_count: 1 } }),
        );
        assert.ok(decoded.ok);
        assert.equal(decoded.frame.kind, 'event');
      }
  });

  it('takes a count for one only where it is a number', () => {
    for (const subscription_count of [undefined, null, -1, 'many', '', [3], true]) {
      const decoded = decodeFrame(
        text({
          event: 'pusher_internal:subscription_count',
          channel: 'prices',
          data: { subscription_count },
        }),
      );
      assert.ok(decoded.ok);
      assert.equal(decoded.frame.kind, 'event', text(subscription_count));
    }
  });

  it('takes zero for a count', () => {
    const decoded = decodeFrame(
      text({
        event: 'pusher_internal:subscription_count',
        channel: 'prices',
        data: '{"subscription_count":0}',
      }),
    );
    assert.deepEqual(decoded, {
      ok: true,
      frame: { kind: 'subscription-count', channel: 'prices', count: 0 },
    });
  });

  it('makes the id of a sender a string', () => {
    // protocol.md §7.5
    const decoded = decodeFrame(text({ event: 'client-x', channel: 'presence-x', data: {}, user_id: 7 }));
    assert.ok(decoded.ok && decoded.frame.kind === 'event');
    assert.equal(decoded.frame.userId, '7');
  });

  it('takes a name of the future in the reserved name spaces for an event', () => {
    for (const name of ['pusher:from_the_future', 'pusher_internal:from_the_future', 'pusher', 'pusherish'])
      assert.deepEqual(decodeFrame(text({ event: name, data: {} })), {
        ok: true,
        frame: event(name, { rawData: {} }),
      });
  });
});

describe('encodeFrame', () => {
  it('writes the payload as a plain value, not as a string', () => {
    // protocol.md §2.1
    assert.equal(
      encodeFrame({ event: 'client-typing', channel: 'private-room', data: { on: true } }),
      '{"event":"client-typing","channel":"private-room","data":{"on":true}}',
    );
    assert.equal(encodeFrame({ event: 'pusher:ping', data: {} }), '{"event":"pusher:ping","data":{}}');
  });
});

describe('a decoded payload', () => {
  it('is what the string holds, or the string itself', () => {
    const values = ['{"bid":41}', '42', 'true', 'null', '"x"', '[1]', 'plain text', '', '{"bid":'];
    assert.deepEqual(values.map(decodePayload), [
      { bid: 41 },
      42,
      true,
      null,
      'x',
      [1],
      'plain text',
      '',
      '{"bid":',
    ]);
  });

  it('is the value itself where it is no string', () => {
    const value = { bid: 41 };
    assert.equal(decodePayload(value), value);
    assert.equal(decodePayload(undefined), undefined);
    assert.equal(decodePayload(null), null);
  });
});
