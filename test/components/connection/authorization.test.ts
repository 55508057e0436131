import { expect } from '@open-wc/testing';
import type { PusherConnectionElement } from '../../../components/index.js';
import { installEndpoint } from '../endpoint.js';
import type { Endpoint } from '../endpoint.js';
import { createWorld, html, key, renderPage, warningsDuring } from '../support.js';
import type { World } from '../support.js';

describe('<pusher-connection>: authorization', () => {
  let endpoint: Endpoint;
  let world: World;
  beforeEach(() => {
    endpoint = installEndpoint();
    world = createWorld();
  });
  afterEach(() => {
    endpoint.restore();
    document.head.querySelector('meta[name="pusher-auth-origins"]')?.remove();
  });

  let count = 0;
  /** Joins another private channel, and gives the request that it made. */
  const ask = async (connection: Pick<PusherConnectionElement, 'subscribe'>): Promise<Endpoint['last']> => {
    connection.subscribe(`private-${(count += 1)}`);
    await world.clock.advance(0);
    return endpoint.last;
  };
  const page = async (attributes: Record<string, string> = {}): Promise<PusherConnectionElement> => {
    const connection = document.createElement('pusher-connection');
    Object.assign(connection, { appKey: key, options: world.options });
    for (const [name, value] of Object.entries(attributes)) connection.setAttribute(name, value);
    await renderPage(() => html`${connection}`, world);
    return connection;
  };

  // O-04, O-15, §3 row 14
  it('asks /pusher/auth for the socket and the channel, and says nothing else', async () => {
    const connection = await page();
    const { url, params, credentials } = await ask(connection);
    expect(url).to.equal('/pusher/auth');
    expect(params).to.deep.equal({ socket_id: connection.socketId, channel_name: `private-${count}` });
    expect(credentials).to.equal('same-origin');
    expect(connection.channel(`private-${count}`)!.state).to.equal('subscribed');
  });

  // O-05, P-10
  it('asks where auth-endpoint or authorizationURL says, whichever was written last, on the same client', async () => {
    const connection = await page({ 'auth-endpoint': '/sign' });
    expect((await ask(connection)).url).to.equal('/sign');
    connection.authorizationURL = '/pusher/sign';
    expect([connection.authEndpoint, (await ask(connection)).url]).to.deep.equal([
      '/pusher/sign',
      '/pusher/sign',
    ]);
    connection.authEndpoint = '/other';
    expect([connection.authorizationURL, (await ask(connection)).url]).to.deep.equal(['/other', '/other']);
    connection.setAttribute('data-auth-endpoint', '/ignored');
    connection.setAttribute('auth-endpoint', '/written');
    expect((await ask(connection)).url).to.equal('/written');
    expect(world.upgrades()).to.have.lengthOf(1);
  });

  // P-10
  it('keeps authorizationURL and auth from before it was defined', async () => {
    const connection = document.createElement('pusher-connection-auth-late') as unknown as HTMLElement &
      Pick<PusherConnectionElement, 'subscribe'>;
    Object.assign(connection, { authorizationURL: '/early', auth: { params: { a: 1 } } });
    const { PusherConnectionElement: Class, safeDefine } = await import('../../../components/index.js');
    Object.assign(connection, { appKey: key, options: world.options });
    await renderPage(() => html`${connection}`, world);
    safeDefine(Class, { tag: 'pusher-connection-auth-late' });
    await world.clock.advance(0);
    const { url, params } = await ask(connection);
    expect([url, params['a']]).to.deep.equal(['/early', '1']);
  });

  // O-11, O-13
  it('sends parameters and headers from JSON, from attributes of their own and from properties, as they are then', async () => {
    const connection = await page({
      'auth-params': '{"shop": "7 & 8", "é": "ü"}',
      'auth-headers': '{"X-Token": "json"}',
      'auth-param-page': 'a b',
      'data-auth-param-page': 'loses',
      'data-auth-header-x-shop': 'seven',
    });
    const first = await ask(connection);
    expect(first.params).to.include({ shop: '7 & 8', é: 'ü', page: 'a b' });
    expect(first.headers).to.include({ 'X-Token': 'json', 'x-shop': 'seven' });
    connection.setAttribute('auth-header-x-token', 'attribute');
    connection.setAttribute('auth-param-page', 'c');
    connection.removeAttribute('auth-params');
    const second = await ask(connection);
    expect(second.params).to.include({ page: 'c' }).and.not.to.have.property('shop');
    expect(second.headers).to.include({ 'X-Token': 'attribute' });
    connection.auth = { params: () => Promise.resolve({ fresh: 1 }), headers: { 'X-Own': 'yes' } };
    const third = await ask(connection);
    expect(third.params).to.include({ fresh: '1', page: 'c' });
    expect(third.headers).to.include({ 'X-Own': 'yes' });
    expect(world.upgrades()).to.have.lengthOf(1);
  });

  it('warns of JSON that is none, and goes on without it', async () => {
    let params!: Endpoint['last']['params'];
    const warnings = await warningsDuring(async () => {
      ({ params } = await ask(await page({ 'auth-params': "{'a': 1}", 'auth-headers': '[]' })));
    });
    expect(Object.keys(params)).to.deep.equal(['socket_id', 'channel_name']);
    expect(warnings).to.have.lengthOf(2);
    expect(warnings[0]).to.include('auth-params').and.to.include('JSON object');
  });

  it('sends cookies to other origins only if told so', async () => {
    const connection = await page({ 'auth-credentials': 'include' });
    expect((await ask(connection)).credentials).to.equal('include');
    connection.removeAttribute('auth-credentials');
    expect((await ask(connection)).credentials).to.equal('same-origin');
  });

  // O-07, O-09, O-12, O-14
  it('asks with a script for jsonp, without headers and with a word about them', async () => {
    const scripts: string[] = [];
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) if (node instanceof HTMLScriptElement) scripts.push(node.src);
    });
    observer.observe(document.head, { childList: true });
    const connection = await page({ 'auth-transport': 'jsonp', 'auth-param-shop': '7 & 8' });
    connection.authHeaders = { 'X-Token': 'secret' };
    const warnings = await warningsDuring(async () => {
      connection.subscribe('private-script');
      for (let turn = 0; turn < 200 && scripts.length === 0; turn += 1) {
        await world.clock.advance(0);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
    observer.disconnect();
    const { pathname, searchParams } = new URL(scripts[0]!);
    expect(pathname).to.equal('/pusher/auth');
    expect(searchParams.get('shop')).to.equal('7 & 8');
    expect(searchParams.get('callback')).to.not.equal(null);
    expect(scripts[0]).to.not.include('secret');
    expect(warnings).to.have.lengthOf(1);
    expect(endpoint.requests).to.deep.equal([]);
  });

  // O-07
  it('uses ajax for a transport that there is none of, and warns', async () => {
    const warnings = await warningsDuring(async () => {
      await ask(await page({ 'auth-transport': 'carrier-pigeon' }));
    });
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.include('auth-transport="carrier-pigeon"').and.to.include('"ajax"');
    expect(endpoint.requests).to.have.lengthOf(1);
  });

  it('takes every form of options too, as it is when asked, and what the element says wins', async () => {
    const connection = await page();
    const set = (more: object): void => {
      connection.options = { ...world.options, ...more };
    };
    set({ authEndpoint: '/old', auth: { params: { from: 'old', kept: 'yes' } } });
    expect(await ask(connection)).to.deep.include({ url: '/old' });
    connection.setAttribute('auth-param-from', 'attribute');
    expect((await ask(connection)).params).to.include({ from: 'attribute', kept: 'yes' });
    set({ channelAuthorization: { endpoint: '/new', paramsProvider: () => ({ provided: 1 }) } });
    expect((await ask(connection)).params).to.include({ provided: '1' });
    connection.authEndpoint = '/mine';
    expect((await ask(connection)).url).to.equal('/mine');
    const asked = endpoint.requests.length;
    const names: string[] = [];
    set({
      authorizer: ({ name }: { name: string }) => ({
        authorize: (_: string, callback: (error: null, answer: object) => void) => {
          names.push(name);
          callback(null, { auth: `${key}:x` });
        },
      }),
    });
    await ask(connection);
    expect(names).to.deep.equal([`private-${count}`]);
    expect(connection.channel(names[0]!)!.state).to.equal('subscribed');
    expect(endpoint.requests).to.have.lengthOf(asked);
    expect(world.upgrades()).to.have.lengthOf(1);
  });

  // elements.md rule 20
  it('sends nothing to another origin that only markup names, unless the head of the page lists it', async () => {
    const connection = await page();
    for (const [name, value] of [
      ['auth-endpoint', 'https://a.example/sign'],
      ['data-auth-endpoint', ' //b.example/sign'],
      ['auth-endpoint', 'javascript:alert(1)'],
      ['options', '{"authEndpoint": "https://c.example/sign"}'],
      ['options', '{"channelAuthorization": {"endpoint": "https://d.example/sign"}}'],
    ] as const) {
      const warnings = await warningsDuring(async () => {
        connection.setAttribute(name, value);
        if (name === 'options') {
          const { options } = connection;
          Object.assign(options!, world.options);
        }
        expect((await ask(connection)).url, value).to.equal('/pusher/auth');
      });
      expect(warnings.at(0), value).to.include('another origin').and.to.include('pusher-auth-origins');
      connection.removeAttribute(name);
      connection.options = world.options;
    }
    const meta = document.head.appendChild(document.createElement('meta'));
    Object.assign(meta, { name: 'pusher-auth-origins', content: 'https://x.example https://a.example/' });
    connection.setAttribute('auth-endpoint', 'https://a.example/sign');
    expect((await ask(connection)).url).to.equal('https://a.example/sign');
    connection.authEndpoint = 'https://script.example/sign';
    expect((await ask(connection)).url).to.equal('https://script.example/sign');
    connection.setAttribute('auth-endpoint', new URL('/absolute', location.href).href);
    expect((await ask(connection)).url).to.equal(new URL('/absolute', location.href).href);
  });

  it('takes no list of origins from the body, where authors of content write', async () => {
    const meta = document.createElement('meta');
    Object.assign(meta, { name: 'pusher-auth-origins', content: 'https://a.example' });
    await warningsDuring(async () => {
      const connection = await page();
      connection.append(meta);
      connection.setAttribute('auth-endpoint', 'https://a.example/sign');
      expect((await ask(connection)).url).to.equal('/pusher/auth');
    });
  });
});
