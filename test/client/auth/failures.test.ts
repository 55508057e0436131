/** Bad input of issue 3: one `subscription_error` each, with type, status and remediation, and everything else goes on (O-06). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PusherOptions, SubscriptionError } from '../../../src/index.js';
import { authRig } from './auth-rig.js';
import type { EndpointAnswer } from './scripted-endpoint.js';

interface Row {
  readonly name: string;
  readonly channel?: string;
  /** What the endpoint does for this channel; the others are signed for. */
  readonly answer?: EndpointAnswer;
  readonly options?: PusherOptions;
  readonly type?: string;
  readonly status: number | undefined;
  /** Part of the message. */
  readonly says: RegExp;
  /** Whether it is tried again by itself. */
  readonly isRetried?: boolean;
}

const throwing = (): never => {
  throw new Error('the session is gone');
};
const rejecting = (): Promise<never> => Promise.reject(new Error('the session is gone'));
const keyOf = (length: number): string => Buffer.alloc(length, 7).toString('base64');
const encrypted = 'private-encrypted-vault';

const rows: readonly Row[] = [
  {
    name: '200 with a web page',
    answer: { body: '<!doctype html><title>x</title>' },
    status: 200,
    says: /web page/,
  },
  { name: '200 with words', answer: { body: 'Forbidden' }, status: 200, says: /not JSON/ },
  { name: '200 with nothing', answer: { body: '' }, status: 200, says: /not JSON/ },
  { name: '204', answer: { status: 204 }, status: 204, says: /status 204/ },
  { name: 'a JSON array', answer: { body: ['auth'] }, status: 200, says: /not a JSON object/ },
  { name: 'a JSON string', answer: { body: '"auth"' }, status: 200, says: /not a JSON object/ },
  { name: 'JSON null', answer: { body: 'null' }, status: 200, says: /not a JSON object/ },
  { name: 'no signature', answer: { body: {} }, status: 200, says: /no "auth"/ },
  { name: 'a signature that is no string', answer: { body: { auth: 7 } }, status: 200, says: /no "auth"/ },
  {
    name: 'a signature for another channel, which the server refuses',
    answer: { body: { auth: 'app-key:0000' } },
    type: 'SubscriptionError',
    status: undefined,
    says: /Invalid signature/,
  },
  {
    name: 'channel_data that is not JSON',
    channel: 'presence-lobby',
    answer: { body: { auth: 'app-key:0', channel_data: 'ann' } },
    status: 200,
    says: /channel_data/,
  },
  {
    name: 'channel_data without a user',
    channel: 'presence-lobby',
    answer: { body: { auth: 'app-key:0', channel_data: '{"id":"ann"}' } },
    status: 200,
    says: /user_id/,
  },
  {
    name: 'channel_data that is an object instead of its text',
    channel: 'presence-lobby',
    answer: { body: { auth: 'app-key:0', channel_data: { user_id: 'ann' } } },
    status: 200,
    says: /channel_data/,
  },
  {
    name: 'no channel_data, and nobody signed in',
    channel: 'presence-lobby',
    answer: { body: { auth: 'app-key:0' } },
    status: undefined,
    says: /who we are/,
  },
  {
    name: 'no key',
    channel: encrypted,
    answer: { body: { auth: 'app-key:0' } },
    status: undefined,
    says: /shared_secret/,
  },
  ...[31, 33, 0].map((length) => ({
    name: `a key of ${String(length)} bytes`,
    channel: encrypted,
    answer: { body: { auth: 'app-key:0', shared_secret: keyOf(length) } },
    status: undefined,
    says: /shared_secret.*32 bytes/,
  })),
  {
    name: 'a key that is not base64',
    channel: encrypted,
    answer: { body: { auth: 'app-key:0', shared_secret: '~~~' } },
    status: undefined,
    says: /shared_secret.*32 bytes/,
  },
  { name: '403', answer: { status: 403 }, status: 403, says: /status 403/ },
  { name: '404', answer: { status: 404, body: '<html>' }, status: 404, says: /status 404/ },
  { name: '500', answer: { status: 500 }, status: 500, says: /status 500/, isRetried: true },
  { name: '429', answer: { status: 429 }, status: 429, says: /status 429/, isRetried: true },
  {
    name: 'no network, or no CORS headers',
    answer: { failure: true },
    status: 0,
    says: /could not be reached/,
    isRetried: true,
  },
  { name: 'a hang', answer: 'hang', status: 0, says: /in time/, isRetried: true },
  {
    name: 'a customHandler that throws',
    options: { channelAuthorization: { customHandler: throwing } },
    status: undefined,
    says: /session is gone/,
  },
  {
    name: 'a customHandler that rejects',
    options: { channelAuthorization: { customHandler: rejecting } },
    status: undefined,
    says: /session is gone/,
  },
  {
    name: 'a customHandler that calls back with an error',
    options: {
      channelAuthorization: {
        customHandler: (_, callback) => {
          callback(new Error('the session is gone'), null);
        },
      },
    },
    status: undefined,
    says: /session is gone/,
  },
  {
    name: 'a customHandler that calls back with nothing',
    options: {
      channelAuthorization: {
        customHandler: (_, callback) => {
          callback(null, null);
        },
      },
    },
    status: undefined,
    says: /not a JSON object/,
  },
  {
    name: 'an authorizer that throws',
    options: { authorizer: throwing },
    status: undefined,
    says: /session is gone/,
  },
  {
    name: 'an authorizer whose authorize throws',
    options: { authorizer: () => ({ authorize: throwing }) },
    status: undefined,
    says: /session is gone/,
  },
  {
    name: 'an authorizer whose authorize rejects',
    options: { authorizer: () => ({ authorize: rejecting }) },
    status: undefined,
    says: /session is gone/,
  },
  {
    name: 'an authorizer of a release before 7 that calls back with true',
    options: {
      authorizer: () => ({
        authorize: (_, callback) => {
          (callback as unknown as (isError: boolean, said: string) => void)(true, 'the session is gone');
        },
      }),
    },
    status: undefined,
    says: /session is gone/,
  },
  {
    name: 'params that throw',
    options: { channelAuthorization: { params: throwing } },
    status: undefined,
    says: /function that gives/,
  },
  {
    name: 'headers that reject',
    options: { channelAuthorization: { headers: rejecting } },
    status: undefined,
    says: /function that gives/,
  },
  {
    name: 'a paramsProvider that throws',
    options: { channelAuthorization: { paramsProvider: throwing } },
    status: undefined,
    says: /function that gives/,
  },
  {
    name: 'a headersProvider that rejects',
    options: { auth: { headers: rejecting } },
    status: undefined,
    says: /function that gives/,
  },
];

