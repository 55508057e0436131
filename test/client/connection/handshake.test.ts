/** protocol.md §3: what the first thing to happen on a new socket means. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HandshakeBehavior } from '../../../src/testing/index.js';
import { connected, createRig } from '../support.js';
import type { Rig } from '../support.js';

/** A client whose first attempt meets this, and whose next one is answered well. */
async function meeting(handshake: HandshakeBehavior): Promise<Rig> {
  const rig = createRig({ prepare: (app) => app.scriptNext({ handshake }) });
  await rig.clock.advance(0);
  return rig;
}

describe('the handshake', () => {
  it('makes the connection, in both shapes and with any activity timeout or none', async () => {
    for (const data of ['string', 'object'] as const)
      for (const activityTimeout of [30, 120, 0.5, null]) {
        const rig = await meeting({ type: 'accept', data, activityTimeout, socketId: '710.442' });
        assert.equal(rig.pusher.connection.state, 'connected');
        assert.equal(rig.pusher.connection.socket_id, '710.442');
        rig.pusher.dispose();
      }
  });

  it('is what makes it, not the open socket', async () => {
    // S-04
    const rig = await meeting({ type: 'accept', delay: 3000 });
    assert.equal(rig.transport.openCount, 1);
    assert.equal(rig.pusher.connection.state, 'connecting');
    assert.equal(rig.pusher.connection.socket_id, undefined);
    await rig.clock.advance(3000);
    assert.equal(rig.pusher.connection.state, 'connected');
  });

  it('has to come before anything is sent', async () => {
    // protocol.md §3: before it nothing may be sent
    const rig = createRig({
      prepare: (app) => app.scriptNext({ handshake: { type: 'accept', delay: 3000 } }),
    });
    rig.pusher.subscribe('prices');
    await rig.clock.advance(2999);
    assert.equal(rig.pusher.send_event('client-x', {}, 'private-x'), false);
    assert.deepEqual(rig.frames(), []);
    await rig.clock.advance(1);
    assert.deepEqual(rig.frames(), ['pusher:subscribe prices']);
  });

  it('means nothing the second time', async () => {
    const rig = await connected();
    const { socket_id } = rig.pusher.connection;
    rig.app.connection()?.send({
      event: 'pusher:connection_established',
      data: '{"socket_id":"9.9","activity_timeout":1}',
    });
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.socket_id, socket_id);
    assert.deepEqual(rig.states, ['connecting', 'connected']);
    assert.deepEqual(rig.errors, []);
  });
});

describe('an error frame as the first thing', () => {
  it('with a code is a close with that code, and then the socket is closed', async () => {
    for (const closeCode of [null, undefined] as const)
      for (const data of ['object', 'string'] as const) {
        const rig = await meeting({
          type: 'error',
          code: 4001,
          message: 'No app',
          data,
          ...(closeCode === undefined ? {} : { closeCode }),
        });
        assert.equal(rig.pusher.connection.state, 'disconnected');
        assert.deepEqual(
          rig.errors.map((error) => [error.code, error.message]),
          [[4001, 'No app']],
        );
        await rig.clock.advance(0);
        assert.equal(rig.app.connections.length, 0, 'the client closed it');
        await rig.clock.advance(60_000);
        assert.equal(rig.attempts.length, 1);
      }
  });

  it('with 4200 is tried again at once, with 4100 after a second or more', async () => {
    const atOnce = await meeting({ type: 'error', code: 4200, closeCode: null });
    assert.equal(atOnce.pusher.connection.state, 'connected');
    const later = await meeting({ type: 'error', code: 4100, closeCode: null });
    assert.deepEqual(later.delays, [1.5]);
    await later.clock.advance(1500);
    assert.equal(later.pusher.connection.state, 'connected');
  });

  it('without a code is reported, closed, and tried again with a back-off', async () => {
    for (const code of [null, undefined] as const) {
      const handshake: HandshakeBehavior = { type: 'error', message: 'Something', closeCode: null };
      const rig = await meeting(code === undefined ? handshake : { ...handshake, code });
      assert.equal(rig.errors.length, 1);
      assert.equal(rig.errors[0]?.code, null);
      assert.equal(rig.app.connections.length, 0);
      assert.deepEqual(rig.delays, [1.5], 'at least a second');
      await rig.clock.advance(1500);
      assert.equal(rig.pusher.connection.state, 'connected');
    }
  });
});

