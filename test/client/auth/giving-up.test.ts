/** What ends a request: the deadline, another socket, another intent; and who shares one (issue 3 §2, rows D, E). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Authorizer } from '../../../src/auth/authorizer.js';
import { resolveAuthOptions } from '../../../src/auth/auth-settings.js';
import type { BeforeAuthorize } from '../../../src/index.js';
import { authRig } from './auth-rig.js';

describe('a request for a signature', () => {
  it('is given up after 10 seconds, or after the timeout that was set', async (t) => {
    for (const timeout of [undefined, 3000]) {
      const { endpoint, clock, join } = await authRig(t, { channelAuthorization: { timeout } });
      endpoint.respond = () => 'hang';
      const { channel, errors } = await join('private-orders');
      await clock.advance((timeout ?? 10_000) - 1);
      assert.equal(channel.state, 'authorizing');
      await clock.advance(1);
      assert.equal(errors.length, 1);
      assert.equal(endpoint.requests[0]?.isAborted, true);
    }
  });

  it('has its deadline include a slow function and a slow hook', async (t) => {
    const never = (): Promise<never> => new Promise(() => undefined);
    for (const options of [
      { channelAuthorization: { params: never } },
      {
        beforeAuthorize: ({ waitUntil }: BeforeAuthorize) => waitUntil(never()),
      },
      { channelAuthorization: { customHandler: () => undefined } },
    ]) {
      const { clock, join } = await authRig(t, options);
      const { errors } = await join('private-orders');
      await clock.advance(10_000);
      assert.match(errors[0]?.message ?? '', /in time/);
    }
  });

  it('is stopped when its connection is lost, and its signature never sent (row E)', async (t) => {
    const { endpoint, clock, app, pusher, join } = await authRig(t);
    endpoint.respond = ({ params }, index) => ({
      body: endpoint.sign(params),
      delay: index === 0 ? 3000 : 0,
    });
    const { channel, errors } = await join('private-orders');
    app.connection()?.drop();
    await clock.advance(1000);
    assert.equal(endpoint.requests[0]?.isAborted, true);
    assert.equal(channel.state, 'subscribed');
    await clock.advance(10_000);
    const subscribes = app.record.received.filter(({ event }) => event === 'pusher:subscribe');
    assert.deepEqual(
      subscribes.map(({ socketId }) => socketId),
      [pusher.connection.socket_id],
    );
    assert.deepEqual(errors, []);
  });

  it('is stopped when the channel is left, and tells nothing (row D)', async (t) => {
    const { endpoint, clock, app, pusher, join } = await authRig(t);
    endpoint.respond = () => ({ status: 403, delay: 1000 });
    const { errors } = await join('private-orders');
    pusher.unsubscribe('private-orders');
    await clock.advance(0);
    assert.equal(endpoint.requests[0]?.isAborted, true);
    await clock.advance(10_000);
    assert.deepEqual(errors, []);
    assert.deepEqual(app.record.received, []);
    assert.equal(pusher.channel('private-orders'), undefined);
  });

  it('goes on where the channel is left and wanted again in one task', async (t) => {
    const { endpoint, clock, pusher, join } = await authRig(t);
    endpoint.respond = ({ params }) => ({ body: endpoint.sign(params), delay: 1000 });
    await join('private-orders');
    pusher.unsubscribe('private-orders');
    const channel = pusher.subscribe('private-orders');
    await clock.advance(1000);
    assert.equal(channel.state, 'subscribed');
    assert.equal(endpoint.requests.length, 1);
  });

  it('is stopped by disconnect() and by dispose()', async (t) => {
    for (const end of ['disconnect', 'dispose'] as const) {
      const { endpoint, clock, pusher, join } = await authRig(t);
      endpoint.respond = () => 'hang';
      await join('private-orders');
      pusher[end]();
      assert.equal(endpoint.requests[0]?.isAborted, true);
      await clock.advance(0);
      assert.equal(clock.pendingTimers, 0);
    }
  });
});

describe('the same request, asked for twice at once', () => {
  it('is made once; an answer serves both, and one that leaves does not take the other along', async (t) => {
    const { endpoint, clock } = await authRig(t);
    endpoint.respond = ({ params }) => ({ body: endpoint.sign(params), delay: 1000 });
    const auth = resolveAuthOptions({}, () => undefined);
    const authorizer = new Authorizer({
      clock,
      settings: (kind) => auth[kind],
      beforeAuthorize: undefined,
      warn: () => undefined,
    });
    const subject = { kind: 'channel', socketId: '1.1', channelName: 'private-orders' } as const;
    const leaving = new AbortController();
    const first = authorizer.authorize(subject, leaving.signal);
    const second = authorizer.authorize(subject, new AbortController().signal);
    const refused = assert.rejects(first, { name: 'AbortError' });
    await clock.advance(100);
    leaving.abort();
    await refused;
    assert.equal(endpoint.requests.length, 1);
    assert.equal(endpoint.requests[0]?.isAborted, false);
    await clock.advance(1000);
    assert.match((await second).auth, /^app-key:/);
    void authorizer.authorize(subject, new AbortController().signal);
    await clock.advance(0);
    assert.equal(endpoint.requests.length, 2, 'an answer is not kept');
  });

  it('is stopped when both have left', async (t) => {
    const { endpoint, clock } = await authRig(t);
    endpoint.respond = () => 'hang';
    const auth = resolveAuthOptions({}, () => undefined);
    const authorizer = new Authorizer({
      clock,
      settings: (kind) => auth[kind],
      beforeAuthorize: undefined,
      warn: () => undefined,
    });
    const subject = { kind: 'user', socketId: '1.1' } as const;
    const leaving = new AbortController();
    const both = [1, 2].map(() => assert.rejects(authorizer.authorize(subject, leaving.signal)));
    await clock.advance(0);
    leaving.abort();
    await Promise.all(both);
    assert.deepEqual(
      endpoint.requests.map(({ isAborted }) => isAborted),
      [true],
    );
  });
});
