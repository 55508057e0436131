/** Rows A, B, F, G, O, Q, S of reference/pusher-js.md §6.3, and the two error events of #744. */
import { scenario } from './scenario.js';
import type { Scenario } from './scenario.js';

export const connectionDefects: readonly Scenario[] = [
  scenario({
    id: 'A',
    title: 'the server closes with 4100, and the application calls disconnect() 200 ms later',
    async run(world) {
      const client = await world.connected();
      world.app.connection()?.close(4100, 'Over capacity');
      await world.clock.advance(200);
      client.disconnect();
      const before = world.app.record.upgrades.length;
      await world.clock.advance(30_000);
      return {
        'attempts after disconnect()': world.app.record.upgrades.length - before,
        state: client.connection.state,
      };
    },
    isDefect: (seen) => seen['attempts after disconnect()'] > 0,
  }),
  scenario({
    id: 'B',
    title: 'a handshake is refused with 4100, then the browser says online, and it connects',
    async run(world) {
      world.app.scriptNext({ handshake: { type: 'close', code: 4100 } });
      const client = world.create();
      let losses = 0;
      client.connection.bind('state_change', ({ previous }: { previous: string }) => {
        if (previous === 'connected') losses += 1;
      });
      await world.clock.advance(100);
      world.online();
      await world.clock.advance(30_000);
      return { 'healthy connections lost': losses, connections: world.app.record.upgrades.length - 1 };
    },
    isDefect: (seen) => seen['healthy connections lost'] > 0 || seen.connections > 1,
  }),
  scenario({
    id: 'F',
    title: 'a handler of state_change throws on connected',
    async run(world) {
      const client = world.create();
      let told = 0;
      client.connection.bind('state_change', ({ current }: { current: string }) => {
        if (current === 'connected') throw new Error('from a listener');
      });
      client.connection.bind('connected', () => (told += 1));
      client.subscribe('prices');
      await world.clock.advance(5000);
      return {
        'connected events': told,
        'subscribe frames': world.received('pusher:subscribe').length,
        state: client.connection.state,
      };
    },
    isDefect: (seen) => seen['connected events'] === 0 || seen['subscribe frames'] === 0,
  }),
  scenario({
    id: 'G',
    title: 'the first frame is not a handshake',
    async run(world) {
      world.app.scriptNext({ handshake: { type: 'raw', text: 'not a frame' } });
      const client = world.create();
      await world.clock.advance(120_000);
      return { attempts: world.app.record.upgrades.length, state: client.connection.state };
    },
    isDefect: (seen) => seen.attempts === 1 && seen.state !== 'connected',
  }),
  scenario({
    id: 'O',
    title: 'switchCluster() after disconnect()',
    async run(world) {
      const client = await world.connected();
      client.disconnect();
      const before = world.app.record.upgrades.length;
      client.switchCluster({ appKey: 'app-key', cluster: 'eu' });
      await world.clock.advance(10_000);
      return { attempts: world.app.record.upgrades.length - before, state: client.connection.state };
    },
    isDefect: (seen) => seen.attempts > 0,
  }),
  scenario({
    id: 'Q',
    title: 'the server answers every handshake with pusher:error 4200, for 2.5 seconds',
    async run(world) {
      world.app.script({ handshake: { type: 'error', code: 4200 } });
      world.create();
      await world.clock.advance(2500);
      return { connections: world.app.record.upgrades.length };
    },
    isDefect: (seen) => seen.connections > 20,
  }),
  scenario({
    id: 'S',
    title: 'the link drops: what is said at that moment, and a private channel subscribed in that second',
    async run(world) {
      const client = await world.connected();
      const lost = client.connection.socket_id;
      world.app.connection()?.drop();
      await world.clock.advance(10);
      const { state, socket_id } = client.connection;
      client.subscribe('private-orders');
      await world.clock.advance(10_000);
      return {
        'state after the drop': state,
        'socket id after the drop': socket_id === lost ? 'stale' : String(socket_id),
        'requests signed for the lost socket': world.endpoint.requests.filter(
          ({ params }) => params['socket_id'] === lost,
        ).length,
      };
    },
    isDefect: (seen) =>
      seen['state after the drop'] === 'connected' ||
      seen['socket id after the drop'] === 'stale' ||
      seen['requests signed for the lost socket'] > 0,
  }),
  scenario({
    id: '#744',
    title: 'an open connection is closed with 4004: how many error events, and in how many shapes',
    async run(world) {
      const client = await world.connected();
      const errors: { error?: unknown; data?: { code?: unknown } }[] = [];
      client.connection.bind('error', (error: (typeof errors)[number]) => errors.push(error));
      world.app.connection()?.close(4004, 'Over quota');
      await world.clock.advance(1000);
      return {
        'error events': errors.length,
        'with data.code': errors.filter(({ data }) => data?.code === 4004).length,
        'with error.data.code': errors.filter(({ error }) => error !== undefined).length,
      };
    },
    isDefect: (seen) => seen['error events'] !== 1,
  }),
];
