/** One socket for connection elements that say the same (elements.md §4.6 rules 23 and 25; decision 10). */
import { expect } from '@open-wc/testing';
import { safeDefine } from '../../../components/index.js';
import type { PusherConnectionElement } from '../../../components/index.js';
import { Pusher } from '../../../src/index.js';
import type { PusherOptions } from '../../../src/index.js';
import { installEndpoint } from '../endpoint.js';
import { loadSecondCopy } from '../second-copy.js';
import { createWorld, html, key, recordEvents, renderPage, warningsDuring } from '../support.js';
import type { Page, World } from '../support.js';

type Settings = Omit<Partial<PusherConnectionElement>, 'attributes'> & {
  readonly attributes?: Readonly<Record<string, string>>;
};

interface Pair extends Page {
  readonly a: PusherConnectionElement;
  readonly b: PusherConnectionElement;
}

function create(options: PusherOptions, settings: Settings = {}): PusherConnectionElement {
  const { attributes = {}, ...properties } = settings;
  const element = document.createElement('pusher-connection');
  Object.assign(element, { appKey: key, options, ...properties });
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Two connections; the first one's settings are the second one's too, where there are none for that. */
async function renderPair(
  ofA: Settings = {},
  ofB: Settings = ofA,
  world: World = createWorld(),
): Promise<Pair> {
  const a = create(world.options, ofA);
  const b = create(world.options, ofB);
  const page = await renderPage(() => html`${a}${b}`, world);
  return { ...page, a, b };
}

const lifeEvents = ['pusher-connected', 'pusher-disconnected', 'pusher-state-change'];

describe('<pusher-connection>: one socket for those that say the same', () => {
  it('is opened once, and each of them has the states and the events of it', async () => {
    const world = createWorld();
    const elements = [create(world.options), create(world.options)];
    const seen = elements.map((element) => recordEvents(element, lifeEvents));
    await renderPage(() => html`${elements}`, world);
    expect(world.upgrades()).to.have.lengthOf(1);
    expect(elements.map(({ state }) => state)).to.deep.equal(['connected', 'connected']);
    expect(elements[0]!.getAttribute('socket-id')).to.equal(elements[1]!.getAttribute('socket-id'));
    expect(elements[0]!.client).to.equal(elements[1]!.client);
    expect(seen[0]).to.deep.equal(['pusher-state-change', 'pusher-state-change', 'pusher-connected']);
    expect(seen[1]).to.deep.equal(seen[0]);
  });

  it('is what one that comes later finds connected', async () => {
    const { root, options, clock, upgrades } = await renderPage();
    const late = create(options);
    const seen = recordEvents(late, lifeEvents);
    root.append(late);
    await clock.advance(0);
    expect(late.state).to.equal('connected');
    expect(seen).to.deep.equal(['pusher-state-change', 'pusher-connected']);
    expect(upgrades()).to.have.lengthOf(1);
  });

  it('is kept while one of them is there, and closed with the last', async () => {
    const { a, b, clock, app, upgrades } = await renderPair();
    a.remove();
    await clock.advance(60_000);
    expect(app.connections).to.have.lengthOf(1);
    expect([a.state, b.state]).to.deep.equal(['disconnected', 'connected']);
    b.remove();
    await clock.advance(60_000);
    expect(app.connections).to.have.lengthOf(0);
    expect(b.state).to.equal('disconnected');
    expect(upgrades()).to.have.lengthOf(1);
    expect(clock.pendingTimers).to.equal(0);
  });

  it('is handed over when a page is replaced, by whatever way, without a frame', async () => {
    const { root, connection, options, clock, app, upgrades } = await renderPage();
    const { socketId } = connection;
    const next = create(options);
    root.replaceChildren(next);
    await clock.advance(60_000);
    expect([next.state, next.socketId]).to.deep.equal(['connected', socketId]);
    expect(app.connections).to.have.lengthOf(1);
    expect(upgrades()).to.have.lengthOf(1);
  });

  it('waits for the real page behind a preview, however long that takes (rule 16)', async () => {
    const { root, connection, options, clock, app, upgrades } = await renderPage();
    document.documentElement.setAttribute('data-turbo-preview', '');
    const shown = create(options);
    try {
      root.replaceChildren(shown);
      await clock.advance(10_000);
      expect([shown.state, shown.client]).to.deep.equal(['initialized', undefined]);
    } finally {
      document.documentElement.removeAttribute('data-turbo-preview');
    }
    const real = create(options);
    root.replaceChildren(real);
    await clock.advance(10_000);
    expect(real.state).to.equal('connected');
    expect([shown.state, connection.state]).to.deep.equal(['initialized', 'disconnected']);
    expect(app.connections).to.have.lengthOf(1);
    expect(upgrades()).to.have.lengthOf(1);
  });

  it('is shared with a second copy of this library', async () => {
    const copy = await loadSecondCopy();
    safeDefine(copy.PusherConnectionElement, { tag: 'other-pusher-connection' });
    const { root, options, clock, upgrades, app, connection } = await renderPage();
    const other = Object.assign(document.createElement('other-pusher-connection'), {
      appKey: key,
      options,
    });
    root.append(other);
    await clock.advance(0);
    expect(other.getAttribute('state')).to.equal('connected');
    expect(upgrades()).to.have.lengthOf(1);
    connection.remove();
    await clock.advance(60_000);
    expect(other.getAttribute('state')).to.equal('connected');
    expect(app.connections).to.have.lengthOf(1);
    other.remove();
    await clock.advance(60_000);
    expect(app.connections).to.have.lengthOf(0);
  });
});

describe('<pusher-connection>: what has to be said alike to share', () => {
  const same: Record<string, () => Settings> = {
    'objects that are equal': () => ({ authParams: { shop: { id: 7 } }, authHeaders: { a: '1' } }),
    'durations and additions': () => ({
      attributes: { 'pong-timeout': '5', 'auth-param-shop': '7', 'data-hidden-disconnect': '60' },
    }),
    'an id and a log of its own': () => ({ id: `id-${Math.random()}`, log: false }),
  };
  for (const [what, settings] of Object.entries(same))
    it(`${what}: shared`, async () => {
      const { upgrades } = await renderPair(settings(), settings());
      expect(upgrades()).to.have.lengthOf(1);
    });

  const different: Record<string, Settings> = {
    'an authorization endpoint': { authEndpoint: '/sign' },
    'an authorization parameter': { attributes: { 'auth-param-shop': '7' } },
    'a function that gives headers': { authHeaders: () => ({}) },
    'a sign-in': { signsIn: true },
    'a duration': { unavailableTimeout: 20 },
    'a delay before reconnecting': { reconnectDelay: 5 },
    'no reconnecting': { reconnectAutomatically: false },
    'a port': { wsPort: 8080 },
    'an address on a page that writes it and one that sets it': { attributes: { 'auth-endpoint': '/sign' } },
  };
  for (const [what, settings] of Object.entries(different))
    it(`${what}: not shared with one that says otherwise`, async () => {
      const endpoint = installEndpoint();
      const other = 'authEndpoint' in settings || !settings.attributes?.['auth-endpoint'];
      const { upgrades, a, b } = await renderPair(settings, other ? {} : { authEndpoint: '/sign' });
      endpoint.restore();
      expect(upgrades()).to.have.lengthOf(2);
      expect([a.state, b.state]).to.deep.equal(['connected', 'connected']);
    });

  it('a hook of the page is the same where it is the same function', async () => {
    const world = createWorld();
    const beforeConnect = (): void => void (asked += 1);
    let asked = 0;
    await renderPair(
      { options: { ...world.options, beforeConnect } },
      { options: { ...world.options, beforeConnect } },
      world,
    );
    expect([world.upgrades().length, asked], 'asked once for both').to.deep.equal([1, 1]);
    await renderPair(
      { options: { ...world.options, beforeConnect: () => true } },
      { options: { ...world.options, beforeConnect: () => true } },
      world,
    );
    expect(world.upgrades()).to.have.lengthOf(3);
  });

  it('a client of the page, and a server in the page, are for one element alone', async () => {
    const { root, options, clock, upgrades } = await renderPage();
    const borrowing = create(options, { client: new Pusher(key, options) });
    const simulated = create(options, { simulate: true });
    root.append(borrowing, simulated);
    await clock.advance(0);
    expect(upgrades()).to.have.lengthOf(2);
    expect(simulated.client).to.not.equal(root.querySelector('pusher-connection')!.client);
    borrowing.client!.dispose();
  });

  it('two that differ in their cluster only are warned of (rule 25)', async () => {
    const world = createWorld();
    const warnings = await warningsDuring(() => renderPair({ cluster: 'eu' }, { cluster: 'us2' }, world));
    expect(world.upgrades()).to.have.lengthOf(2);
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.contain('another cluster');
    expect(await warningsDuring(() => renderPair({ cluster: 'eu', wsPort: 1 }, { cluster: 'eu' }))).to.be
      .empty;
  });
});

describe('<pusher-connection>: sharing, each for itself', () => {
  it('disconnect() is for the one that says it, and connect() brings it back to the same socket', async () => {
    const { a, b, clock, app, upgrades } = await renderPair();
    const seen = recordEvents(a, lifeEvents);
    const ofB = recordEvents(b, lifeEvents);
    a.disconnect();
    expect([a.state, a.socketId, b.state]).to.deep.equal(['disconnected', undefined, 'connected']);
    expect(seen).to.deep.equal(['pusher-disconnected', 'pusher-state-change']);
    await clock.advance(120_000);
    expect([a.state, app.connections.length]).to.deep.equal(['disconnected', 1]);
    a.connect();
    expect([a.state, a.socketId]).to.deep.equal(['connected', b.socketId]);
    expect(ofB).to.deep.equal([]);
    b.disconnect();
    a.disconnect();
    await clock.advance(0);
    expect(app.connections).to.have.lengthOf(0);
    a.connect();
    await clock.advance(0);
    expect([a.state, b.state]).to.deep.equal(['connected', 'disconnected']);
    b.retry();
    expect(b.client).to.equal(a.client);
    expect(upgrades()).to.have.lengthOf(2);
  });

  it('one that waits for connect() joins then', async () => {
    const { a, b, clock, upgrades } = await renderPair({}, { connectAutomatically: false });
    await clock.advance(1000);
    expect([a.state, b.state]).to.deep.equal(['connected', 'initialized']);
    b.connect();
    expect(b.state).to.equal('connected');
    expect(upgrades()).to.have.lengthOf(1);
  });

  it('a channel that both have asked for is left when both have left it', async () => {
    const { a, b, clock, subscriptions, publish } = await renderPair();
    const heard: string[] = [];
    a.subscribe('orders').bind('new', () => heard.push('a'));
    b.subscribe('orders').bind('new', () => heard.push('b'));
    await clock.advance(0);
    a.unsubscribe('orders');
    await clock.advance(60_000);
    publish('orders', 'new');
    await clock.advance(0);
    expect(heard).to.deep.equal(['b']);
    expect(subscriptions()).to.deep.equal(['+orders']);
    b.unsubscribe('orders');
    await clock.advance(60_000);
    expect(subscriptions()).to.deep.equal(['+orders', '−orders']);
  });

  it('a channel of one that goes is left, and one that others hold too stays', async () => {
    const { a, b, root, clock, subscriptions } = await renderPair();
    a.innerHTML =
      '<pusher-channel name="orders"></pusher-channel><pusher-channel name="own"></pusher-channel>';
    b.innerHTML = '<pusher-channel name="orders"></pusher-channel>';
    await clock.advance(0);
    expect(subscriptions()).to.deep.equal(['+orders', '+own']);
    a.disconnect();
    await clock.advance(60_000);
    expect(subscriptions()).to.deep.equal(['+orders', '+own', '−own']);
    expect([...root.querySelectorAll('pusher-channel')].map(({ state }) => state)).to.deep.equal([
      'idle',
      'idle',
      'subscribed',
    ]);
  });

  it('one that comes to say something else goes on by itself, and comes back when it says the same', async () => {
    const { a, b, clock, app, upgrades } = await renderPair();
    const ofB = recordEvents(b, lifeEvents);
    a.pongTimeout = 3;
    await clock.advance(0);
    expect([app.connections.length, upgrades().length]).to.deep.equal([2, 2]);
    expect(a.client).to.not.equal(b.client);
    a.setAttribute('auth-param-shop', '7');
    await clock.advance(0);
    a.pongTimeout = undefined;
    await clock.advance(0);
    expect(upgrades(), 'what is its own is changed where it is').to.have.lengthOf(2);
    a.removeAttribute('auth-param-shop');
    await clock.advance(0);
    expect(a.client).to.equal(b.client);
    expect(app.connections).to.have.lengthOf(1);
    a.setAttribute('auth-param-shop', '8');
    await clock.advance(0);
    expect([a.state, a.client === b.client]).to.deep.equal(['connected', false]);
    a.appKey = 'other-key';
    await clock.advance(0);
    expect([a.state, b.state]).to.deep.equal(['connected', 'connected']);
    expect(ofB).to.deep.equal([]);
  });

  it('signin() signs in on a connection of its own', async () => {
    const endpoint = installEndpoint();
    const { a, b, clock, app } = await renderPair();
    a.signin();
    await clock.advance(0);
    endpoint.restore();
    expect([a.user?.id, b.user?.id]).to.deep.equal(['7', undefined]);
    expect(app.connections).to.have.lengthOf(2);
  });

  it('one that ended in a refusal is not joined', async () => {
    const world = createWorld();
    world.app.configure({ maxConnections: 0 });
    const { root, connection, clock } = await renderPage(undefined, world);
    expect(connection.state).to.equal('disconnected');
    world.app.configure({ maxConnections: 5 });
    const late = create(world.options);
    root.append(late);
    await clock.advance(0);
    expect([late.state, connection.state]).to.deep.equal(['connected', 'disconnected']);
    connection.connect();
    expect(connection.client).to.equal(late.client);
  });
});

describe('<pusher-connection>: sharing, and those who are asked first', () => {
  const cancel = (event: Event): void => {
    event.preventDefault();
  };

  it('who cancels an attempt is left out, and the others connect', async () => {
    const world = createWorld();
    const [a, b] = [create(world.options), create(world.options)];
    a.addEventListener('pusher-before-connect', cancel, { once: true });
    await renderPage(() => html`${[a, b]}`, world);
    expect([a.state, b.state]).to.deep.equal(['initialized', 'connected']);
    await world.clock.advance(60_000);
    a.requestUpdate();
    await world.clock.advance(0);
    expect(a.state).to.equal('initialized');
    a.connect();
    expect(a.client).to.equal(b.client);
    expect(world.upgrades()).to.have.lengthOf(1);
  });

  it('who comes later is asked too', async () => {
    const { root, options, clock, upgrades } = await renderPage();
    const late = create(options);
    const urls: string[] = [];
    late.addEventListener('pusher-before-connect', (event) => {
      urls.push(event.url);
      event.preventDefault();
    });
    root.append(late);
    await clock.advance(60_000);
    expect(late.state).to.equal('initialized');
    expect(urls).to.deep.equal(upgrades().slice(0, 1));
    expect(upgrades()).to.have.lengthOf(1);
  });

  it('where all cancel, nothing is opened', async () => {
    const world = createWorld();
    const elements = [create(world.options), create(world.options)];
    for (const element of elements) element.addEventListener('pusher-before-connect', cancel);
    await renderPage(() => html`${elements}`, world);
    expect(world.transport.attemptCount).to.equal(0);
    const third = create(world.options);
    elements[0]!.after(third);
    await world.clock.advance(0);
    expect(third.state).to.equal('connected');
    expect(elements.map(({ state }) => state)).to.deep.equal(['initialized', 'initialized']);
  });

  it('who cancels a reconnection, or switches it off in the event, stays disconnected; the others come back', async () => {
    const world = createWorld();
    const [a, b, c] = [create(world.options), create(world.options), create(world.options)];
    await renderPage(() => html`${[a, b, c]}`, world);
    let willReconnect: boolean | undefined;
    a.addEventListener('pusher-before-reconnect', cancel);
    b.addEventListener('pusher-disconnected', (event) => {
      b.reconnectAutomatically = false;
      ({ willReconnect } = event);
    });
    const asked = recordEvents(b, ['pusher-before-reconnect']);
    world.app.connection()!.drop();
    await world.clock.advance(60_000);
    expect([a.state, b.state, c.state]).to.deep.equal(['disconnected', 'disconnected', 'connected']);
    expect([willReconnect, asked.length]).to.deep.equal([false, 0]);
    expect(world.upgrades()).to.have.lengthOf(2);
  });

  it('a delay that one of them writes is kept by all', async () => {
    const { a, b, clock, app } = await renderPair();
    a.addEventListener('pusher-before-reconnect', (event) => {
      event.delay = 20;
    });
    let seen = 0;
    b.addEventListener('pusher-connecting-in', ({ delay }) => (seen = delay));
    app.connection()!.drop();
    await clock.advance(0);
    expect(seen).to.equal(20);
    await clock.advance(19_000);
    expect(b.state).to.equal('connecting');
    await clock.advance(1000);
    expect([a.state, b.state]).to.deep.equal(['connected', 'connected']);
  });

  it('a signature is asked of those whose channel it is, with what those say who are still there', async () => {
    const endpoint = installEndpoint();
    const settings = (): Settings => ({ authEndpoint: '/sign', attributes: { 'auth-param-shop': '7' } });
    const { a, b, clock } = await renderPair(settings(), settings());
    const asked: string[] = [];
    for (const [name, element] of Object.entries({ a, b }))
      element.addEventListener('pusher-before-authorize', ({ channel }) => asked.push(`${name} ${channel!}`));
    a.subscribe('private-a');
    b.subscribe('private-b');
    b.innerHTML = '<pusher-channel name="private-c"></pusher-channel>';
    await clock.advance(0);
    expect(asked).to.have.members(['a private-a', 'b private-b', 'b private-c']);
    a.remove();
    a.authEndpoint = '/elsewhere';
    a.setAttribute('auth-param-shop', 'none');
    await clock.advance(1000);
    b.subscribe('private-d');
    await clock.advance(0);
    endpoint.restore();
    expect(endpoint.last.url).to.equal('/sign');
    expect(endpoint.last.params).to.include({ shop: '7', channel_name: 'private-d' });
  });

  it('closes in absence once all are away, and comes back for all', async () => {
    const { a, b, clock, app, root, options } = await renderPair({ idleDisconnect: 60 });
    await clock.advance(30_000);
    const late = create(options, { idleDisconnect: 60 });
    root.append(late);
    await clock.advance(40_000);
    expect([a.state, b.state, late.state]).to.deep.equal(['connected', 'connected', 'connected']);
    await clock.advance(30_000);
    expect([a.state, b.state, late.state]).to.deep.equal(['disconnected', 'disconnected', 'disconnected']);
    a.remove();
    document.body.dispatchEvent(new Event('pointermove', { bubbles: true }));
    await clock.advance(1000);
    expect([b.state, late.state]).to.deep.equal(['connected', 'connected']);
    expect(app.connections).to.have.lengthOf(1);
    late.disconnect();
    await clock.advance(120_000);
    expect(b.state).to.equal('disconnected');
    document.body.dispatchEvent(new Event('pointermove', { bubbles: true }));
    await clock.advance(0);
    expect([b.state, late.state]).to.deep.equal(['connected', 'disconnected']);
  });
});
