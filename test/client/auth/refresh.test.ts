/** A session that has expired: one retry after 401, 403 and 419, with what the page says by then (issue 3 §2). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { authRig, pageOf } from './auth-rig.js';

describe('an answer of 401, 403 or 419', () => {
  for (const status of [401, 403, 419])
    it(`${String(status)} once, and a new token in the page: joined without the user noticing`, async (t) => {
      const page = pageOf(t, { token: 'old' });
      const { endpoint, join } = await authRig(t);
      endpoint.respond = ({ params, headers }) => {
        if (headers['x-csrf-token'] === 'new') return { body: endpoint.sign(params) };
        page.token = 'new'; // what a page does that refreshes its session
        return { status };
      };
      const { channel, errors } = await join('private-orders');
      assert.equal(channel.state, 'subscribed');
      assert.deepEqual(errors, []);
      assert.deepEqual(
        endpoint.requests.map(({ headers }) => headers['x-csrf-token']),
        ['old', 'new'],
      );
    });

  it('is tried again with the same token too, because the session may have been renewed by a cookie', async (t) => {
    pageOf(t, { token: 'same' });
    const { endpoint, join } = await authRig(t);
    endpoint.respond = ({ params }, index) =>
      index === 0 ? { status: 419 } : { body: endpoint.sign(params) };
    assert.equal((await join('private-orders')).channel.state, 'subscribed');
  });

  it('asks a function for its token again', async (t) => {
    const tokens = ['old', 'new'];
    const { endpoint, join } = await authRig(t, {
      channelAuthorization: { headers: () => Promise.resolve({ Authorization: tokens.shift() }) },
    });
    endpoint.respond = ({ params, headers }) =>
      headers['authorization'] === 'new' ? { body: endpoint.sign(params) } : { status: 401 };
    assert.equal((await join('private-orders')).channel.state, 'subscribed');
  });

  it('asks the hook again, which may answer by itself', async (t) => {
    let asked = 0;
    const rig = await authRig(t, {
      beforeAuthorize: ({ channel = '', socketId, respondWith }) => {
        asked += 1;
        if (asked === 2) respondWith(rig.endpoint.signChannel(socketId, channel) as { auth: string });
      },
    });
    rig.endpoint.respond = () => ({ status: 401 });
    assert.equal((await rig.join('private-orders')).channel.state, 'subscribed');
    assert.equal(rig.endpoint.requests.length, 1);
  });

  it('twice is a failure with its status, and the end of it: two requests, not more', async (t) => {
    pageOf(t, { token: 'old' });
    const { endpoint, clock, join } = await authRig(t);
    endpoint.respond = () => ({ status: 419 });
    const { errors } = await join('private-orders');
    await clock.advance(120_000);
    assert.deepEqual(
      errors.map(({ status }) => status),
      [419],
    );
    assert.equal(endpoint.requests.length, 2);
  });

  it('is final at once where nothing that is sent could be different', async (t) => {
    const { endpoint, clock, join } = await authRig(t);
    endpoint.respond = () => ({ status: 403 });
    const { errors } = await join('private-orders');
    await clock.advance(120_000);
    assert.equal(errors.length, 1);
    assert.equal(endpoint.requests.length, 1);
  });

  it('is tried again for a sign-in too', async (t) => {
    const page = pageOf(t, { token: 'old' });
    const { endpoint, pusher, clock } = await authRig(t);
    endpoint.respond = ({ params, headers }) => {
      if (headers['x-csrf-token'] === 'new') return { body: endpoint.sign(params) };
      page.token = 'new';
      return { status: 419 };
    };
    pusher.signin();
    await clock.advance(0);
    assert.equal(pusher.user.id, 'ann');
  });
});
