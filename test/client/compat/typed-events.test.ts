/** Types: payloads by name, channels by name, and the names of pusher-js's own types. The compiler is the test. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pusher } from '../../../src/index.js';
import type {
  Channel,
  ChannelAuthorizationOptions,
  ConnectionManager,
  Member,
  Options,
  PresenceChannel,
  SubscriptionError,
  UserAuthenticationHandler,
} from '../../../src/index.js';

declare module '../../../src/index.js' {
  interface PusherEventMap {
    'compat-price': { readonly symbol: string; readonly price: number };
  }
}

/** Fails to compile where two types differ. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const exactly =
  <Expected>() =>
  <Actual>(_value: Actual, _isSame: Same<Actual, Expected>): void =>
    undefined;

const made = (): Pusher => new Pusher('app-key', { connectAutomatically: false });

describe('types', () => {
  it('give an application’s events their payloads, once it has listed them', () => {
    const pusher = made();
    const channel = pusher.subscribe('prices');
    channel.bind('compat-price', (payload) => {
      exactly<{ readonly symbol: string; readonly price: number }>()(payload, true);
    });
    pusher.bind('compat-price', ({ symbol }) => symbol.toUpperCase());
    // @ts-expect-error -- the payload is not text
    channel.bind('compat-price', (payload: string) => payload);
    pusher.dispose();
  });

  it('leave all other events to the annotation of the listener', () => {
    const pusher = made();
    const channel: Channel = pusher.subscribe('prices');
    channel.bind('anything', (payload) => {
      exactly<unknown>()(payload, true);
    });
    channel.bind('anything', ({ bid }: { bid: number }) => bid);
    channel.bind<number>('anything', (payload) => payload.toFixed(2));
    const name: string = 'anything';
    channel.bind(name, (payload: Date) => payload);
    pusher.dispose();
  });

  it('know the events of this library', () => {
    const pusher = made();
    const channel = pusher.subscribe('presence-lobby');
    channel.bind('pusher:subscription_error', (error) => {
      exactly<SubscriptionError>()(error, true);
    });
    channel.bind('pusher:member_added', (member) => {
      exactly<Member>()(member, true);
    });
    // @ts-expect-error -- it carries an object, not a status
    channel.bind('pusher:subscription_error', (status: number) => status);
    pusher.user.bind('pusher:signin_success', ({ id }) => id.length);
    pusher.user.watchlist.bind('online', ({ user_ids }) => user_ids.join());
    pusher.connection.bind('connected', ({ socket_id }) => socket_id.length);
    // @ts-expect-error -- there is no such event
    pusher.connection.bind('conected', () => undefined);
    pusher.dispose();
  });

  it('give a presence channel for a name that begins so', () => {
    const pusher = made();
    const lobby = pusher.subscribe('presence-lobby');
    exactly<PresenceChannel>()(lobby, true);
    assert.equal(lobby.members.count, 0);
    const room = pusher.channel(`presence-room-${String(1)}`);
    exactly<PresenceChannel | undefined>()(room, true);
    const prices = pusher.subscribe('prices');
    exactly<Channel>()(prices, true);
    const someName: string = 'presence-lobby';
    const some = pusher.subscribe(someName);
    exactly<Channel>()(some, true);
    pusher.dispose();
  });

  it('have the names that pusher-js gives them', () => {
    const authorization: ChannelAuthorizationOptions = { endpoint: '/auth' };
    const options: Options = { cluster: 'eu', forceTLS: true, channelAuthorization: authorization };
    const handler: UserAuthenticationHandler = ({ socketId }, callback) => {
      callback(null, { auth: socketId, user_data: '{}' });
    };
    const pusher = new Pusher('app-key', {
      ...options,
      userAuthentication: { customHandler: handler },
      connectAutomatically: false,
    });
    const connection: ConnectionManager = pusher.connection;
    assert.equal(connection.state, 'initialized');
    pusher.dispose();
  });
});
