/** What applications are told when something goes wrong: E-08, L-01 to L-05, requirements §3 row 12. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConnectionError } from '../../../src/index.js';
import type { FaultyFrame, RejectionStyle } from '../../../src/testing/index.js';
import { connected, createRig } from '../support.js';
import type { Rig } from '../support.js';

/** Both historical shapes are there at once and agree (L-03, L-04). */
function assertBothShapes(error: ConnectionError | undefined): asserts error is ConnectionError {
  assert.ok(error);
  const { code, message } = error;
  assert.deepEqual(error.data, { code, message });
  assert.deepEqual(error.error, { type: 'PusherError', data: { code, message } });
  assert.notEqual(message, '');
  assert.notEqual(error.remediation, '');
}

describe('an error of the connection', () => {
  const ends: [name: string, end: (rig: Rig) => void, expected: Partial<ConnectionError>][] = [
    [
      'a dropped connection',
      (rig) => rig.app.connection()?.drop(),
      { type: 'WebSocketError', code: 1006, reason: 'connection-lost' },
    ],
    [
      'a close with 4100',
      (rig) => rig.app.connection()?.close(4100, 'Over capacity'),
      { type: 'WebSocketError', code: 4100, reason: 'connection-refused', message: 'Over capacity' },
    ],
    [
      'a close with 4200',
      (rig) => rig.app.connection()?.close(4200, 'Restarting'),
      { type: 'WebSocketError', code: 4200, message: 'Restarting' },
    ],
    [
      'a close with 4004',
      (rig) => rig.app.connection()?.close(4004, 'Over quota'),
      { type: 'WebSocketError', code: 4004, reason: 'connection-limit', message: 'Over quota' },
    ],
    [
      'a close with a code but no reason',
      (rig) => rig.app.connection()?.close(4003),
      { code: 4003, message: 'The app is disabled.' },
    ],
    [
      'an error frame on an open connection',
      (rig) => rig.app.connection()?.sendError(4301, 'Too many client events'),
      { type: 'PusherError', code: 4301, reason: 'server-error', message: 'Too many client events' },
    ],
    [
      'an error frame without a code',
      (rig) => rig.app.connection()?.sendError(null, 'Something'),
      { type: 'PusherError', code: null, reason: 'server-error', message: 'Something' },
    ],
    [
      'bytes that are not a frame',
      (rig) => rig.app.connection()?.sendRaw('{"event":'),
      { type: 'MessageParseError', code: null, reason: 'malformed-frame', raw: '{"event":' },
    ],
  ];
  for (const [name, end, expected] of ends)
    it(`is told once, in both shapes, with what to do: ${name}`, async () => {
      const rig = await connected();
      end(rig);
      await rig.clock.advance(0);
      assert.equal(rig.errors.length, 1);
      const [error] = rig.errors;
      assertBothShapes(error);
      for (const [field, value] of Object.entries(expected))
        assert.deepEqual(error[field as keyof ConnectionError], value, field);
    });

  it('is none where the server closes normally', async () => {
    for (const code of [1000, 1001]) {
      const rig = await connected();
      rig.app.connection()?.close(code);
      await rig.clock.advance(0);
      assert.deepEqual(rig.errors, []);
      assert.deepEqual(
        rig.losses.map((loss) => [loss.code, loss.error]),
        [[code, undefined]],
      );
      assert.deepEqual(rig.states, ['connecting', 'connected', 'connecting']);
      assert.equal(rig.delays.length, 1, 'and yet it is tried again, after a delay');
    }
  });

  it('is none where this side disconnects', async () => {
    const rig = await connected();
    rig.pusher.disconnect();
    await rig.clock.advance(0);
    assert.deepEqual(rig.errors, []);
  });

  it('is kept as the last one until a connection works again', async () => {
    const rig = await connected();
    const { connection } = rig.pusher;
    assert.equal(connection.lastError, undefined);
    rig.app.stop();
    await rig.clock.advance(3000);
    assert.equal(connection.lastError, rig.errors.at(-1));
    rig.app.start();
    await rig.clock.advance(10_000);
    assert.equal(connection.state, 'connected');
    assert.equal(connection.lastError, undefined);
  });
});

