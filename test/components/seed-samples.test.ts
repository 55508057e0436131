/**
 * The eleven JavaScript samples of the seed page, unchanged but for what stands around them, with `pusher`
 * being an element: `Pusher` makes a `<pusher-connection>`, sets key and options as they come, and inserts
 * it. The same samples with the client itself are in test/client/seed.
 */
import { expect } from '@open-wc/testing';
import type { PusherConnectionElement } from '../../components/index.js';
import { createWorld, html, key, renderPage } from './support.js';
import type { World } from './support.js';

/** What a sample may name. */
interface Scope {
  readonly applicationKey?: string;
  readonly options?: unknown;
  readonly log?: (text: string) => void;
  readonly alert?: (text: string) => void;
  readonly $?: (selector: string) => { text(value: string): void };
  readonly pusher?: PusherConnectionElement;
}

interface Run {
  readonly world: World;
  readonly pusher: PusherConnectionElement;
  /** What `returns` named. */
  readonly value: unknown;
}

const made: PusherConnectionElement[] = [];

/** Runs a sample as a classic script would be: its text is compiled, so nothing here can change it. */
function run(sample: string, scope: Scope = {}, returns = 'undefined', world: World = createWorld()): Run {
  // The samples call their keys this.
  for (const name of ['app_key', 'YOUR_APP_KEY'])
    if (!world.server.findApp(name)) world.server.addApp({ key: name });
  function Pusher(appKey: string, options?: object): PusherConnectionElement {
    const element = document.createElement('pusher-connection');
    element.appKey = appKey;
    element.options = { ...options, ...world.options };
    document.body.append(element);
    made.push(element);
    return element;
  }
  const { pusher, ...names } = scope;
  const parameters = ['Pusher', 'pusher', ...Object.keys(names)];
  const body = `${sample}\n;return { pusher, value: ${returns} };`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- running the text of the page is the point
  const compiled = new Function(...parameters, body) as (...values: unknown[]) => Omit<Run, 'world'>;
  return { world, ...compiled(Pusher, pusher, ...Object.values(names)) };
}