describe('a close as the first thing', () => {
  it('below 4000 is tried again', async () => {
    for (const code of [1000, 1001, 1002, 1006, 1011, 3000]) {
      const rig = await meeting({ type: 'close', code });
      assert.equal(rig.pusher.connection.state, 'connecting', String(code));
      assert.equal(rig.delays.length, 1);
      await rig.clock.advance(2000);
      assert.equal(rig.pusher.connection.state, 'connected', String(code));
    }
  });

  it('below 4000 with a protocol error is tried again after a second or more', async () => {
    for (const code of [1002, 1003]) {
      const rig = await meeting({ type: 'close', code });
      assert.deepEqual(rig.delays, [1.5]);
    }
  });
});

describe('anything else as the first thing', () => {
  const frames = {
    garbage: 'hello',
    'an array': '[]',
    'another event': '{"event":"tick","channel":"prices","data":"{}"}',
    'a ping': '{"event":"pusher:ping","data":{}}',
    'a handshake without a socket id': '{"event":"pusher:connection_established","data":"{}"}',
    'a confirmed subscription': '{"event":"pusher_internal:subscription_succeeded","channel":"prices"}',
  };
  for (const [name, text] of Object.entries(frames))
    it(`is a HandshakeError that is reported, closed and tried again: ${name}`, async () => {
      // reference/pusher-js.md §6.3 G: there it stalls for ever
      const rig = await meeting({ type: 'raw', text });
      assert.equal(rig.errors.length, 1);
      assert.equal(rig.errors[0]?.type, 'HandshakeError');
      assert.equal(rig.errors[0].raw, text);
      assert.equal(rig.app.connections.length, 0);
      assert.deepEqual(rig.delays, [1.5]);
      await rig.clock.advance(1500);
      assert.equal(rig.pusher.connection.state, 'connected');
      assert.equal(rig.pusher.connection.lastError, undefined);
    });

  it('answers nothing to it', async () => {
    const rig = await meeting({ type: 'raw', text: '{"event":"pusher:ping","data":{}}' });
    assert.deepEqual(rig.frames(), []);
  });
});

describe('nothing at all', () => {
  // T-08
  for (const type of ['silent', 'hang'] as const)
    it(`is given up after the connect timeout, and tried again (${type})`, async () => {
      const rig = await meeting({ type });
      await rig.clock.advance(9999);
      assert.equal(rig.attempts.length, 1);
      assert.ok(!rig.events.includes('error'));
      await rig.clock.advance(1);
      assert.deepEqual(
        rig.errors.map((error) => [error.type, error.reason]),
        [['TimeoutError', 'timed-out']],
      );
      assert.deepEqual(rig.delays, [0.5]);
      await rig.clock.advance(500);
      assert.equal(rig.pusher.connection.state, 'connected');
      assert.deepEqual(
        rig.attempts.map(({ at }) => at),
        [0, 10_500],
      );
    });

  it('is given up after the time that is set, also when it is set while the client lives', async () => {
    const rig = createRig({
      connectTimeout: 2000,
      reconnectDelay: 1000,
      prepare: (app) => app.script({ handshake: { type: 'silent' } }),
    });
    await rig.clock.advance(2000);
    assert.equal(rig.errors.length, 1);
    rig.pusher.configure({ connectTimeout: 4000 });
    await rig.clock.advance(1000 + 3999);
    assert.equal(rig.errors.length, 1);
    await rig.clock.advance(1);
    assert.equal(rig.errors.length, 2);
    rig.pusher.dispose();
  });

  it('leaves no socket open behind each attempt', async () => {
    const rig = createRig({ prepare: (app) => app.script({ handshake: { type: 'silent' } }) });
    await rig.clock.advance(120_000);
    assert.ok(rig.attempts.length > 3);
    assert.ok(rig.app.connections.length <= 1);
  });
});
