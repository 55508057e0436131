/** The hook before an authorization, which `pusher-before-authorize` is made of (issue 3 §2, elements.md §2). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BeforeAuthorize } from '../../../src/index.js';
import { catchReports } from '../support.js';
import { authRig } from './auth-rig.js';

describe('beforeAuthorize', () => {
  it('sees the channel, the socket id and the request, and may change any of it', async (t) => {
    const seen: (BeforeAuthorize['request'] & { channel: string | undefined })[] = [];
    const { endpoint, join } = await authRig(t, {
      auth: { params: { a: 'b' }, headers: { 'X-A': 'b' } },
      beforeAuthorize: ({ channel, request }) => {
        seen.push({ channel, ...structuredClone(request) });
        request.url = 'https://auth.example.org/';
        request.params['extra'] = 'yes';
        request.headers['X-Extra'] = 'yes';
        request.credentials = 'include';
      },
    });
    const { channel } = await join('private-orders');
    const [request] = endpoint.requests;
    assert.equal(seen[0]?.channel, 'private-orders');
    assert.equal(seen[0].method, 'POST');
    assert.equal(seen[0].params['a'], 'b');
    assert.equal(seen[0].headers['X-A'], 'b');
    assert.equal(request?.url, 'https://auth.example.org/');
    assert.equal(request.params['extra'], 'yes');
    assert.equal(request.headers['x-extra'], 'yes');
    assert.equal(request.credentials, 'include');
    assert.equal(channel.state, 'subscribed');
  });

  it('makes the request wait, for instance for a fresh token', async (t) => {
    const rig = await authRig(t, {
      beforeAuthorize: ({ request, waitUntil }) => {
        waitUntil(
          new Promise<void>((done) => {
            rig.clock.setTimeout(() => {
              request.headers['Authorization'] = 'Bearer fresh';
              done();
            }, 500);
          }),
        );
      },
    });
    const { channel } = await rig.join('private-orders');
    assert.equal(rig.endpoint.requests.length, 0);
    await rig.clock.advance(500);
    assert.equal(rig.endpoint.requests[0]?.headers['authorization'], 'Bearer fresh');
    assert.equal(channel.state, 'subscribed');
  });

  it('answers instead of the request, at once or with a promise', async (t) => {
    const rig = await authRig(t, {
      beforeAuthorize: ({ channel = '', socketId, respondWith }) => {
        const answer = rig.endpoint.signChannel(socketId, channel) as { auth: string };
        respondWith(channel.endsWith('later') ? Promise.resolve(answer) : answer);
      },
    });
    assert.equal((await rig.join('private-now')).channel.state, 'subscribed');
    assert.equal((await rig.join('private-later')).channel.state, 'subscribed');
    assert.deepEqual(rig.endpoint.requests, []);
  });

  it('prevents: one error that says so, and no request', async (t) => {
    const { endpoint, join } = await authRig(t, {
      beforeAuthorize: ({ prevent }) => {
        prevent();
      },
    });
    const { errors } = await join('private-orders');
    assert.deepEqual(
      errors.map(({ type, message }) => [type, message.includes('prevented')]),
      [['AuthError', true]],
    );
    assert.deepEqual(endpoint.requests, []);
  });

  it('is told of a sign-in without a channel', async (t) => {
    const channels: unknown[] = [];
    const { pusher, clock } = await authRig(t, {
      beforeAuthorize: ({ channel }) => channels.push(channel),
    });
    pusher.signin();
    await clock.advance(0);
    assert.deepEqual(channels, [undefined]);
  });

  it('that throws is reported, and has not said no', async (t) => {
    const reports = catchReports(t);
    const { join } = await authRig(t, {
      beforeAuthorize: () => {
        throw new Error('from the hook');
      },
    });
    assert.equal((await join('private-orders')).channel.state, 'subscribed');
    assert.equal(reports.length, 1);
  });

  for (const [name, use] of [
    ['waits for a promise that rejects', ({ waitUntil }) => waitUntil(Promise.reject(new Error('no token')))],
    [
      'answers with a promise that rejects',
      ({ respondWith }) => respondWith(Promise.reject(new Error('no token'))),
    ],
    ['answers with nonsense', ({ respondWith }) => respondWith({} as { auth: string })],
  ] as readonly (readonly [string, (event: BeforeAuthorize) => void])[])
    it(`that ${name} is one subscription_error`, async (t) => {
      const { endpoint, pusher, join } = await authRig(t, { beforeAuthorize: use });
      const { errors } = await join('private-orders');
      assert.equal(errors.length, 1);
      assert.equal(errors[0]?.type, 'AuthError');
      assert.deepEqual(endpoint.requests, []);
      assert.equal(pusher.connection.state, 'connected');
    });
});
