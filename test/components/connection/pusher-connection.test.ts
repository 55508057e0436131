import { expect, fixture } from '@open-wc/testing';
import { createWorld, html, key, quietly, recordEvents, renderPage, warningsDuring } from '../support.js';
import type { PusherConnectionElement } from '../../../components/index.js';
import { Pusher } from '../../../src/index.js';

const renderWithoutKey = (): ReturnType<typeof renderPage> =>
  renderPage((options) => html`<pusher-connection .options=${options}></pusher-connection>`);

describe('<pusher-connection>: connecting', () => {
  // C-01, P-04
  it('connects by itself once it is in the document', async () => {
    const { connection, upgrades } = await renderPage();
    expect(upgrades()).to.have.lengthOf(1);
    expect(connection.state).to.equal('connected');
    expect(connection.getAttribute('state')).to.equal('connected');
    expect(connection.matches(':state(connected)')).to.equal(true);
    expect(connection.getAttribute('socket-id')).to.equal(connection.socketId);
  });

  // C-02
  it('puts the key, percent-encoded, into the address', async () => {
    const world = createWorld();
    world.server.addApp({ key: 'a/b?c' });
    await renderPage(
      (options) => html`<pusher-connection app-key="a/b?c" .options=${options}></pusher-connection>`,
      world,
    );
    expect(world.server.app('a/b?c').record.upgrades).to.have.lengthOf(1);
  });

  // C-02
  it('opens nothing without a key, says so once in the console and once as an event, and connects when it gets one', async () => {
    const world = createWorld();
    const errors: unknown[] = [];
    const note = (event: Event): void => void errors.push((event as Event & { reason: string }).reason);
    let connection!: PusherConnectionElement;
    document.addEventListener('pusher-error', note);
    const warnings = await warningsDuring(async () => {
      ({ connection } = await renderPage(
        (options) => html`<pusher-connection .options=${options}></pusher-connection>`,
        world,
      ));
      connection.cluster = 'eu';
      await world.clock.advance(60_000);
    });
    document.removeEventListener('pusher-error', note);
    expect(errors).to.deep.equal(['invalid-app-key']);
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.include('<pusher-connection').and.to.include('app-key="…"');
    expect(connection.state).to.equal('initialized');
    expect(connection.lastError?.reason).to.equal('invalid-app-key');
    expect(world.transport.attemptCount).to.equal(0);

    connection.setAttribute('app-key', key);
    await world.clock.advance(0);
    expect(connection.state).to.equal('connected');
    expect(connection.lastError).to.equal(undefined);
  });

  // C-05
  it('waits for connect() with connect-automatically="false"', async () => {
    const { connection, upgrades, clock } = await renderPage(
      (options) =>
        html`<pusher-connection
          app-key=${key}
          connect-automatically="false"
          .options=${options}
        ></pusher-connection>`,
    );
    await clock.advance(5000);
    expect(upgrades()).to.have.lengthOf(0);
    expect(connection.state).to.equal('initialized');

    connection.connect();
    await clock.advance(0);
    expect(upgrades()).to.have.lengthOf(1);
    expect(connection.state).to.equal('connected');
  });

  // C-09
  it('does nothing when told to connect while connecting or connected', async () => {
    const { connection, upgrades, clock } = await renderPage();
    for (let count = 0; count < 5; count += 1) connection.connect();
    await clock.advance(60_000);
    expect(upgrades()).to.have.lengthOf(1);
  });

  // C-08, C-10, S-07
  it('closes with disconnect(), stays closed, and connects again with connect()', async () => {
    const { connection, app, clock, upgrades, subscriptions } = await renderPage();
    connection.subscribe('orders');
    await clock.advance(0);
    const first = connection.socketId;
    connection.disconnect();
    expect(connection.state).to.equal('disconnected');
    await clock.advance(120_000);
    expect(app.connections).to.have.lengthOf(0);
    expect(upgrades()).to.have.lengthOf(1);

    connection.connect();
    await clock.advance(0);
    expect(connection.state).to.equal('connected');
    expect(connection.socketId).to.not.equal(first);
    expect(subscriptions()).to.deep.equal(['+orders', '+orders']);
  });

  it('stays disconnected by hand when the key changes, until it is told to connect', async () => {
    const { connection, server, clock } = await renderPage();
    connection.disconnect();
    connection.appKey = 'other-key';
    await clock.advance(1000);
    expect(connection.state).to.equal('disconnected');
    expect(server.app('other-key').record.upgrades).to.have.lengthOf(0);
    connection.connect();
    await clock.advance(0);
    expect(server.app('other-key').connections).to.have.lengthOf(1);
  });

  // S-15
  it('leaks neither states nor bindings into another connection', async () => {
    const { root, clock, app } = await renderPage(
      (options) => html`
        <pusher-connection id="a" app-key=${key} .options=${options}></pusher-connection>
        <pusher-connection id="b" app-key="other-key" .options=${options}></pusher-connection>
      `,
    );
    const [a, b] = [...root.querySelectorAll('pusher-connection')] as [
      PusherConnectionElement,
      PusherConnectionElement,
    ];
    const changes: string[] = [];
    b.connection.bind('state_change', ({ current }) => changes.push(current));
    expect(a.connection).to.not.equal(b.connection);
    app.stop();
    await clock.advance(0);
    expect(a.state).to.equal('connecting');
    expect(b.state).to.equal('connected');
    expect(changes).to.deep.equal([]);
  });

  // requirements §3, row 21
  it('lets listeners that are added in the same task see everything', async () => {
    const { options, clock } = createWorld();
    const element = document.createElement('pusher-connection');
    element.appKey = key;
    element.options = options;
    document.body.append(element);
    const seen: string[] = [];
    element.addEventListener('pusher-state-change', ({ previous, current }) =>
      seen.push(`${previous}→${current}`),
    );
    await clock.advance(0);
    element.remove();
    // S-08, S-02
    expect(seen).to.deep.equal(['initialized→connecting', 'connecting→connected']);
    await clock.advance(1000);
  });

  it('resolves whenState() over a replacement of the client, and rejects on its signal', async () => {
    const { connection, clock } = await quietly(renderWithoutKey);
    const connected = connection.whenState('connected');
    const gone = new AbortController();
    const never = connection.whenState('failed', { signal: gone.signal }).catch((error: unknown) => error);
    connection.appKey = key;
    await clock.advance(0);
    await connected;
    gone.abort('enough');
    expect(await never).to.equal('enough');
  });

  it('measures a round trip, and rejects where there is nothing to measure', async () => {
    const { connection, clock } = await renderPage();
    const ping = connection.ping();
    await clock.advance(5);
    expect(await ping).to.be.a('number');
    connection.appKey = '';
    await quietly(() => clock.advance(0));
    expect(await connection.ping().catch((error: unknown) => (error as { code: string }).code)).to.equal(
      'connection-lost',
    );
  });
});

