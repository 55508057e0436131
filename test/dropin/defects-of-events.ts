/** Rows I, P of reference/pusher-js.md §6.3, log settings, falsy payloads, and what instances leave behind. */
import { scenario } from './scenario.js';
import type { Scenario } from './scenario.js';
import type { ClientOfEither, World } from './world.js';

async function onPrices(world: World): Promise<ClientOfEither> {
  const client = await world.connected();
  client.subscribe('prices');
  await world.clock.advance(100);
  return client;
}

async function publish(world: World, data: unknown): Promise<void> {
  world.app.publish({ channels: 'prices', event: 'tick', data });
  await world.clock.advance(100);
}

export const eventDefects: readonly Scenario[] = [
  scenario({
    id: 'I',
    title: 'one of several handlers throws',
    async run(world) {
      const client = await onPrices(world);
      let second = 0;
      let global = 0;
      client.channel('prices')?.bind('tick', () => {
        throw new Error('from a listener');
      });
      client.channel('prices')?.bind('tick', () => (second += 1));
      client.bind('tick', () => (global += 1));
      await publish(world, {});
      return { 'second handler called': second, 'client-wide handler called': global };
    },
    isDefect: (seen) => seen['second handler called'] === 0 || seen['client-wide handler called'] === 0,
  }),
  scenario({
    id: 'P',
    title: 'a handler binds a handler for the same event',
    async run(world) {
      const client = await onPrices(world);
      const channel = client.channel('prices');
      let inner = 0;
      let isBound = false;
      channel?.bind('tick', () => {
        if (isBound) return;
        isBound = true;
        channel.bind('tick', () => (inner += 1));
      });
      await publish(world, {});
      const first = inner;
      await publish(world, {});
      return { 'new handler in the same dispatch': first, 'and in the next': inner - first };
    },
    isDefect: (seen) => seen['new handler in the same dispatch'] > 0,
  }),
  scenario({
    id: 'falsy',
    title: 'payloads 0, false, "" and null at handlers of the client',
    async run(world) {
      const client = await onPrices(world);
      const counts: number[] = [];
      client.bind('tick', (...values: unknown[]) => counts.push(values[0] === undefined ? 0 : 1));
      for (const data of [0, false, '', null]) await publish(world, data);
      return { 'arguments with a payload': counts };
    },
    isDefect: (seen) => seen['arguments with a payload'].join() !== '1,1,1,1',
  }),
  scenario({
    id: 'log',
    title: 'Pusher.log is set after the client was made (build with encryption)',
    build: 'pusher-with-encryption.js',
    async run(world) {
      const client = await world.connected();
      const lines: string[] = [];
      world.Pusher.log = (line) => lines.push(line);
      client.subscribe('prices');
      await world.clock.advance(100);
      world.Pusher.log = undefined;
      return { 'lines logged': lines.length };
    },
    isDefect: (seen) => seen['lines logged'] === 0,
  }),
  scenario({
    id: 'leak',
    title: 'twenty clients are made and disconnected',
    async run(world) {
      for (let count = 0; count < 20; count += 1) (await world.connected()).disconnect();
      return { 'instances kept': world.Pusher.instances?.length ?? 0 };
    },
    isDefect: (seen) => seen['instances kept'] > 0,
  }),
];
