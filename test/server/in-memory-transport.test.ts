import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import {
  createInMemoryTransport,
  FakeClock,
  ProtocolServer,
  type InMemoryTransportFactory,
} from '../../src/testing/index.js';
import type { Transport } from '../../src/transport/transport.js';

const address = 'ws://anywhere.invalid:80/app/kit-key?protocol=7';

let clock: FakeClock;
let server: ProtocolServer;
let factory: InMemoryTransportFactory;

/** What the handlers of one transport were told, in order. */
interface Told {
  readonly transport: Transport;
  readonly story: string[];
}

function open(url: string = address): Told {
  const story: string[] = [];
  const transport = factory.create(url);
  transport.open({
    opened: () => story.push('opened'),
    data: (frame) =>
      story.push(
        frame instanceof Uint8Array ? 'bytes' : (JSON.parse(String(frame)) as { event: string }).event,
      ),
    closed: ({ code, reason, wasClean }) => story.push(`closed ${code} ${reason} ${String(wasClean)}`),
  });
  return { transport, story };
}

async function connect(): Promise<Told> {
  const told = open();
  await clock.advance(0);
  told.story.length = 0;
  return told;
}

beforeEach(() => {
  clock = new FakeClock();
  server = new ProtocolServer({ clock, apps: [{ key: 'kit-key' }] });
  factory = createInMemoryTransport(server);
});

