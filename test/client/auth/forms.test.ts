/** Every form in which an application may say how signatures are got: reference/pusher-js.md §1, §2.12; seed O-07. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pusher } from '../../../src/index.js';
import type { AuthorizationOptions, PusherOptions } from '../../../src/index.js';
import { authRig } from './auth-rig.js';

type Callback = (error: Error | null, answer: { auth: string } | null) => void;

describe('authTransport', () => {
  for (const transport of ['xhr', 'AJAX', ''])
    it(`"${transport}" is not one of the two: a warning, and ajax (O-07)`, async (t) => {
      const { endpoint, warnings, join } = await authRig(t, {
        authTransport: transport as 'ajax',
      });
      await join('private-orders');
      assert.equal(endpoint.requests[0]?.method, 'POST');
      assert.equal(warnings.length, 1);
      assert.match(warnings[0] ?? '', /transport.*"ajax" or "jsonp"/);
    });

  it('is ajax by default, a POST, without a warning (O-07)', async (t) => {
    const { endpoint, warnings, join } = await authRig(t);
    await join('private-orders');
    assert.equal(endpoint.requests[0]?.method, 'POST');
    assert.deepEqual(warnings, []);
  });
});

describe('channelAuthorization and the older form', () => {
  it('where channelAuthorization is present, the older form is not looked at', async (t) => {
    const { endpoint, join } = await authRig(t, {
      channelAuthorization: { endpoint: '/new' },
      authEndpoint: '/old',
      auth: { params: { old: 'yes' }, headers: { 'X-Old': 'yes' } },
      authorizer: () => assert.fail('the old authorizer was asked'),
    });
    await join('private-orders');
    const [request] = endpoint.requests;
    assert.equal(request?.url, '/new');
    assert.equal(request.params['old'], undefined);
    assert.equal(request.headers['x-old'], undefined);
  });

  it('params and headers that are null are none, in every form', async (t) => {
    const none = { params: null, headers: null };
    for (const options of [
      { channelAuthorization: none, userAuthentication: none },
      { auth: none },
      { auth: null },
      { channelAuthorization: { ...none, batch: true } },
    ]) {
      const { pusher, endpoint, warnings, settle } = await authRig(t, options);
      pusher.signin();
      pusher.subscribe('private-orders');
      await settle(() => endpoint.requests.length === 2);
      assert.deepEqual(
        endpoint.requests.map(({ params }) => Object.keys(params).length),
        [1, 2],
      );
      assert.deepEqual(warnings, []);
    }
  });

  it('userAuthentication has an endpoint, parameters and headers of its own, and sends no channel name', async (t) => {
    const { pusher, clock, endpoint } = await authRig(t, {
      userAuthentication: { endpoint: '/me', params: { a: 'b' }, headers: { 'X-A': 'b' } },
    });
    pusher.signin();
    await clock.advance(0);
    const [request] = endpoint.requests;
    assert.equal(request?.url, '/me');
    assert.equal(request.text, `socket_id=${pusher.connection.socket_id ?? ''}&a=b`);
    assert.equal(request.headers['x-a'], 'b');
    assert.equal(pusher.user.id, 'ann');
  });

  it('the default endpoint of users is /pusher/user-auth', async (t) => {
    const { pusher, clock, endpoint } = await authRig(t);
    pusher.signin();
    await clock.advance(0);
    assert.equal(endpoint.requests[0]?.url, '/pusher/user-auth');
  });
});

describe('customHandler', () => {
  const answerOf = (rig: Awaited<ReturnType<typeof authRig>>, channelName: string) =>
    rig.endpoint.signChannel(rig.pusher.connection.socket_id ?? '', channelName) as { auth: string };

  it('is asked instead of the endpoint, with the socket id and the channel', async (t) => {
    const asked: unknown[] = [];
    const rig = await authRig(t, {
      channelAuthorization: {
        customHandler: (params, callback) => {
          asked.push(params);
          callback(null, answerOf(rig, params.channelName));
        },
      },
    });
    const { channel } = await rig.join('private-orders');
    assert.deepEqual(asked, [{ socketId: rig.pusher.connection.socket_id, channelName: 'private-orders' }]);
    assert.equal(channel.state, 'subscribed');
    assert.deepEqual(rig.endpoint.requests, []);
  });

  it('may call back later', async (t) => {
    const rig = await authRig(t, {
      channelAuthorization: {
        customHandler: ({ channelName }, callback) => {
          rig.clock.setTimeout(() => {
            callback(null, answerOf(rig, channelName));
          }, 500);
        },
      },
    });
    const { channel } = await rig.join('private-orders');
    assert.equal(channel.state, 'authorizing');
    await rig.clock.advance(500);
    assert.equal(channel.state, 'subscribed');
  });

  it('may return a promise of the answer instead', async (t) => {
    const rig = await authRig(t, {
      channelAuthorization: {
        customHandler: ({ channelName }) => Promise.resolve(answerOf(rig, channelName)),
      },
    });
    assert.equal((await rig.join('private-orders')).channel.state, 'subscribed');
  });

  it('may be an async function that calls back', async (t) => {
    const rig = await authRig(t, {
      channelAuthorization: {
        customHandler: async ({ channelName }, callback) => {
          await Promise.resolve();
          callback(null, answerOf(rig, channelName));
        },
      },
    });
    assert.equal((await rig.join('private-orders')).channel.state, 'subscribed');
  });

  it('for users receives the socket id and no channel', async (t) => {
    const asked: unknown[] = [];
    const rig = await authRig(t, {
      userAuthentication: {
        customHandler: (params, callback) => {
          asked.push(params);
          callback(null, rig.endpoint.signUser(params.socketId) as { auth: string; user_data: string });
        },
      },
    });
    rig.pusher.signin();
    await rig.clock.advance(0);
    assert.deepEqual(asked, [{ socketId: rig.pusher.connection.socket_id }]);
    assert.equal(rig.pusher.user.id, 'ann');
  });
});

describe('authorizer, as pusher-js 4 to 7 has it', () => {
  it('is made for each channel with the other options, and asked for each signature', async (t) => {
    const made: unknown[] = [];
    const rig = await authRig(t, {
      authEndpoint: '/old',
      auth: { params: { a: 'b' } },
      authorizer: (channel, options) => {
        made.push([channel.name, options]);
        return {
          authorize: (socketId: string, callback: Callback) => {
            callback(null, rig.endpoint.signChannel(socketId, channel.name) as { auth: string });
          },
        };
      },
    });
    const { channel } = await rig.join('private-orders');
    assert.deepEqual(made, [
      ['private-orders', { authTransport: 'ajax', authEndpoint: '/old', auth: { params: { a: 'b' } } }],
    ]);
    assert.equal(channel.state, 'subscribed');
  });

  it('of releases before 7 calls back with false for success', async (t) => {
    const rig = await authRig(t, {
      authorizer: (channel) => ({
        authorize: (socketId, callback) => {
          const answer = rig.endpoint.signChannel(socketId, channel.name) as { auth: string };
          (callback as unknown as (isError: boolean, answer: unknown) => void)(false, answer);
        },
      }),
    });
    assert.equal((await rig.join('private-orders')).channel.state, 'subscribed');
  });
});

describe('a value that cannot be', () => {
  const wrong: readonly (readonly [string, AuthorizationOptions])[] = [
    ['a timeout of 0', { timeout: 0 }],
    ['a timeout that is not a number', { timeout: Number.NaN }],
    ['an endpoint that is not a string', { endpoint: 7 as unknown as string }],
  ];
  for (const [name, channelAuthorization] of wrong)
    it(`${name} throws at construction, and names the option`, () => {
      const options: PusherOptions = { channelAuthorization, connectAutomatically: false };
      assert.throws(() => new Pusher('app-key', options), {
        code: 'invalid-option',
        message: /channelAuthorization\.(timeout|endpoint)/,
      });
    });
});
