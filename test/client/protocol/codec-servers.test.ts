/**
 * What the servers that people run put on the wire (servers.md §2, "Differences a tolerant client must
 * accept"), as fixtures: every one of them has to mean the same.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeFrame, decodePayload } from '../../../src/protocol/codec.js';
import type { InboundFrame } from '../../../src/protocol/frames.js';

const read = (wire: string): InboundFrame => {
  const decoded = decodeFrame(wire);
  assert.ok(decoded.ok, wire);
  return decoded.frame;
};

describe('a confirmed subscription', () => {
  const wires = {
    soketi: '{"event":"pusher_internal:subscription_succeeded","channel":"prices"}',
    Reverb: '{"event":"pusher_internal:subscription_succeeded","data":"{}","channel":"prices"}',
    'pusher-fake': '{"channel":"prices","data":"{}","event":"pusher_internal:subscription_succeeded"}',
  };
  for (const [server, wire] of Object.entries(wires))
    it(`is one from ${server}`, () => {
      const frame = read(wire);
      assert.equal(frame.kind, 'subscription-succeeded');
      assert.equal('channel' in frame && frame.channel, 'prices');
    });

  it('keeps a roster with and without ids', () => {
    for (const presence of [
      { ids: ['ann'], hash: { ann: {} }, count: 1 },
      { hash: { ann: {} }, count: 1 },
    ]) {
      const frame = read(
        JSON.stringify({
          event: 'pusher_internal:subscription_succeeded',
          channel: 'presence-lobby',
          data: JSON.stringify({ presence }),
        }),
      );
      assert.ok(frame.kind === 'subscription-succeeded');
      assert.deepEqual(decodePayload(frame.rawData), { presence });
    }
  });
});

describe('a refused channel', () => {
  it('is named by soketi', () => {
    const frame = read(
      '{"event":"pusher:subscription_error","channel":"private-orders",' +
        '"data":{"type":"AuthError","error":"The connection is unauthorized.","status":401}}',
    );
    assert.deepEqual(frame, {
      kind: 'subscription-error',
      channel: 'private-orders',
      rawData: { type: 'AuthError', error: 'The connection is unauthorized.', status: 401 },
    });
  });

  it('is an error without a channel from Reverb', () => {
    const frame = read(
      '{"event":"pusher:error","data":"{\\"code\\":4009,\\"message\\":\\"Connection is unauthorized\\"}"}',
    );
    assert.deepEqual(frame, {
      kind: 'error',
      code: 4009,
      message: 'Connection is unauthorized',
      channel: undefined,
    });
  });

  it('is an internal event from pusher-fake', () => {
    const frame = read(
      '{"event":"pusher_internal:subscription_error","channel":"private-orders","data":"{}"}',
    );
    assert.deepEqual(frame, { kind: 'subscription-error', channel: 'private-orders', rawData: '{}' });
  });
});

describe('the words of a server', () => {
  it('are the same error as an object (soketi) and as a string (Reverb)', () => {
    const data = { code: 4004, message: 'Application is over connection quota' };
    const frames = [data, JSON.stringify(data)].map((shape) =>
      read(JSON.stringify({ event: 'pusher:error', data: shape })),
    );
    assert.deepEqual(frames[0], frames[1]);
    assert.ok(frames[0]?.kind === 'error');
    assert.equal(frames[0].code, 4004);
  });

  it('are a pong as soketi, Reverb and pusher-fake write it', () => {
    for (const wire of [
      '{"event":"pusher:pong","data":{}}',
      '{"event":"pusher:pong"}',
      '{"event":"pusher:pong","data":"{}"}',
    ])
      assert.deepEqual(read(wire), { kind: 'pong' });
  });

  it('are a cache miss without data and with the text null', () => {
    for (const wire of [
      '{"event":"pusher:cache_miss","channel":"cache-score"}',
      '{"event":"pusher:cache_miss","channel":"cache-score","data":"null"}',
    ]) {
      const frame = read(wire);
      assert.ok(frame.kind === 'event');
      assert.equal(frame.event, 'pusher:cache_miss');
      assert.ok(decodePayload(frame.rawData) == null);
    }
  });

  it('are the same client event as an object (soketi, Reverb) and as a string (Revurb, pusher-fake)', () => {
    const payloads = [{ on: true }, '{"on":true}'].map((data) => {
      const frame = read(JSON.stringify({ event: 'client-typing', channel: 'presence-lobby', data }));
      return frame.kind === 'event' ? decodePayload(frame.rawData) : undefined;
    });
    assert.deepEqual(payloads, [{ on: true }, { on: true }]);
  });

  it('are a handshake with the 30 seconds of soketi and Reverb and the 120 of others', () => {
    for (const seconds of [30, 120]) {
      const frame = read(
        JSON.stringify({
          event: 'pusher:connection_established',
          data: JSON.stringify({ socket_id: '1.2', activity_timeout: seconds }),
        }),
      );
      assert.ok(frame.kind === 'established');
      assert.equal(frame.activityTimeout, seconds);
    }
  });

  it('are a sign-in with whatever soketi adds to it', () => {
    const data = { auth: 'key:signature', user_data: '{"id":"ann"}' };
    const frame = read(JSON.stringify({ event: 'pusher:signin_success', data }));
    assert.ok(frame.kind === 'event');
    assert.deepEqual(frame.rawData, data);
  });

  it('answer a subscription that exists already with another confirmation', () => {
    const wire = '{"event":"pusher_internal:subscription_succeeded","channel":"prices","data":"{}"}';
    assert.deepEqual(read(wire), read(wire));
  });
});