describe('frames that cannot be read', () => {
  const isReported: Readonly<Record<FaultyFrame, boolean>> = {
    garbage: true,
    array: true,
    'no-event': true,
    binary: true,
    'unknown-pusher-event': false,
    'unknown-channel': false,
    huge: false,
  };
  for (const [fault, isError] of Object.entries(isReported) as [FaultyFrame, boolean][])
    it(`leave the connection open, and are ${isError ? 'reported with their bytes' : 'no error'}: ${fault}`, async () => {
      // protocol.md §2.1
      const rig = await connected();
      const channel = rig.pusher.subscribe('prices');
      let ticks = 0;
      channel.bind('tick', () => (ticks += 1));
      await rig.clock.advance(0);
      rig.app.connection()?.sendFaulty(fault);
      rig.app.publish({ channels: 'prices', event: 'tick' });
      await rig.clock.advance(0);
      assert.equal(ticks, 1, 'the next frame is read as always');
      assert.deepEqual(rig.states, ['connecting', 'connected']);
      assert.equal(rig.errors.length, isError ? 1 : 0);
      for (const error of rig.errors) {
        assert.equal(error.type, 'MessageParseError');
        assert.ok(error.raw);
      }
    });
});

describe('a rejection with 4004', () => {
  // L-01, L-02, L-05
  for (const rejection of [
    'frame-and-close',
    'close-only',
    'frame-and-drop',
    'frame-only',
  ] as RejectionStyle[])
    for (const errorData of ['object', 'string'] as const)
      it(`is one error, then disconnected, and no retry: ${rejection}, data as ${errorData}`, async () => {
        const rig = createRig({
          app: { maxConnections: 0 },
          prepare: (app) => app.script({ rejection, errorData }),
        });
        await rig.clock.advance(0);
        assert.equal(rig.errors.length, 1);
        const [error] = rig.errors;
        assertBothShapes(error);
        assert.equal(error.code, 4004);
        assert.equal(error.reason, 'connection-limit');
        assert.deepEqual(rig.states, ['connecting', 'disconnected']);
        assert.equal(rig.changes.at(-1)?.code, 4004);
        assert.equal(rig.losses[0]?.isFatal, true);
        assert.equal(rig.losses[0].willReconnect, false);
        assert.equal(rig.pusher.connection.lastError, error);
        await rig.clock.advance(600_000);
        assert.equal(rig.attempts.length, 1);
        assert.equal(rig.errors.length, 1);
        assert.equal(rig.transport.openCount, 0);
      });

  it('of an open connection, as a frame and a close, is one error as well', async () => {
    const rig = await connected();
    rig.app.connection()?.sendError(4004, 'Over quota');
    rig.app.connection()?.close(4004, 'Over quota');
    await rig.clock.advance(0);
    assert.equal(rig.errors.length, 1);
    const [error] = rig.errors;
    assertBothShapes(error);
    assert.equal(error.code, 4004);
    assert.equal(rig.pusher.connection.state, 'disconnected');
    assert.equal(rig.pusher.connection.lastError, error, 'and known afterwards');
  });

  it('as a frame on an open connection alone only informs', async () => {
    // protocol.md §5
    const rig = await connected();
    rig.app.connection()?.sendError(4004, 'Over quota');
    await rig.clock.advance(60_000);
    assert.equal(rig.errors.length, 1);
    assert.deepEqual(rig.states, ['connecting', 'connected']);
  });

  it('keeps channels and bindings for a later connect()', async () => {
    const rig = createRig({ app: { maxConnections: 0 } });
    let ticks = 0;
    rig.pusher.subscribe('prices').bind('tick', () => (ticks += 1));
    await rig.clock.advance(0);
    rig.app.configure({ maxConnections: null });
    rig.pusher.connect();
    await rig.clock.advance(0);
    rig.app.publish({ channels: 'prices', event: 'tick' });
    await rig.clock.advance(0);
    assert.equal(ticks, 1);
  });
});

describe('every code that is fatal', () => {
  for (const code of [4001, 4002, 4003, 4005, 4006, 4007, 4008, 4009, 4010, 4099, 4300, 4301, 4400, 4999])
    it(`ends in disconnected with one error and nothing scheduled: ${code}`, async () => {
      // protocol.md §6, "Fatal"
      const rig = await connected();
      const channel = rig.pusher.subscribe('prices');
      rig.app.connection()?.close(code, 'because');
      await rig.clock.advance(0);
      assert.deepEqual(rig.states, ['connecting', 'connected', 'disconnected']);
      assert.deepEqual(
        rig.errors.map((error) => error.code),
        [code],
      );
      assert.equal(rig.clock.pendingTimers, 0);
      assert.equal(rig.pusher.channel('prices'), channel);
      assert.equal(rig.changes.at(-1)?.reason, 'because');
    });
});
