/** What can be changed while a client lives, and that clients do not know each other. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Pusher } from '../../src/index.js';
import { createInMemoryTransport } from '../../src/testing/index.js';
import { catchWarnings, connected, createRig, FakeNetwork, watch } from './support.js';

const hosts = (attempts: readonly { url: string }[]): string[] =>
  attempts.map(({ url }) => new URL(url).hostname);

describe('configure()', () => {
  it('takes effect from the next use of a setting', async () => {
    const rig = await connected();
    rig.pusher.configure({ pongTimeout: 1000, unavailableTimeout: 5000, unavailableRetryDelay: 2000 });
    rig.app.connection()?.drop();
    rig.app.stop();
    await rig.clock.advance(5000);
    assert.equal(rig.pusher.connection.state, 'unavailable');
    await rig.clock.advance(20_000);
    const [last, before] = [rig.attempts.at(-1), rig.attempts.at(-2)];
    assert.equal(last!.at - before!.at, 2000);
    rig.app.start();
    rig.pusher.connect();
    await rig.clock.advance(0);
    rig.app.connection()?.stall();
    await rig.clock.advance(121_000);
    assert.equal(rig.pusher.connection.state, 'connected');
    assert.equal(rig.errors.at(-1)?.type, 'TimeoutError');
  });

  it('adds up over several calls', async () => {
    const rig = createRig({ prepare: (app) => app.script({ handshake: { type: 'silent' } }) });
    rig.pusher.configure({ connectTimeout: 1000 });
    rig.pusher.configure({ unavailableTimeout: 2000 });
    await rig.clock.advance(1000);
    assert.equal(rig.errors.length, 1);
    await rig.clock.advance(1000);
    assert.equal(rig.pusher.connection.state, 'unavailable');
  });

  it('can switch reachability off for the next failure', async () => {
    const rig = await connected();
    rig.pusher.configure({ reachability: 'off' });
    rig.goOffline();
    await rig.clock.advance(20_000);
    assert.ok(rig.attempts.length > 2);
  });
});

describe('switchCluster()', () => {
  it('moves a connected client, with its channels and bindings', async () => {
    const rig = await connected({ cluster: 'eu' });
    const channel = rig.pusher.subscribe('prices');
    let ticks = 0;
    channel.bind('tick', () => (ticks += 1));
    await rig.clock.advance(0);
    rig.pusher.switchCluster({ cluster: 'us2' });
    await rig.clock.advance(0);
    assert.deepEqual(hosts(rig.attempts), ['ws-eu.pusher.com', 'ws-us2.pusher.com']);
    assert.equal(rig.pusher.channel('prices'), channel);
    assert.equal(channel.subscribed, true);
    rig.app.publish({ channels: 'prices', event: 'tick' });
    await rig.clock.advance(0);
    assert.equal(ticks, 1);
    assert.equal(rig.app.connections.length, 1, 'the old connection is closed');
  });

  it('does not connect after an explicit disconnect()', async () => {
    // reference/pusher-js.md §6.3 O
    const rig = await connected({ cluster: 'eu' });
    rig.pusher.disconnect();
    rig.pusher.switchCluster({ cluster: 'us2' });
    await rig.clock.advance(60_000);
    assert.equal(rig.pusher.connection.state, 'disconnected');
    assert.equal(rig.attempts.length, 1);
    rig.pusher.connect();
    await rig.clock.advance(0);
    assert.deepEqual(hosts(rig.attempts), ['ws-eu.pusher.com', 'ws-us2.pusher.com']);
  });

  it('does not connect what was never connected, or was refused', async () => {
    const rig = createRig({ connectAutomatically: false });
    rig.pusher.switchCluster({ cluster: 'us2' });
    await rig.clock.advance(60_000);
    assert.equal(rig.attempts.length, 0);
    const refused = createRig({ app: { maxConnections: 0 } });
    await refused.clock.advance(0);
    refused.pusher.switchCluster({ cluster: 'us2' });
    await refused.clock.advance(60_000);
    assert.equal(refused.attempts.length, 1);
  });

  it('goes to the new one with the first attempt where it is called in the same task as the constructor', async () => {
    const rig = createRig({ cluster: 'eu' });
    rig.pusher.switchCluster({ cluster: 'us2' });
    await rig.clock.advance(0);
    assert.deepEqual(hosts(rig.attempts), ['ws-us2.pusher.com']);
  });

  it('moves a client that is trying, or waiting to', async () => {
    const rig = createRig({ cluster: 'eu', prepare: (app) => app.stop() });
    await rig.clock.advance(20_000);
    rig.app.start();
    rig.pusher.switchCluster({ cluster: 'us2' });
    await rig.clock.advance(0);
    assert.equal(hosts(rig.attempts).at(-1), 'ws-us2.pusher.com');
    assert.equal(rig.pusher.connection.state, 'connected');
  });

  it('leaves a host of one’s own for the cluster', async () => {
    const rig = await connected({ wsHost: 'realtime.example.test' });
    rig.pusher.switchCluster({ cluster: 'us2' });
    await rig.clock.advance(0);
    assert.deepEqual(hosts(rig.attempts), ['realtime.example.test', 'ws-us2.pusher.com']);
  });
});

describe('two clients', () => {
  it('do not leak states, bindings or channels into each other', async () => {
    // S-15
    const one = await connected();
    const other = new Pusher('app-key', {
      clock: one.clock,
      network: new FakeNetwork(),
      transport: createInMemoryTransport(one.server),
    });
    const seen = watch(other);
    await one.clock.advance(0);
    assert.notEqual(one.pusher.connection, other.connection);
    assert.notEqual(one.pusher.connection.socket_id, other.connection.socket_id);

    let ticks = 0;
    one.pusher.subscribe('prices').bind('tick', () => (ticks += 1));
    one.pusher.bind('tick', () => (ticks += 1));
    assert.equal(other.channel('prices'), undefined);
    assert.deepEqual(other.allChannels(), []);
    other.subscribe('prices').bind('tick', () => (ticks += 100));
    await one.clock.advance(0);
    one.pusher.unsubscribe('prices');
    one.pusher.disconnect();
    await one.clock.advance(0);
    assert.equal(other.connection.state, 'connected');
    assert.deepEqual(seen.states, ['connecting', 'connected']);
    assert.equal(other.channel('prices')?.subscribed, true);
    one.app.publish({ channels: 'prices', event: 'tick' });
    await one.clock.advance(0);
    assert.equal(ticks, 100);

    one.pusher.dispose();
    one.app.publish({ channels: 'prices', event: 'tick' });
    await one.clock.advance(0);
    assert.equal(ticks, 200);
    other.dispose();
    assert.equal(one.clock.pendingTimers, 0);
  });
});

describe('a page that was loaded over https', () => {
  it('connects encrypted also where plain was asked for, with a warning', async (t) => {
    // requirements §3 row 2
    const warnings = catchWarnings(t);
    const scope = globalThis as { location?: unknown };
    scope.location = { protocol: 'https:' };
    t.after(() => {
      delete scope.location;
    });
    const rig = createRig({ forceTLS: false, prepare: (app) => app.stop() });
    await rig.clock.advance(20_000);
    assert.ok(rig.attempts.length > 3);
    assert.ok(rig.attempts.every(({ url }) => url.startsWith('wss:')));
    assert.equal(warnings.length, 1);
    rig.pusher.dispose();
    createRig().pusher.dispose();
    assert.equal(warnings.length, 1, 'there is nothing to warn of where nothing was asked for');
  });
});

describe('importing the client in plain Node', () => {
  it('touches no global and starts nothing', () => {
    // requirements §3 row 23
    const entry = new URL('../../src/index.ts', import.meta.url).href;
    const script = `
      const touched = [];
      const quiet = ['window', 'document', 'navigator', 'location', 'WebSocket', 'addEventListener', 'localStorage'];
      for (const name of quiet)
        Object.defineProperty(globalThis, name, { configurable: true, get() { touched.push(name); return undefined; } });
      for (const name of ['setTimeout', 'setInterval', 'queueMicrotask', 'fetch']) {
        const original = globalThis[name];
        globalThis[name] = (...args) => {
          if (new Error().stack.includes('/src/')) touched.push(name);
          return original(...args);
        };
      }
      const client = await import(${JSON.stringify(entry)});
      console.log(JSON.stringify({ touched, isClass: typeof client.Pusher }));
    `;
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script],
      { cwd: root, encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), { touched: [], isClass: 'function' });
  });
});
