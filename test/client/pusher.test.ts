/** The client as a whole: making it, its commands, and its end. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pusher, PusherError } from '../../src/index.js';
import DefaultPusher from '../../src/index.js';
import { assertNothingLeft, connected, createRig } from './support.js';

describe('a new client', () => {
  it('connects by itself at the end of the task', async () => {
    // C-01, requirements §3 row 21
    const rig = createRig();
    assert.equal(rig.pusher.connection.state, 'initialized');
    assert.equal(rig.attempts.length, 0);
    await Promise.resolve();
    assert.equal(rig.pusher.connection.state, 'connecting');
    await rig.clock.advance(0);
    assert.equal(rig.app.record.upgrades.length, 1);
  });

  it('lets listeners that are bound in the same task hear connecting', async () => {
    // requirements §3 row 21, 22: lost in every pusher-js and libPusher
    const rig = createRig();
    await Promise.resolve();
    assert.deepEqual(rig.events, ['state_change', 'connecting']);
  });

  it('does not connect where it is told not to, until connect()', async () => {
    // C-05
    const rig = createRig({ connectAutomatically: false });
    await rig.clock.advance(60_000);
    assert.equal(rig.pusher.connection.state, 'initialized');
    assert.equal(rig.attempts.length, 0);
    rig.pusher.connect();
    await rig.clock.advance(0);
    assert.equal(rig.app.record.upgrades.length, 1);
  });

  it('connects once where connect() is called in the same task', async () => {
    const rig = createRig();
    rig.pusher.connect();
    rig.pusher.connection.connect();
    await rig.clock.advance(0);
    assert.equal(rig.attempts.length, 1);
    assert.deepEqual(rig.states, ['connecting', 'connected']);
  });

  it('does not connect where it is disposed of in the same task', async () => {
    const rig = createRig();
    rig.pusher.dispose();
    await rig.clock.advance(60_000);
    assert.equal(rig.attempts.length, 0);
  });

  it('leaves the options that it was given as they were, and later changes to them do nothing', async () => {
    const options = { cluster: 'eu', connectTimeout: 3000 };
    const rig = createRig(options);
    options.cluster = 'us2';
    await rig.clock.advance(0);
    assert.ok(rig.attempts[0]?.url.includes('ws-eu.'));
    assert.deepEqual(options, { cluster: 'us2', connectTimeout: 3000 });
  });

  it('is the default export, too', () => {
    assert.equal(DefaultPusher, Pusher);
  });
});

describe('connect()', () => {
  it('does nothing while connected or connecting', async () => {
    // C-09
    const rig = createRig();
    for (let count = 0; count < 5; count += 1) rig.pusher.connect();
    await rig.clock.advance(0);
    for (let count = 0; count < 5; count += 1) rig.pusher.connect();
    await rig.clock.advance(60_000);
    assert.equal(rig.app.record.upgrades.length, 1);
  });

  it('works again after disconnect(), with a new socket id and every channel', async () => {
    // C-10
    const rig = await connected();
    const channels = [rig.pusher.subscribe('prices'), rig.pusher.subscribe('orders')];
    await rig.clock.advance(0);
    const before = rig.pusher.connection.socket_id;
    rig.pusher.disconnect();
    rig.pusher.connect();
    await rig.clock.advance(0);
    assert.deepEqual(rig.states.slice(2), ['disconnected', 'connecting', 'connected']);
    assert.notEqual(rig.pusher.connection.socket_id, before);
    assert.ok(channels.every(({ subscribed }) => subscribed));
    assert.equal(rig.frames().length, 4);
  });

  it('works again after a refusal, with the back-off forgotten', async () => {
    const rig = createRig({ prepare: (app) => app.scriptNext({ handshake: { type: 'close', code: 4001 } }) });
    await rig.clock.advance(0);
    rig.app.stop();
    rig.pusher.connect();
    await rig.clock.advance(0);
    assert.deepEqual(rig.delays, [0.5]);
  });

  it('makes an attempt that is waited for now', async () => {
    const rig = await connected({ reconnectDelay: 30_000 });
    rig.app.connection()?.drop();
    await rig.clock.advance(1000);
    assert.equal(rig.pusher.connection.retryIn, 29);
    rig.pusher.connect();
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'connected');
    assert.equal(rig.pusher.connection.retryIn, undefined);
    await rig.clock.advance(60_000);
    assert.equal(rig.attempts.length, 2);
  });

  it('after failed tries again only where there is a transport now', async () => {
    const rig = createRig();
    rig.transport.setSupported(false);
    await rig.clock.advance(0);
    rig.pusher.connect();
    rig.pusher.connect();
    assert.deepEqual(rig.states, ['failed']);
    rig.transport.setSupported(true);
    rig.pusher.connect();
    await rig.clock.advance(0);
    assert.deepEqual(rig.states, ['failed', 'connecting', 'connected']);
  });
});

describe('disconnect()', () => {
  it('closes the socket, and nothing follows', async () => {
    // C-08
    const rig = await connected();
    rig.pusher.disconnect();
    await rig.clock.advance(0);
    assert.deepEqual(
      rig.app.record.closes.map(({ by }) => by),
      ['client'],
    );
    assert.equal(rig.pusher.connection.state, 'disconnected');
    await rig.clock.advance(600_000);
    assert.equal(rig.attempts.length, 1);
    assertNothingLeft(rig);
  });

  it('is told as a loss that was intended, and only once', async () => {
    const rig = await connected();
    rig.pusher.disconnect();
    rig.pusher.disconnect();
    rig.pusher.connection.disconnect();
    assert.deepEqual(rig.states, ['connecting', 'connected', 'disconnected']);
    assert.deepEqual(
      rig.losses.map(({ isIntentional, isFatal, willReconnect, wasConnected, error }) => ({
        ...{ isIntentional, isFatal, willReconnect, wasConnected, error },
      })),
      [
        {
          isIntentional: true,
          isFatal: false,
          willReconnect: false,
          wasConnected: true,
          error: undefined,
        },
      ],
    );
  });

  it('is told as a change of state also before the first attempt', () => {
    const rig = createRig({ connectAutomatically: false });
    rig.pusher.disconnect();
    assert.deepEqual(rig.states, ['disconnected']);
  });
});

describe('whenState', () => {
  it('resolves when the state is reached, and at once where it is', async () => {
    const rig = createRig();
    const reached = rig.pusher.whenState('connected');
    await rig.clock.advance(0);
    await reached;
    await rig.pusher.whenState('connected');
  });

  it('leaves no listener behind when it is settled', async () => {
    const rig = createRig();
    const stop = new AbortController();
    const settled = Promise.allSettled([
      rig.pusher.whenState('connected'),
      rig.pusher.whenState('failed', stop),
    ]);
    stop.abort();
    await rig.clock.advance(0);
    await settled;
    let calls = 0;
    const rest = Promise.all([rig.pusher.whenState('disconnected').then(() => (calls += 1))]);
    rig.pusher.disconnect();
    await rest;
    assert.equal(calls, 1);
  });

  it('rejects with the reason of its signal, also where that has aborted already', async () => {
    const rig = createRig();
    const stop = new AbortController();
    const waiting = rig.pusher.whenState('unavailable', stop);
    stop.abort(new Error('enough'));
    await assert.rejects(waiting, { message: 'enough' });
    await assert.rejects(rig.pusher.whenState('initialized', { signal: AbortSignal.abort() }), {
      name: 'AbortError',
    });
    rig.pusher.dispose();
  });

  it('rejects when the client is disposed of, and afterwards', async () => {
    const rig = await connected();
    const waiting = rig.pusher.whenState('unavailable');
    const ended = rig.pusher.whenState('disconnected');
    rig.pusher.dispose();
    await assert.rejects(waiting, (error) => error instanceof PusherError && error.code === 'disposed');
    await ended;
    await assert.rejects(
      rig.pusher.whenState('connected'),
      (error) => error instanceof PusherError && error.code === 'disposed',
    );
  });
});

describe('send_event', () => {
  it('sends while connected, and says that it cannot otherwise', async () => {
    // C-04
    const rig = createRig();
    assert.equal(rig.pusher.send_event('client-x', { on: true }, 'private-room'), false);
    await rig.clock.advance(0);
    assert.equal(rig.pusher.send_event('client-x', { on: true }, 'private-room'), true);
    assert.equal(rig.pusher.send_event('custom', null), true);
    await rig.clock.advance(0);
    assert.deepEqual(
      rig.app.record.received.map(({ text }) => text),
      ['{"event":"client-x","data":{"on":true},"channel":"private-room"}', '{"event":"custom","data":null}'],
    );
    rig.app.connection()?.drop();
    await rig.clock.advance(0);
    assert.equal(rig.pusher.send_event('client-x', {}), false);
  });
});
