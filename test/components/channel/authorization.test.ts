import { expect } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import type { PusherBeforeAuthorizeEvent, PusherChannelElement } from '../../../components/index.js';
import { Pusher } from '../../../src/index.js';
import { installEndpoint } from '../endpoint.js';
import type { Endpoint } from '../endpoint.js';
import { createWorld, html, key, renderPage, warningsDuring } from '../support.js';
import type { Page } from '../support.js';

describe('<pusher-channel>: authorization', () => {
  let endpoint: Endpoint;
  beforeEach(() => {
    endpoint = installEndpoint();
  });
  afterEach(() => {
    endpoint.restore();
    document.head.querySelector('meta[name="csrf-token"]')?.remove();
  });

  /** A page whose connection says something of its own; `hear` is told of every authorization. */
  const render = (
    markup: TemplateResult,
    hear: (event: PusherBeforeAuthorizeEvent) => void = () => {},
  ): Promise<Page> => {
    const world = createWorld();
    return renderPage(
      (options) => html`
        <div @pusher-before-authorize=${hear}>
          <pusher-connection
            app-key=${key}
            auth-endpoint="/all"
            auth-param-shop="1"
            auth-header-x-shop="1"
            .options=${options}
          ></pusher-connection>
          ${markup}
        </div>
      `,
      world,
    );
  };
  const channelOf = (page: Page): PusherChannelElement => page.root.querySelector('pusher-channel')!;

  it('has an endpoint, parameters and headers of its own, as they are when asked', async () => {
    const page = await render(
      html`<pusher-channel
          name="private-a"
          auth-endpoint="/one"
          auth-param-shop="2"
          data-auth-header-x-shop="2"
        ></pusher-channel>
        <pusher-channel name="private-b"></pusher-channel>`,
    );
    const [a, b] = endpoint.requests;
    expect([a!.url, a!.params['shop'], a!.headers['x-shop']]).to.deep.equal(['/one', '2', '2']);
    expect([b!.url, b!.params['shop'], b!.headers['x-shop']]).to.deep.equal(['/all', '1', '1']);
    channelOf(page).setAttribute('auth-param-shop', '3');
    channelOf(page).setAttribute('name', 'private-c');
    await page.clock.advance(0);
    expect(endpoint.last.params).to.include({ channel_name: 'private-c', shop: '3' });
  });

  // elements.md rule 20
  it('ignores an endpoint on another origin that only its markup names', async () => {
    const warnings = await warningsDuring(async () => {
      await render(
        html`<pusher-channel name="private-a" auth-endpoint="https://a.example/x"></pusher-channel>`,
      );
    });
    expect(endpoint.last.url).to.equal('/all');
    expect(warnings[0]).to.include('<pusher-channel name="private-a">').and.to.include('https://a.example');
  });

  it('does not take the token of the page to another origin', async () => {
    const meta = document.head.appendChild(document.createElement('meta'));
    Object.assign(meta, { name: 'csrf-token', content: 'token' });
    const page = await render(
      html`<pusher-channel name="private-a" .authEndpoint=${'https://a.example/x'}></pusher-channel>`,
    );
    expect(endpoint.last.url).to.equal('https://a.example/x');
    expect(endpoint.last.headers).to.include({ 'x-shop': '1' }).and.not.to.have.property('X-CSRF-TOKEN');
    channelOf(page).authEndpoint = '/mine';
    channelOf(page).name = 'private-b';
    await page.clock.advance(0);
    expect(endpoint.last.headers).to.include({ 'X-CSRF-TOKEN': 'token' });
  });

  it('tells of every request before it is made, and lets it be changed and delayed', async () => {
    let release!: () => void;
    const seen: unknown[] = [];
    const page = await render(html`<pusher-channel name="private-a"></pusher-channel>`, (event) => {
      const { target, channel, socketId, request, bubbles, composed, cancelable } = event;
      seen.push((target as Element).localName, channel, socketId, bubbles, composed, cancelable);
      seen.push(request.url, request.method, request.credentials);
      event.waitUntil(new Promise<void>((resolve) => (release = resolve)));
      request.params['more'] = 'yes';
      request.headers['X-Late'] = 'yes';
      request.url = '/changed';
    });
    const facts = ['pusher-channel', 'private-a', page.connection.socketId, true, true, true];
    expect(seen).to.deep.equal([...facts, '/all', 'POST', 'same-origin']);
    expect(endpoint.requests).to.deep.equal([]);
    expect(channelOf(page).state).to.equal('authorizing');
    release();
    await page.clock.advance(0);
    expect(endpoint.last.url).to.equal('/changed');
    expect([endpoint.last.params['more'], endpoint.last.headers['X-Late']]).to.deep.equal(['yes', 'yes']);
    expect(channelOf(page).state).to.equal('subscribed');
  });

  it('lets the page answer by itself', async () => {
    const page = await render(html`<pusher-channel name="presence-a"></pusher-channel>`, (event) => {
      event.respondWith(
        Promise.resolve({ auth: `${key}:mine`, channel_data: '{"user_id":"9","user_info":null}' }),
      );
    });
    expect(endpoint.requests).to.deep.equal([]);
    expect(channelOf(page).me?.id).to.equal('9');
  });

  // O-06
  it('fails when a listener cancels it, or when what it waits for fails; the connection stays', async () => {
    for (const refuse of [
      (event: PusherBeforeAuthorizeEvent) => {
        event.preventDefault();
      },
      (event: PusherBeforeAuthorizeEvent) => {
        event.waitUntil(Promise.reject(new Error('no token')));
      },
    ]) {
      const page = await render(html`<pusher-channel name="private-a"></pusher-channel>`, refuse);
      expect(channelOf(page).state).to.equal('failed');
      expect(page.connection.state).to.equal('connected');
      page.root.remove();
    }
    expect(endpoint.requests).to.deep.equal([]);
  });

  it('refuses what is said after the listeners have run', async () => {
    let late!: PusherBeforeAuthorizeEvent;
    await render(html`<pusher-channel name="private-a"></pusher-channel>`, (event) => (late = event));
    expect(() => {
      late.waitUntil(Promise.resolve());
    }).to.throw(DOMException, 'waitUntil() came too late');
    expect(() => {
      late.respondWith({ auth: 'x' });
    }).to.throw(DOMException, 'too late');
  });

  it('asks every element that holds the channel, else the connection', async () => {
    const targets: string[] = [];
    const page = await render(
      html`<pusher-channel id="a" name="private-a"></pusher-channel
        ><pusher-channel id="b" name="private-a" auth-param-shop="9"></pusher-channel>`,
      ({ target }) => targets.push((target as Element).id || (target as Element).localName),
    );
    expect(targets).to.deep.equal(['a', 'b']);
    expect(endpoint.requests).to.have.lengthOf(1);
    expect(endpoint.last.params['shop']).to.equal('9');
    page.root.querySelector('#b')!.remove();
    targets.length = 0;
    page.connection.subscribe('private-call');
    page.app.connection()!.drop();
    await page.clock.advance(5000);
    expect([...new Set(targets)].sort()).to.deep.equal(['a', 'pusher-connection']);
  });

  it('tells of nothing for a client that somebody else has made', async () => {
    const world = createWorld();
    const client = new Pusher(key, world.options);
    const targets: unknown[] = [];
    const hear = ({ target }: Event): void => {
      targets.push(target);
    };
    const { root } = await renderPage(
      () =>
        html`<div @pusher-before-authorize=${hear}>
          <pusher-channel name="private-a" .connection=${client}></pusher-channel>
        </div>`,
      world,
    );
    expect(root.querySelector('pusher-channel')!.state).to.equal('subscribed');
    expect([endpoint.last.url, targets]).to.deep.equal(['/pusher/auth', []]);
    client.dispose();
  });

  it('asks the hook in options too, unless the page has cancelled', async () => {
    const world = createWorld();
    const asked: unknown[] = [];
    const { connection } = await renderPage(
      (options) =>
        html`<pusher-connection
          app-key=${key}
          .options=${{
            ...options,
            beforeAuthorize: ({ channel }: { channel: string | undefined }) => asked.push(channel),
          }}
        ></pusher-connection>`,
      world,
    );
    connection.subscribe('private-a');
    await world.clock.advance(0);
    connection.addEventListener('pusher-before-authorize', (event) => {
      event.preventDefault();
    });
    connection.subscribe('private-b');
    await world.clock.advance(0);
    expect(asked).to.deep.equal(['private-a']);
  });
});
