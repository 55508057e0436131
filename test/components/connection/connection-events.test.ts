import { expect } from '@open-wc/testing';
import { createWorld, html, key, recordEvents, renderPage, warningsDuring } from '../support.js';
import type { PusherConnectionElement, PusherErrorEvent } from '../../../components/index.js';

const allEvents = [
  'pusher-before-connect',
  'pusher-connected',
  'pusher-disconnected',
  'pusher-connect-failed',
  'pusher-before-reconnect',
  'pusher-connecting-in',
  'pusher-state-change',
  'pusher-error',
  'pusher-gap',
  'pusher-unsubscribed',
  'pusher-subscribed',
];

const render = (attributes: Partial<PusherConnectionElement> = {}): ReturnType<typeof renderPage> =>
  renderPage(
    (options) => html`
      <pusher-connection
        app-key=${key}
        .options=${options}
        .reconnectDelay=${attributes.reconnectDelay}
        .reconnectAutomatically=${attributes.reconnectAutomatically ?? true}
      >
        <pusher-channel name="orders"></pusher-channel>
      </pusher-connection>
    `,
  );

describe('<pusher-connection>: events', () => {
  // P-03, elements.md §2
  it('tells of an outage in the documented order, with property and attribute current', async () => {
    const { connection, app, clock } = await render({ reconnectDelay: 1 });
    const seen: string[] = [];
    for (const type of allEvents)
      connection.addEventListener(type, () => {
        expect(connection.getAttribute('state')).to.equal(connection.state);
        expect(connection.matches(`:state(${connection.state})`)).to.equal(true);
        seen.push(`${type} ${connection.state}`);
      });
    app.connection()!.drop();
    await clock.advance(1000);
    expect(seen).to.deep.equal([
      'pusher-error connected',
      'pusher-unsubscribed connected',
      'pusher-disconnected connected',
      'pusher-before-reconnect connected',
      // S-09: no `disconnected` in between
      'pusher-state-change connecting',
      'pusher-connecting-in connecting',
      'pusher-before-connect connecting',
      'pusher-state-change connected',
      'pusher-connected connected',
      'pusher-gap connected',
      'pusher-gap connected',
      'pusher-subscribed connected',
    ]);
    // The same after the loss as before it.
    expect(connection.matches(':state(connecting)')).to.equal(false);
  });

  it('gives every event its fields', async () => {
    const { connection, app, clock } = await render({ reconnectDelay: 2 });
    const fields: Record<string, unknown> = {};
    const note = <Type extends keyof HTMLElementEventMap>(
      type: Type,
      read: (event: HTMLElementEventMap[Type]) => unknown,
    ): void => {
      connection.addEventListener(type, (event) => {
        if (event.target === connection) fields[type] = read(event);
      });
    };
    note('pusher-before-connect', ({ url, attempt, manual, cancelable }) => [
      new URL(url).pathname,
      attempt,
      manual,
      cancelable,
    ]);
    note('pusher-connected', ({ socketId, attempt, resumed }) => [
      socketId === connection.socketId,
      attempt,
      resumed,
    ]);
    note('pusher-disconnected', ({ code, wasClean, fatal, intentional, willReconnect, cancelable }) => [
      code,
      wasClean,
      fatal,
      intentional,
      willReconnect,
      cancelable,
    ]);
    note('pusher-before-reconnect', ({ delay, attempt, code, strategy }) => [delay, attempt, code, strategy]);
    note('pusher-connecting-in', ({ delay, retryAt, attempt }) => [
      delay,
      Math.round((retryAt! - clock.now()) / 1000),
      attempt,
    ]);
    note('pusher-state-change', ({ previous, current }) => [previous, current]);
    note('pusher-gap', ({ duration, channel }) => [duration, channel]);
    app.connection()!.close(1001, 'restart');
    await clock.advance(2000);
    expect(fields).to.deep.equal({
      'pusher-disconnected': [1001, true, false, false, true, false],
      'pusher-before-reconnect': [2, 1, 1001, 'fixed'],
      'pusher-connecting-in': [2, 2, 1],
      'pusher-before-connect': [`/app/${key}`, 1, false, true],
      'pusher-state-change': ['connecting', 'connected'],
      'pusher-connected': [true, 1, true],
      'pusher-gap': [2, undefined],
    });
    expect(new Event('x').bubbles).to.equal(false);
  });

  it('lets all events bubble out of shadow roots', async () => {
    const { connection, app, clock } = await render({ reconnectDelay: 0.05 });
    const host = document.body.appendChild(document.createElement('div'));
    host.attachShadow({ mode: 'open' }).append(connection);
    const seen = recordEvents(host, allEvents);
    app.connection()!.drop();
    await clock.advance(100);
    host.remove();
    expect([...new Set(seen)].sort()).to.deep.equal(
      allEvents.filter((type) => type !== 'pusher-connect-failed').sort(),
    );
    await clock.advance(1000);
  });

  it('makes no attempt when pusher-before-connect is cancelled', async () => {
    const { connection, clock, upgrades } = await render();
    connection.disconnect();
    connection.addEventListener('pusher-before-connect', (event) => {
      expect(event.manual).to.equal(true);
      event.preventDefault();
    });
    connection.connect();
    await clock.advance(60_000);
    expect(upgrades()).to.have.lengthOf(1);
    expect(connection.state).to.equal('disconnected');
  });

  it('gives up when pusher-before-reconnect is cancelled', async () => {
    const { connection, app, clock, upgrades } = await render();
    connection.addEventListener('pusher-before-reconnect', (event) => {
      event.preventDefault();
    });
    app.connection()!.drop();
    await clock.advance(60_000);
    expect(connection.state).to.equal('disconnected');
    expect(upgrades()).to.have.lengthOf(1);
  });

  // P-05
  it('does not reconnect with reconnect-automatically="false"', async () => {
    const { connection, app, clock, upgrades } = await render({ reconnectAutomatically: false });
    app.connection()!.drop();
    await clock.advance(120_000);
    expect(connection.state).to.equal('disconnected');
    expect(upgrades()).to.have.lengthOf(1);
  });

  // P-06, R-01
  it('reconnects by itself, after a first failure too', async () => {
    const { connection, app, clock } = await render({ reconnectDelay: 1 });
    connection.disconnect();
    app.stop();
    connection.connect();
    await clock.advance(500);
    expect(connection.state).to.equal('connecting');
    app.start();
    await clock.advance(1000);
    expect(connection.state).to.equal('connected');
  });

  //
  it('schedules nothing when a listener of the disconnection switches reconnecting off', async () => {
    const { connection, app, clock, upgrades } = await render();
    const foreseen: boolean[] = [];
    connection.addEventListener('pusher-disconnected', (event) => {
      foreseen.push(event.willReconnect);
      connection.reconnectAutomatically = false;
      foreseen.push(event.willReconnect);
    });
    app.connection()!.drop();
    await clock.advance(120_000);
    expect(foreseen).to.deep.equal([true, false]);
    expect(connection.state).to.equal('disconnected');
    expect(upgrades()).to.have.lengthOf(1);
  });

  //
  it('schedules nothing when a listener of the failure switches reconnecting off', async () => {
    const { connection, app, clock, upgrades } = await render();
    connection.disconnect();
    app.stop();
    const errors: unknown[] = [];
    connection.addEventListener('pusher-connect-failed', (event) => {
      errors.push(event.error?.reason);
      connection.reconnectAutomatically = false;
    });
    connection.connect();
    await clock.advance(120_000);
    expect(errors).to.deep.equal(['connection-lost']);
    expect(connection.state).to.equal('disconnected');
    expect(upgrades()).to.have.lengthOf(2);
  });

  //
  it('waits while offline, connects at once when the network is back, and then stops listening for it', async () => {
    const { connection, app, clock, network, upgrades } = await render({ reconnectDelay: 1 });
    const listeners = network.listenerCount;
    network.set(false);
    app.connection()!.drop();
    app.stop();
    await clock.advance(60_000);
    const attempts = upgrades().length;
    expect(connection.reachable).to.equal(false);
    await clock.advance(60_000);
    expect(upgrades()).to.have.lengthOf(attempts);
    app.start();
    network.set(true);
    await clock.advance(100);
    expect(connection.state).to.equal('connected');
    expect(connection.reconnectAutomatically).to.equal(true);
    expect(network.listenerCount).to.equal(listeners);
  });

  //
  it('can be told to reconnect only after the first success', async () => {
    const { connection, app, clock, upgrades } = await render({
      reconnectAutomatically: false,
      reconnectDelay: 1,
    });
    connection.addEventListener('pusher-connected', () => {
      connection.reconnectAutomatically = true;
    });
    connection.disconnect();
    app.stop();
    connection.connect();
    await clock.advance(60_000);
    expect(connection.state).to.equal('disconnected');
    expect(upgrades()).to.have.lengthOf(2);

    app.start();
    connection.connect();
    await clock.advance(0);
    app.connection()!.drop();
    await clock.advance(1000);
    expect(connection.state).to.equal('connected');
    expect(upgrades()).to.have.lengthOf(4);
  });

  //
  it('announces each reconnection with its delay and its number', async () => {
    const { connection, app, clock } = await render({ reconnectDelay: 2 });
    const plans: [number, number][] = [];
    connection.addEventListener('pusher-before-reconnect', ({ attempt, delay }) =>
      plans.push([attempt, delay]),
    );
    app.stop();
    await clock.advance(5000);
    app.start();
    await clock.advance(20_000);
    app.connection()!.drop();
    await clock.advance(2000);
    expect(plans).to.deep.equal([
      [1, 2],
      [2, 2],
      [3, 2],
      [1, 2],
    ]);
  });

  //
  it('lets a listener raise the delay after some failures', async () => {
    const { connection, app, clock } = await render({ reconnectDelay: 1 });
    connection.unavailableTimeout = 1000;
    connection.addEventListener('pusher-before-reconnect', (event) => {
      if (event.attempt > 3) event.delay = 2 ** (event.attempt - 3);
    });
    await clock.advance(0);
    app.record.clear();
    const start = clock.now();
    app.stop();
    await clock.advance(18_000);
    expect(app.record.upgrades.map(({ at }) => Math.round((at - start) / 1000))).to.deep.equal([
      1, 2, 3, 5, 9, 17,
    ]);
  });

  // R-14, P-09
  it('takes a delay that a listener sets on the element for this very wait', async () => {
    const { connection, app, clock, upgrades } = await render({ reconnectDelay: 1 });
    connection.addEventListener(
      'pusher-before-reconnect',
      () => {
        connection.reconnectDelay = 7;
      },
      { once: true },
    );
    app.connection()!.drop();
    await clock.advance(6999);
    expect(upgrades()).to.have.lengthOf(1);
    await clock.advance(1);
    expect(upgrades()).to.have.lengthOf(2);
    expect(connection.getAttribute('reconnect-delay')).to.equal('7');
  });

  // L-01, L-02, L-03, L-04
  it('tells once of the connection limit, in both shapes, and does not try again', async () => {
    const { connection, app, clock, upgrades } = await render();
    const errors: PusherErrorEvent[] = [];
    connection.addEventListener('pusher-error', (event) => errors.push(event));
    connection.disconnect();
    app.script({ handshake: { type: 'close', code: 4004, reason: 'over the limit' } });
    connection.connect();
    await clock.advance(120_000);
    expect(
      errors.map(({ code, data, error, errorType }) => [code, data.code, error.data.code, errorType]),
    ).to.deep.equal([[4004, 4004, 4004, errors[0]?.errorType]]);
    expect(errors[0]!.remediation).to.not.equal('');
    expect(connection.state).to.equal('disconnected');
    expect(upgrades()).to.have.lengthOf(2);
  });

  it('goes on when listeners throw', async () => {
    const { connection, app, clock, root } = await render({ reconnectDelay: 1 });
    const reported: string[] = [];
    const note = (event: ErrorEvent): void => {
      event.preventDefault();
      reported.push(event.message);
    };
    const { onerror } = window;
    window.onerror = () => true;
    window.addEventListener('error', note);
    for (const type of ['pusher-disconnected', 'pusher-state-change', 'pusher-subscribed'])
      connection.addEventListener(type, () => {
        throw new Error(`thrown in ${type}`);
      });
    connection.connection.bind('state_change', () => {
      throw new Error('thrown in state_change');
    });
    app.connection()!.drop();
    await clock.advance(1000);
    const states = [connection.state, connection.querySelector('pusher-channel')!.state];
    root.replaceChildren();
    await clock.advance(1000);
    window.removeEventListener('error', note);
    window.onerror = onerror;
    expect(states).to.deep.equal(['connected', 'subscribed']);
    expect(reported).to.have.lengthOf.at.least(5);
  });

  it('says what to check when nobody answers from the start', async () => {
    const world = createWorld();
    world.app.stop();
    const said = await warningsDuring(async () => {
      const page = await renderPage(
        (options) =>
          html`<pusher-connection app-key=${key} cluster="nowhere" .options=${options}></pusher-connection>`,
        world,
      );
      await page.clock.advance(60_000);
      page.root.replaceChildren();
      await page.clock.advance(1000);
    });
    expect(said).to.have.lengthOf(1);
    expect(said[0]).to.include('the cluster "nowhere"').and.to.include('dashboard');
  });

  it('writes what happens to the console with log', async () => {
    const { debug } = console;
    const lines: string[] = [];
    console.debug = (...values: unknown[]) => {
      lines.push(values.slice(1, 3).map(String).join(' '));
    };
    try {
      const { connection, clock, publish } = await render();
      connection.log = true;
      await clock.advance(0);
      publish('orders', 'created', 'x');
      await clock.advance(0);
      connection.log = false;
      await clock.advance(0);
      publish('orders', 'deleted', 'x');
      await clock.advance(0);
      expect(lines).to.deep.equal(['event created']);
    } finally {
      console.debug = debug;
    }
  });
});
