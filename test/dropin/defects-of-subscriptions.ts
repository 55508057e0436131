/** Rows C, D, E, H, R of reference/pusher-js.md §6.3, the presence flicker under them, and #308. */
import { joins, somebody } from '../client/kinds/company.js';
import { scenario } from './scenario.js';
import type { Scenario } from './scenario.js';
import type { World } from './world.js';

/** Errors that the server had to send because a signature was for somebody else. */
const wrongSignatures = (world: World): number =>
  world.app.record.sent.filter(({ text }) => text.includes('Invalid signature')).length;

const refusedWith = (
  id: string,
  words: string,
  style: 'error-without-channel' | 'subscription-error',
): Scenario =>
  scenario({
    id,
    title: `the server refuses a subscription with ${words}, then relents; the application subscribes again`,
    async run(world) {
      world.app.script({ subscribe: { type: 'error', style } });
      const client = await world.connected();
      let errors = 0;
      const channel = client.subscribe('private-orders');
      channel.bind('pusher:subscription_error', () => (errors += 1));
      await world.clock.advance(15_000);
      const isSettled = !channel.subscriptionPending || errors > 0;
      world.app.resetScript();
      client.subscribe('private-orders');
      await world.clock.advance(30_000);
      return { 'told or ended within 15 s': isSettled, 'subscribed 30 s later': channel.subscribed };
    },
    isDefect: (seen) => !seen['told or ended within 15 s'] || !seen['subscribed 30 s later'],
  });

export const subscriptionDefects: readonly Scenario[] = [
  scenario({
    id: 'C',
    title: 'subscribe and unsubscribe while the answer is awaited, and the link drops before it comes',
    async run(world) {
      const client = await world.connected();
      world.app.script({ subscribe: { type: 'hold' } });
      client.subscribe('prices');
      await world.clock.advance(100);
      client.unsubscribe('prices');
      await world.clock.advance(100);
      world.app.resetScript();
      world.app.connection()?.drop();
      await world.clock.advance(30_000);
      return { 'channels on the new connection': world.app.connection()?.channels ?? [] };
    },
    isDefect: (seen) => seen['channels on the new connection'].length > 0,
  }),
  scenario({
    id: 'D',
    title: 'the same with an authorization that fails',
    async run(world) {
      const client = await world.connected();
      world.endpoint.respond = () => ({ status: 403, delay: 100 });
      client.subscribe('private-orders');
      await world.clock.advance(50);
      client.unsubscribe('private-orders');
      await world.clock.advance(1000);
      world.endpoint.respond = ({ params }) => ({ body: world.endpoint.sign(params) });
      world.app.connection()?.drop();
      await world.clock.advance(30_000);
      return { 'channels on the new connection': world.app.connection()?.channels ?? [] };
    },
    isDefect: (seen) => seen['channels on the new connection'].length > 0,
  }),
  scenario({
    id: 'E',
    title: 'the connection is replaced while the endpoint is thinking',
    async run(world) {
      const client = await world.connected();
      world.endpoint.respond = ({ params }, index) => ({
        body: world.endpoint.sign(params),
        delay: index === 0 ? 4000 : 5000,
      });
      const channel = client.subscribe('private-orders');
      await world.clock.advance(1000);
      world.app.connection()?.drop();
      await world.clock.advance(30_000);
      return { 'signatures of the old socket sent': wrongSignatures(world), subscribed: channel.subscribed };
    },
    isDefect: (seen) => seen['signatures of the old socket sent'] > 0,
  }),
  refusedWith('H (4009)', 'pusher:error 4009', 'error-without-channel'),
  refusedWith('H (error)', 'pusher:subscription_error', 'subscription-error'),
  scenario({
    id: 'R',
    title: 'channels named constructor, hasOwnProperty and __proto__',
    async run(world) {
      const client = await world.connected();
      const refused: string[] = [];
      for (const name of ['constructor', 'hasOwnProperty', '__proto__'])
        try {
          client.subscribe(name);
        } catch {
          refused.push(name);
        }
      await world.clock.advance(1000);
      return { 'exceptions for': refused, subscribed: world.app.connection()?.channels ?? [] };
    },
    isDefect: (seen) => seen['exceptions for'].length > 0 || seen.subscribed.length < 3,
  }),
  scenario({
    id: 'flicker',
    title: 'a presence channel is left before the endpoint answers: what others see',
    async run(world) {
      const client = await world.connected();
      const bob = somebody(world);
      joins(world, bob, 'presence-lobby', { user_id: 'bob' });
      bob.clear();
      world.endpoint.respond = ({ params }) => ({ body: world.endpoint.sign(params), delay: 500 });
      client.subscribe('presence-lobby');
      await world.clock.advance(100);
      client.unsubscribe('presence-lobby');
      await world.clock.advance(10_000);
      return { 'what bob hears': bob.events.map((event) => event.slice('pusher_internal:'.length)) };
    },
    isDefect: (seen) => seen['what bob hears'].length > 0,
  }),
  scenario({
    id: '#308',
    title: 'channel.unsubscribe(), then the link drops',
    async run(world) {
      const client = await world.connected();
      const channel = client.subscribe('prices');
      await world.clock.advance(100);
      channel.unsubscribe();
      await world.clock.advance(100);
      world.app.connection()?.drop();
      await world.clock.advance(30_000);
      return { 'channels on the new connection': world.app.connection()?.channels ?? [] };
    },
    isDefect: (seen) => seen['channels on the new connection'].length > 0,
  }),
];