describe('the samples of the seed, with pusher being an element', () => {
  afterEach(async () => {
    for (const element of made.splice(0)) {
      const { clock } = element.options!;
      element.remove();
      await (clock as World['clock']).advance(1000);
    }
  });

  // C-01, C-03
  it('1: var pusher = new Pusher(applicationKey, options)', async () => {
    const { world, pusher } = run('var pusher = new Pusher(applicationKey, options);', {
      applicationKey: key,
      options: undefined,
    });
    await world.clock.advance(0);
    expect(pusher.connection.state).to.equal('connected');
    expect(world.upgrades()).to.have.lengthOf(1);
  });

  // O-01, O-15
  it('2: the options object', async () => {
    const literal = `{
  encrypted: true, // true/false
  auth: {
    params: { // {key: value} pairs
      param1: 'value1',
      param2: 'value2'
    },
    headers: { // {key: value} pairs
      header1: 'value1',
      header2: 'value2'
    }
  }
}`;
    const { world, pusher } = run(`var pusher = new Pusher('app_key', ${literal});`);
    await world.clock.advance(0);
    expect(pusher.connection.state).to.equal('connected');
    expect(world.server.app('app_key').record.upgrades[0]!.url).to.match(/^wss:/);
  });

  // O-11
  it('3: auth.params', async () => {
    const { world, pusher } = run(`var pusher = new Pusher('app_key', {
  auth: {
    params: {
      CSRFToken: 'some_csrf_token'
    }
  }
});`);
    await world.clock.advance(0);
    expect(pusher.connection.state).to.equal('connected');
    expect(pusher.options).to.have.nested.property('auth.params.CSRFToken', 'some_csrf_token');
  });

  // O-13
  it('4: auth.headers', async () => {
    const { world, pusher } = run(`var pusher = new Pusher('app_key', {
  auth: {
    headers: {
      'X-CSRF-Token': 'some_csrf_token'
    }
  }
});`);
    await world.clock.advance(0);
    expect(pusher.connection.state).to.equal('connected');
    expect(pusher.options).to.have.nested.property('auth.headers.X-CSRF-Token', 'some_csrf_token');
  });

  // O-16
  it('5: cluster', async () => {
    const { world } = run(`// will connect to the 'eu' cluster
var pusher = new Pusher('app_key', { cluster: 'eu' });`);
    await world.clock.advance(0);
    expect(new URL(world.server.app('app_key').record.upgrades[0]!.url).hostname).to.equal(
      'ws-eu.pusher.com',
    );
  });

  // O-01, O-02
  it('6: encrypted', async () => {
    const { world } = run(`var pusher = new Pusher('app_key', { encrypted: true } );`);
    await world.clock.advance(0);
    expect(world.server.app('app_key').record.upgrades[0]!.url).to.match(/^wss:/);
  });

  // L-03
  it('7: detecting the connection limit', async () => {
    const world = createWorld();
    world.server.addApp({ key: 'app_key', maxConnections: 0 });
    const logged: string[] = [];
    run(
      `var pusher = new Pusher('app_key');
pusher.connection.bind( 'error', function( err ) { 
  if( err.data.code === 4004 ) {
    log('>>> detected limit error');
  }
});`,
      { log: (text) => logged.push(text) },
      undefined,
      world,
    );
    await world.clock.advance(60_000);
    expect(logged).to.deep.equal(['>>> detected limit error']);
  });

  // C-08
  it('8: disconnecting', async () => {
    const { connection, app, clock } = await renderPage();
    run('pusher.disconnect();', { pusher: connection });
    await clock.advance(120_000);
    expect(connection.connection.state).to.equal('disconnected');
    expect(app.connections).to.have.lengthOf(0);
  });

  // E-01
  it('9: binding to connected', async () => {
    const texts: string[] = [];
    const { world } = run(
      `var pusher = new Pusher('YOUR_APP_KEY');

pusher.connection.bind('connected', function() {
  $('div#status').text('Real time is go!');
});`,
      { $: (selector) => ({ text: (value) => texts.push(`${selector}: ${value}`) }) },
    );
    await world.clock.advance(0);
    expect(texts).to.deep.equal(['div#status: Real time is go!']);
  });

  // E-03, E-10, T-07
  it('10: binding to connecting_in', async () => {
    const { connection, app, clock } = await renderPage(
      (options) =>
        html`<pusher-connection app-key=${key} reconnect-delay="10" .options=${options}></pusher-connection>`,
    );
    const alerts: string[] = [];
    run(
      `pusher.connection.bind('connecting_in', function(delay) {
  alert("I haven't been able to establish a connection for this feature.  " +
        "I will try again in " + delay + " seconds.")
});`,
      { pusher: connection, alert: (text) => alerts.push(text) },
    );
    app.stop();
    await clock.advance(9000);
    expect(alerts).to.deep.equal([
      "I haven't been able to establish a connection for this feature.  I will try again in 10 seconds.",
    ]);
  });

  // E-02, S-13
  it('11: binding to state_change, and reading the state', async () => {
    const world = createWorld();
    const texts: string[] = [];
    const { pusher } = run(`var pusher = new Pusher('app_key');`, {}, undefined, world);
    run(
      `pusher.connection.bind('state_change', function(states) {
  // states = {previous: 'oldState', current: 'newState'}
  $('div#status').text("Pusher's current state is " + states.current);
});`,
      { pusher, $: () => ({ text: (value) => texts.push(value) }) },
      undefined,
      world,
    );
    const changes: unknown[] = [];
    pusher.connection.bind('state_change', (states) => changes.push(states));
    await world.clock.advance(0);
    expect(texts).to.deep.equal([
      "Pusher's current state is connecting",
      "Pusher's current state is connected",
    ]);
    expect(changes).to.deep.equal([
      { previous: 'initialized', current: 'connecting' },
      { previous: 'connecting', current: 'connected' },
    ]);
    const { value } = run('var state = pusher.connection.state;', { pusher }, 'state', world);
    expect(value).to.equal('connected');
  });
});
