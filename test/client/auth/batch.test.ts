/** Many channels in one request, in the wire form of the plugin pusher-js-auth; off unless `batch` is true (issue 3 §2). */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { describe, it } from 'node:test';
import type { AuthorizationOptions, Channel, SubscriptionError } from '../../../src/index.js';
import { authRig, pageOf } from './auth-rig.js';
import type { AuthRig } from './auth-rig.js';
import type { EndpointRequest } from './scripted-endpoint.js';

/** The channels that one request asks for, in order. */
const channelsOf = ({ params }: EndpointRequest): string[] =>
  Object.entries(params)
    .filter(([name]) => name.startsWith('channel_name['))
    .map(([, channel]) => channel);

type Answers = Record<string, unknown>;

interface BatchRig extends AuthRig {
  /** Subscribes to all in one task, and lets everything happen. */
  readonly joinAll: (
    ...names: string[]
  ) => Promise<{ channels: Channel[]; errors: Record<string, SubscriptionError> }>;
  /** Every channel signed, as the endpoint would answer. */
  readonly signAll: (request: EndpointRequest) => Answers;
}

async function batchRig(t: TestContext, options: AuthorizationOptions = {}): Promise<BatchRig> {
  const rig = await authRig(t, { channelAuthorization: { batch: true, ...options } });
  const { endpoint, pusher } = rig;
  const signAll = (request: EndpointRequest): Answers =>
    Object.fromEntries(
      channelsOf(request).map((channel) => [
        channel,
        endpoint.signChannel(request.params['socket_id'] ?? '', channel),
      ]),
    );
  endpoint.respond = (request) => ({ body: signAll(request) });
  return {
    ...rig,
    signAll,
    async joinAll(...names) {
      const errors: Record<string, SubscriptionError> = {};
      const channels = names.map((name) =>
        pusher.subscribe(name).bind('pusher:subscription_error', (error: SubscriptionError) => {
          errors[name] = error;
        }),
      );
      await rig.settle(() => endpoint.requests.length > 0);
      await rig.clock.advance(10);
      return { channels, errors };
    },
  };
}

const states = (channels: readonly Channel[]): string[] => channels.map(({ state }) => state);

