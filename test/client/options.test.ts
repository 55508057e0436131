/** Every option: what it may be, what it is by default, and that a wrong one says so. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pusher } from '../../src/index.js';
import type { PusherOptions } from '../../src/index.js';
import { endpointUrl } from '../../src/endpoint.js';
import { defaultReconnectDelay, resolveOptions, resolveReconnectDelay } from '../../src/options.js';
import { FakeClock } from '../../src/testing/index.js';
import { allowsWebSocket } from '../../src/transport/transport-plan.js';
import { catchWarnings, createRig, FakeNetwork, watch } from './support.js';

const url = (options: PusherOptions = {}, key = 'app-key', usesTLS = true): URL =>
  new URL(endpointUrl(resolveOptions(key, options), usesTLS));

/** The address without its query. */
const place = (options: PusherOptions, usesTLS = true): string =>
  endpointUrl(resolveOptions('app-key', options), usesTLS).split('?')[0] ?? '';

describe('the address', () => {
  it('is that of the default cluster, encrypted, on the usual ports', () => {
    // O-17, P-01, requirements §3 row 16
    assert.equal(place({}), 'wss://ws-mt1.pusher.com:443/app/app-key');
    assert.equal(place({}, false), 'ws://ws-mt1.pusher.com:80/app/app-key');
  });

  it('is that of the cluster that is named, which need not be a known one', () => {
    // O-16
    for (const cluster of ['eu', 'us2', 'mt1', 'my-own-cluster', 'AP4'])
      assert.equal(place({ cluster }), `wss://ws-${cluster}.pusher.com:443/app/app-key`);
  });

  it('is that of a host of one’s own, whatever the cluster', () => {
    assert.equal(
      place({ cluster: 'eu', wsHost: 'realtime.example.test', wsPort: 6001, wssPort: 6002 }),
      'wss://realtime.example.test:6002/app/app-key',
    );
    assert.equal(place({ wsHost: '127.0.0.1', wsPort: 6001 }, false), 'ws://127.0.0.1:6001/app/app-key');
    assert.equal(place({ wsHost: '[::1]' }, false), 'ws://[::1]:80/app/app-key');
  });

  it('has the path before /app, in whatever way it is written', () => {
    for (const wsPath of ['realtime', '/realtime', '/realtime/', '//realtime//'])
      assert.equal(place({ wsPath }), 'wss://ws-mt1.pusher.com:443/realtime/app/app-key', wsPath);
    assert.equal(place({ wsPath: '/a/b' }), 'wss://ws-mt1.pusher.com:443/a/b/app/app-key');
    for (const wsPath of ['', '/', '//', undefined])
      assert.equal(place({ wsPath }), 'wss://ws-mt1.pusher.com:443/app/app-key', String(wsPath));
  });

  it('has the key percent-encoded', () => {
    // C-02
    for (const key of ['a/b?c=d#e&f', 'ключ', 'key+1', '%41'])
      assert.equal(decodeURIComponent(url({}, key).pathname.replace('/app/', '')), key);
    assert.equal(url({}, 'a/b').pathname, '/app/a%2Fb');
  });

  it('names the protocol, and this client in a form that servers can read', () => {
    // protocol.md §1: 4006 for a malformed version
    const { searchParams } = url();
    assert.deepEqual([...searchParams.keys()], ['protocol', 'client', 'version']);
    assert.equal(searchParams.get('protocol'), '7');
    assert.equal(searchParams.get('client'), 'pusher-elements');
    assert.match(searchParams.get('version') ?? '', /^\d+\.\d+\.\d+$/);
  });

  it('has no sign of Flash, with or without disableFlash', () => {
    // O-18
    for (const disableFlash of [true, false]) assert.doesNotMatch(url({ disableFlash }).href, /flash/i);
  });
});

describe('the version', () => {
  it('is that of the package', async () => {
    const { default: manifest } = (await import('../../package.json', { with: { type: 'json' } })) as {
      default: { version: string; name: string };
    };
    assert.equal(url().searchParams.get('version'), manifest.version);
    assert.equal(url().searchParams.get('client'), manifest.name);
  });
});

