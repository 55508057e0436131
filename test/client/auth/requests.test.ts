/** What is asked of the endpoint: seed O-04, O-05, O-08, O-11, O-13, O-15, P-10, protocol.md §8. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PusherOptions } from '../../../src/index.js';
import { authRig, pageOf } from './auth-rig.js';

describe('the request for a signature', () => {
  it('goes to /pusher/auth, relative to the page, where nothing is said (O-04)', async (t) => {
    const { endpoint, join } = await authRig(t);
    const { channel } = await join('private-orders');
    assert.deepEqual(
      endpoint.requests.map(({ url, method }) => [method, url]),
      [['POST', '/pusher/auth']],
    );
    assert.equal(channel.state, 'subscribed');
  });

  for (const endpoint of ['/broadcasting/auth', 'https://auth.example.org/channels'])
    it(`goes to ${endpoint} where authEndpoint says so (O-05, P-10)`, async (t) => {
      const rig = await authRig(t, { authEndpoint: endpoint });
      await rig.join('private-orders');
      assert.deepEqual(
        rig.endpoint.requests.map(({ url }) => url),
        [endpoint],
      );
    });

  it('is form-encoded: socket_id, then channel_name, and nothing else where auth is left out (O-08, O-15)', async (t) => {
    const { pusher, endpoint, join } = await authRig(t);
    await join('presence-lobby');
    const [request] = endpoint.requests;
    assert.equal(request?.text, `socket_id=${pusher.connection.socket_id ?? ''}&channel_name=presence-lobby`);
    assert.equal(request.headers['content-type'], 'application/x-www-form-urlencoded');
  });

  it('carries auth.params in order, decodable with spaces, ampersands and other scripts (O-11)', async (t) => {
    const params = { note: 'a b', pair: 'x&y=z', 'naïve key': 'ключ' };
    const { endpoint, join } = await authRig(t, { auth: { params } });
    await join('private-orders');
    const [request] = endpoint.requests;
    assert.deepEqual(Object.entries(request?.params ?? {}).slice(2), Object.entries(params));
    assert.match(request?.text ?? '', /note=a%20b&pair=x%26y%3Dz&na%C3%AFve%20key=/);
  });

  it('carries auth.headers besides its own (O-13)', async (t) => {
    const headers = { 'X-CSRF-Token': 'abc', Authorization: 'Bearer t' };
    const { endpoint, join } = await authRig(t, { auth: { headers } });
    await join('private-orders');
    const [request] = endpoint.requests;
    assert.equal(request?.headers['x-csrf-token'], 'abc');
    assert.equal(request.headers['authorization'], 'Bearer t');
  });

  it('leaves out what is undefined or null, and writes numbers, booleans and objects as JSON', async (t) => {
    const params = { a: undefined, b: null, n: 7, yes: true, list: [1, 2] };
    const { endpoint, join } = await authRig(t, { auth: { params } });
    await join('private-orders');
    const added = Object.entries(endpoint.requests[0]!.params).slice(2);
    assert.deepEqual(Object.fromEntries(added), { n: '7', yes: 'true', list: '[1,2]' });
  });

  it('is made again with the new socket id on every connection (protocol.md §7.2)', async (t) => {
    const { pusher, app, clock, endpoint, join } = await authRig(t);
    const first = pusher.connection.socket_id;
    const { channel } = await join('private-orders');
    app.connection()?.drop();
    await clock.advance(1000);
    assert.deepEqual(
      endpoint.requests.map(({ params }) => params['socket_id']),
      [first, pusher.connection.socket_id],
    );
    assert.equal(channel.state, 'subscribed');
  });

  it('has the status 201 accepted like 200 (requirements §3 row 15)', async (t) => {
    const { endpoint, join } = await authRig(t);
    endpoint.respond = ({ params }) => ({ status: 201, body: endpoint.sign(params) });
    assert.equal((await join('private-orders')).channel.state, 'subscribed');
  });
});

describe('additions that are functions', () => {
  const forms: readonly (readonly [string, PusherOptions])[] = [
    ['params as a function', { channelAuthorization: { params: () => ({ token: 'now' }) } }],
    ['an asynchronous params', { channelAuthorization: { params: () => Promise.resolve({ token: 'now' }) } }],
    ['paramsProvider', { channelAuthorization: { paramsProvider: () => ({ token: 'now' }) } }],
    [
      'an asynchronous paramsProvider',
      { channelAuthorization: { paramsProvider: () => Promise.resolve({ token: 'now' }) } },
    ],
    ['auth.params of the older form', { auth: { params: () => ({ token: 'now' }) } }],
  ];
  for (const [name, options] of forms)
    it(`${name} is asked for each request`, async (t) => {
      const { endpoint, join } = await authRig(t, options);
      const { channel } = await join('private-orders');
      await join('private-news');
      assert.deepEqual(
        endpoint.requests.map(({ params }) => params['token']),
        ['now', 'now'],
      );
      assert.equal(channel.state, 'subscribed');
    });

  it('the values of a provider win over fixed ones, for parameters and for headers', async (t) => {
    const { endpoint, join } = await authRig(t, {
      channelAuthorization: {
        params: { a: 'fixed', b: 'fixed' },
        paramsProvider: () => ({ a: 'fresh' }),
        headers: { 'X-A': 'fixed' },
        headersProvider: () => ({ 'X-A': 'fresh', 'X-B': 'fresh' }),
      },
    });
    await join('private-orders');
    const { params, headers } = endpoint.requests[0]!;
    assert.deepEqual([params['a'], params['b']], ['fresh', 'fixed']);
    assert.deepEqual([headers['x-a'], headers['x-b']], ['fresh', 'fresh']);
  });
});

describe('cookies and the token of the page', () => {
  it('cookies go to the own origin only, unless credentials say otherwise', async (t) => {
    const usual = await authRig(t);
    await usual.join('private-orders');
    assert.equal(usual.endpoint.requests[0]?.credentials, 'same-origin');
  });

  it('credentials: include sends them to another origin too', async (t) => {
    const { endpoint, join } = await authRig(t, {
      channelAuthorization: { endpoint: 'https://auth.example.org/', credentials: 'include' },
    });
    await join('private-orders');
    assert.equal(endpoint.requests[0]?.credentials, 'include');
  });

  it('the CSRF token of the page goes along to its own origin, and to no other', async (t) => {
    pageOf(t, { token: 'from the meta' });
    const own = await authRig(t);
    await own.join('private-orders');
    assert.equal(own.endpoint.requests[0]?.headers['x-csrf-token'], 'from the meta');
    const other = await authRig(t, { authEndpoint: 'https://auth.example.org/' });
    await other.join('private-orders');
    assert.equal(other.endpoint.requests[0]?.headers['x-csrf-token'], undefined);
  });

  it('without a meta element the XSRF-TOKEN cookie goes along, decoded', async (t) => {
    pageOf(t, { cookie: 'theme=dark; XSRF-TOKEN=a%3Db' });
    const { endpoint, join } = await authRig(t);
    await join('private-orders');
    assert.equal(endpoint.requests[0]?.headers['x-xsrf-token'], 'a=b');
  });

  for (const name of ['X-CSRF-TOKEN', 'X-CSRF-Token', 'x-csrf-token'])
    it(`a header ${name} of the application wins over the token of the page, however it is written`, async (t) => {
      pageOf(t, { token: 'from the meta' });
      const { endpoint, join } = await authRig(t, { auth: { headers: { [name]: 'mine' } } });
      await join('private-orders');
      assert.equal(endpoint.requests[0]?.headers['x-csrf-token'], 'mine');
    });

  it('a header of the application wins over the client’s own content type', async (t) => {
    const { endpoint, join } = await authRig(t, { auth: { headers: { accept: 'text/plain' } } });
    await join('private-orders');
    assert.equal(endpoint.requests[0]?.headers['accept'], 'text/plain');
  });
});