describe('batch: true', () => {
  it('asks for all channels of one task in one POST: socket_id, channel_name[0], channel_name[1] …', async (t) => {
    const { endpoint, pusher, joinAll } = await batchRig(t);
    const { channels } = await joinAll('private-a', 'presence-b', 'private-c');
    assert.equal(endpoint.requests.length, 1);
    const socketId = pusher.connection.socket_id ?? '';
    assert.equal(
      decodeURIComponent(endpoint.requests[0]?.text ?? ''),
      `socket_id=${socketId}&channel_name[0]=private-a&channel_name[1]=presence-b&channel_name[2]=private-c`,
    );
    assert.deepEqual(states(channels), ['subscribed', 'subscribed', 'subscribed']);
  });

  it('is off by default: as many requests as channels', async (t) => {
    const { endpoint, pusher, clock } = await authRig(t);
    for (const name of ['private-a', 'private-b']) pusher.subscribe(name);
    await clock.advance(10);
    assert.deepEqual(endpoint.channels, ['private-a', 'private-b']);
  });

  it('asks for everything again in one request after a reconnection', async (t) => {
    const { endpoint, app, clock, joinAll } = await batchRig(t);
    await joinAll('private-a', 'private-b');
    app.connection()?.drop();
    await clock.advance(2000);
    assert.deepEqual(endpoint.requests.map(channelsOf), [
      ['private-a', 'private-b'],
      ['private-a', 'private-b'],
    ]);
    assert.notEqual(endpoint.requests[0]?.params['socket_id'], endpoint.requests[1]?.params['socket_id']);
  });

  it('keeps what carries other parameters in a request of its own, and sends them after the channels', async (t) => {
    const { endpoint, joinAll } = await batchRig(t, { params: { tenant: 'x' } });
    await joinAll('private-a', 'private-b');
    assert.match(endpoint.requests[0]?.text ?? '', /channel_name%5B1%5D=private-b&tenant=x$/);
  });

  const forms: readonly (readonly [string, (answers: Answers, socketId: string) => unknown])[] = [
    ['the bare answer by channel name', (answers) => answers],
    ['{ status, data } by channel name', (answers) => mapped(answers, (data) => ({ status: 200, data }))],
    ['{ data } by channel name', (answers) => mapped(answers, (data) => ({ data }))],
    [
      'the bare answer by socket id and channel name, as older endpoints have it',
      (answers, id) => ({ [id]: answers }),
    ],
    [
      '{ status, data } by socket id and channel name',
      (answers, id) => ({ [id]: mapped(answers, (data) => ({ status: 200, data })) }),
    ],
  ];
  for (const [name, shape] of forms)
    it(`reads ${name}`, async (t) => {
      const { endpoint, signAll, joinAll } = await batchRig(t);
      endpoint.respond = (request) => ({ body: shape(signAll(request), request.params['socket_id'] ?? '') });
      const { channels, errors } = await joinAll('private-a', 'presence-b');
      assert.deepEqual(states(channels), ['subscribed', 'subscribed']);
      assert.deepEqual(errors, {});
    });

  it('keeps a failure to the channel that it belongs to', async (t) => {
    const { endpoint, signAll, joinAll } = await batchRig(t);
    endpoint.respond = (request) => ({
      body: {
        ...signAll(request),
        'private-refused': { status: 403, data: 'Forbidden' },
        'private-broken': { status: 500 },
        'private-odd': { status: 200, data: 'no object' },
        'private-absent': undefined,
      },
    });
    const names = [
      'private-a',
      'private-refused',
      'private-broken',
      'private-odd',
      'private-absent',
      'private-b',
    ];
    const { channels, errors } = await joinAll(...names);
    assert.deepEqual(states(channels), ['subscribed', 'failed', 'failed', 'failed', 'failed', 'subscribed']);
    assert.deepEqual(Object.fromEntries(Object.entries(errors).map(([name, { status }]) => [name, status])), {
      'private-refused': 403,
      'private-broken': 500,
      'private-odd': 200,
      'private-absent': 200,
    });
    assert.ok(errors['private-broken']?.retryAt);
    assert.equal(errors['private-refused']?.retryAt, undefined);
  });

  it('asks again only for those that were refused, with the page’s new token', async (t) => {
    const page = pageOf(t, { token: 'old' });
    const { endpoint, signAll, joinAll } = await batchRig(t);
    endpoint.respond = (request, index) => {
      page.token = 'new';
      return { body: { ...signAll(request), ...(index === 0 ? { 'private-b': { status: 419 } } : {}) } };
    };
    const { channels, errors } = await joinAll('private-a', 'private-b', 'private-c');
    assert.deepEqual(endpoint.requests.map(channelsOf), [
      ['private-a', 'private-b', 'private-c'],
      ['private-b'],
    ]);
    assert.deepEqual(states(channels), ['subscribed', 'subscribed', 'subscribed']);
    assert.deepEqual(errors, {});
  });

  for (const [name, answer] of [
    ['status 500', { status: 500 }],
    ['a web page', { body: '<html>' }],
    ['no answer', { failure: true }],
    ['an array', { body: [] }],
  ] as const)
    it(`${name} for the whole request is one error for each channel`, async (t) => {
      const { endpoint, joinAll } = await batchRig(t);
      endpoint.respond = () => answer;
      const { errors } = await joinAll('private-a', 'private-b');
      assert.deepEqual(Object.keys(errors), ['private-a', 'private-b']);
      assert.equal(endpoint.requests.length, 1);
    });

  it('one channel that is left does not stop the others', async (t) => {
    const { endpoint, pusher, clock, signAll, joinAll } = await batchRig(t);
    endpoint.respond = (request) => ({ body: signAll(request), delay: 1000 });
    const { channels } = await joinAll('private-a', 'private-b');
    pusher.unsubscribe('private-a');
    await clock.advance(100);
    assert.equal(endpoint.requests[0]?.isAborted, false);
    await clock.advance(1000);
    assert.deepEqual(states(channels), ['idle', 'subscribed']);
  });

  it('the request is stopped when all have left', async (t) => {
    const { endpoint, pusher, clock, joinAll } = await batchRig(t);
    endpoint.respond = () => 'hang';
    await joinAll('private-a', 'private-b');
    pusher.unsubscribe('private-a');
    pusher.unsubscribe('private-b');
    await clock.advance(10);
    assert.equal(endpoint.requests[0]?.isAborted, true);
  });

  it('what is left before the task is over is not asked for at all', async (t) => {
    const { endpoint, pusher, joinAll } = await batchRig(t);
    await joinAll('private-a'); // the code is loaded now
    pusher.subscribe('private-b');
    pusher.subscribe('private-c');
    pusher.unsubscribe('private-b');
    await joinAll('private-d');
    assert.deepEqual(endpoint.requests.slice(1).map(channelsOf), [['private-c', 'private-d']]);
    pusher.subscribe('private-e');
    pusher.dispose();
    assert.equal(endpoint.requests.length, 2);
  });

  it('a channel named like a part of every object has an answer of its own or none', async (t) => {
    const { endpoint, joinAll } = await batchRig(t);
    endpoint.respond = () => ({ body: {} });
    const { errors } = await joinAll('private-constructor');
    assert.match(errors['private-constructor']?.message ?? '', /said nothing of/);
  });

  it('does not concern sign-ins', async (t) => {
    const { endpoint, pusher, clock } = await batchRig(t);
    endpoint.respond = ({ params }) => ({ body: endpoint.sign(params) });
    pusher.signin();
    await clock.advance(0);
    assert.equal(endpoint.requests[0]?.url, '/pusher/user-auth');
    assert.equal(pusher.user.id, 'ann');
  });
});

function mapped(answers: Answers, change: (answer: unknown) => unknown): Answers {
  return Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, change(answer)]));
}