describe('<pusher-connection>: replacing the client', () => {
  it('replaces it once, however many settings change together', async () => {
    const { connection, server, clock, app } = await renderPage();
    connection.appKey = 'other-key';
    connection.cluster = 'eu';
    connection.host = 'example.test';
    connection.wsPath = '';
    await clock.advance(0);
    expect(app.connections).to.have.lengthOf(0);
    expect(app.record.closes).to.have.lengthOf(1);
    expect(server.app('other-key').record.upgrades.map(({ url }) => new URL(url).hostname)).to.deep.equal([
      'example.test',
    ]);
  });

  // O-16, O-17
  it('builds the host from the cluster', async () => {
    const { connection, upgrades, clock } = await renderPage();
    connection.cluster = 'eu';
    await clock.advance(0);
    expect(upgrades().map((url) => new URL(url).hostname)).to.deep.equal([
      'ws-mt1.pusher.com',
      'ws-eu.pusher.com',
    ]);
  });

  it('shows one unbroken sequence of states', async () => {
    const { connection, clock } = await renderPage();
    const seen: string[] = [];
    connection.connection.bind('state_change', ({ previous, current }) =>
      seen.push(`${previous}→${current}`),
    );
    connection.cluster = 'eu';
    await clock.advance(0);
    expect(seen).to.deep.equal(['connected→disconnected', 'disconnected→connecting', 'connecting→connected']);
  });

  it('keeps everything that was bound before there was a key, and after the key changes', async () => {
    const { connection, clock, publish, server } = await quietly(renderWithoutKey);
    const heard: unknown[] = [];
    connection.connection.bind('connected', () => heard.push('connected'));
    connection.bind('tick', (data) => heard.push(['any', data]));
    const channel = connection.subscribe('prices');
    channel.bind('tick', (data) => heard.push(['prices', data]));

    connection.appKey = key;
    await clock.advance(0);
    publish('prices', 'tick', 1);
    await clock.advance(0);
    expect(heard).to.deep.equal(['connected', ['prices', 1], ['any', 1]]);

    heard.length = 0;
    connection.appKey = 'other-key';
    await clock.advance(0);
    expect(connection.channel('prices')).to.equal(channel);
    expect(channel.subscribed).to.equal(true);
    server.publish({ app: 'other-key', channels: ['prices'], event: 'tick', data: 2 });
    await clock.advance(0);
    expect(heard).to.deep.equal(['connected', ['prices', 2], ['any', 2]]);
  });

  it('is not replaced by options that say the same, as frameworks set them with each rendering', async () => {
    const { connection, clock, upgrades, options } = await renderPage();
    const render = (wsPath: string): void => {
      connection.options = {
        ...options,
        wsPath,
        auth: { params: { a: '1' } },
        beforeConnect: () => undefined,
      };
    };
    render('');
    await clock.advance(0);
    const attempts = upgrades().length;
    render('');
    await clock.advance(0);
    expect(upgrades()).to.have.lengthOf(attempts);
    render('/realtime');
    await clock.advance(0);
    expect(new URL(upgrades().at(-1)!).pathname).to.equal(`/realtime/app/${key}`);
  });

  it('asks the hooks of the newest options', async () => {
    const { connection, clock, app, options } = await renderPage();
    connection.reconnectDelay = 1;
    const asked: string[] = [];
    for (const name of ['old', 'new'])
      connection.options = {
        ...options,
        beforeConnect: () => void asked.push(`connect ${name}`),
        beforeReconnect: () => void asked.push(`reconnect ${name}`),
      };
    await clock.advance(0);
    app.connection()!.drop();
    await clock.advance(1000);
    expect(asked).to.deep.equal(['reconnect new', 'connect new']);
    connection.options = { ...connection.options, beforeReconnect: () => false };
    await clock.advance(0);
    app.connection()!.drop();
    await clock.advance(1000);
    expect(connection.state).to.equal('disconnected');
  });

  it('refuses to borrow a client that has been disposed of, and says what to do', async () => {
    const world = createWorld();
    const client = new Pusher(key, world.options);
    client.dispose();
    let connection!: PusherConnectionElement;
    const said = await warningsDuring(async () => {
      ({ connection } = await renderPage(
        (options) => html`<pusher-connection .client=${client} .options=${options}></pusher-connection>`,
        world,
      ));
      connection.subscribe('orders');
      connection.connect();
      await world.clock.advance(0);
    });
    expect(said).to.have.lengthOf(1);
    expect(said[0]).to.include('disposed of').and.to.include('new Pusher');
    expect(connection.lastError?.reason).to.equal('disposed');
    connection.client = undefined;
    connection.appKey = key;
    await world.clock.advance(0);
    expect(connection.state).to.equal('connected');
    expect(world.subscriptions()).to.deep.equal(['+orders']);
  });

  it('takes other durations over without replacing it', async () => {
    const { connection, clock, app, upgrades } = await renderPage();
    connection.setAttribute('unavailable-timeout', '2');
    connection.setAttribute('unavailable-retry-delay', '3');
    connection.setAttribute('reconnect-delay', '1');
    await clock.advance(0);
    expect(upgrades()).to.have.lengthOf(1);
    app.stop();
    await clock.advance(1999);
    expect(connection.state).to.equal('connecting');
    await clock.advance(2);
    expect(connection.state).to.equal('unavailable');
  });

  it('disconnects when the key is taken away', async () => {
    const { connection, clock, app } = await renderPage();
    await warningsDuring(async () => {
      connection.removeAttribute('app-key');
      await clock.advance(0);
    });
    expect(app.connections).to.have.lengthOf(0);
    expect(connection.state).to.equal('disconnected');
    expect(connection.getAttribute('state')).to.equal('disconnected');
    expect(connection.hasAttribute('socket-id')).to.equal(false);
  });

  it('uses a borrowed client as it is, and gives it back alive', async () => {
    const world = createWorld();
    const client = new Pusher(key, world.options);
    await world.clock.advance(0);
    const { connection, root } = await renderPage(
      (options) => html`
        <pusher-connection .client=${client} .options=${options}
          ><pusher-channel name="orders"></pusher-channel
        ></pusher-connection>
      `,
      world,
    );
    expect(connection.state).to.equal('connected');
    expect(connection.client).to.equal(client);
    expect(world.subscriptions()).to.deep.equal(['+orders']);
    const seen = recordEvents(connection, ['pusher-state-change']);
    root.replaceChildren();
    await world.clock.advance(5000);
    expect(seen).to.deep.equal(['pusher-state-change']);
    expect(connection.state).to.equal('disconnected');
    expect(client.connection.state).to.equal('connected');
    expect(world.subscriptions()).to.deep.equal(['+orders', '−orders']);
    client.dispose();
    await world.clock.advance(0);
    expect(world.clock.pendingTimers).to.equal(0);
  });
});

