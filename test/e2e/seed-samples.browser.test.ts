/**
 * The JavaScript of the seed page, unchanged, with `pusher` being a `new Pusher(…)` and with `pusher` being a
 * `<pusher-connection>`. All that is different from the real thing is where the bytes go: to the local server.
 */
import { expect } from '@open-wc/testing';
import { createWebSocketTransport, Pusher } from '../../src/index.js';
import type { PusherOptions, TransportFactory } from '../../src/index.js';
import type { ControlledApp } from '../server/control-client.js';
import { address, createApp, openPage, patience, until } from './page.js';
import type { Page } from './page.js';
import { seedSamples } from './seed-samples.js';

/** What the samples use of a client; both kinds have it. */
type Client = Pusher | HTMLElementTagNameMap['pusher-connection'];

/** A page for one sample, with the globals that the samples use. */
interface World {
  readonly app: ControlledApp;
  readonly page: Page;
  /** What `new Pusher` was called with. */
  readonly asked: { readonly key: string; readonly options: PusherOptions | undefined }[];
  /** The addresses that were opened, as the client wrote them. */
  readonly urls: string[];
  readonly alerts: string[];
  readonly logs: string[];
  create(key: string, options?: PusherOptions): Client;
}

const clients: Pusher[] = [];

const kinds: Record<string, (key: string, options: PusherOptions, page: Page) => Client> = {
  'a new Pusher': (key, options) => {
    const pusher = new Pusher(key, options);
    clients.push(pusher);
    return pusher;
  },
  'a <pusher-connection>': (appKey, options, { root }) => {
    const element = Object.assign(document.createElement('pusher-connection'), { appKey, options });
    root.append(element);
    return element;
  },
};

/** Carries everything to the app: by scheme to its plain or to its encrypted port, whatever host and key are asked for. */
function transportTo({ key, host, port, securePort }: ControlledApp, urls: string[]): TransportFactory {
  const sockets = createWebSocketTransport();
  return {
    isSupported: () => sockets.isSupported(),
    create: (url) => {
      urls.push(url);
      const { protocol, search } = new URL(url);
      const there = protocol === 'wss:' ? securePort : port;
      return sockets.create(`ws://${host}:${String(there)}/app/${key}${search}`);
    },
  };
}

async function createWorld(
  kind: (typeof kinds)[string],
  settings: Parameters<typeof createApp>[0] = {},
): Promise<World> {
  const app = await createApp(settings);
  const page = openPage('<div id="status"></div>');
  const urls: string[] = [];
  const asked: World['asked'] = [];
  const here: PusherOptions = { transport: transportTo(app, urls), authEndpoint: `${address}/pusher/auth` };
  return {
    app,
    page,
    asked,
    urls,
    alerts: [],
    logs: [],
    create: (key, options) => {
      asked.push({ key, options });
      return kind(key, { ...options, ...here }, page);
    },
  };
}

/** Runs a sample, as a page that has `pusher` already or makes it; returns what it leaves behind. */
function run(
  sample: string,
  world: World,
  given: { pusher?: Client; options?: PusherOptions } = {},
): { pusher: Client; state: unknown } {
  const { root } = world.page;
  const globals = {
    Pusher: function (key: string, options?: PusherOptions) {
      return world.create(key, options);
    },
    applicationKey: 'app_key',
    $: (selector: string) => ({
      text: (text: string) => {
        const found = root.querySelector(selector);
        if (found) found.textContent = text;
      },
    }),
    alert: (text: string) => world.alerts.push(text),
    log: (text: string) => world.logs.push(text),
    pusher: undefined,
    options: undefined,
    ...given,
  };
  const code = `${sample}\nreturn { pusher, state: typeof state === 'undefined' ? undefined : state };`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the samples are text, and have to stay so
  const page = new Function(...Object.keys(globals), code) as (
    ...values: unknown[]
  ) => ReturnType<typeof run>;
  return page(...Object.values(globals));
}

const isConnected = ({ connection }: Client): boolean => connection.state === 'connected';
const statusOf = ({ page }: World): string => page.find('div#status').textContent;

