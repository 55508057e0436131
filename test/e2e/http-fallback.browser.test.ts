/**
 * The HTTP fallback in real browsers over real sockets (seed H-01 to H-05, O-18). Waits of the plan run ten
 * times as fast here, by the client's own clock; what is asserted is the order of things.
 */
import { expect } from '@open-wc/testing';
import type { Clock, ConnectionState, PusherOptions } from '../../src/index.js';
import { Pusher, systemClock } from '../../src/index.js';
import { createApp } from '../server/control-client.js';
import type { CarrierRecord, ControlledApp } from '../server/control-client.js';
import { serverAddress } from '../server-address.js';
import { untilWithin } from '../until.js';

const address = `http://${serverAddress.host}:${serverAddress.port}`;
/** Far longer than anything here takes; reached only when a test fails. */
const ceiling = 20_000;
const until = untilWithin(ceiling);

/** Time runs ten times as fast for the client, all of it alike. */
const haste = 10;
const begin = systemClock.now();
const fastClock: Clock = {
  now: () => begin + (systemClock.now() - begin) * haste,
  setTimeout: (callback, delay) => systemClock.setTimeout(callback, delay / haste),
  clearTimeout: (handle) => {
    systemClock.clearTimeout(handle);
  },
  random: () => systemClock.random(),
};

/** A client and what it has seen. */
interface Seen {
  readonly pusher: Pusher;
  readonly states: ConnectionState[];
  readonly errors: (number | null)[];
  readonly gaps: number[];
  readonly reasons: string[];
}

let app: ControlledApp;
let clients: Pusher[] = [];
const ownWebSocket = window.WebSocket;

function removeWebSocket(): void {
  Reflect.deleteProperty(window, 'WebSocket');
}

function connect(options: PusherOptions = {}): Seen {
  const pusher = new Pusher(app.key, {
    wsHost: app.host,
    wsPort: app.port,
    httpHost: app.host,
    httpPort: app.port,
    forceTLS: false,
    // The machine may be busy, and time runs fast: nothing is given up, or asked for, before its turn.
    connectTimeout: 200_000,
    activityTimeout: 3_600_000,
    stableAfter: 1000,
    clock: fastClock,
    ...options,
  });
  clients.push(pusher);
  const seen: Seen = { pusher, states: [], errors: [], gaps: [], reasons: [] };
  pusher.connection
    .bind('state_change', ({ current }) => seen.states.push(current))
    .bind('error', ({ code }) => seen.errors.push(code))
    .bind('gap', ({ duration }) => seen.gaps.push(duration))
    .bind('lost', ({ reason }) => seen.reasons.push(reason));
  return seen;
}

const isConnected = ({ pusher }: Seen): Promise<void> =>
  until('connected', () => pusher.connection.state === 'connected');

/** How the requests of the app came in, without repetitions. */
const carriers = (records: readonly CarrierRecord[]): string[] =>
  records
    .map(({ carrier }) => carrier)
    .filter((carrier, index, all) => carrier !== 'xhr_send' && carrier !== all[index - 1]);

const emptyArrays = async (): Promise<number> =>
  (await app.carrierRecords()).filter(({ body }) => body === '[]').length;

/** What carried the connection, by the client's own record. */
const carriedBy = ({ pusher }: Seen): unknown =>
  pusher.timeline.entries.findLast(({ detail }) => detail['outcome'] === 'carries')?.detail['transport'];

