/** The seed's JavaScript samples, run unchanged with `pusher` being a `new Pusher(key, options)` (requirements.md §2.8). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { Pusher } from '../../../src/index.js';
import type { PusherOptions } from '../../../src/index.js';
import { createInMemoryTransport, FakeClock, ProtocolServer } from '../../../src/testing/index.js';
import type { AppOptions, ServerApp } from '../../../src/testing/index.js';
import { FakeNetwork } from '../support.js';
import { optionsSample, samples } from './samples.js';

type Sample = (...globals: unknown[]) => { pusher: Pusher; state: unknown };

/** What a sample finds on its page, and what it did to it. */
interface Page {
  readonly clock: FakeClock;
  readonly app: ServerApp;
  /** Addresses that were opened. */
  readonly addresses: string[];
  readonly logged: unknown[];
  readonly alerts: unknown[];
  /** The text of the elements that were looked up. */
  readonly texts: Record<string, string[]>;
  /** Every client that was made, by the page or by a sample. */
  readonly clients: Pusher[];
  readonly make: (key: string, options?: PusherOptions) => Pusher;
  /** Runs the code as it is, and returns the variables that it leaves. */
  readonly run: (code: string, scope?: Record<string, unknown>) => ReturnType<Sample>;
}

function openPage(key: string, settings: Partial<AppOptions> = {}): Page {
  const clock = new FakeClock();
  clock.useRandom(0.5);
  const server = new ProtocolServer({ clock, apps: [{ key, pingAfter: null, ...settings }] });
  const network = createInMemoryTransport(server);
  const addresses: string[] = [];
  const logged: unknown[] = [];
  const alerts: unknown[] = [];
  const texts: Record<string, string[]> = {};
  const clients: Pusher[] = [];
  /** The class as it is, except that nothing leaves the machine. */
  class PagePusher extends Pusher {
    constructor(appKey: string, options?: PusherOptions) {
      const transport = {
        isSupported: () => true,
        create: (url: string) => {
          addresses.push(url);
          return network.create(url);
        },
      };
      super(appKey, { ...options, clock, transport, network: new FakeNetwork() });
      clients.push(this);
    }
  }
  const globals = {
    Pusher: PagePusher,
    log: (line: unknown) => logged.push(line),
    alert: (line: unknown) => alerts.push(line),
    $: (selector: string) => ({ text: (text: string) => (texts[selector] ??= []).push(text) }),
  };
  return {
    ...{ clock, app: server.app(), addresses, logged, alerts, texts, clients },
    make: (appKey, options) => new PagePusher(appKey, options),
    run: (code, scope = {}) => {
      const names = [...Object.keys(globals), 'pusher', 'state', ...Object.keys(scope)];
      const values: Record<string, unknown> = { ...globals, ...scope };
      // The samples are text, and have to run as they stand.
      // eslint-disable-next-line @typescript-eslint/no-implied-eval
      const sample = new Function(...new Set(names), `${code}\nreturn { pusher, state };`) as Sample;
      return sample(...[...new Set(names)].map((name) => values[name]));
    },
  };
}

/** A page with a client that is connected. */
async function connectedPage(options?: PusherOptions): Promise<Page & { pusher: Pusher }> {
  const page = openPage('app-key');
  const pusher = page.make('app-key', options);
  await page.clock.advance(0);
  assert.equal(pusher.connection.state, 'connected');
  return { ...page, pusher };
}

/** Answers every authorization request, and keeps them. */
function answerAuthorizations(t: TestContext): { headers: Headers; body: URLSearchParams }[] {
  const requests: { headers: Headers; body: URLSearchParams }[] = [];
  t.mock.method(globalThis, 'fetch', (_url: unknown, init: RequestInit = {}) => {
    requests.push({ headers: new Headers(init.headers), body: new URLSearchParams(init.body as string) });
    return Promise.resolve(new Response('{"auth":"app_key:signature"}', { status: 200 }));
  });
  return requests;
}

/** Lets real promises of the platform settle, which no clock drives. */
async function settle({ clock }: Page): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await clock.advance(0);
}