for (const [name, kind] of Object.entries(kinds))
  describe(`the samples of the seed, with pusher being ${name}`, function () {
    this.timeout(patience);

    afterEach(() => {
      for (const client of clients.splice(0)) client.dispose();
    });

    it('1: a client connects by itself, with options and without (C-01, C-03)', async () => {
      for (const options of [undefined, {}, { cluster: 'eu' }]) {
        const world = await createWorld(kind);
        const { pusher } = run(seedSamples.create, world, options && { options });
        await until('connected', () => isConnected(pusher));
        expect(world.asked).to.deep.equal([{ key: 'app_key', options }]);
      }
    });

    it('2: auth.params go along when a channel is authorized (O-11)', async () => {
      const world = await createWorld(kind);
      const { pusher } = run(seedSamples.authParams, world);
      pusher.subscribe('private-orders');
      await world.app.until(({ sent }) => sent.some(({ channel }) => channel === 'private-orders'), 30_000);
      const [request] = await world.app.authorizationRequests();
      expect(request?.method).to.equal('POST');
      expect(request?.parameters).to.include({
        channel_name: 'private-orders',
        CSRFToken: 'some_csrf_token',
      });
    });

    it('3: auth.headers go along when a channel is authorized (O-13)', async () => {
      const world = await createWorld(kind);
      const { pusher } = run(seedSamples.authHeaders, world);
      pusher.subscribe('private-orders');
      await world.app.until(({ sent }) => sent.some(({ channel }) => channel === 'private-orders'), 30_000);
      const [request] = await world.app.authorizationRequests();
      expect(request?.headers).to.include({ 'x-csrf-token': 'some_csrf_token' });
    });

    it('4: cluster chooses the host (O-16)', async () => {
      const world = await createWorld(kind);
      const { pusher } = run(seedSamples.cluster, world);
      await until('connected', () => isConnected(pusher));
      expect(world.urls).to.have.length(1);
      expect(world.urls[0]).to.match(/^wss:\/\/ws-eu\.pusher\.com:443\/app\/app_key\?protocol=7&/);
    });

    it('5: encrypted means encrypted connections only (O-01)', async () => {
      const world = await createWorld(kind);
      const { pusher } = run(seedSamples.encrypted, world);
      await until('connected', () => isConnected(pusher));
      await world.app.drop();
      await until('opened again', () => world.urls.length === 2 && isConnected(pusher));
      const { upgrades } = await world.app.records();
      expect(upgrades.map(({ url }) => new URL(url).protocol)).to.deep.equal(['wss:', 'wss:']);
      expect(world.urls[0]).to.match(/^wss:\/\/ws-mt1\.pusher\.com:443\//); // O-17
    });

    it('6: the handler detects the connection limit (L-03)', async () => {
      const world = await createWorld(kind, { maxConnections: 0 });
      const { pusher } = run(seedSamples.limit, world);
      await until('refused', () => pusher.connection.state === 'disconnected');
      expect(world.logs).to.deep.equal(['>>> detected limit error']);
    });

    it('7: pusher.disconnect() disconnects (C-08)', async () => {
      const world = await createWorld(kind);
      const pusher = world.create('app_key', { reconnectDelay: 20 });
      await until('connected', () => isConnected(pusher));
      run(seedSamples.disconnect, world, { pusher });
      expect(pusher.connection.state).to.equal('disconnected');
      const { closes } = await world.app.until((records) => records.closes.length > 0, 30_000);
      expect(closes[0]?.by).to.equal('client');
      expect(world.urls).to.have.length(1);
    });

    it('8: a handler bound to connected runs when it is (E-01)', async () => {
      const world = await createWorld(kind);
      const { pusher } = run(seedSamples.connected, world);
      expect(statusOf(world)).to.equal('');
      await until('connected', () => isConnected(pusher));
      expect(statusOf(world)).to.equal('Real time is go!');
      expect(world.asked).to.deep.equal([{ key: 'YOUR_APP_KEY', options: undefined }]);
    });

    it('9: a handler bound to connecting_in is told the seconds, once for each attempt (E-03, E-05)', async () => {
      const world = await createWorld(kind);
      const pusher = world.create('app_key', { reconnectDelay: 7000 });
      run(seedSamples.connectingIn, world, { pusher });
      await until('connected', () => isConnected(pusher));
      expect(world.alerts).to.deep.equal([]);
      await world.app.drop();
      await until('told', () => world.alerts.length > 0);
      expect(world.alerts).to.deep.equal([
        "I haven't been able to establish a connection for this feature.  I will try again in 7 seconds.",
      ]);
    });

    it('10: a handler bound to state_change sees every change (E-02)', async () => {
      const world = await createWorld(kind);
      const pusher = world.create('app_key');
      run(seedSamples.stateChange, world, { pusher });
      const shown: string[] = [];
      new MutationObserver(() => shown.push(statusOf(world))).observe(world.page.find('div#status'), {
        childList: true,
      });
      await until('connected', () => isConnected(pusher));
      pusher.disconnect();
      await until('all shown', () => shown.length >= 3);
      expect(shown).to.deep.equal(
        ['connecting', 'connected', 'disconnected'].map((state) => `Pusher's current state is ${state}`),
      );
    });

    it('11: the state can be queried at any time (S-13)', async () => {
      const world = await createWorld(kind);
      const pusher = world.create('app_key');
      const query = (): unknown => run(seedSamples.state, world, { pusher }).state;
      const answers = [query()];
      pusher.connection.bind('state_change', () => answers.push(query()));
      await until('connected', () => isConnected(pusher));
      pusher.disconnect();
      expect(answers).to.deep.equal(['initialized', 'connecting', 'connected', 'disconnected']);
    });
  });
