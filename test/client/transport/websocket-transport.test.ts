import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { createWebSocketTransport, Pusher } from '../../../src/index.js';
import type { TransportClose, TransportHandlers } from '../../../src/index.js';
import { FakeClock } from '../../../src/testing/index.js';

/** As much of a WebSocket as the transport may use. */
class FakeSocket {
  static all: FakeSocket[] = [];
  readonly url: string;
  readyState = 0;
  readonly sent: string[] = [];
  closed: unknown[][] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: TransportClose) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(url: string) {
    if (url.includes('refused')) throw new SyntaxError('The address is refused');
    this.url = url;
    FakeSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(...args: unknown[]): void {
    this.closed.push(args);
    this.readyState = 2;
  }
}

function opened(): { socket: FakeSocket; journal: unknown[][]; transport: ReturnType<typeof make> } {
  const journal: unknown[][] = [];
  const transport = make();
  const handlers: TransportHandlers = {
    opened: () => journal.push(['opened']),
    data: (frame) => journal.push(['data', frame]),
    closed: (close) => journal.push(['closed', close]),
  };
  transport.open(handlers);
  return { socket: FakeSocket.all.at(-1)!, journal, transport };
}

const make = () => createWebSocketTransport(FakeSocket).create('wss://example.test/app/key');

/** Replaces the environment's class until the test ends; undefined takes it away. */
function stubWebSocket(t: TestContext, value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
  Object.defineProperty(globalThis, 'WebSocket', { value, configurable: true, writable: true });
  t.after(() => {
    if (before) Object.defineProperty(globalThis, 'WebSocket', before);
    else Reflect.deleteProperty(globalThis, 'WebSocket');
  });
}

describe('the WebSocket transport', () => {
  it('opens the address when it is told to, and tells what happens', () => {
    const { socket, journal } = opened();
    assert.equal(socket.url, 'wss://example.test/app/key');
    socket.onopen?.();
    socket.onmessage?.({ data: 'text' });
    const bytes = new ArrayBuffer(2);
    socket.onmessage?.({ data: bytes });
    socket.onclose?.({ code: 4004, reason: 'Over quota', wasClean: true });
    assert.deepEqual(journal, [
      ['opened'],
      ['data', 'text'],
      ['data', bytes],
      ['closed', { code: 4004, reason: 'Over quota', wasClean: true }],
    ]);
  });

  it('does not open before it is told to', () => {
    const { length } = FakeSocket.all;
    make();
    assert.equal(FakeSocket.all.length, length);
  });

  it('sends only while the socket is open', () => {
    const { socket, transport } = opened();
    assert.equal(transport.send('early'), false);
    socket.readyState = 1;
    assert.equal(transport.send('now'), true);
    socket.readyState = 2;
    assert.equal(transport.send('late'), false);
    assert.deepEqual(socket.sent, ['now']);
  });

  it('closes without a code, detaches, and hears nothing afterwards', () => {
    // protocol.md §4: a dead socket is abandoned, not waited for
    const { socket, journal, transport } = opened();
    socket.onopen?.();
    const { onmessage, onclose } = socket;
    transport.close();
    transport.close();
    assert.deepEqual(socket.closed, [[]]);
    assert.deepEqual([socket.onopen, socket.onmessage, socket.onclose], [null, null, null]);
    assert.equal(typeof socket.onerror, 'function', 'an error must not be thrown by those who throw them');
    socket.onerror?.();
    assert.ok(onmessage && onclose);
    assert.deepEqual(journal, [['opened']]);
    assert.equal(transport.send('late'), false);
  });

  it('lets out what the environment throws at a wrong address', () => {
    const transport = createWebSocketTransport(FakeSocket).create('wss://refused.test');
    assert.throws(() => {
      transport.open({ opened: () => undefined, data: () => undefined, closed: () => undefined });
    }, SyntaxError);
  });

  it('does not report an error beside the close that follows it', () => {
    const { socket, journal } = opened();
    socket.onerror?.();
    socket.onclose?.({ code: 1006, reason: '', wasClean: false });
    assert.equal(journal.length, 1);
  });
});

describe('the class of the environment', () => {
  it('is looked up when it is used, not when the module is loaded', (t) => {
    const factory = createWebSocketTransport();
    stubWebSocket(t, undefined);
    assert.equal(factory.isSupported(), false);
    stubWebSocket(t, FakeSocket);
    assert.equal(factory.isSupported(), true);
    factory.create('wss://example.test/late').open({
      opened: () => undefined,
      data: () => undefined,
      closed: () => undefined,
    });
    assert.equal(FakeSocket.all.at(-1)?.url, 'wss://example.test/late');
  });

  it('that is not there makes a client that has nothing else fail without an attempt', async (t) => {
    // S-06, S-12
    stubWebSocket(t, undefined);
    const clock = new FakeClock();
    const pusher = new Pusher('app-key', { clock, transport: createWebSocketTransport() });
    const states: string[] = [];
    pusher.connection.bind('state_change', ({ previous, current }) => states.push(previous, current));
    await clock.advance(60_000);
    assert.deepEqual(states, ['initialized', 'failed']);
    assert.equal(clock.pendingTimers, 0);
  });
});
