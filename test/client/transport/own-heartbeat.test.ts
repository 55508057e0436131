/** A transport with a heartbeat of its own: the client asks in its way, and takes it for proof of life (H-01). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pusher } from '../../../src/index.js';
import type { TransportFactory, TransportHandlers } from '../../../src/index.js';
import { createInMemoryTransport, FakeClock, ProtocolServer } from '../../../src/testing/index.js';
import type { ServerApp } from '../../../src/testing/index.js';
import { watch } from '../support.js';

interface Rig extends ReturnType<typeof watch> {
  readonly clock: FakeClock;
  readonly app: ServerApp;
  readonly pusher: Pusher;
  /** When the client has asked for a sign of life, in seconds. */
  readonly asked: number[];
  /** The server's sign of life. */
  beat(): void;
}

async function connected(hasHeartbeat = true): Promise<Rig> {
  const clock = new FakeClock();
  const server = new ProtocolServer({ clock, apps: [{ key: 'app-key', pingAfter: null }] });
  const inner = createInMemoryTransport(server);
  const asked: number[] = [];
  const begin = clock.now();
  let handlers: TransportHandlers | undefined;
  const transport: TransportFactory = {
    isSupported: () => true,
    create: (url) => {
      const made = inner.create(url);
      return {
        open: (given) => {
          handlers = given;
          made.open(given);
        },
        send: (text) => made.send(text),
        close: () => {
          made.close();
        },
        ping: () => {
          asked.push((clock.now() - begin) / 1000);
          return hasHeartbeat;
        },
      };
    },
  };
  const pusher = new Pusher('app-key', { clock, transport });
  const seen = watch(pusher);
  await clock.advance(0);
  return { ...seen, clock, app: server.app(), pusher, asked, beat: () => handlers?.heard?.() };
}

const pings = ({ app }: Rig): number =>
  app.record.received.filter(({ event }) => event === 'pusher:ping').length;

describe('a transport’s own heartbeat', () => {
  it('is asked for instead of a pusher:ping', async () => {
    const rig = await connected();
    await rig.clock.advance(120_000);
    assert.deepEqual([rig.asked, pings(rig)], [[120], 0]);
  });

  it('is proof of life', async () => {
    const rig = await connected();
    await rig.clock.advance(130_000);
    rig.beat();
    await rig.clock.advance(110_000);
    assert.deepEqual([rig.pusher.connection.state, rig.losses, rig.asked], ['connected', [], [120]]);
  });

  it('puts the next question off, also where nobody has asked', async () => {
    const rig = await connected();
    await rig.clock.advance(100_000);
    rig.beat();
    await rig.clock.advance(119_000);
    assert.deepEqual(rig.asked, []);
    await rig.clock.advance(1000);
    assert.deepEqual(rig.asked, [220]);
  });

  it('is missed when it does not come', async () => {
    const rig = await connected();
    await rig.clock.advance(150_000);
    assert.equal(rig.losses.length, 1);
    assert.equal(rig.errors[0]?.type, 'TimeoutError');
  });

  it('measures the round trip', async () => {
    const rig = await connected();
    const latency = rig.pusher.connection.ping();
    await rig.clock.advance(40);
    rig.beat();
    assert.equal(await latency, 40);
    assert.equal(rig.pusher.connection.latency, 40);
  });

  it('is not there where the transport says so: then it is a pusher:ping', async () => {
    const rig = await connected(false);
    await rig.clock.advance(120_000);
    assert.deepEqual([rig.asked.length, pings(rig)], [1, 1]);
  });
});