describe('the JavaScript samples of the seed run unchanged', () => {
  it('are eleven', () => {
    assert.equal(Object.keys(samples).length, 11);
  });

  it('new Pusher(applicationKey, options) connects, with and without options', async () => {
    // C-01, C-03
    const given = openPage('application-key').run(`return ${optionsSample};`) as unknown as PusherOptions;
    for (const options of [undefined, given]) {
      const page = openPage('application-key');
      const { pusher } = page.run(samples.create, { applicationKey: 'application-key', options });
      await page.clock.advance(0);
      assert.equal(pusher.connection.state, 'connected');
      assert.equal(page.app.record.upgrades.length, 1);
    }
  });

  it('auth.params are sent with the authorization request', async (t) => {
    // O-11
    const requests = answerAuthorizations(t);
    const page = openPage('app_key');
    const { pusher } = page.run(samples.authParams);
    const channel = pusher.subscribe('private-orders');
    await settle(page);
    assert.equal(requests[0]?.body.get('CSRFToken'), 'some_csrf_token');
    assert.equal(channel.subscribed, true);
  });

  it('auth.headers are sent with the authorization request', async (t) => {
    // O-13
    const requests = answerAuthorizations(t);
    const page = openPage('app_key');
    const { pusher } = page.run(samples.authHeaders);
    const channel = pusher.subscribe('private-orders');
    await settle(page);
    assert.equal(requests[0]?.headers.get('X-CSRF-Token'), 'some_csrf_token');
    assert.equal(channel.subscribed, true);
  });

  it("{ cluster: 'eu' } connects to the eu cluster", async () => {
    // O-16
    const page = openPage('app_key');
    const { pusher } = page.run(samples.cluster);
    await page.clock.advance(0);
    assert.equal(new URL(page.addresses[0]!).host, 'ws-eu.pusher.com');
    assert.equal(pusher.connection.state, 'connected');
  });

  it('{ encrypted: true } connects encrypted', async () => {
    // O-01
    const page = openPage('app_key');
    page.run(samples.encrypted);
    await page.clock.advance(0);
    assert.deepEqual(
      page.addresses.map((address) => new URL(address).protocol),
      ['wss:'],
    );
  });

  it('the limit error is detected, once, and the handler throws nothing for any other error', async () => {
    // L-03
    const full = openPage('app_key', { maxConnections: 0 });
    full.run(samples.limit);
    await full.clock.advance(60_000);
    assert.deepEqual(full.logged, ['>>> detected limit error']);

    const other = openPage('app_key');
    const { pusher } = other.run(samples.limit);
    await other.clock.advance(0);
    let failures = 0;
    pusher.connection.bind('error', () => (failures += 1));
    other.app.connection()?.sendFaulty('garbage');
    other.app.connection()?.sendError(null, 'Something');
    other.app.connection()?.drop();
    await other.clock.advance(0);
    assert.equal(failures, 3);
    assert.deepEqual(other.logged, []);
  });

  it('disconnect() closes the connection', async () => {
    // C-08
    const page = await connectedPage();
    page.run(samples.disconnect, { pusher: page.pusher });
    await page.clock.advance(60_000);
    assert.equal(page.pusher.connection.state, 'disconnected');
    assert.equal(page.app.connections.length, 0);
    assert.equal(page.addresses.length, 1);
  });

  it("bind('connected') hears of each connection", async () => {
    // E-01
    const page = openPage('YOUR_APP_KEY');
    page.run(samples.connected);
    assert.deepEqual(page.texts, {});
    await page.clock.advance(0);
    assert.deepEqual(page.texts, { 'div#status': ['Real time is go!'] });
  });

  it("bind('connecting_in') says when the next attempt comes", async () => {
    // E-03
    const page = await connectedPage({ reconnectDelay: 10_000 });
    page.run(samples.connectingIn, { pusher: page.pusher });
    page.app.connection()?.drop();
    await page.clock.advance(9999);
    assert.deepEqual(page.alerts, [
      "I haven't been able to establish a connection for this feature.  I will try again in 10 seconds.",
    ]);
  });

  it("bind('state_change') hears of every change", async () => {
    // E-02
    const page = await connectedPage();
    page.run(samples.stateChange, { pusher: page.pusher });
    page.app.connection()?.drop();
    await page.clock.advance(500);
    page.pusher.disconnect();
    assert.deepEqual(page.texts['div#status'], [
      "Pusher's current state is connecting",
      "Pusher's current state is connected",
      "Pusher's current state is disconnected",
    ]);
  });

  it('connection.state is the state', async () => {
    // S-13
    const page = await connectedPage();
    assert.equal(page.run(samples.state, { pusher: page.pusher }).state, 'connected');
    page.pusher.disconnect();
    assert.equal(page.run(samples.state, { pusher: page.pusher }).state, 'disconnected');
  });
});
