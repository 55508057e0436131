/** Refusals, losses, nonsense on the wire, and the choice of scheme (protocol.md §2.1, §5, §6). */
import type { FaultyFrame } from '../../src/testing/index.js';
import type { Rows } from './protocol-conformance.js';
import { pause, subscribe, until } from './protocol-conformance-scene.js';

/** Nothing listens on this port of a machine that runs tests. */
const deadPort = 1;

const faults: Readonly<Record<FaultyFrame, 'reported' | 'ignored'>> = {
  garbage: 'reported',
  array: 'reported',
  'no-event': 'reported',
  binary: 'reported',
  'unknown-pusher-event': 'ignored',
  'unknown-channel': 'ignored',
  huge: 'ignored',
};

export function faultRows({ server, assert, row, rowWith }: Rows): void {
  row('is disconnected by an unknown key, hears 4001 once, and never tries again', async (scene) => {
    const actor = scene.client({ key: 'no-such-key' }, { reconnectDelay: 20 });
    await until('disconnected', () => actor.pusher.connection.state === 'disconnected');
    assert.deepStrictEqual(actor.errorCodes, [4001]);
    assert.deepStrictEqual(actor.states, ['connecting', 'disconnected']);
    assert.strictEqual(actor.pusher.connection.retryAt, undefined);
    await pause(300);
    assert.strictEqual(actor.wire.urls.length, 1);
  });

  row('is disconnected by a disabled app, hears 4003 once, and never tries again', async (scene) => {
    const actor = scene.client(await server.app('disabled'), { reconnectDelay: 20 });
    await until('disconnected', () => actor.pusher.connection.state === 'disconnected');
    assert.deepStrictEqual(actor.errorCodes, [4003]);
    await pause(300);
    assert.strictEqual(actor.wire.urls.length, 1);
  });

  if (server.capabilities.overQuotaCode === 4004)
    row('over the quota, is refused with 4004 and waits to be told (L-01 to L-04)', async (scene) => {
      const app = await server.app('one-connection');
      const first = await scene.connected(app);
      const second = scene.client(app, { reconnectDelay: 20 });
      await until('disconnected', () => second.pusher.connection.state === 'disconnected');
      assert.deepStrictEqual(second.errorCodes, [4004]);
      const { lastError } = second.pusher.connection;
      assert.deepStrictEqual([lastError?.data.code, lastError?.error.data.code], [4004, 4004]);
      await pause(300);
      assert.strictEqual(second.wire.urls.length, 1);

      first.pusher.disconnect();
      await until('the place is free', () => {
        second.pusher.connect();
        return second.pusher.connection.state === 'connected';
      });
    });
  else
    row('over the quota, is told 4100 and comes in by itself once there is a place', async (scene) => {
      const app = await server.app('one-connection');
      const first = await scene.connected(app);
      const second = scene.client(app);
      await until('refused twice', () => second.errorCodes.length >= 2);
      assert.deepStrictEqual(second.errorCodes.slice(0, 2), [4100, 4100]);
      assert.strictEqual(second.pusher.connection.state, 'connecting');

      first.pusher.disconnect();
      await until('connected', () => second.pusher.connection.state === 'connected');
      assert.deepStrictEqual(second.states, ['connecting', 'connected']);
    });

  for (const how of ['in-order', 'killed'] as const)
    row(
      how === 'in-order'
        ? 'reconnects after the server has closed with 4200: same listeners, one subscription, events flow'
        : 'reconnects after the server was killed: same listeners, one subscription, events flow',
      async (scene) => {
        const app = await server.app('ordinary');
        const actor = await scene.connected(app, { reconnectDelay: 100 });
        const name = scene.channelName();
        const payloads = await subscribe(actor, name);
        const firstId = actor.pusher.connection.socket_id;

        await app.stop(how);
        await until('the loss is noticed', () => actor.states.length > 2);
        await pause(100); // away for a while
        await app.start();
        await until('connected again', () => actor.pusher.connection.state === 'connected');
        await until('subscribed again', () => actor.pusher.channel(name)?.subscribed === true);
        await app.publish({ channels: [name], event: 'tick', data: 'after' });
        await until('the event', () => payloads.length > 0);
        await actor.pusher.connection.ping();

        assert.deepStrictEqual(payloads, ['after']);
        assert.deepStrictEqual(actor.states, ['connecting', 'connected', 'connecting', 'connected']);
        assert.strictEqual(actor.errorCodes[0], how === 'in-order' ? 4200 : 1006);
        assert.ok(actor.pusher.connection.socket_id !== firstId, 'a new socket id');
        assert.deepStrictEqual(
          actor.wire.sentOf('pusher:subscribe', name).map(({ socket }) => socket),
          [1, actor.wire.urls.length],
        );
      },
    );

  for (const [fault, effect] of Object.entries(faults) as [FaultyFrame, string][])
    rowWith('isScriptable', `goes on after a faulty frame (${fault}), which is ${effect}`, async (scene) => {
      const app = await server.app('ordinary');
      const actor = await scene.connected(app);
      const types: string[] = [];
      actor.pusher.connection.bind('error', ({ type }) => types.push(type));
      const payloads = await subscribe(actor, 'prices');
      const heardBefore = actor.wire.received.length;
      await app.script?.sendFaulty(fault);
      await until('it has come', () => actor.wire.received.length > heardBefore);
      await app.publish({ channels: ['prices'], event: 'tick', data: 1 });
      await until('the next event', () => payloads.length > 0);
      assert.deepStrictEqual(types, effect === 'reported' ? ['MessageParseError'] : []);
      assert.deepStrictEqual(actor.states, ['connecting', 'connected']);
      assert.strictEqual(actor.wire.urls.length, 1);
    });

  rowWith(
    'isScriptable',
    'reports an error frame of an open connection, and stays (protocol.md §5)',
    async (scene) => {
      const app = await server.app('ordinary');
      const actor = await scene.connected(app);
      const payloads = await subscribe(actor, 'prices');
      for (const data of [
        '{"code":4301,"message":"m"}',
        '"{\\"code\\":\\"4302\\"}"',
        '{"code":null}',
        '"words"',
        '{}',
      ])
        await app.script?.sendRaw(`{"event":"pusher:error","data":${data}}`);
      await app.publish({ channels: ['prices'], event: 'tick', data: 1 });
      await until('the event after them', () => payloads.length > 0);
      assert.deepStrictEqual(actor.errorCodes, [4301, 4302, null, null, null]);
      assert.deepStrictEqual(actor.states, ['connecting', 'connected']);
    },
  );

  row('asked for encryption, never tries a plain connection, whatever fails (O-02)', async (scene) => {
    const actor = scene.client(await server.app('ordinary'), {
      encrypted: true,
      wssPort: server.location().wsPort, // which speaks no TLS
      reconnectDelay: 20,
      connectTimeout: 200, // not every server minds
      dial: (url) => url,
    });
    await until('four attempts', () => actor.wire.urls.length >= 4);
    assert.ok(
      actor.wire.urls.every((url) => url.startsWith('wss:')),
      actor.wire.urls.join(),
    );
    assert.deepStrictEqual(actor.states, ['connecting']);
  });

  row('not asked for encryption, tries plain first and then alternates (P-02)', async (scene) => {
    const actor = scene.client(await server.app('ordinary'), { wsPort: deadPort, reconnectDelay: 20 });
    await until('connected', () => actor.pusher.connection.state === 'connected');
    assert.deepStrictEqual(
      actor.wire.urls.map((url) => new URL(url).protocol),
      ['ws:', 'wss:'],
    );
  });

  rowWith(
    'isScriptable',
    'goes over to encryption at once, and for good, where the app demands it (O-03)',
    async (scene) => {
      const app = await server.app('tls-only');
      const actor = scene.client(app);
      const announced: number[] = [];
      actor.pusher.connection.bind('connecting_in', (seconds) => announced.push(seconds));
      await until('connected', () => actor.pusher.connection.state === 'connected');
      assert.deepStrictEqual(announced, []);
      actor.pusher.disconnect();
      actor.pusher.connect();
      await until('connected again', () => actor.pusher.connection.state === 'connected');
      assert.deepStrictEqual(
        actor.wire.urls.map((url) => new URL(url).protocol),
        ['ws:', 'wss:', 'wss:'],
      );
      assert.deepStrictEqual(actor.errorCodes, [4000]);
    },
  );
}
