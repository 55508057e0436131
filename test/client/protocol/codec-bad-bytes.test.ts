/** What is not a frame is a value too: it never throws, and keeps what was received. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeFrame, decodePayload } from '../../../src/protocol/codec.js';
import { PusherError } from '../../../src/index.js';

// protocol.md §2.1, 1
const bad: Readonly<Record<string, unknown>> = {
  nothing: '',
  'white space': ' \n ',
  'text that is not JSON': '{"event":"tick",',
  'JSON that is followed by something': '{"event":"tick"}{',
  'a JSON array': '["tick",{"bid":41}]',
  'a JSON string': '"tick"',
  'a JSON number': '42',
  'a JSON null': 'null',
  'an object without an event': '{"channel":"prices","data":"{}"}',
  'an event that is not a string': '{"event":7}',
  'an event that is null': '{"event":null}',
  'an event in the prototype': '{"__proto__":{"event":"tick"}}',
  'a binary frame': Uint8Array.of(0x7b, 0x00, 0xff, 0x7d),
  'an ArrayBuffer': new ArrayBuffer(4),
  'nothing at all': undefined,
  'half of a surrogate pair': '\ud800',
};

describe('bytes that are not a frame', () => {
  for (const [name, raw] of Object.entries(bad))
    it(`are a value, not an exception: ${name}`, () => {
      const decoded = decodeFrame(raw);
      assert.equal(decoded.ok, false);
      assert.equal(decoded.raw, raw, 'what was received is kept');
      assert.ok(decoded.error instanceof PusherError);
      assert.equal(decoded.error.code, 'malformed-frame');
      assert.notEqual(decoded.error.remediation, '');
    });

  it('keep the reason for which JSON could not be read', () => {
    const decoded = decodeFrame('{');
    assert.ok(!decoded.ok);
    assert.ok(decoded.error.cause instanceof SyntaxError);
  });
});

describe('unusual frames', () => {
  it('may be huge', () => {
    const data = 'x'.repeat(1_000_000);
    const decoded = decodeFrame(JSON.stringify({ event: 'huge', channel: 'prices', data }));
    assert.ok(decoded.ok && decoded.frame.kind === 'event');
    assert.equal(decoded.frame.rawData, data);
  });

  it('may be nested deeply', () => {
    const depth = 100_000;
    const data = '['.repeat(depth) + ']'.repeat(depth);
    assert.ok(decodeFrame(`{"event":"deep","data":${data}}`).ok);
    assert.doesNotThrow(() => decodePayload(data));
  });

  it('may bear the names of members of every object', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf']) {
      const decoded = decodeFrame(JSON.stringify({ event: name, channel: name, data: name, user_id: name }));
      assert.deepEqual(decoded, {
        ok: true,
        frame: { kind: 'event', event: name, channel: name, rawData: name, userId: name },
      });
    }
  });

  it('may hold members of every object in their payload without becoming one', () => {
    const decoded = decodeFrame('{"event":"pusher:error","data":{"__proto__":{"code":4004,"message":"no"}}}');
    assert.ok(decoded.ok && decoded.frame.kind === 'error');
    assert.equal(decoded.frame.code, null);
    assert.equal(({} as { code?: unknown }).code, undefined);
  });

  it('may have a channel or a sender that is not text, which then is none', () => {
    const decoded = decodeFrame('{"event":"tick","channel":["prices"],"data":1,"user_id":{}}');
    assert.ok(decoded.ok && decoded.frame.kind === 'event');
    assert.equal(decoded.frame.channel, undefined);
    assert.equal(decoded.frame.userId, undefined);
  });

  it('may have anything besides', () => {
    assert.ok(decodeFrame('{"event":"tick","channel":"prices","data":"{}","time_ms":1,"id":"a"}').ok);
  });
});
