import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { browserNetwork, NetworkObserver } from '../../../src/connection/network-observer.js';
import type { NetworkSignal } from '../../../src/connection/network-observer.js';
import { connected, createRig, FakeNetwork } from '../support.js';

describe('the observer', () => {
  it('listens while it is wanted, and at most once at a time', () => {
    const network = new FakeNetwork();
    const observer = new NetworkObserver(network, () => undefined);
    assert.equal(network.listenerCount, 0);
    observer.watch(true);
    observer.watch(true);
    assert.equal(network.listenerCount, 1);
    observer.watch(false);
    observer.watch(false);
    assert.equal(network.listenerCount, 0);
    observer.watch(true);
    assert.equal(network.listenerCount, 1);
  });

  it('passes every signal on, and none once it is not wanted', () => {
    const network = new FakeNetwork();
    const seen: NetworkSignal[] = [];
    const observer = new NetworkObserver(network, (signal) => seen.push(signal));
    const signals: NetworkSignal[] = ['online', 'offline', 'probe', 'page-hidden', 'page-shown'];
    observer.watch(true);
    for (const signal of signals) network.signal(signal);
    observer.watch(false);
    network.signal('online');
    assert.deepEqual(seen, signals);
  });

  it('says what its source says', () => {
    const network = new FakeNetwork();
    const observer = new NetworkObserver(network, () => undefined);
    assert.equal(observer.isOnline, true);
    network.setOnline(false);
    assert.equal(observer.isOnline, false);
  });
});

describe('a client', () => {
  //
  it('listens to the network only while there is something to watch', async () => {
    const rig = createRig();
    assert.equal(rig.network.listenerCount, 0, 'not before it connects');
    await rig.clock.advance(0);
    assert.equal(rig.network.listenerCount, 1, 'while connected');
    rig.goOffline();
    await rig.clock.advance(20_000);
    assert.equal(rig.network.listenerCount, 1, 'while parked');
    rig.goOnline();
    await rig.clock.advance(0);
    assert.equal(rig.network.listenerCount, 1, 'after the recovery as before the loss');
    rig.pusher.disconnect();
    assert.equal(rig.network.listenerCount, 0, 'not after disconnect()');
  });

  it('does not listen once it has given up', async () => {
    const rig = await connected();
    rig.app.connection()?.close(4001);
    await rig.clock.advance(0);
    assert.equal(rig.pusher.connection.state, 'disconnected');
    assert.equal(rig.network.listenerCount, 0);
  });

  it('tells what the browser says of the network, and that it has changed', async () => {
    const rig = await connected();
    const seen: [boolean, boolean][] = [];
    const { connection } = rig.pusher;
    connection.bind('reachability', (isReachable) => seen.push([isReachable, connection.isReachable]));
    assert.equal(connection.isReachable, true);
    rig.network.signal('offline');
    rig.network.signal('online');
    rig.network.signal('probe');
    assert.deepEqual(seen, [
      [false, false],
      [true, true],
    ]);
  });

  it('knows what the browser says while it is not listening', () => {
    const rig = createRig({ connectAutomatically: false });
    rig.network.setOnline(false);
    assert.equal(rig.pusher.connection.isReachable, false);
  });
});

/** A page, as far as the client looks at one, in place of the globals until the test ends. */
function fakePage(t: TestContext): {
  page: EventTarget;
  document: EventTarget & { visibilityState: string };
} {
  const page = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const globals = {
    document,
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
    navigator: { onLine: true },
  };
  for (const [name, value] of Object.entries(globals)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    t.after(() => {
      if (before) Object.defineProperty(globalThis, name, before);
      else Reflect.deleteProperty(globalThis, name);
    });
  }
  return { page, document };
}

describe('the network of the browser', () => {
  it('gives a signal for every event that concerns the connection, and for no other', (t) => {
    const { page, document } = fakePage(t);
    const seen: NetworkSignal[] = [];
    const stop = browserNetwork.listen((signal) => seen.push(signal));
    const told = (target: EventTarget, type: string, more = {}): NetworkSignal[] => {
      seen.length = 0;
      target.dispatchEvent(Object.assign(new Event(type), more));
      return [...seen];
    };
    assert.deepEqual(told(page, 'online'), ['online']);
    assert.deepEqual(told(page, 'offline'), ['offline']);
    assert.deepEqual(told(page, 'pagehide', { persisted: true }), ['page-hidden']);
    assert.deepEqual(told(page, 'pagehide', { persisted: false }), ['page-hidden']);
    assert.deepEqual(told(page, 'pageshow', { persisted: true }), ['page-shown']);
    assert.deepEqual(
      told(page, 'pageshow', { persisted: false }),
      [],
      'the first one of a page is no return',
    );
    assert.deepEqual(told(document, 'resume'), ['probe']);
    assert.deepEqual(told(document, 'visibilitychange'), ['probe']);
    document.visibilityState = 'hidden';
    assert.deepEqual(told(document, 'visibilitychange'), []);
    stop();
    for (const type of ['online', 'offline', 'pagehide']) assert.deepEqual(told(page, type), []);
    for (const type of ['resume', 'visibilitychange']) assert.deepEqual(told(document, type), []);
  });

  it('is offline only where the browser is sure', (t) => {
    fakePage(t);
    const { navigator } = globalThis as unknown as { navigator: { onLine: unknown } };
    for (const [says, isOnline] of [
      [true, true],
      [false, false],
      [undefined, true],
    ]) {
      navigator.onLine = says;
      assert.equal(browserNetwork.isOnline(), isOnline);
    }
  });

  it('does nothing where there is no page', () => {
    assert.equal(browserNetwork.isOnline(), true);
    browserNetwork.listen(() => undefined)();
  });
});
