/** Passing trouble: back-off for network errors and 5xx, and what ends it (issue 3 §2). The random source says 0.5. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { authRig } from './auth-rig.js';

describe('a network error or a 5xx', () => {
  it('is tried again after 1 to 2, 1 to 4, 1 to 8 … at most 30 seconds, and told once', async (t) => {
    const { endpoint, clock, join } = await authRig(t);
    const begin = clock.now();
    endpoint.respond = () => ({ failure: true });
    const { errors } = await join('private-orders');
    await clock.advance(60_000);
    const times = endpoint.requests.map(({ at }) => (at - begin) / 1000);
    assert.deepEqual(times, [0, 1.5, 4, 8.5, 17, 32.5, 48]);
    assert.equal(errors.length, 1);
  });

  it('says when it will be tried again', async (t) => {
    const { endpoint, clock, join } = await authRig(t);
    endpoint.respond = () => ({ status: 503 });
    const { channel, errors } = await join('private-orders');
    assert.equal(errors[0]?.retryAt, clock.now() + 1500);
    await clock.advance(1500);
    assert.equal(channel.error?.retryAt, clock.now() + 2500);
  });

  it('is over as soon as the endpoint works, and is news again the next time', async (t) => {
    const { endpoint, clock, app, join } = await authRig(t);
    endpoint.respond = ({ params }, index) => (index < 2 ? { status: 500 } : { body: endpoint.sign(params) });
    const { channel, errors } = await join('private-orders');
    await clock.advance(4000);
    assert.equal(channel.state, 'subscribed');
    assert.equal(channel.error, undefined);
    endpoint.respond = () => ({ status: 500 });
    app.connection()?.drop();
    await clock.advance(1000);
    assert.equal(errors.length, 2);
  });

  it('does not wait where retry(), subscribe() or a new connection asks for it now', async (t) => {
    const { endpoint, clock, pusher, app, join } = await authRig(t);
    endpoint.respond = () => ({ status: 500 });
    const { channel } = await join('private-orders');
    channel.retry();
    await clock.advance(0);
    assert.equal(endpoint.requests.length, 2);
    pusher.subscribe('private-orders');
    await clock.advance(0);
    assert.equal(endpoint.requests.length, 3);
    app.connection()?.drop();
    await clock.advance(500);
    assert.equal(pusher.connection.state, 'connected');
    assert.equal(endpoint.requests.length, 4);
  });

  it('is not tried again once the channel is left, or the client disconnected', async (t) => {
    const { endpoint, clock, pusher, join } = await authRig(t);
    endpoint.respond = () => ({ status: 500 });
    await join('private-orders');
    pusher.unsubscribe('private-orders');
    await clock.advance(60_000);
    assert.equal(endpoint.requests.length, 1);
    await join('private-orders');
    pusher.disconnect();
    await clock.advance(60_000);
    assert.equal(endpoint.requests.length, 2);
  });
});

describe('a refusal', () => {
  it('is not tried again by itself; subscribe() and retry() try again (row H)', async (t) => {
    const { endpoint, clock, pusher, join } = await authRig(t);
    endpoint.respond = () => ({ status: 403 });
    const { channel, errors } = await join('private-orders');
    await clock.advance(120_000);
    assert.equal(endpoint.requests.length, 1);
    pusher.subscribe('private-orders');
    await clock.advance(0);
    assert.equal(endpoint.requests.length, 2);
    assert.equal(errors.length, 2);
    endpoint.respond = ({ params }) => ({ body: endpoint.sign(params) });
    channel.retry();
    await clock.advance(0);
    assert.equal(channel.state, 'subscribed');
  });

  it('by the server is tried again by subscribe() (row H)', async (t) => {
    const { app, clock, pusher, join } = await authRig(t, {
      prepare: (server) => {
        server.script({ subscribe: { type: 'error', style: 'subscription-error' } });
      },
    });
    const { channel, errors } = await join('private-orders');
    assert.equal(errors.length, 1);
    app.resetScript();
    pusher.subscribe('private-orders');
    await clock.advance(0);
    assert.equal(channel.state, 'subscribed');
  });
});
