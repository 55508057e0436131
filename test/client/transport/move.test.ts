/**
 * A connection over HTTP that moves to a WebSocket, seen from the application: the real machine, on two
 * networks in memory, one for each way (issue 3, item 4: return to WebSocket as soon as it works).
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pusher } from '../../../src/index.js';
import type { PusherOptions, Transport, TransportFactory } from '../../../src/index.js';
import { isWelcome } from '../../../src/protocol/codec.js';
import { createInMemoryTransport, FakeClock, ProtocolServer } from '../../../src/testing/index.js';
import type { InMemoryTransportFactory } from '../../../src/testing/index.js';
import { RaceMemory } from '../../../src/transport/race-memory.js';
import { createRacingTransport } from '../../../src/transport/racing-transport.js';
import { Race } from '../../../src/transport/race.js';
import { watch } from '../support.js';

interface Rig extends ReturnType<typeof watch> {
  readonly clock: FakeClock;
  readonly server: ProtocolServer;
  readonly pusher: Pusher;
  readonly webSockets: InMemoryTransportFactory;
  readonly http: InMemoryTransportFactory;
}

/** A client that is connected over HTTP, because no WebSocket comes through yet. */
async function overHttp(options: PusherOptions = {}): Promise<Rig> {
  const clock = new FakeClock();
  clock.useRandom(0.5);
  const server = new ProtocolServer({ clock, apps: [{ key: 'app-key' }] });
  const webSockets = createInMemoryTransport(server);
  const http = createInMemoryTransport(server);
  const memory = new RaceMemory();
  const transport: TransportFactory = {
    isSupported: () => true,
    create: (url): Transport =>
      memory.take(url) ??
      createRacingTransport({
        clock,
        memory,
        url,
        httpUrl: url,
        plan: [
          { name: 'ws', startAfter: 0 },
          { name: 'xhr_streaming', startAfter: 2000 },
        ],
        createWebSocket: () => webSockets.create(url),
        loadFallback: () => Promise.resolve({ createHttpTransport: () => http.create(url), Race }),
        connectTimeout: 10_000,
        canMove: () => pusher.reconnectAutomatically,
        isWelcome,
        note: () => undefined,
      }),
  };
  webSockets.goOffline();
  const pusher = new Pusher('app-key', { clock, transport, ...options });
  const seen = watch(pusher);
  await clock.advance(0);
  assert.equal(pusher.connection.state, 'connected', 'the rig is connected');
  assert.deepEqual([webSockets.openCount, http.openCount], [0, 1], 'over HTTP');
  return { ...seen, clock, server, pusher, webSockets, http };
}

describe('a move to a WebSocket', () => {
  it('is at once, without an error, without an announcement, and with one gap', async () => {
    const rig = await overHttp();
    const channel = rig.pusher.subscribe('prices');
    await rig.clock.advance(1000);
    const first = rig.pusher.connection.socket_id;
    rig.webSockets.goOnline();
    const begin = rig.clock.now();
    await rig.clock.advance(10_000);
    assert.deepEqual([rig.webSockets.openCount, rig.http.openCount], [1, 0]);
    assert.deepEqual(rig.states, ['connecting', 'connected', 'connecting', 'connected']);
    assert.deepEqual([rig.errors, rig.delays], [[], []]);
    assert.deepEqual(
      rig.gaps.map(({ from, duration, reason }) => [from - begin < 10_000, duration, reason]),
      [[true, 0, 'A WebSocket works again.']],
    );
    assert.deepEqual(
      rig.losses.map(({ code, wasClean, isFatal, isIntentional, error }) => [
        code,
        wasClean,
        isFatal,
        isIntentional,
        error,
      ]),
      [[undefined, true, false, false, undefined]],
    );
    assert.notEqual(rig.pusher.connection.socket_id, first);
    assert.equal(channel.subscribed, true);
    assert.equal(
      rig.server.app().record.upgrades.length,
      2,
      'the WebSocket that was found is the one that is used',
    );
  });

  it('keeps to the WebSocket from then on, and looks for nothing', async () => {
    const rig = await overHttp();
    rig.webSockets.goOnline();
    await rig.clock.advance(600_000);
    assert.equal(rig.server.app().record.upgrades.length, 2);
    assert.deepEqual([rig.webSockets.openCount, rig.http.openCount], [1, 0]);
  });

  it('ignores a reconnect delay: nothing was lost', async () => {
    const rig = await overHttp({ reconnectDelay: 5000 });
    rig.webSockets.goOnline();
    await rig.clock.advance(10_000);
    assert.deepEqual([rig.pusher.connection.state, rig.delays], ['connected', []]);
  });

  it('is not made where automatic reconnection is off, because it would be the end', async () => {
    const rig = await overHttp({ reconnectAutomatically: false });
    rig.webSockets.goOnline();
    await rig.clock.advance(600_000);
    assert.deepEqual(rig.states, ['connecting', 'connected']);
    assert.equal(rig.http.openCount, 1);
    rig.pusher.dispose();
  });

  it('leaves no socket behind where the application disconnects when it hears of it', async () => {
    const rig = await overHttp();
    rig.pusher.connection.bind('lost', () => {
      rig.pusher.disconnect();
    });
    rig.webSockets.goOnline();
    await rig.clock.advance(20_000);
    assert.equal(rig.pusher.connection.state, 'disconnected');
    assert.deepEqual([rig.webSockets.openCount, rig.http.openCount, rig.clock.pendingTimers], [0, 0, 0]);
  });

  it('asks the hooks, as any reconnection does, and a veto leaves nothing behind', async () => {
    let isAllowed = true;
    const plans: (readonly [number, string])[] = [];
    const rig = await overHttp({
      beforeReconnect: ({ delay, strategy }) => {
        plans.push([delay, strategy]);
        return isAllowed;
      },
    });
    isAllowed = false;
    rig.webSockets.goOnline();
    await rig.clock.advance(20_000);
    assert.deepEqual([plans, rig.pusher.connection.state], [[[0, 'immediate']], 'disconnected']);
    assert.deepEqual([rig.webSockets.openCount, rig.http.openCount, rig.clock.pendingTimers], [0, 0, 0]);
  });

  it('is over when the client is disposed of while it looks', async () => {
    const rig = await overHttp();
    await rig.clock.advance(10_000);
    rig.pusher.dispose();
    await rig.clock.advance(0);
    assert.equal(rig.clock.pendingTimers, 0);
  });
});
