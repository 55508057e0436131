/**
 * Authorization by a script element in real browsers, from a page to an endpoint on another origin (seed O-09,
 * O-10, O-12, O-14; issue 3 §2). Each client lives in a frame of its own, so that scripts, policies and errors
 * of one test stay there.
 */
import { expect } from '@open-wc/testing';
import type { Pusher, PusherOptions, SubscriptionError } from '../../src/index.js';
import { createApp } from '../server/control-client.js';
import type { ControlledApp } from '../server/control-client.js';
import { serverAddress } from '../server-address.js';
import { pause, untilWithin } from '../until.js';

const address = `http://${serverAddress.host}:${String(serverAddress.port)}`;
const ceiling = 20_000;
const until = untilWithin(ceiling);

type Realm = Window & typeof globalThis & { Pusher?: typeof Pusher; PusherElementsJSONP?: object };

let app: ControlledApp;
let frames: HTMLIFrameElement[] = [];
let clients: Pusher[] = [];

/** A page with our client, under a policy if there is one. */
async function openPage(policy?: string): Promise<Realm> {
  const frame = document.createElement('iframe');
  const meta = policy === undefined ? '' : `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  frame.srcdoc = `<!doctype html><html><head>${meta}
    <script type="module" nonce="page">import { Pusher } from '/src/index.js'; window.Pusher = Pusher;</script>
    </head><body></body></html>`;
  frames.push(frame);
  document.body.append(frame);
  await until('the page has the client', () => (frame.contentWindow as Realm | null)?.Pusher !== undefined);
  return frame.contentWindow as Realm;
}

interface Joined {
  readonly pusher: Pusher;
  readonly state: () => string;
  readonly errors: SubscriptionError[];
}

/** A client in the page that subscribes to a private channel. */
function join(
  page: Realm,
  authorization: PusherOptions['channelAuthorization'] = {},
  name: string = 'private-orders',
): Joined {
  const { Pusher: Client } = page;
  if (!Client) throw new Error('The page has no client.');
  const pusher = new Client(app.key, {
    wsHost: app.host,
    wsPort: app.port,
    forceTLS: false,
    enabledTransports: ['ws'],
    channelAuthorization: { endpoint: `${address}/pusher/auth`, transport: 'jsonp', ...authorization },
    userAuthentication: { endpoint: `${address}/pusher/user-auth`, transport: 'jsonp' },
  });
  clients.push(pusher);
  const errors: SubscriptionError[] = [];
  const channel = pusher.subscribe(name);
  channel.bind('pusher:subscription_error', (error) => errors.push(error));
  return { pusher, errors, state: () => channel.state };
}

const isSubscribed =
  ({ state }: Joined) =>
  () =>
    state() === 'subscribed';

/** The script elements that are, or were, in the head besides the page's own; watched from now on. */
function watchScripts({ document: page, MutationObserver: Observer }: Realm): HTMLScriptElement[] {
  const seen: HTMLScriptElement[] = [];
  new Observer((records) => {
    for (const { addedNodes } of records)
      for (const node of addedNodes) if (node.nodeName === 'SCRIPT') seen.push(node as HTMLScriptElement);
  }).observe(page, { childList: true, subtree: true });
  return seen;
}

/** Resolves when the first script has come, whether or not it is still in the page. */
async function arrived(scripts: readonly HTMLScriptElement[]): Promise<void> {
  await until('a script is asked for', () => scripts.length > 0);
  await new Promise((resolve) => {
    for (const type of ['load', 'error']) scripts[0]?.addEventListener(type, resolve);
  });
}

/** What was not caught in the page. */
function watchErrors(page: Realm): string[] {
  const seen: string[] = [];
  page.addEventListener('error', (event) => seen.push(event.message));
  page.addEventListener('unhandledrejection', ({ reason }) => seen.push(String(reason)));
  return seen;
}

/** Nothing of a request is left in the page. */
function expectClean(page: Realm): void {
  expect(page.document.querySelectorAll('script[src]').length, 'scripts').to.equal(0);
  expect(page.PusherElementsJSONP, 'callbacks').to.equal(undefined);
}

describe('authTransport jsonp', function () {
  this.timeout(60_000);

  beforeEach(async () => {
    app = await createApp(address);
  });

  afterEach(async () => {
    for (const client of clients) client.dispose();
    for (const frame of frames) frame.remove();
    clients = [];
    frames = [];
    await app.remove();
  });

  it('creates a script that points at the endpoint, and asks with GET (O-09)', async () => {
    const page = await openPage();
    const scripts = watchScripts(page);
    const joined = join(page);
    await until('subscribed', isSubscribed(joined));
    expect(scripts.length).to.equal(1);
    const url = new URL(scripts[0]?.src ?? '');
    expect(url.origin + url.pathname).to.equal(`${address}/pusher/auth`);
    expect([...url.searchParams.keys()]).to.deep.equal(['callback', 'socket_id', 'channel_name']);
    expect(url.searchParams.get('callback')).to.match(/^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$/);
    expect(url.searchParams.get('channel_name')).to.equal('private-orders');
    const requests = await app.authorizationRequests();
    expect(requests.map(({ method }) => method)).to.deep.equal(['GET']);
    expect(requests[0]?.parameters['socket_id']).to.equal(joined.pusher.connection.socket_id);
  });

  it('works across origins without CORS headers, where ajax does not (O-10)', async () => {
    await app.scriptAuthorization({ hasCORS: false });
    const page = await openPage();
    const joined = join(page);
    await until('subscribed', isSubscribed(joined));
    const refused = join(page, { transport: 'ajax' }, 'private-other');
    await until('refused', () => refused.errors.length > 0);
    expect(refused.errors[0]?.status).to.equal(0);
    expect(refused.errors[0]?.remediation).to.contain('CORS');
    expect(refused.pusher.connection.state).to.equal('connected');
  });

  it('sends auth.params in the query, also to an endpoint that has one (O-12)', async () => {
    const page = await openPage();
    const params = { note: 'a b', pair: 'x&y=z', ключ: 'ü' };
    const joined = join(page, { endpoint: `${address}/pusher/auth?app=${app.key}`, params });
    await until('subscribed', isSubscribed(joined));
    const [request] = await app.authorizationRequests();
    for (const [name, value] of Object.entries(params)) expect(request?.parameters[name]).to.equal(value);
  });

  it('sends no headers, with one warning, and works (O-14)', async () => {
    const page = await openPage();
    const warnings: string[] = [];
    page.console.warn = (message: string) => warnings.push(message);
    const joined = join(page, { headers: { 'X-Secret': 'abc' } });
    joined.pusher.subscribe('private-second');
    await until('subscribed', isSubscribed(joined));
    await until('the other too', () => joined.pusher.channel('private-second')?.subscribed === true);
    expect(warnings.length).to.equal(1);
    expect(warnings[0]).to.contain('jsonp');
    const requests = await app.authorizationRequests();
    for (const { headers } of requests) expect(headers).not.to.have.property('x-secret');
  });

  it('signs users in', async () => {
    const { pusher } = join(await openPage());
    pusher.signin();
    await until('signed in', () => pusher.user.id !== undefined);
  });

  it('leaves neither a script nor a callback behind', async () => {
    const page = await openPage();
    const joined = join(page);
    for (const name of ['private-a', 'private-b']) joined.pusher.subscribe(name);
    await until('subscribed', () => joined.pusher.allChannels().every(({ subscribed }) => subscribed));
    expectClean(page);
  });

  for (const [name, behavior] of [
    ['403', { status: 403 }],
    ['500', { status: 500 }],
    ['an empty script', { body: 'empty' }],
  ] as const)
    it(`${name}: one subscription_error that says what to do, nothing left behind, still connected`, async () => {
      await app.scriptAuthorization(behavior);
      const page = await openPage();
      const { errors, pusher, state } = join(page);
      await until('the error', () => errors.length > 0);
      expect(errors.length).to.equal(1);
      expect(errors[0]?.type).to.equal('AuthError');
      expect(errors[0]?.status).to.equal(0);
      expect(errors[0]?.remediation).to.match(/\w.*\./);
      expect(state()).to.equal('failed');
      expect(pusher.connection.state).to.equal('connected');
      expectClean(page);
    });

  it('an endpoint that is not there: one subscription_error', async () => {
    const page = await openPage();
    const { errors } = join(page, { endpoint: 'http://127.0.0.1:9/pusher/auth' });
    await until('the error', () => errors.length > 0);
    expect(errors[0]?.message).to.contain('did not load');
    expectClean(page);
  });

  it('is given up at its deadline; an answer that comes later disturbs nobody and leaves nothing', async () => {
    await app.scriptAuthorization({ delay: 1500 });
    const page = await openPage();
    const uncaught = watchErrors(page);
    const answer = arrived(watchScripts(page));
    const { errors, pusher } = join(page, { timeout: 300 });
    await until('the error', () => errors.length > 0);
    expect(errors[0]?.message).to.contain('in time');
    expect(page.document.querySelectorAll('script[src]').length).to.equal(0);
    pusher.disconnect();
    await answer;
    await pause(50);
    expect(uncaught).to.deep.equal([]);
    expectClean(page);
  });

  it('is stopped when the channel is left, and says nothing', async () => {
    await app.scriptAuthorization({ delay: 1000 });
    const page = await openPage();
    const uncaught = watchErrors(page);
    const answer = arrived(watchScripts(page));
    const { errors, pusher } = join(page);
    await until('asked', () => page.document.querySelector('script[src]') !== null);
    pusher.unsubscribe('private-orders');
    await until('stopped', () => page.document.querySelector('script[src]') === null);
    await answer;
    await pause(50);
    expect(errors).to.deep.equal([]);
    expect(uncaught).to.deep.equal([]);
    expectClean(page);
  });

  describe('under a Content-Security-Policy', () => {
    const ownScripts = "script-src 'self' 'nonce-page'";

    it('that does not allow the endpoint: one subscription_error that names the policy', async () => {
      const page = await openPage(ownScripts);
      const { errors, pusher } = join(page);
      await until('the error', () => errors.length > 0);
      expect(errors.length).to.equal(1);
      expect(errors[0]?.type).to.equal('AuthError');
      expect(errors[0]?.remediation).to.contain('Content-Security-Policy');
      expect(pusher.connection.state).to.equal('connected');
      expect(await app.authorizationRequests()).to.deep.equal([]);
      expectClean(page);
    });

    it('works with the nonce of the page', async () => {
      const page = await openPage(ownScripts);
      const joined = join(page, { nonce: 'page' });
      await until('subscribed', isSubscribed(joined));
      expect(joined.errors).to.deep.equal([]);
    });

    it('with Trusted Types: one subscription_error where the browser has them, and it works where it has not', async () => {
      const page = await openPage("require-trusted-types-for 'script'");
      const joined = join(page);
      if ('trustedTypes' in page) {
        await until('the error', () => joined.errors.length > 0);
        expect(joined.errors.length).to.equal(1);
        expect(joined.errors[0]?.message).to.contain('Trusted Types');
        expectClean(page);
      } else await until('subscribed', isSubscribed(joined));
    });
  });
});
