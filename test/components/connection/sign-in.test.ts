import { expect } from '@open-wc/testing';
import { installEndpoint } from '../endpoint.js';
import type { Endpoint } from '../endpoint.js';
import { createWorld, html, key, recordEvents, renderPage, warningsDuring } from '../support.js';
import type { Page } from '../support.js';

const events = ['pusher-before-authorize', 'pusher-signed-in', 'pusher-signin-error'];

describe('<pusher-connection>: signing in', () => {
  let endpoint: Endpoint;
  beforeEach(() => {
    endpoint = installEndpoint();
  });
  afterEach(() => {
    endpoint.restore();
  });

  const render = (seen: string[] = []): Promise<Page> => {
    const connection = document.createElement('pusher-connection');
    const world = createWorld();
    Object.assign(connection, { appKey: key, options: world.options, reconnectDelay: 1 });
    connection.setAttribute('auth-header-x-shop', '7');
    recordEvents(connection, events, seen);
    return renderPage(() => html`${connection}`, world);
  };

  it('is off by default', async () => {
    const { connection } = await render();
    expect([connection.signsIn, connection.hasAttribute('signin')]).to.deep.equal([false, false]);
    expect(endpoint.requests).to.deep.equal([]);
  });

  it('signs the user in with each connection, asking where user-auth-endpoint says', async () => {
    const seen: string[] = [];
    const { connection, clock, app } = await render(seen);
    const users: unknown[] = [];
    connection.addEventListener('pusher-signed-in', ({ userId, user }) => users.push([userId, user['name']]));
    connection.setAttribute('signin', '');
    await clock.advance(0);
    expect(endpoint.last.url).to.equal('/pusher/user-auth');
    expect(endpoint.last.params).to.deep.equal({ socket_id: connection.socketId });
    expect(endpoint.last.headers).to.include({ 'x-shop': '7' });
    expect(connection.user?.id).to.equal('7');
    connection.setAttribute('user-auth-endpoint', '/users');
    app.connection()!.drop();
    await clock.advance(1000);
    expect(endpoint.last.url).to.equal('/users');
    expect(users).to.deep.equal([
      ['7', 'Mo'],
      ['7', 'Mo'],
    ]);
    expect(seen.filter((type) => type !== 'pusher-before-authorize')).to.have.lengthOf(2);
  });

  it('tells of a failure, and tries again when asked', async () => {
    const { connection, clock } = await render();
    const errors: unknown[] = [];
    connection.addEventListener('pusher-signin-error', ({ status, error, remediation, cause }) => {
      errors.push([status, error === cause.error, remediation !== '']);
    });
    endpoint.status = 403;
    connection.signin();
    await clock.advance(0);
    expect(errors).to.deep.equal([[403, true, true]]);
    expect([connection.signsIn, connection.state]).to.deep.equal([true, 'connected']);
    endpoint.status = 200;
    connection.signin();
    await clock.advance(0);
    expect(connection.user!.id).to.equal('7');
  });

  it('signs in on another client too, and no longer when it is switched off', async () => {
    const { connection, clock } = await render();
    connection.signin();
    connection.appKey = 'other-key';
    await clock.advance(1000);
    expect([connection.client!.key, connection.user?.id]).to.deep.equal(['other-key', '7']);
    connection.removeAttribute('signin');
    await clock.advance(0);
    expect(connection.user!.user_data).to.equal(null);
    const asked = endpoint.requests.length;
    connection.appKey = key;
    await clock.advance(1000);
    expect(connection.state).to.equal('connected');
    expect(endpoint.requests).to.have.lengthOf(asked);
  });

  // elements.md rule 20
  it('ignores an endpoint on another origin that only markup names', async () => {
    const { connection, clock } = await render();
    const warnings = await warningsDuring(async () => {
      connection.setAttribute('user-auth-endpoint', 'https://a.example/users');
      connection.signin();
      await clock.advance(0);
    });
    expect(endpoint.last.url).to.equal('/pusher/user-auth');
    expect(warnings[0]).to.include('user-auth-endpoint="https://a.example/users"');
  });
});

describe('<pusher-connection>: hosts and metrics', () => {
  it('passes the host and the path of the HTTP fallback on', async () => {
    const world = createWorld();
    const { connection } = await renderPage(
      (options) =>
        html`<pusher-connection
          app-key=${key}
          host="ws.example"
          http-host="http.example"
          http-path="/rt"
          .options=${options}
        ></pusher-connection>`,
      world,
    );
    const { httpHost, httpPath } = connection.client!.config;
    expect([httpHost, httpPath]).to.deep.equal(['http.example', '/rt']);
    connection.removeAttribute('http-host');
    await world.clock.advance(0);
    expect(connection.client!.config.httpHost).to.equal(undefined);
    expect(world.upgrades()).to.have.lengthOf(2);
  });

  // O-19, §3 row 18
  it('submits metrics only where stats-endpoint says so, and never with disable-stats', async () => {
    const { fetch: original } = globalThis;
    const reports: string[] = [];
    globalThis.fetch = (url) => {
      reports.push(url as string);
      return Promise.resolve(new Response('{}'));
    };
    try {
      const world = createWorld();
      const { connection } = await renderPage(undefined, world);
      // What submits is loaded when it is needed, which takes a busy machine as long as it takes.
      const settle = async (until: () => boolean, turns = 10_000): Promise<void> => {
        for (let turn = 0; turn < turns && !until(); turn += 1) {
          await world.clock.advance(0);
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
      };
      await world.clock.advance(70_000);
      expect(reports).to.deep.equal([]);
      connection.setAttribute('stats-endpoint', '/metrics');
      await settle(() => reports.length > 0);
      expect(reports).to.deep.equal(['/metrics']);
      connection.setAttribute('disable-stats', '');
      await settle(() => false, 100);
      await world.clock.advance(200_000);
      expect(connection.state).to.equal('connected');
      expect(reports).to.deep.equal(['/metrics']);
    } finally {
      globalThis.fetch = original;
    }
  });

  it('ignores a stats endpoint that cannot be one, and connects', async () => {
    const world = createWorld();
    const warnings = await warningsDuring(async () => {
      const { connection } = await renderPage(
        (options) =>
          html`<pusher-connection
            app-key=${key}
            stats-endpoint="javascript:alert(1)"
            .options=${options}
          ></pusher-connection>`,
        world,
      );
      expect(connection.state).to.equal('connected');
      expect(connection.client!.config.statsEndpoint).to.equal(undefined);
    });
    expect(warnings[0]).to.include('stats-endpoint="javascript:alert(1)"');
  });
});
