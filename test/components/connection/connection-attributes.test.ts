import { expect } from '@open-wc/testing';
import { createWorld, html, key, renderPage, warningsDuring } from '../support.js';
import type { PusherConnectionElement } from '../../../components/index.js';

/** A connection whose attributes are set by the test; what it said about them. */
async function withAttributes(attributes: Record<string, string>): Promise<{
  connection: PusherConnectionElement;
  warnings: string[];
  world: ReturnType<typeof createWorld>;
}> {
  const world = createWorld();
  const connection = document.createElement('pusher-connection');
  const warnings = await warningsDuring(async () => {
    connection.options = world.options;
    for (const [name, value] of Object.entries({ 'app-key': key, ...attributes }))
      connection.setAttribute(name, value);
    await renderPage(() => html`${connection}`, world);
  });
  return { connection, warnings, world };
}

describe('<pusher-connection>: attributes', () => {
  // O-01, P-01, P-02
  it('encrypts unless told not to, and property and attribute agree', async () => {
    const on = await withAttributes({});
    expect(on.connection.encrypted).to.equal(true);
    expect(on.world.upgrades()[0]).to.match(/^wss:/);
    const off = await withAttributes({ encrypted: 'false' });
    expect(off.connection.encrypted).to.equal(false);
    expect(off.world.upgrades()[0]).to.match(/^ws:/);

    off.connection.encrypted = true;
    await off.world.clock.advance(0);
    expect(off.connection.getAttribute('encrypted')).to.equal('true');
    expect(off.world.upgrades()[1]).to.match(/^wss:/);
    off.connection.setAttribute('encrypted', 'off');
    expect(off.connection.encrypted).to.equal(false);
    off.connection.removeAttribute('encrypted');
    expect(off.connection.encrypted).to.equal(true);
  });

  it('takes every attribute as data-<name> too, the plain one winning', async () => {
    const { connection, world } = await withAttributes({
      'data-cluster': 'eu',
      'data-ws-path': '/x',
      'ws-path': '',
    });
    expect(connection.cluster).to.equal('eu');
    expect(connection.wsPath).to.equal('');
    connection.setAttribute('cluster', 'us2');
    expect(connection.cluster).to.equal('us2');
    connection.setAttribute('data-cluster', 'ap1');
    expect(connection.cluster).to.equal('us2');
    connection.removeAttribute('cluster');
    expect(connection.cluster).to.equal('ap1');
    await world.clock.advance(0);
    expect(new URL(world.upgrades().at(-1)!).hostname).to.equal('ws-ap1.pusher.com');
    expect(connection.hasAttribute('cluster')).to.equal(false);
  });

  it('takes durations in seconds, with units and fractions', async () => {
    const { connection, warnings } = await withAttributes({
      'reconnect-delay': '30',
      'unavailable-timeout': '0.5s',
      'unavailable-retry-delay': '5m',
      'connect-timeout': '250ms',
      'activity-timeout': '1h',
    });
    expect(connection.reconnectDelay).to.equal(30);
    expect(connection.unavailableTimeout).to.equal(0.5);
    expect(connection.unavailableRetryDelay).to.equal(300);
    expect(connection.connectTimeout).to.equal(0.25);
    expect(connection.activityTimeout).to.equal(3600);
    expect(warnings).to.deep.equal([]);
  });

  // P-08, T-06
  it('waits libPusher’s five seconds for an empty reconnect-delay', async () => {
    const { connection, world, warnings } = await withAttributes({ 'reconnect-delay': '' });
    expect(connection.reconnectDelay).to.equal(5);
    world.app.connection()!.drop();
    await world.clock.advance(4999);
    expect(world.upgrades()).to.have.lengthOf(1);
    await world.clock.advance(1);
    expect(world.upgrades()).to.have.lengthOf(2);
    expect(warnings).to.deep.equal([]);
  });

  // requirements §3, row 5
  it('warns and waits five seconds for a reconnect delay that cannot be one', async () => {
    for (const value of ['-1', 'soon']) {
      const { connection, warnings } = await withAttributes({ 'reconnect-delay': value });
      expect(connection.reconnectDelay).to.equal(5);
      expect(warnings).to.have.lengthOf(1);
      expect(warnings[0]).to.include(`reconnect-delay="${value}"`).and.to.include('seconds');
    }
    const { connection, world } = await withAttributes({});
    const warnings = await warningsDuring(async () => {
      connection.reconnectDelay = NaN;
      await world.clock.advance(0);
    });
    expect(warnings).to.have.lengthOf(1);
    expect(connection.client!.reconnectDelay).to.equal(5000);
  });

  it('says which element has a bad value and what to write, and uses the default', async () => {
    const bad: [name: string, value: string, property: keyof PusherConnectionElement, fallback: unknown][] = [
      ['ws-port', 'http', 'wsPort', undefined],
      ['wss-port', '70000', 'wssPort', undefined],
      ['unavailable-timeout', 'long', 'unavailableTimeout', undefined],
      ['pong-timeout', '-3', 'pongTimeout', undefined],
      ['reachability', 'maybe', 'reachability', 'auto'],
      ['encrypted', 'please', 'encrypted', true],
      ['log', 'yes', 'log', false],
      ['options', '{encrypted: true}', 'options', undefined],
      ['options', '["eu"]', 'options', undefined],
    ];
    for (const [index, [name, value, property, fallback]] of bad.entries()) {
      const world = createWorld();
      const connection = document.createElement('pusher-connection');
      connection.id = `bad-${index}`;
      const warnings = await warningsDuring(async () => {
        connection.setAttribute('app-key', key);
        connection.setAttribute(name, value);
        expect(Reflect.get(connection, property), name).to.equal(fallback);
        connection.options = world.options;
        await renderPage(() => html`${connection}`, world);
      });
      expect(warnings, name).to.have.lengthOf(1);
      expect(warnings[0], name)
        .to.include(`<pusher-connection id="bad-${index}"`)
        .and.to.include(`${name}="${value}"`);
      expect(warnings[0], name).to.include('Write ');
      expect(connection.state, name).to.equal('connected');
    }
  });

  it('ignores bad numbers that a script sets, with a warning', async () => {
    const { connection, world } = await withAttributes({});
    const warnings = await warningsDuring(async () => {
      connection.connectTimeout = -1;
      connection.pongTimeout = 'x' as unknown as number;
      await world.clock.advance(0);
    });
    expect(warnings).to.have.lengthOf(2);
    expect(connection.state).to.equal('connected');
  });

  it('cleans what was pasted into key and cluster, and says so', async () => {
    const { connection, warnings } = await withAttributes({
      'app-key': ` \u201c${key}\u201d\u200b\n`,
      cluster: 'eu\u00a0',
    });
    expect(connection.appKey).to.equal(key);
    expect(connection.cluster).to.equal('eu');
    expect(warnings).to.have.lengthOf(2);
    expect(connection.state).to.equal('connected');
  });

  it('refuses a key with spaces in it, with an event and a warning', async () => {
    const { connection, warnings, world } = await withAttributes({ 'app-key': 'my key' });
    expect(connection.lastError?.reason).to.equal('invalid-app-key');
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.include('app-key="my key"').and.to.include('white space');
    connection.appKey = key;
    await world.clock.advance(0);
    expect(connection.state).to.equal('connected');
  });

  it('ignores a cluster that cannot be one', async () => {
    const { connection, warnings, world } = await withAttributes({ cluster: 'eu west' });
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.include('cluster="eu west"');
    expect(new URL(world.upgrades()[0]!).hostname).to.equal('ws-mt1.pusher.com');
    expect(connection.state).to.equal('connected');
  });

  it('refuses a host that is an address, and connects when it is corrected', async () => {
    const { connection, warnings, world } = await withAttributes({ host: 'https://example.test/' });
    expect(connection.lastError?.reason).to.equal('invalid-option');
    expect(warnings[0]).to.include('host name only');
    connection.host = 'example.test';
    await world.clock.advance(0);
    expect(connection.state).to.equal('connected');
  });

  it('opens nothing where somebody has pasted the secret', async () => {
    const { connection, warnings, world } = await withAttributes({ 'app-secret': 'do-not-tell' });
    expect(warnings[0]).to.include('secret').and.not.to.include('do-not-tell');
    expect(connection.state).to.equal('initialized');
    expect(world.upgrades()).to.deep.equal([]);
  });

  // O-18
  it('accepts and reflects disable-flash and disable-stats, without effect', async () => {
    const { connection, world, warnings } = await withAttributes({
      'disable-flash': '',
      'disable-stats': 'true',
    });
    expect(connection.disableFlash).to.equal(true);
    expect(connection.disableStats).to.equal(true);
    connection.disableFlash = false;
    await world.clock.advance(0);
    expect(connection.hasAttribute('disable-flash')).to.equal(false);
    expect(world.upgrades()).to.have.lengthOf(1);
    expect(world.upgrades()[0]).to.not.include('flash');
    expect(warnings).to.deep.equal([]);
  });

  it('warns of a second connection with the same id, and both work', async () => {
    const world = createWorld();
    let root!: HTMLElement;
    const warnings = await warningsDuring(async () => {
      ({ root } = await renderPage(
        (options) => html`
          <pusher-connection id="main" app-key=${key} .options=${options}></pusher-connection>
          <pusher-connection id="main" app-key="other-key" .options=${options}></pusher-connection>
        `,
        world,
      ));
    });
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.include('id "main"');
    expect([...root.querySelectorAll('pusher-connection')].map(({ state }) => state)).to.deep.equal([
      'connected',
      'connected',
    ]);
  });

  it('takes options as JSON too, attributes winning', async () => {
    const world = createWorld();
    const { root } = await renderPage(
      () =>
        html`<pusher-connection
          connect-automatically="false"
          app-key=${key}
          cluster="us2"
          options='{"wsPath": "/rt", "cluster": "eu"}'
        ></pusher-connection>`,
      world,
    );
    const connection = root.querySelector('pusher-connection')!;
    const urls: string[] = [];
    connection.addEventListener('pusher-before-connect', (event) => {
      event.preventDefault();
      urls.push(event.url);
    });
    connection.connect();
    expect(urls[0]).to.match(/^wss:\/\/ws-us2\.pusher\.com:443\/rt\/app\//);
  });
});
