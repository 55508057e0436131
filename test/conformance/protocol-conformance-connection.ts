/** Opening, keeping alive and closing, where nothing goes wrong (protocol.md §1, §3, §4). */
import type { Rows } from './protocol-conformance.js';
import { pause, until } from './protocol-conformance-scene.js';

export function connectionRows({ server, assert, row, rowWith }: Rows): void {
  row(
    'is connected once the server has sent its handshake, and has the socket id from it (C-01, S-04, S-08)',
    async (scene) => {
      const app = await server.app('ordinary');
      const { pusher, wire, states } = scene.client(app);
      const heardBefore: number[] = [];
      pusher.connection.bind('connected', () => heardBefore.push(wire.received.length));
      assert.strictEqual(pusher.connection.state, 'initialized');
      await until('connected', () => pusher.connection.state === 'connected');

      const [handshake] = wire.received;
      const { socket_id: socketId, activity_timeout: activityTimeout } = handshake?.data as {
        socket_id: string;
        activity_timeout: number;
      };
      assert.strictEqual(handshake?.event, 'pusher:connection_established');
      assert.ok(/^\d+\.\d+$/.test(socketId), socketId);
      assert.strictEqual(pusher.connection.socket_id, socketId);
      assert.strictEqual(activityTimeout, server.capabilities.activityTimeout);
      assert.deepStrictEqual(states, ['connecting', 'connected']);
      assert.deepStrictEqual(heardBefore, [1]);
      assert.strictEqual(wire.urls.length, 1);
    },
  );

  row('asks for protocol 7 and says its own name and version in the address', async (scene) => {
    const app = await server.app('ordinary');
    const { wire } = await scene.connected(app);
    const url = new URL(wire.urls[0] ?? '');
    assert.strictEqual(url.protocol, 'ws:');
    assert.strictEqual(url.pathname, `/app/${app.key}`);
    assert.strictEqual(url.searchParams.get('protocol'), '7');
    assert.strictEqual(url.searchParams.get('client'), 'pusher-elements');
    assert.ok(/^\d+\.\d+\.\d+$/.test(url.searchParams.get('version') ?? ''), url.href);
  });

  row(
    'sends nothing before the handshake, not even what was asked for long before (protocol.md §3)',
    async (scene) => {
      const app = await server.app('ordinary');
      const { pusher, wire } = scene.client(app);
      const channel = pusher.subscribe(scene.channelName());
      assert.strictEqual(pusher.send_event('client-too-early', {}), false);
      await until('subscribed', () => channel.subscribed);
      assert.deepStrictEqual(
        wire.sent.map(({ event }) => event),
        ['pusher:subscribe'],
      );
      assert.deepStrictEqual(
        wire.received.map(({ event }) => event),
        ['pusher:connection_established', 'pusher_internal:subscription_succeeded'],
      );
    },
  );

  row('gets a pong for its ping, and knows the round trip', async (scene) => {
    const { pusher, wire } = await scene.connected(await server.app('ordinary'));
    const latency = await pusher.connection.ping();
    assert.ok(latency >= 0, String(latency));
    assert.strictEqual(pusher.connection.latency, latency);
    assert.strictEqual(wire.sentOf('pusher:ping').length, 1);
    assert.strictEqual(wire.receivedOf('pusher:pong').length, 1);
  });

  row('pings whenever its activity timeout has passed, and stays while it is answered', async (scene) => {
    const actor = await scene.connected(await server.app('ordinary'), { activityTimeout: 60 });
    let isLate = false; // three silences of 60 ms are over long before one of five seconds
    const late = setTimeout(() => (isLate = true), 5000);
    await until('three pongs', () => actor.wire.receivedOf('pusher:pong').length >= 3);
    clearTimeout(late);
    assert.ok(!isLate, 'the second and the third ping come as soon after the silence as the first');
    assert.deepStrictEqual(actor.states, ['connecting', 'connected']);
    assert.deepStrictEqual(actor.errorCodes, []);
  });

  rowWith('isScriptable', 'answers a ping of the server', async (scene) => {
    const app = await server.app('ordinary');
    const { wire } = await scene.connected(app);
    await app.script?.ping();
    await until('a pong', () => wire.sentOf('pusher:pong').length === 1);
    assert.strictEqual(wire.receivedOf('pusher:ping').length, 1);
  });

  row('opens one connection however often it is told to connect (C-09)', async (scene) => {
    const { pusher, wire } = scene.client(await server.app('ordinary'));
    for (let count = 0; count < 5; count += 1) pusher.connect();
    await until('connected', () => pusher.connection.state === 'connected');
    for (let count = 0; count < 5; count += 1) pusher.connect();
    await pusher.connection.ping();
    assert.strictEqual(wire.urls.length, 1);
  });

  row('does not come back after disconnect() (C-08)', async (scene) => {
    const { pusher, wire, states } = await scene.connected(await server.app('ordinary'), {
      reconnectDelay: 20,
    });
    pusher.disconnect();
    assert.strictEqual(pusher.connection.state, 'disconnected');
    assert.strictEqual(pusher.connection.socket_id, undefined);
    await pause(300);
    assert.strictEqual(wire.urls.length, 1);
    assert.deepStrictEqual(states, ['connecting', 'connected', 'disconnected']);
  });

  row('connects again when told to, with a new socket id and every channel (C-10)', async (scene) => {
    const app = await server.app('ordinary');
    const { pusher, wire, states } = await scene.connected(app);
    const names = [scene.channelName(), scene.channelName()];
    const channels = names.map((name) => pusher.subscribe(name));
    await until('subscribed', () => channels.every(({ subscribed }) => subscribed));
    const first = pusher.connection.socket_id;

    pusher.disconnect();
    assert.deepStrictEqual(
      channels.map(({ subscribed }) => subscribed),
      [false, false],
    );
    pusher.connect();
    await until('subscribed again', () => channels.every(({ subscribed }) => subscribed));

    assert.ok(pusher.connection.socket_id !== first, 'a new socket id');
    assert.deepStrictEqual(states, ['connecting', 'connected', 'disconnected', 'connecting', 'connected']);
    for (const name of names)
      assert.deepStrictEqual(
        wire.sentOf('pusher:subscribe', name).map(({ socket }) => socket),
        [1, 2],
      );
  });

  row('never says what versions before 1.9 said, though the frames are on the wire (S-14)', async (scene) => {
    const { pusher, wire } = scene.client(await server.app('ordinary'));
    const heard: string[] = [];
    for (const name of ['pusher:connection_established', 'pusher:connection_failed'] as const) {
      pusher.bind(name, () => heard.push(name));
      pusher.connection.bind(name as never, () => heard.push(name));
    }
    pusher.bind_global((event) => heard.push(event));
    await until('connected', () => pusher.connection.state === 'connected');
    await pusher.connection.ping();
    assert.strictEqual(wire.receivedOf('pusher:connection_established').length, 1);
    assert.deepStrictEqual(heard, []);
  });

  row('gives every client a socket id of its own (S-15)', async (scene) => {
    const app = await server.app('ordinary');
    const [left, right] = await Promise.all([scene.connected(app), scene.connected(app)]);
    assert.ok(left.pusher.connection.socket_id !== right.pusher.connection.socket_id, 'two ids');
    left.pusher.disconnect();
    await right.pusher.connection.ping();
    assert.strictEqual(right.pusher.connection.state, 'connected');
  });
}