describe('a signature that does not come (O-06)', () => {
  for (const {
    name,
    channel: channelName = 'private-orders',
    answer,
    options,
    type = 'AuthError',
    status,
    says,
    isRetried = false,
  } of rows)
    it(`${name}: one subscription_error, and everything else goes on`, async (t) => {
      const rig = await authRig(t, options);
      const { endpoint, pusher, clock, app } = rig;
      endpoint.sharedSecret = keyOf(32);
      endpoint.respond = ({ params }) =>
        answer !== undefined && params['channel_name'] === channelName
          ? answer
          : { body: endpoint.sign(params) };
      const news: unknown[] = [];
      pusher.subscribe('news').bind('tick', (payload) => news.push(payload));
      const { channel, errors } = await rig.join(channelName);
      const alias: SubscriptionError[] = [];
      channel.bind('subscription_error', (error: SubscriptionError) => alias.push(error));
      if (answer === 'hang') await clock.advance(10_000);

      assert.equal(errors.length, 1, 'told once');
      const [error] = errors;
      assert.equal(error?.type, type);
      assert.equal(error.status, status);
      assert.match(error.message, says);
      assert.equal(error.error, error.message, 'the field that pusher-js has');
      assert.match(error.remediation, /\w+.*\./);
      assert.equal(channel.error, error);
      assert.equal(channel.state, 'failed');
      assert.equal(error.retryAt !== undefined, isRetried);

      app.publish({ channels: 'news', event: 'tick', data: 1 });
      await clock.advance(0);
      assert.deepEqual(news, [1], 'other channels go on');
      assert.equal(pusher.connection.state, 'connected');
      assert.equal(app.record.upgrades.length, 1);

      await clock.advance(120_000);
      assert.equal(errors.length, 1, 'the same trouble is told once, however often it is tried');
    });
});
