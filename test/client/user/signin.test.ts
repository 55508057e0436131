/** Signing in: protocol.md §7.8, issue 3 §3, row N of reference/pusher-js.md §6.3. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { userRig } from './user-rig.js';
import type { UserRig } from './user-rig.js';

describe('signin()', () => {
  it('asks the endpoint, signs in, and subscribes to what the server sends to the user', async (t) => {
    const { pusher, app, clock, endpoint, told } = await userRig(t);
    pusher.signin();
    await clock.advance(0);
    const socketId = pusher.connection.socket_id ?? '';
    const { auth, user_data } = endpoint.signUser(socketId);
    assert.deepEqual(
      app.record.received.map(({ text }) => text),
      [
        JSON.stringify({ event: 'pusher:signin', data: { auth, user_data } }),
        JSON.stringify({ event: 'pusher:subscribe', data: { auth: '', channel: '#server-to-user-ann' } }),
      ],
    );
    assert.deepEqual(told, [['pusher:signin_success', { id: 'ann' }]]);
    assert.deepEqual(pusher.user.user_data, { id: 'ann' });
    assert.equal(pusher.user.id, 'ann');
  });

  it('before there is a connection waits for it', async (t) => {
    const { pusher, clock, endpoint } = await userRig(t);
    pusher.disconnect();
    pusher.signin();
    await clock.advance(1000);
    assert.deepEqual(endpoint.requests, []);
    pusher.connect();
    await clock.advance(0);
    assert.equal(pusher.user.id, 'ann');
  });

  it('twice, and once more when signed in, signs in once', async (t) => {
    const { pusher, clock, endpoint, told } = await userRig(t);
    pusher.signin();
    pusher.signin();
    await clock.advance(0);
    pusher.signin();
    await clock.advance(0);
    assert.equal(endpoint.requests.length, 1);
    assert.equal(told.length, 1);
  });

  it('is repeated with the new socket id on every connection; in between nobody is signed in', async (t) => {
    const { pusher, app, clock, endpoint, told } = await userRig(t);
    pusher.signin();
    await clock.advance(0);
    app.connection()?.drop();
    await clock.advance(0);
    assert.equal(pusher.user.id, undefined);
    assert.equal(pusher.user.user_data, null);
    await clock.advance(1000);
    assert.equal(pusher.user.id, 'ann');
    assert.equal(told.length, 2);
    assert.deepEqual(new Set(endpoint.requests.map(({ params }) => params['socket_id'])).size, 2);
    assert.ok(app.connection()?.channels.includes('#server-to-user-ann'));
  });
});

describe('a sign-in that fails', () => {
  it('is one signin_error with type, status and remediation; a second signin() tries again (row N)', async (t) => {
    const { pusher, clock, endpoint, told, failures } = await userRig(t);
    endpoint.respond = () => ({ status: 403 });
    pusher.signin();
    await clock.advance(0);
    const [error] = failures();
    assert.deepEqual(
      [error?.error, error?.status],
      [
        'The authorization endpoint answered with status 403. It refuses this user or this channel: check what it decides by.',
        403,
      ],
    );
    assert.deepEqual(Object.keys(error ?? {}).sort(), [
      'cause',
      'error',
      'message',
      'remediation',
      'status',
      'type',
    ]);
    assert.equal(told.length, 1);
    endpoint.respond = ({ params }) => ({ body: endpoint.sign(params) });
    pusher.signin();
    await clock.advance(0);
    assert.equal(pusher.user.id, 'ann');
    assert.equal(failures().length, 1);
  });

  it('tries again by itself with the next connection', async (t) => {
    const { pusher, app, clock, endpoint } = await userRig(t);
    endpoint.respond = ({ params }, index) =>
      index === 0 ? { status: 403 } : { body: endpoint.sign(params) };
    pusher.signin();
    await clock.advance(0);
    app.connection()?.drop();
    await clock.advance(1000);
    assert.equal(pusher.user.id, 'ann');
  });

  it('leaves the connection and the channels as they are', async (t) => {
    const { pusher, clock, endpoint, join } = await userRig(t);
    const { channel } = await join('prices');
    endpoint.respond = () => ({ failure: true });
    pusher.signin();
    await clock.advance(0);
    assert.equal(pusher.connection.state, 'connected');
    assert.equal(channel.subscribed, true);
  });

  for (const [name, trouble] of [
    ['a network error', { failure: true }],
    ['a 5xx', { status: 503 }],
  ] as const)
    it(`for ${name} is tried again with growing waits; each signin_error says when`, async (t) => {
      const { pusher, clock, endpoint, failures } = await userRig(t);
      const begin = clock.now();
      endpoint.respond = ({ params }, index) => (index < 3 ? trouble : { body: endpoint.sign(params) });
      pusher.signin();
      await clock.advance(60_000);
      assert.deepEqual(
        endpoint.requests.map(({ at }) => (at - begin) / 1000),
        [0, 1.5, 4, 8.5],
      );
      assert.deepEqual(
        failures().map(({ retryAt = 0, cause }) => [(retryAt - begin) / 1000, cause instanceof Error]),
        [
          [1.5, true],
          [4, true],
          [8.5, true],
        ],
      );
      assert.equal(pusher.user.id, 'ann');
    });

  it('for a passing reason waits for nothing where signin() asks now, and begins anew after a success', async (t) => {
    const { pusher, app, clock, endpoint, failures } = await userRig(t);
    endpoint.respond = () => ({ status: 500 });
    pusher.signin();
    await clock.advance(0);
    endpoint.respond = ({ params }) => ({ body: endpoint.sign(params) });
    pusher.signin();
    await clock.advance(60_000);
    assert.equal(endpoint.requests.length, 2);
    endpoint.respond = () => ({ status: 500 });
    app.connection()?.drop();
    await clock.advance(500);
    assert.equal(failures().at(-1)?.retryAt, clock.now() + 1500);
  });

  for (const [name, end] of [
    ['disconnect()', (rig: UserRig) => rig.pusher.disconnect()],
    ['signout()', (rig: UserRig) => rig.pusher.user.signout()],
    ['dispose()', (rig: UserRig) => rig.pusher.dispose()],
  ] as const)
    it(`for a passing reason is not tried again after ${name}`, async (t) => {
      const rig = await userRig(t);
      rig.endpoint.respond = () => ({ status: 500 });
      rig.pusher.signin();
      await rig.clock.advance(0);
      end(rig);
      await rig.clock.advance(60_000);
      assert.equal(rig.endpoint.requests.length, 1);
    });

  const answers: readonly (readonly [string, unknown, RegExp])[] = [
    ['no user_data', { auth: 'app-key:0' }, /user_data/],
    ['a web page', '<html>', /web page/],
    ['an array', [], /not a JSON object/],
    ['no signature', { user_data: '{"id":"ann"}' }, /"auth"/],
  ];
  for (const [name, body, says] of answers)
    it(`because the endpoint answers with ${name}: one signin_error`, async (t) => {
      const { pusher, clock, endpoint, failures } = await userRig(t);
      endpoint.respond = () => ({ body });
      pusher.signin();
      await clock.advance(0);
      assert.equal(failures().length, 1);
      assert.match(failures()[0]?.error ?? '', says);
    });

  for (const [name, userData] of [
    ['no id', '{"name":"Ann"}'],
    ['a numeric id', '{"id":7}'],
    ['an empty id', '{"id":""}'],
    ['something that is not JSON', 'ann'],
    ['an array', '["ann"]'],
  ])
    it(`because the server signs in a user with ${name}: one signin_error, and nobody is signed in`, async (t) => {
      const { pusher, app, clock, endpoint, failures } = await userRig(t);
      endpoint.respond = () => 'hang';
      pusher.signin();
      await clock.advance(0);
      app.connection()?.send({ event: 'pusher:signin_success', data: { user_data: userData } });
      await clock.advance(0);
      assert.equal(failures().length, 1);
      assert.equal(pusher.user.id, undefined);
    });

  it('because the server refuses with 4009: one signin_error', async (t) => {
    const { pusher, app, clock, endpoint, failures } = await userRig(t, {
      prepare: (server) => {
        server.script({ rejection: 'frame-only' });
      },
    });
    endpoint.respond = () => ({ body: { auth: 'app-key:wrong', user_data: '{"id":"ann"}' } });
    pusher.signin();
    await clock.advance(0);
    assert.equal(failures().length, 1);
    assert.match(failures()[0]?.error ?? '', /signature of the sign-in/);
    assert.equal(app.record.upgrades.length, 1);
  });

  it('because the server says nothing in time: one signin_error', async (t) => {
    const { pusher, clock, endpoint, failures, app } = await userRig(t);
    endpoint.respond = ({ params }) => {
      app.connection()?.stall();
      return { body: endpoint.sign(params) };
    };
    pusher.signin();
    await clock.advance(10_000);
    assert.match(failures()[0]?.error ?? '', /in time/);
    assert.equal(failures().length, 1);
    assert.equal(failures()[0]?.retryAt, clock.now() + 1500);
    await clock.advance(1500);
    assert.equal(endpoint.requests.length, 2, 'tried again by itself');
  });

  it('because the link drops meanwhile is no news: the next connection signs in', async (t) => {
    const { pusher, app, clock, endpoint, failures } = await userRig(t);
    endpoint.respond = ({ params }, index) => (index === 0 ? 'hang' : { body: endpoint.sign(params) });
    pusher.signin();
    await clock.advance(0);
    app.connection()?.drop();
    await clock.advance(1000);
    assert.equal(endpoint.requests[0]?.isAborted, true);
    assert.deepEqual(failures(), []);
    assert.equal(pusher.user.id, 'ann');
  });

  it('and whose answer comes after all, unasked, changes nothing and throws nothing', async (t) => {
    const { pusher, app, clock, told } = await userRig(t);
    app.connection()?.send({ event: 'pusher:signin_success', data: { user_data: '{"id":"ann"}' } });
    await clock.advance(0);
    assert.equal(pusher.user.id, undefined);
    assert.deepEqual(told, []);
    assert.deepEqual(app.record.received, []);
  });
});

describe('signout()', () => {
  it('leaves the user’s channel, forgets the user, and does not sign in again', async (t) => {
    const { pusher, app, clock, endpoint } = await userRig(t);
    pusher.signin();
    await clock.advance(0);
    pusher.user.signout();
    await clock.advance(0);
    assert.equal(pusher.user.id, undefined);
    assert.deepEqual(app.connection()?.channels, []);
    app.connection()?.drop();
    await clock.advance(1000);
    assert.equal(endpoint.requests.length, 1);
  });

  it('during a sign-in stops it', async (t) => {
    const { pusher, clock, endpoint, told } = await userRig(t);
    endpoint.respond = () => 'hang';
    pusher.signin();
    await clock.advance(0);
    pusher.user.signout();
    assert.equal(endpoint.requests[0]?.isAborted, true);
    await clock.advance(60_000);
    assert.deepEqual(told, []);
  });

  it('from within the request leaves no answer behind that the next sign-in would wait for', async (t) => {
    // found by simulation 767687144
    const { pusher, clock, endpoint } = await userRig(t);
    endpoint.respond = () => {
      pusher.user.signout();
      return 'hang';
    };
    pusher.signin();
    await clock.advance(0);
    endpoint.respond = ({ params }) => ({ body: endpoint.sign(params) });
    pusher.signin();
    await clock.advance(0);
    assert.equal(endpoint.requests.length, 2);
    assert.equal(pusher.user.id, 'ann');
  });

  it('and signin() afterwards signs in again', async (t) => {
    const { pusher, clock, endpoint, app } = await userRig(t);
    pusher.signin();
    await clock.advance(0);
    pusher.user.signout();
    pusher.signin();
    await clock.advance(0);
    assert.equal(endpoint.requests.length, 2);
    assert.equal(pusher.user.id, 'ann');
    assert.deepEqual(app.connection()?.channels, ['#server-to-user-ann']);
  });
});