describe('the defaults', () => {
  it('are those of the documents', () => {
    const options = resolveOptions('app-key', {});
    assert.equal(options.forceTLS, true);
    assert.equal(options.activityTimeout, 120_000);
    assert.equal(options.pongTimeout, 30_000);
    assert.equal(options.unavailableTimeout, 30_000); // T-01
    assert.equal(options.unavailableRetryDelay, 10_000); // T-02
    assert.equal(options.connectTimeout, 10_000);
    assert.equal(options.subscriptionTimeout, 10_000);
    assert.equal(options.stableAfter, 10_000);
    assert.equal(options.releaseDelay, 300);
    assert.equal(options.reachability, 'auto');
    assert.equal(defaultReconnectDelay, 5000); // P-08
  });

  it('stand for options that are undefined', () => {
    const names = ['cluster', 'wsHost', 'wsPort', 'wsPath', 'forceTLS', 'encrypted', 'pongTimeout'];
    const options = Object.fromEntries(names.map((name) => [name, undefined])) as PusherOptions;
    assert.deepEqual(resolveOptions('app-key', options), resolveOptions('app-key', {}));
  });

  it('reconnect, and connect, automatically', () => {
    const { pusher } = createRig();
    assert.equal(pusher.reconnectAutomatically, true);
    assert.equal(pusher.reconnectDelay, undefined);
    pusher.dispose();
  });
});

describe('encryption', () => {
  it('is on unless it is switched off, under either name, forceTLS first', () => {
    // O-01, P-01, P-02
    for (const [options, expected] of [
      [{}, true],
      [{ encrypted: true }, true],
      [{ encrypted: false }, false],
      [{ forceTLS: false }, false],
      [{ forceTLS: true, encrypted: false }, true],
      [{ forceTLS: false, encrypted: true }, false],
    ] as const)
      assert.equal(resolveOptions('app-key', options).forceTLS, expected, JSON.stringify(options));
  });
});

describe('transports', () => {
  it('allow a WebSocket unless its names are missing or denied', () => {
    for (const [options, expected] of [
      [{}, true],
      [{ enabledTransports: ['ws'] }, true],
      [{ enabledTransports: ['ws', 'wss'] }, true],
      [{ enabledTransports: ['wss'] }, true],
      [{ enabledTransports: ['xhr_streaming'] }, false],
      [{ enabledTransports: [] }, false],
      [{ disabledTransports: ['ws'] }, false],
      [{ disabledTransports: ['sockjs', 'xhr_polling'] }, true],
      [{ enabledTransports: ['ws'], disabledTransports: ['ws'] }, false],
    ] as const)
      assert.equal(allowsWebSocket(resolveOptions('app-key', options)), expected, JSON.stringify(options));
  });

  it('that are all denied end in failed, without an attempt', async () => {
    // H-05, S-06
    const clock = new FakeClock();
    const pusher = new Pusher('app-key', {
      clock,
      network: new FakeNetwork(),
      disabledTransports: ['ws', 'xhr_streaming', 'xhr_polling'],
    });
    const { states } = watch(pusher);
    await clock.advance(60_000);
    assert.deepEqual(states, ['failed']);
    assert.equal(clock.pendingTimers, 0);
  });
});

describe('the reconnect delay', () => {
  it('is any number of milliseconds, 0 included, or absent', () => {
    const warnings: string[] = [];
    for (const value of [undefined, 0, 1, 250.5, 30_000])
      assert.equal(
        resolveReconnectDelay(value, (message) => warnings.push(message)),
        value,
      );
    assert.deepEqual(warnings, []);
  });

  it('is five seconds, with a warning that shows the value, where it cannot be one', (t) => {
    // P-08, T-06, requirements §3 row 5
    for (const value of [NaN, -1, -0.001, Infinity, 'soon' as never, null as never, {} as never]) {
      const warnings: string[] = [];
      assert.equal(
        resolveReconnectDelay(value, (message) => warnings.push(message)),
        5000,
      );
      assert.equal(warnings.length, 1);
      assert.match(warnings[0] ?? '', /reconnectDelay/);
    }
    const warnings = catchWarnings(t);
    const rig = createRig({ reconnectDelay: NaN });
    assert.equal(rig.pusher.reconnectDelay, 5000);
    rig.pusher.reconnectDelay = -3;
    assert.equal(rig.pusher.reconnectDelay, 5000);
    assert.equal(warnings.length, 2);
    rig.pusher.dispose();
  });

  it('is five seconds also where it is set on the connection', (t) => {
    const warnings = catchWarnings(t);
    const rig = createRig();
    for (const value of [NaN, -1]) {
      rig.pusher.connection.reconnectDelay = value;
      assert.equal(rig.pusher.reconnectDelay, 5000);
    }
    assert.equal(warnings.length, 2);
    rig.pusher.dispose();
  });
});
