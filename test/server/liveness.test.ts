import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock, ProtocolServer, type AppOptions } from '../../src/testing/index.js';
import { RecordingPeer } from './recording-peer.js';

function connect(options: Partial<AppOptions> = {}): {
  clock: FakeClock;
  server: ProtocolServer;
  peer: RecordingPeer;
} {
  const clock = new FakeClock();
  const app = { key: 'kit-key', activityTimeout: 120, pingAfter: 120, pongTimeout: 30, ...options };
  const server = new ProtocolServer({ clock, apps: [app] });
  const peer = RecordingPeer.connect(server);
  peer.clear();
  return { clock, server, peer };
}

describe('liveness (protocol.md §4)', () => {
  it('answers a ping with a pong', () => {
    const { peer } = connect();
    peer.say('pusher:ping', {});
    assert.deepEqual(peer.frames, [{ event: 'pusher:pong', data: {} }]);
  });

  it('pings a client that has been silent for the set time, and not before', async () => {
    const { clock, peer } = connect();
    await clock.advance(119_999);
    assert.deepEqual(peer.events, []);
    await clock.advance(1);
    assert.deepEqual(peer.frames, [{ event: 'pusher:ping', data: {} }]);
  });

  it('waits one and a half activity timeouts by default, so that the client may ping first', async () => {
    const clock = new FakeClock();
    const server = new ProtocolServer({ clock, apps: [{ key: 'kit-key', activityTimeout: 10 }] });
    const peer = RecordingPeer.connect(server);
    peer.clear();
    await clock.advance(14_999);
    assert.deepEqual(peer.events, []);
    await clock.advance(1);
    assert.deepEqual(peer.events, ['pusher:ping']);
  });

  it('counts any frame as a sign of life', async () => {
    const { clock, peer } = connect();
    await clock.advance(100_000);
    peer.say('pusher:subscribe', { channel: 'prices' });
    peer.clear();
    await clock.advance(119_999);
    assert.deepEqual(peer.events, []);
    await clock.advance(1);
    assert.deepEqual(peer.events, ['pusher:ping']);
  });

  it('closes with 4201 when its ping stays unanswered', async () => {
    const { clock, server, peer } = connect();
    await clock.advance(149_999);
    assert.equal(peer.code, undefined);
    await clock.advance(1);
    assert.equal(peer.code, 4201);
    assert.deepEqual(server.app().connections, []);
    assert.equal(clock.pendingTimers, 0);
  });

  it('takes any frame for an answer, even one that comes at the very time of the ping, and pings again later', async () => {
    const { clock, peer } = connect();
    await clock.advance(120_000);
    peer.say('pusher:pong', {});
    await clock.advance(120_000);
    assert.deepEqual(peer.events, ['pusher:ping', 'pusher:ping']);
    assert.equal(peer.code, undefined);
  });

  it('records its own ping and the time of the answer', async () => {
    const { clock, server, peer } = connect();
    const sentAt = clock.now();
    peer.connection.ping();
    const [unanswered] = server.app().record.pings;
    assert.deepEqual(unanswered, { connection: 1, sentAt, answeredAt: null });
    await clock.advance(70);
    peer.say('pusher:pong', {});
    assert.deepEqual(server.app().record.pings, [{ connection: 1, sentAt, answeredAt: sentAt + 70 }]);
  });

  it('never pings where that is switched off', async () => {
    const { clock, peer } = connect({ pingAfter: null });
    await clock.advance(1_000_000);
    assert.deepEqual(peer.events, []);
  });

  it('stops and starts pinging when that is scripted on a live connection', async () => {
    const { clock, server, peer } = connect();
    server.app().script({ pingsIdleClients: false });
    await clock.advance(200_000);
    assert.deepEqual(peer.events, []);
    server.app().script({ pingsIdleClients: true });
    await clock.advance(120_000);
    assert.deepEqual(peer.events, ['pusher:ping']);
  });

  it('ignores pings when scripted to', () => {
    const { server, peer } = connect();
    server.app().script({ ping: 'ignore' });
    peer.say('pusher:ping', {});
    assert.deepEqual(peer.events, []);
  });

  it('answers nothing and forwards nothing while stalled, keeps the connection, and records what came', async () => {
    const { clock, server, peer } = connect();
    peer.subscribe('prices');
    peer.clear();
    peer.connection.stall();
    peer.say('pusher:ping', {});
    server.publish({ channels: 'prices', event: 'tick', data: {} });
    await clock.advance(1_000_000);
    assert.deepEqual(peer.heard, []);
    assert.equal(peer.code, undefined);
    assert.equal(server.app().record.received.at(-1)?.event, 'pusher:ping');
    peer.connection.resume();
    peer.say('pusher:ping', {});
    assert.deepEqual(peer.events, ['pusher:pong']);
  });

  it('closes every connection with 4200 when it shuts down', () => {
    const { server, peer } = connect();
    server.shutDown();
    assert.equal(peer.code, 4200);
  });
});
