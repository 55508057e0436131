/**
 * The timing rows of the seed, each once with the real defaults and in real time, over real sockets. All run
 * at the same time, so that the suite takes as long as its longest row, about 85 seconds.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { createWebSocketTransport, defaultReconnectDelay, Pusher } from '../../src/index.js';
import type { ConnectionState, PusherOptions } from '../../src/index.js';
import type { ServerApp } from '../../src/testing/index.js';
import { ChannelsServer } from '../server/channels-server.js';
import { LagMeter } from './lag-meter.js';
import { untilWithin } from '../until.js';

const until = untilWithin(180_000);

const server = new ChannelsServer();
await server.listen();
const lags = new LagMeter();
const clients: Pusher[] = [];

after(async () => {
  for (const client of clients) client.dispose();
  lags.stop();
  await server.close();
});

/** A state and when it began. */
interface Entry {
  readonly state: ConnectionState;
  readonly at: number;
}

/** A client with nothing set but where the server is, and what it did when. */
function createClient(key: string, options: PusherOptions = {}) {
  const pusher = new Pusher(key, {
    wsHost: server.host,
    wsPort: server.port,
    // Without a certificate there is no encrypted port to alternate with; both ports speak plain bytes.
    wssPort: server.port,
    encrypted: false,
    transport: plainTransport,
    ...options,
  });
  clients.push(pusher);
  const entries: Entry[] = [];
  const announced: { readonly seconds: number; readonly at: number }[] = [];
  const { connection } = pusher;
  connection.bind('state_change', ({ current }) => entries.push({ state: current, at: Date.now() }));
  connection.bind('connecting_in', (seconds) => announced.push({ seconds, at: Date.now() }));
  return { pusher, connection, entries, announced };
}

const sockets = createWebSocketTransport(WebSocket);
const plainTransport: PusherOptions['transport'] = {
  isSupported: () => sockets.isSupported(),
  create: (url) => sockets.create(url.replace(/^wss:/, 'ws:')),
};

/** When the server was asked for a connection. */
const attempts = (app: ServerApp): number[] => app.record.upgrades.map(({ at }) => at);

/** When the state was entered for the first time after `since`. */
function entered(entries: readonly Entry[], state: ConnectionState, since: number = 0): number {
  const entry = entries.find((candidate) => candidate.state === state && candidate.at >= since);
  assert.ok(entry, `${state} was never entered`);
  return entry.at;
}

/** Checks a span of time, in milliseconds; a stall of the machine widens the tolerance by its length. */
function assertSpan(from: number, to: number, expected: number, tolerance: number, what: string): void {
  const allowed = tolerance + lags.between(from, to);
  const span = to - from;
  assert.ok(
    Math.abs(span - expected) <= allowed,
    `${what}: ${String(span)} ms, and not ${String(expected)} ± ${String(allowed)} ms`,
  );
}

describe('with real defaults and in real time', { concurrency: true }, () => {
  it('is unavailable 30 s after a loss, tries every 10 s from then on, and goes straight to connected (T-01 to T-04, S-10, S-11)', async () => {
    const app = server.core.addApp({ key: 'outage' });
    const { connection, entries, announced } = createClient('outage');
    await until('connected', () => connection.state === 'connected');

    app.stop();
    await until('unavailable', () => connection.state === 'unavailable');
    const lost = entered(entries, 'connecting', entered(entries, 'connected'));
    const unavailable = entered(entries, 'unavailable');
    assertSpan(lost, unavailable, 30_000, 2000, 'from connecting to unavailable');
    assert.ok(attempts(app).length >= 3, 'it has tried all the while, and that did not restart the 30 s');

    const sinceUnavailable = (): number[] => attempts(app).filter((at) => at >= unavailable);
    await until('five attempts', () => sinceUnavailable().length >= 5);
    const [first = 0, ...later] = sinceUnavailable();
    let previous = first;
    for (const at of later) {
      assertSpan(previous, at, 10_000, 500, 'between two attempts');
      previous = at;
    }
    assert.deepStrictEqual(
      announced.filter(({ at }) => at >= first && at < previous).map(({ seconds }) => seconds),
      later.map(() => 10),
      'ten seconds are announced before each',
    );

    app.start();
    await until('connected again', () => connection.state === 'connected');
    assert.deepStrictEqual(
      entries.map(({ state }) => state),
      ['connecting', 'connected', 'connecting', 'unavailable', 'connected'],
    );
  });

  it('is unavailable after 30 s also when every attempt is accepted and closed at once (T-05)', async () => {
    const app = server.core.addApp({ key: 'revolving-door' });
    app.script({ handshake: { type: 'close', code: 4100 } });
    const { connection, entries } = createClient('revolving-door');
    await until('unavailable', () => connection.state === 'unavailable');
    const began = entered(entries, 'connecting');
    assertSpan(began, entered(entries, 'unavailable'), 30_000, 2000, 'from connecting to unavailable');
    assert.ok(attempts(app).length >= 3, 'several attempts were made');
    connection.disconnect();
  });

  it('gives up an attempt that is not answered after 10 s, and goes on (T-08)', async () => {
    const app = server.core.addApp({ key: 'silence' });
    app.scriptNext({ handshake: { type: 'silent' } });
    app.scriptNext({ handshake: { type: 'hang' } });
    const { connection } = createClient('silence');
    const givenUp: number[] = [];
    connection.bind('lost', () => givenUp.push(Date.now()));
    await until('connected', () => connection.state === 'connected');
    const [first = 0, second = 0, third] = attempts(app);
    assertSpan(first, givenUp[0] ?? 0, 10_000, 500, 'the attempt that got no handshake');
    assertSpan(second, givenUp[1] ?? 0, 10_000, 500, 'the attempt whose upgrade was never answered');
    assert.ok(third !== undefined, 'a third attempt was made');
  });

  it('waits 5 s for the next attempt when a delay is asked for without a number (P-08, T-06)', async () => {
    const app = server.core.addApp({ key: 'delay' });
    assert.strictEqual(defaultReconnectDelay, 5000);
    const { connection, announced } = createClient('delay', { reconnectDelay: Number.NaN });
    await until('connected', () => connection.state === 'connected');
    app.scriptNext({ handshake: { type: 'refuse' } });
    app.connection()?.drop();
    await until('connected again', () => attempts(app).length === 3 && connection.state === 'connected');
    const [, second = 0, third = 0] = attempts(app);
    const lost = app.record.closes[0]?.at ?? 0;
    assertSpan(lost, second, 5000, 500, 'from the loss to the attempt');
    assertSpan(second, third, 5000, 500, 'from the failed attempt to the next');
    assert.deepStrictEqual(
      announced.map(({ seconds }) => seconds),
      [5, 5],
    );
  });

  it('comes back within about a second from a short loss, when nothing is set', async () => {
    const app = server.core.addApp({ key: 'blink' });
    const { connection, entries } = createClient('blink');
    await until('connected', () => connection.state === 'connected');
    app.connection()?.drop();
    await until('connected again', () => entries.length === 4);
    const lost = app.record.closes[0]?.at ?? 0;
    assertSpan(lost, attempts(app)[1] ?? 0, 500, 600, 'from the loss to the attempt: 0 to 1 s, at random');
  });
});