describe('the HTTP fallback', function () {
  this.timeout(ceiling + 10_000);

  beforeEach(async () => {
    app = await createApp(address);
  });

  afterEach(async () => {
    window.WebSocket = ownWebSocket;
    for (const client of clients) client.dispose();
    clients = [];
    await app.remove();
  });

  it('carries elements in a browser without WebSocket, from the first connection to client events (H-01)', async () => {
    removeWebSocket();
    await import('../../components/define.js');
    const element = document.createElement('pusher-connection');
    const states: string[] = [];
    element.addEventListener('pusher-state-change', ({ current }) => states.push(current));
    element.setAttribute('app-key', app.key);
    element.options = {
      wsHost: app.host,
      httpHost: app.host,
      httpPort: app.port,
      forceTLS: false,
      activityTimeout: 200,
      authEndpoint: `${address}/pusher/auth`,
    };
    document.body.append(element);
    try {
      await until('connected', () => element.state === 'connected');
      const client = element.client!;
      const channel = await client.subscribe('private-orders').whenSubscribed();
      const received: unknown[] = [];
      channel.bind('created', (data: unknown) => received.push(data));
      await app.publish({ channels: 'private-orders', event: 'created', data: { id: 1 } });
      await until('the event', () => received.length === 1);
      channel.trigger('client-seen', { id: 1 });
      await app.until(({ received }) => received.some(({ event }) => event === 'client-seen'));
      await until('the heartbeat', async () =>
        (await app.carrierRecords()).some(({ carrier, body }) => carrier === 'xhr_send' && body === '[]'),
      );
      const { upgrades, received: frames } = await app.records();
      expect(frames.filter(({ event }) => event === 'pusher:ping')).to.deep.equal([]);
      expect(upgrades.map(({ url }) => url.slice(0, 5))).to.deep.equal(['http:']);
      expect(states).to.deep.equal(['connecting', 'connected']);
      expect(received).to.deep.equal([{ id: 1 }]);
    } finally {
      element.remove();
    }
  });

  it('connects over streaming where the upgrade is never answered (H-02)', async () => {
    await app.scriptNetwork({ webSocket: 'hang' });
    const seen = connect();
    await isConnected(seen);
    expect(carriers(await app.carrierRecords())).to.deep.equal(['websocket', 'xhr_streaming']);
    expect(seen.states).to.deep.equal(['connecting', 'connected']);
    expect(seen.errors).to.deep.equal([]);
  });

  it('connects over streaming where the upgrade is refused (H-02)', async () => {
    await app.scriptNetwork({ webSocket: 'refuse' });
    const seen = connect();
    await isConnected(seen);
    expect(carriers(await app.carrierRecords())).to.deep.equal(['websocket', 'xhr_streaming']);
    expect(seen.states).to.deep.equal(['connecting', 'connected']);
    expect(seen.errors).to.deep.equal([]);
  });

  it('connects over polling where streams are held back (H-03)', async () => {
    await app.scriptNetwork({ webSocket: 'hang', streaming: 'hold' });
    const seen = connect();
    await isConnected(seen);
    expect(carriers(await app.carrierRecords())).to.deep.equal(['websocket', 'xhr_streaming', 'xhr']);
    expect(carriedBy(seen)).to.equal('xhr_polling');
    const channel = await seen.pusher.subscribe('prices').whenSubscribed();
    const received: unknown[] = [];
    channel.bind('tick', (data: unknown) => received.push(data));
    for (const bid of [1, 2, 3]) await app.publish({ channels: 'prices', event: 'tick', data: { bid } });
    await until('three events', () => received.length === 3);
    expect(received).to.deep.equal([{ bid: 1 }, { bid: 2 }, { bid: 3 }]);
  });

  for (const [name, script] of [
    ['streaming', { webSocket: 'refuse' }],
    ['polling', { webSocket: 'refuse', streaming: 'hold' }],
  ] as const) {
    it(`comes back over ${name} when the session is lost (H-04)`, async () => {
      await app.scriptNetwork(script);
      const seen = connect();
      await isConnected(seen);
      const first = seen.pusher.connection.socket_id;
      await app.actOnSessions({ type: 'lose' });
      await until('a new session', () => {
        const { socket_id } = seen.pusher.connection;
        return socket_id !== undefined && socket_id !== first;
      });
      expect(seen.errors).to.deep.equal([1006]);
      expect(seen.gaps).to.have.length(1);
    });

    it(`hears a closing code over ${name} (H-04)`, async () => {
      await app.scriptNetwork(script);
      const seen = connect();
      await isConnected(seen);
      await app.close(4004, 'full');
      await until('disconnected', () => seen.pusher.connection.state === 'disconnected');
      expect(seen.errors).to.deep.equal([4004]);
    });

    it(`asks with an empty array over ${name} and is answered (H-04)`, async () => {
      await app.scriptNetwork(script);
      const seen = connect();
      await isConnected(seen);
      await seen.pusher.connection.ping();
      expect((await app.records()).received).to.deep.equal([]);
      // The question, and over streaming the answer to the heartbeat that was the answer; and no more than that.
      const expected = name === 'streaming' ? 2 : 1;
      await until('every empty array', async () => (await emptyArrays()) >= expected);
      await seen.pusher.subscribe('prices').whenSubscribed();
      expect(await emptyArrays()).to.equal(expected);
    });
  }

  it('answers a heartbeat of the server over streaming, once (H-04)', async () => {
    await app.scriptNetwork({ webSocket: 'refuse' });
    const seen = connect();
    await isConnected(seen);
    await app.actOnSessions({ type: 'beat' });
    await until('the answer', async () => (await emptyArrays()) > 0);
    await seen.pusher.subscribe('prices').whenSubscribed();
    expect(await emptyArrays()).to.equal(1);
  });

  it('begins a new stream after 256 KB, and goes on with its session (H-04)', async () => {
    await app.scriptNetwork({ webSocket: 'refuse' });
    const seen = connect();
    const channel = await seen.pusher.subscribe('prices').whenSubscribed();
    const sizes: number[] = [];
    channel.bind('big', (data: string) => sizes.push(data.length));
    await app.publish({ channels: 'prices', event: 'big', data: 'x'.repeat(270_000) });
    await until(
      'a second stream',
      async () =>
        (await app.carrierRecords()).filter(({ carrier }) => carrier === 'xhr_streaming').length >= 2,
    );
    await seen.pusher.connection.ping();
    await app.publish({ channels: 'prices', event: 'big', data: 'y' });
    await until('both events', () => sizes.length === 2);
    expect(sizes).to.deep.equal([270_000, 1]);
    expect(seen.errors).to.deep.equal([]);
    expect((await app.records()).upgrades.filter(({ url }) => url.startsWith('http'))).to.have.length(1);
  });

  it('does not go on at a foreign host that the server names (H-04)', async () => {
    await app.scriptNetwork({ webSocket: 'refuse', sessionHost: 'localhost' });
    const seen = connect();
    await seen.pusher.subscribe('prices').whenSubscribed();
    expect(new Set((await app.carrierRecords()).map(({ host }) => host))).to.deep.equal(
      new Set([`${app.host}:${app.port}`]),
    );
  });

  it('returns to the WebSocket as soon as it works, with one gap and no error', async () => {
    await app.scriptNetwork({ webSocket: 'refuse' });
    const seen = connect();
    const channel = await seen.pusher.subscribe('prices').whenSubscribed();
    await app.scriptNetwork({ webSocket: 'forward' });
    await until('the move', () => seen.gaps.length === 1);
    await channel.whenSubscribed();
    const { upgrades } = await app.records();
    expect(upgrades.map(({ url }) => url.slice(0, url.indexOf(':')))).to.deep.equal(['http', 'ws']);
    expect(seen.states).to.deep.equal(['connecting', 'connected', 'connecting', 'connected']);
    expect(seen.errors).to.deep.equal([]);
    expect(seen.reasons).to.deep.equal(['A WebSocket works again.']);
    const received: unknown[] = [];
    channel.bind('tick', (data: unknown) => received.push(data));
    await app.publish({ channels: 'prices', event: 'tick', data: 1 });
    await until('an event', () => received.length === 1);
  });

  it('has no effect on a connection whose WebSocket works', async () => {
    const seen = connect();
    await isConnected(seen);
    expect(carriers(await app.carrierRecords())).to.deep.equal(['websocket']);
  });

  it('asks no host that the page has not named: with a WebSocket host alone there is none (H-05, S-06)', async () => {
    removeWebSocket();
    const seen = connect({ httpHost: undefined });
    await until('failed', () => seen.pusher.connection.state === 'failed');
    expect(seen.states).to.deep.equal(['failed']);
    expect(await app.carrierRecords()).to.deep.equal([]);
  });

  it('is left where the transports that may be used are named (O-18)', async () => {
    removeWebSocket();
    const seen = connect({ enabledTransports: ['ws', 'xhr_polling'], disableFlash: true });
    await isConnected(seen);
    expect(carriers(await app.carrierRecords())).to.deep.equal(['xhr']);
    expect((await app.carrierRecords()).filter(({ query }) => query.includes('flash'))).to.deep.equal([]);
  });

  it('says what is the matter where nothing works, and goes on trying', async () => {
    await app.scriptNetwork({ webSocket: 'refuse', http: 'refuse' });
    const seen = connect();
    await until('two attempts', () => seen.reasons.length >= 2);
    expect(seen.errors[0]).to.equal(1006);
    await app.scriptNetwork({ http: 'forward' });
    await isConnected(seen);
  });
});