describe('<pusher-connection>: leaving, moving, returning', () => {
  // C-06
  it('works without anybody holding it, and leaves nothing behind when it is removed', async () => {
    const { root, clock, app, transport, network, connection } = await renderPage();
    const client = connection.client!;
    await clock.advance(600_000);
    expect(app.connections).to.have.lengthOf(1);
    root.replaceChildren();
    await clock.advance(1000);
    expect(app.connections).to.have.lengthOf(0);
    expect(transport.openCount).to.equal(0);
    expect(client.isDisposed).to.equal(true);
    expect(clock.pendingTimers).to.equal(0);
    //
    expect(network.listenerCount).to.equal(0);
  });

  it('keeps its socket and sends nothing when it is moved in one step', async () => {
    const { root, connection, clock, app, upgrades } = await renderPage();
    connection.subscribe('orders');
    await clock.advance(0);
    const frames = app.record.received.length;
    const place = root.appendChild(document.createElement('section'));
    const seen = recordEvents(root, ['pusher-state-change', 'pusher-disconnected']);
    place.append(connection);
    root.prepend(connection);
    await clock.advance(10_000);
    expect(upgrades()).to.have.lengthOf(1);
    expect(app.record.received.slice(frames)).to.deep.equal([]);
    expect(seen).to.deep.equal([]);
    expect(connection.state).to.equal('connected');
  });

  it('keeps its socket when it is out of the document for a moment', async () => {
    const { root, connection, clock, upgrades } = await renderPage();
    connection.remove();
    await clock.advance(200);
    root.append(connection);
    await clock.advance(10_000);
    expect(upgrades()).to.have.lengthOf(1);
    expect(connection.state).to.equal('connected');
  });

  it('connects again when it returns later, and keeps what was bound to it', async () => {
    const { root, connection, clock, upgrades } = await renderPage();
    const seen: string[] = [];
    connection.connection.bind('connected', () => seen.push('connected'));
    connection.remove();
    await clock.advance(1000);
    expect(connection.state).to.equal('disconnected');
    root.append(connection);
    await clock.advance(0);
    expect(upgrades()).to.have.lengthOf(2);
    expect(seen).to.deep.equal(['connected']);
  });

  it('is not connected in a preview out of Turbo’s cache, and is as soon as the page is real', async () => {
    document.documentElement.setAttribute('data-turbo-preview', '');
    try {
      const { connection, clock, upgrades } = await renderPage();
      await clock.advance(5000);
      expect(upgrades()).to.have.lengthOf(0);
      document.documentElement.removeAttribute('data-turbo-preview');
      await clock.advance(0);
      expect(connection.state).to.equal('connected');
    } finally {
      document.documentElement.removeAttribute('data-turbo-preview');
    }
  });
});

describe('<pusher-connection>: simulate', () => {
  it('talks to a server in the page, without key or network, which the page can use', async () => {
    const connection = await fixture<PusherConnectionElement>(
      html`<pusher-connection simulate><pusher-channel name="orders"></pusher-channel></pusher-connection>`,
    );
    await connection.whenState('connected');
    const channel = connection.querySelector('pusher-channel')!;
    await channel.whenSubscribed();
    const heard = new Promise((resolve) => {
      channel.addEventListener('pusher-event', (event) => {
        resolve(event.data);
      });
    });
    connection.simulation!.publish({ channels: ['orders'], event: 'created', data: { id: 7 } });
    expect(await heard).to.deep.equal({ id: 7 });
    const { simulation } = connection;
    connection.simulate = false;
    await warningsDuring(() => connection.updateComplete);
    expect(simulation!.app().connections.length).to.be.at.most(1);
  });

  it('opens nothing when it is removed while the server is being loaded', async () => {
    const connection = await quietly(() =>
      fixture<PusherConnectionElement>(html`<pusher-connection></pusher-connection>`),
    );
    connection.simulate = true;
    await connection.updateComplete;
    connection.remove();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(connection.client).to.equal(undefined);
  });
});
