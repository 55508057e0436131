/** The waits of the HTTP fallback, once with the real defaults and in real time, over real sockets (H-02, H-03). */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { Pusher } from '../../src/index.js';
import { ChannelsServer } from '../server/channels-server.js';
import type { NetworkBehavior } from '../server/intermediary.js';
import { LagMeter } from './lag-meter.js';

// Node 20 has none; with a transport of its own a client would have no plan.
(globalThis as { WebSocket?: unknown }).WebSocket ??= WebSocket;

const server = new ChannelsServer();
await server.listen();
const lags = new LagMeter();
const clients: Pusher[] = [];

after(async () => {
  for (const client of clients) client.dispose();
  lags.stop();
  await server.close();
});

/** A client behind a bad network, and how it was connected. */
async function connect(key: string, network: Partial<NetworkBehavior>) {
  server.core.addApp({ key });
  server.intermediary.script(key, network);
  const began = Date.now();
  const pusher = new Pusher(key, {
    wsHost: server.host,
    wsPort: server.port,
    httpHost: server.host,
    httpPort: server.port,
    forceTLS: false,
  });
  clients.push(pusher);
  const errors: unknown[] = [];
  pusher.connection.bind('error', (error) => errors.push(error));
  await pusher.whenState('connected');
  const connected = Date.now();
  return { pusher, took: connected - began, late: lags.between(began, connected), errors };
}

const carriers = (key: string): string[] => [
  ...new Set(
    server.intermediary
      .records(key)
      .map(({ carrier }) => carrier)
      .filter((carrier) => carrier !== 'xhr_send'),
  ),
];

describe('with real defaults and in real time', { concurrency: true }, () => {
  it('is connected over streaming within 4 s where the upgrade is never answered (H-02)', async () => {
    const { took, late, errors } = await connect('hang', { webSocket: 'hang' });
    assert.ok(took >= 1990, `the WebSocket had its two seconds: ${String(took)} ms`);
    assert.ok(took - late < 4000, `${String(took)} ms, of which the machine was late ${String(late)} ms`);
    assert.deepEqual([carriers('hang'), errors], [['websocket', 'xhr_streaming'], []]);
  });

  it('is connected over streaming within 4 s where the upgrade is refused (H-02)', async () => {
    const { took, late, errors } = await connect('refuse', { webSocket: 'refuse' });
    assert.ok(took - late < 1900, `at once, and not after the two seconds: ${String(took)} ms`);
    assert.deepEqual([carriers('refuse'), errors], [['websocket', 'xhr_streaming'], []]);
  });

  it('is connected over polling within the first attempt where streams are held back (H-03)', async () => {
    const { took, late, errors } = await connect('hold', { webSocket: 'hang', streaming: 'hold' });
    assert.ok(took >= 5990, `streaming had its four seconds: ${String(took)} ms`);
    assert.ok(took - late < 8000, `${String(took)} ms, of which the machine was late ${String(late)} ms`);
    assert.deepEqual([carriers('hold'), errors], [['websocket', 'xhr_streaming', 'xhr'], []]);
  });

  it('returns to the WebSocket at the first look, after 8 to 12 s, with one gap and no error', async () => {
    const { pusher, errors } = await connect('return', { webSocket: 'refuse' });
    server.intermediary.script('return', { webSocket: 'forward' });
    const connected = Date.now();
    const { duration, at } = await new Promise<{ duration: number; at: number }>((resolve) => {
      pusher.connection.bind('gap', ({ duration }) => {
        resolve({ duration, at: Date.now() });
      });
    });
    const late = lags.between(connected, at);
    const wait = at - connected;
    assert.ok(wait >= 7900 && wait - late < 13_000, `${String(wait)} ms, late by ${String(late)} ms`);
    assert.ok(duration < 0.5, `a gap of ${String(duration)} s`);
    const urls = server.core.app('return').record.upgrades.map(({ url }) => url.slice(0, url.indexOf(':')));
    assert.deepEqual([urls, errors], [['http', 'ws'], []]);
  });
});
