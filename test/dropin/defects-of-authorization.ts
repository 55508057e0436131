/** Rows J, K, L, M, N of reference/pusher-js.md §6.3, and the read-only ones about nonces, sign-in and jsonp. */
import { seal } from '../client/kinds/sealed.js';
import { scenario } from './scenario.js';
import type { Scenario } from './scenario.js';
import type { World } from './world.js';

const channelName = 'private-encrypted-vault';
const oldKey = new Uint8Array(32).fill(1);
const newKey = new Uint8Array(32).fill(2);
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A presence channel whose endpoint answers with this; what its listeners hear. */
async function presenceWith(world: World, body: object) {
  const client = await world.connected();
  world.endpoint.respond = () => ({ body });
  const errors: { error?: unknown }[] = [];
  const channel = client.subscribe('presence-lobby');
  channel.bind('pusher:subscription_error', (error: { error?: unknown }) => errors.push(error));
  await world.clock.advance(5000);
  return {
    'subscription_error events': errors.length,
    'its error': String(errors[0]?.error).slice(0, 60),
    'uncaught errors': world.uncaught.length,
    pending: channel.subscriptionPending,
  };
}

export const authorizationDefects: readonly Scenario[] = [
  scenario({
    id: 'J',
    title: 'the answer for a presence channel has a channel_data that is not JSON',
    run: (world) => presenceWith(world, { auth: 'app-key:0', channel_data: 'not JSON' }),
    isDefect: (seen) =>
      seen['subscription_error events'] !== 1 || seen['uncaught errors'] > 0 || seen.pending,
  }),
  scenario({
    id: 'K',
    title: 'the answer for a presence channel lacks channel_data, and nobody is signed in',
    run: (world) => presenceWith(world, { auth: 'app-key:0' }),
    isDefect: (seen) => seen['its error'] === 'undefined',
  }),
  scenario({
    id: 'L',
    title: 'a paramsProvider throws',
    async run(world) {
      const client = await world.connected({
        channelAuthorization: {
          endpoint: '/pusher/auth',
          transport: 'ajax',
          paramsProvider: () => {
            throw new Error('no token');
          },
        },
      });
      let thrown = 0;
      let errors = 0;
      client.bind('pusher:subscription_error', () => undefined);
      try {
        client.subscribe('private-orders');
      } catch {
        thrown += 1;
      }
      const channel = client.channel('private-orders');
      channel?.bind('pusher:subscription_error', () => (errors += 1));
      await world.clock.advance(5000);
      return {
        'exceptions out of subscribe()': thrown,
        'subscription_error events': errors,
        pending: channel?.subscriptionPending === true,
      };
    },
    isDefect: (seen) => seen['exceptions out of subscribe()'] > 0 || seen.pending,
  }),
  scenario({
    id: 'M',
    title: 'the key of an encrypted channel is changed, with ten messages on their way',
    build: 'pusher-with-encryption.js',
    async run(world) {
      world.endpoint.sharedSecret = base64(oldKey);
      // Slower and faster answers, as networks have it.
      const delays = [900, 300, 700, 100, 500, 800, 200, 600, 400, 1000];
      world.endpoint.respond = ({ params }, index) => ({
        body: world.endpoint.sign(params),
        delay: index === 0 ? 0 : (delays[index - 1] ?? 0),
      });
      const client = await world.connected();
      const order: number[] = [];
      const channel = client.subscribe(channelName);
      channel.bind('tick', ({ n }: { n: number }) => order.push(n));
      await world.settle(() => channel.subscribed);
      world.endpoint.sharedSecret = base64(newKey);
      const before = world.endpoint.requests.length;
      for (let n = 0; n < 10; n += 1)
        world.app.publish({ channels: channelName, event: 'tick', data: seal({ n }, newKey) });
      // Ours loads its cipher now, in real time; the answers come in fake time.
      await world.settle(() => world.endpoint.requests.length > before);
      await world.clock.advance(2000);
      await world.settle(() => order.length === 10);
      return { 'requests for the new key': world.endpoint.requests.length - before, order };
    },
    isDefect: (seen) => seen['requests for the new key'] > 1 || seen.order.join() !== '0,1,2,3,4,5,6,7,8,9',
  }),
  scenario({
    id: 'nonce',
    title: 'a message of an encrypted channel has a nonce that is too long',
    build: 'pusher-with-encryption.js',
    async run(world) {
      world.endpoint.sharedSecret = base64(oldKey);
      const client = await world.connected();
      const heard: unknown[] = [];
      const channel = client.subscribe(channelName);
      channel.bind('tick', (data: unknown) => heard.push(data));
      await world.settle(() => channel.subscribed);
      const { ciphertext } = seal({ n: 1 }, oldKey);
      const nonce = base64(new Uint8Array(25));
      world.app.publish({ channels: channelName, event: 'tick', data: { nonce, ciphertext } });
      world.app.publish({ channels: channelName, event: 'tick', data: seal({ n: 2 }, oldKey) });
      await world.settle(() => heard.length > 0);
      return { 'exceptions into the socket': world.uncaught.length, 'delivered after it': heard.length };
    },
    isDefect: (seen) => seen['exceptions into the socket'] > 0,
  }),
  scenario({
    id: 'N',
    title: 'a sign-in fails, and signin() is called again',
    async run(world) {
      const client = await world.connected();
      world.endpoint.respond = (_, index) =>
        index === 0
          ? { status: 403 }
          : { body: world.endpoint.sign({ socket_id: client.connection.socket_id ?? '' }) };
      let failures = 0;
      client.user.bind('pusher:signin_error', () => (failures += 1));
      client.signin();
      await world.clock.advance(1000);
      client.signin();
      await world.clock.advance(1000);
      return {
        requests: world.endpoint.requests.length,
        'signin_error events': failures,
        'signed in on the server': world.app.connection()?.user?.id ?? 'nobody',
      };
    },
    isDefect: (seen) => seen.requests < 2,
  }),
  scenario({
    id: 'signin',
    title: 'the server sends pusher:signin_success, and nobody asked',
    async run(world) {
      await world.connected();
      const data = { user_data: JSON.stringify({ id: 'ann' }) };
      world.app.connection()?.send({ event: 'pusher:signin_success', data });
      await world.clock.advance(1000);
      return {
        'exceptions into the socket': world.uncaught.length,
        'subscribe frames': world.received('pusher:subscribe').length,
      };
    },
    isDefect: (seen) => seen['exceptions into the socket'] > 0,
  }),
  scenario({
    id: 'jsonp',
    title: 'a private channel is authorized with jsonp: what stays behind',
    async run(world) {
      const client = await world.connected({
        channelAuthorization: { endpoint: '/pusher/auth', transport: 'jsonp' },
      });
      const channel = client.subscribe('private-orders');
      await world.settle(() => channel.subscribed);
      const { auth_callbacks: theirs } = world.Pusher as { auth_callbacks?: object };
      const { PusherElementsJSONP: ours } = globalThis as { PusherElementsJSONP?: object };
      return {
        subscribed: channel.subscribed,
        scripts: world.document.scripts.length,
        callbacks: Object.keys(theirs ?? ours ?? {}).length,
      };
    },
    isDefect: (seen) => seen.scripts > 0 || seen.callbacks > 0,
  }),
];
