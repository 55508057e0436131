/** An answer to an older attempt changes nothing, even over a transport that does not keep its word (design.md §5). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pusher } from '../../../src/index.js';
import type { Transport, TransportFactory, TransportHandlers } from '../../../src/index.js';
import { FakeClock } from '../../../src/testing/index.js';
import { FakeNetwork, watch } from '../support.js';

/** A transport that goes on talking after it was closed, and lets the test talk for it. */
class RudeTransport implements Transport {
  readonly url: string;
  readonly sent: string[] = [];
  isClosed = false;
  #handlers: TransportHandlers | undefined;

  constructor(url: string) {
    this.url = url;
  }

  open(handlers: TransportHandlers): void {
    this.#handlers = handlers;
  }

  send(text: string): boolean {
    this.sent.push(text);
    return !this.isClosed;
  }

  close(): void {
    this.isClosed = true;
  }

  establish(socketId: string): void {
    this.#handlers?.opened();
    this.say({ event: 'pusher:connection_established', data: { socket_id: socketId } });
  }

  say(frame: unknown): void {
    this.#handlers?.data(JSON.stringify(frame));
  }

  end(code: number): void {
    this.#handlers?.closed({ code, reason: '', wasClean: false });
  }
}

function setUp(): {
  clock: FakeClock;
  pusher: Pusher;
  sockets: RudeTransport[];
  seen: ReturnType<typeof watch>;
} {
  const clock = new FakeClock();
  clock.useRandom(0.5);
  const sockets: RudeTransport[] = [];
  const transport: TransportFactory = {
    isSupported: () => true,
    create: (url) => {
      const socket = new RudeTransport(url);
      sockets.push(socket);
      return socket;
    },
  };
  const pusher = new Pusher('app-key', { clock, transport, network: new FakeNetwork() });
  return { clock, pusher, sockets, seen: watch(pusher) };
}

describe('an older socket', () => {
  it('that speaks late is not heard', async () => {
    const { clock, pusher, sockets, seen } = setUp();
    await clock.advance(0);
    const first = sockets[0]!;
    await clock.advance(10_000); // given up
    await clock.advance(1000);
    const second = sockets[1]!;
    assert.ok(first.isClosed);
    first.establish('1.1');
    assert.equal(pusher.connection.state, 'connecting');
    second.establish('2.2');
    assert.equal(pusher.connection.socket_id, '2.2');

    const events = seen.events.length;
    first.establish('1.1');
    first.say({ event: 'pusher:error', data: { code: 4004, message: 'late' } });
    first.say('late garbage');
    first.end(4001);
    first.end(1006);
    assert.equal(pusher.connection.state, 'connected');
    assert.equal(pusher.connection.socket_id, '2.2');
    assert.equal(seen.events.length, events, 'nobody is told anything');
  });

  it('does not confirm a subscription of the present one', async () => {
    const { clock, pusher, sockets } = setUp();
    const channel = pusher.subscribe('prices');
    let ticks = 0;
    channel.bind('tick', () => (ticks += 1));
    await clock.advance(0);
    const first = sockets[0]!;
    first.establish('1.1');
    first.end(1006);
    await clock.advance(500);
    sockets[1]!.establish('2.2');
    first.say({ event: 'pusher_internal:subscription_succeeded', channel: 'prices', data: '{}' });
    first.say({ event: 'tick', channel: 'prices', data: '{}' });
    assert.equal(channel.state, 'subscribing');
    assert.equal(ticks, 0);
  });

  it('is not heard while the next attempt is waited for', async () => {
    const { clock, pusher, sockets, seen } = setUp();
    const channel = pusher.subscribe('prices');
    let ticks = 0;
    channel.bind('tick', () => (ticks += 1));
    await clock.advance(0);
    const first = sockets[0]!;
    first.establish('1.1');
    first.end(1006);
    assert.equal(pusher.connection.state, 'connecting');
    const events = seen.events.length;
    first.say({ event: 'tick', channel: 'prices', data: '{}' });
    first.say({ event: 'pusher_internal:subscription_succeeded', channel: 'prices', data: '{}' });
    first.establish('1.1');
    first.say('garbage');
    first.end(1006);
    assert.equal(ticks, 0);
    assert.equal(channel.subscribed, false);
    assert.equal(pusher.connection.state, 'connecting');
    assert.equal(seen.events.length, events);
  });

  it('is not heard after disconnect()', async () => {
    const { clock, pusher, sockets, seen } = setUp();
    await clock.advance(0);
    const first = sockets[0]!;
    first.establish('1.1');
    pusher.disconnect();
    const events = seen.events.length;
    first.say({ event: 'pusher:ping', data: {} });
    first.establish('1.1');
    first.end(1006);
    await clock.advance(60_000);
    assert.equal(pusher.connection.state, 'disconnected');
    assert.equal(seen.events.length, events);
    assert.equal(sockets.length, 1);
    assert.deepEqual(first.sent, []);
  });

  it('does not answer the ping of the present one', async () => {
    const { clock, sockets } = setUp();
    await clock.advance(0);
    const first = sockets[0]!;
    first.establish('1.1');
    first.end(1006);
    await clock.advance(500);
    const second = sockets[1]!;
    second.establish('2.2');
    await clock.advance(120_000);
    assert.deepEqual(second.sent, ['{"event":"pusher:ping","data":{}}']);
    first.say({ event: 'pusher:pong', data: {} });
    await clock.advance(30_000);
    assert.ok(second.isClosed, 'the silence of the present one is noticed');
  });
});

describe('a transport that fails in an unusual way', () => {
  it('by throwing when it is made or opened, is a failed attempt', async () => {
    for (const where of ['create', 'open'] as const) {
      const clock = new FakeClock();
      clock.useRandom(0.5);
      let attempts = 0;
      const fail = (): never => {
        throw new TypeError('The address is refused');
      };
      const transport: TransportFactory = {
        isSupported: () => true,
        create: (url) => {
          attempts += 1;
          if (where === 'create') fail();
          return Object.assign(new RudeTransport(url), { open: fail });
        },
      };
      const pusher = new Pusher('app-key', { clock, transport, network: new FakeNetwork() });
      const { errors, delays } = watch(pusher);
      await clock.advance(0);
      assert.equal(attempts, 1);
      assert.equal(errors[0]?.message, 'The address is refused');
      assert.deepEqual(delays, [0.5]);
      await clock.advance(500);
      assert.equal(attempts, 2, where);
      pusher.dispose();
      assert.equal(clock.pendingTimers, 0);
    }
  });

  it('by failing before open() has returned, is a failed attempt', async () => {
    const clock = new FakeClock();
    clock.useRandom(0.5);
    let attempts = 0;
    const transport: TransportFactory = {
      isSupported: () => true,
      create: (url) => {
        attempts += 1;
        const socket = new RudeTransport(url);
        return Object.assign(socket, {
          open: (handlers: TransportHandlers) => {
            handlers.closed({ code: 1006, reason: '', wasClean: false });
          },
        });
      },
    };
    const pusher = new Pusher('app-key', { clock, transport, network: new FakeNetwork() });
    const { states } = watch(pusher);
    await clock.advance(0);
    assert.deepEqual(states, ['connecting']);
    await clock.advance(500);
    assert.equal(attempts, 2);
    pusher.dispose();
  });
});