describe('the in-memory transport', () => {
  it('tells nothing before open() has returned, then opens and delivers, without a timer of its own', async () => {
    server.app().configure({ pingAfter: null });
    const { story } = open();
    assert.deepEqual(story, []);
    await clock.advance(0);
    assert.deepEqual(story, ['opened', 'pusher:connection_established']);
    assert.equal(clock.pendingTimers, 0);
  });

  it('never delivers inside the call that causes it, and keeps the order', async () => {
    const { transport, story } = await connect();
    assert.equal(transport.send('{"event":"pusher:ping"}'), true);
    assert.equal(transport.send('{"event":"pusher:subscribe","data":{"channel":"prices"}}'), true);
    assert.equal(server.app().record.received.length, 0);
    await clock.advance(0);
    assert.deepEqual(story, ['pusher:pong', 'pusher_internal:subscription_succeeded']);
  });

  it('delivers in microtasks, so that a promise is all it takes', async () => {
    const { story } = open();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    assert.deepEqual(story, ['opened', 'pusher:connection_established']);
  });

  it('delivers binary frames as bytes', async () => {
    const { story } = await connect();
    server.app().connection()?.sendFaulty('binary');
    await clock.advance(0);
    assert.deepEqual(story, ['bytes']);
  });

  it('sends nothing before it is open and after it is closed', async () => {
    const transport = factory.create(address);
    assert.equal(transport.send('{}'), false);
    const told = await connect();
    told.transport.close();
    assert.equal(told.transport.send('{}'), false);
  });

  it('throws when it is opened twice', async () => {
    const { transport } = await connect();
    assert.throws(() => {
      transport.open({ opened() {}, data() {}, closed() {} });
    });
  });

  it('tells the close code and the reason of the server, after the frames that came before', async () => {
    const { story } = await connect();
    const connection = server.app().connection();
    connection?.ping();
    connection?.close(4200, 'restart');
    await clock.advance(0);
    assert.deepEqual(story, ['pusher:ping', 'closed 4200 restart true']);
  });

  it('rejects as the server does: the frame, then the code', async () => {
    const { story } = open('ws://anywhere.invalid/app/nobody?protocol=7');
    await clock.advance(0);
    assert.deepEqual(story, ['opened', 'pusher:error', 'closed 4001 Could not find app by key nobody true']);
  });

  it('ends with 1006 when the connection is dropped', async () => {
    const { story } = await connect();
    server.app().connection()?.drop();
    await clock.advance(0);
    assert.deepEqual(story, ['closed 1006  false']);
  });

  it('fails with 1006 and never opens when it is refused, and while the app is stopped', async () => {
    server.app().scriptNext({ handshake: { type: 'refuse' } });
    const refused = open();
    await clock.advance(0);
    server.app().stop();
    const stopped = open();
    await clock.advance(0);
    server.app().start();
    const started = open();
    await clock.advance(0);
    assert.deepEqual(refused.story, ['closed 1006  false']);
    assert.deepEqual(stopped.story, ['closed 1006  false']);
    assert.deepEqual(started.story, ['opened', 'pusher:connection_established']);
    assert.deepEqual(
      server.app().record.upgrades.map(({ outcome }) => outcome),
      ['refused', 'refused', 'answered'],
    );
  });

  it('hears nothing at all when the upgrade hangs', async () => {
    server.app().scriptNext({ handshake: { type: 'hang' } });
    const { story } = open();
    await clock.advance(1_000_000);
    assert.deepEqual(story, []);
  });

  it('detaches on close(): nothing more is told, and the server learns of it with 1005', async () => {
    const { transport, story } = await connect();
    server.publish({ channels: 'prices', event: 'tick' });
    server.app().connection()?.ping();
    transport.close();
    await clock.advance(0);
    assert.deepEqual(story, []);
    assert.deepEqual(
      server.app().record.closes.map(({ code, by }) => [code, by]),
      [[1005, 'client']],
    );
  });

  it('never reaches the server when it is closed before it was let in', async () => {
    const { transport, story } = open();
    transport.close();
    await clock.advance(0);
    assert.deepEqual(story, []);
    assert.deepEqual(server.app().record.upgrades, []);
  });

  it('counts attempts, and the transports that are open', async () => {
    assert.deepEqual([factory.attemptCount, factory.openCount], [0, 0]);
    const first = await connect();
    await connect();
    server.app().scriptNext({ handshake: { type: 'refuse' } });
    await connect();
    assert.deepEqual([factory.attemptCount, factory.openCount], [3, 2]);
    first.transport.close();
    server.app().connection()?.drop();
    await clock.advance(0);
    assert.deepEqual([factory.attemptCount, factory.openCount], [3, 0]);
  });

  it('offline: new attempts fail with 1006, open ones fall silent, and stay so when the network is back', async () => {
    const { transport, story } = await connect();
    const opening = open();
    factory.goOffline();
    const attempt = open();
    transport.send('{"event":"pusher:ping"}');
    server.app().connection()?.ping();
    await clock.advance(0);
    assert.deepEqual(attempt.story, ['closed 1006  false']);
    assert.deepEqual(opening.story, ['closed 1006  false']);
    factory.goOnline();
    transport.send('{"event":"pusher:ping"}');
    await clock.advance(0);
    assert.deepEqual(story, []);
    assert.equal(server.app().record.received.length, 0);
    const later = open();
    await clock.advance(0);
    assert.deepEqual(later.story, ['opened', 'pusher:connection_established']);
  });

  it('does not tell the server when a transport is closed offline: it has to find out by its ping', async () => {
    const { transport } = await connect();
    factory.goOffline();
    transport.close();
    await clock.advance(0);
    assert.equal(server.app().connections.length, 1);
    await clock.advance(210_000);
    assert.deepEqual(
      server.app().record.closes.map(({ code }) => code),
      [4201],
    );
  });

  it('can break every open transport at once', async () => {
    const [first, second] = [await connect(), await connect()];
    factory.dropAll();
    await clock.advance(0);
    assert.deepEqual([first.story, second.story], [['closed 1006  false'], ['closed 1006  false']]);
    assert.equal(server.app().connections.length, 0);
  });

  it('takes the latency by the clock, in each direction, in order', async () => {
    server.app().configure({ pingAfter: null });
    factory = createInMemoryTransport(server, { latency: 50 });
    const { transport, story } = open();
    await clock.advance(99);
    assert.equal(story.length, 0);
    await clock.advance(1);
    assert.deepEqual(story, ['opened', 'pusher:connection_established']);
    transport.send('{"event":"pusher:ping"}');
    await clock.advance(99);
    assert.equal(story.length, 2);
    await clock.advance(1);
    assert.equal(story.at(-1), 'pusher:pong');
  });

  it('can say that it is not supported', () => {
    assert.equal(factory.isSupported(), true);
    factory.setSupported(false);
    assert.equal(factory.isSupported(), false);
  });

  it('greets as scripted: silent, closing, failing, raw, and with the established data in every form', async () => {
    const app = server.app();
    const story = async (handshake: Parameters<typeof app.scriptNext>[0]['handshake']): Promise<string[]> => {
      app.scriptNext(handshake ? { handshake } : {});
      const told = open();
      await clock.advance(1000);
      return told.story;
    };
    assert.deepEqual(await story({ type: 'silent' }), ['opened']);
    assert.deepEqual(await story({ type: 'close', code: 4100, reason: 'full', delay: 500 }), [
      'opened',
      'closed 4100 full true',
    ]);
    assert.deepEqual(await story({ type: 'error', code: 4200 }), [
      'opened',
      'pusher:error',
      'closed 4200 Scripted error true',
    ]);
    assert.deepEqual(await story({ type: 'error', code: 4004, closeCode: null }), ['opened', 'pusher:error']);
    assert.deepEqual(await story({ type: 'error', code: null }), ['opened', 'pusher:error']);
    assert.deepEqual(await story({ type: 'error', closeCode: 4000 }), [
      'opened',
      'pusher:error',
      'closed 4000 Scripted error true',
    ]);
    assert.deepEqual(await story({ type: 'raw', text: '{"event":"tick"}' }), ['opened', 'tick']);
    await story({ type: 'accept', socketId: '1.2', activityTimeout: null, data: 'object' });
    assert.deepEqual(JSON.parse(app.record.sent.at(-1)?.text ?? ''), {
      event: 'pusher:connection_established',
      data: { socket_id: '1.2' },
    });
    await story({ type: 'accept', activityTimeout: 0.5, delay: 10 });
    assert.match(app.record.sent.at(-1)?.text ?? '', /\\"activity_timeout\\":0.5\}/);
  });
});
