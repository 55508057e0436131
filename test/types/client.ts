/** What the types of the client accept, and what they refuse. Compiled against the installed package. */
import Pusher, { Pusher as Named } from 'pusher-elements/client';
import type {
  Channel,
  ConnectionError,
  Gap,
  Members,
  Options,
  PresenceChannel,
  PusherOptions,
} from 'pusher-elements/client';
import { createInMemoryTransport, FakeClock, ProtocolServer } from 'pusher-elements/testing';

declare module 'pusher-elements/client' {
  interface PusherEventMap {
    'price-changed': { symbol: string; price: number };
  }
}

/** Fails to compile unless both are the same type; `any` is the same as nothing else. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const isTrue = <Check extends true>(): Check | undefined => undefined;

// Options: those of pusher-js under their names, and no others.
const options: PusherOptions = {
  cluster: 'eu',
  forceTLS: true,
  wsHost: 'localhost',
  wsPort: 6001,
  wssPort: '443',
};
const sameOptions: Options = options;
const pusher = new Pusher('key', sameOptions);
isTrue<Same<typeof Pusher, typeof Named>>();
// @ts-expect-error: the key is required
new Pusher();
// @ts-expect-error: not an option
new Pusher('key', { clusterr: 'eu' });
// @ts-expect-error: durations are numbers
new Pusher('key', { activityTimeout: '120' });
// @ts-expect-error: one of two words
new Pusher('key', { reachability: 'maybe' });
// @ts-expect-error: not a transport
new Pusher('key', { enabledTransports: ['pigeon'] });
// @ts-expect-error: types that came out as any would accept this
const wrong: number = pusher;

// Channels: the name says which kind.
isTrue<Same<ReturnType<typeof presence>, PresenceChannel>>();
isTrue<Same<ReturnType<typeof plain>, Channel>>();
function presence() {
  return pusher.subscribe('presence-room');
}
function plain() {
  return pusher.subscribe('room');
}
isTrue<Same<PresenceChannel['members'], Members>>();
// @ts-expect-error: only presence channels know who is there
void plain().members;

// Events of the application: known by name once they are listed; otherwise as the callback says.
plain().bind('price-changed', (data) => {
  isTrue<Same<typeof data, { symbol: string; price: number }>>();
  // @ts-expect-error: not in the payload
  void data.prise;
});
// @ts-expect-error: the listed payload is another
plain().bind('price-changed', (data: { volume: string }) => data.volume);
plain().bind('something-else', (data: { id: number }) => data.id);
plain().bind('something-else', (data) => {
  isTrue<Same<typeof data, unknown>>();
});
// @ts-expect-error: it takes a function to call
plain().bind('price-changed', 'callback');

// Events of this library.
plain().bind('pusher:gap', (gap) => {
  isTrue<Same<typeof gap, Gap>>();
});
pusher.connection.bind('state_change', ({ previous, current }) => {
  // @ts-expect-error: not a state
  return current === 'conected' || previous === current;
});
pusher.connection.bind('error', (error) => {
  isTrue<Same<typeof error, ConnectionError>>();
});
pusher.connection.bind('connecting_in', (seconds) => {
  isTrue<Same<typeof seconds, number>>();
});
const sent: boolean = plain().trigger('client-typing', { who: 'me' });

// The testing entry fits the options.
const clock = new FakeClock();
const server = new ProtocolServer({ clock });
const transport: PusherOptions['transport'] = createInMemoryTransport(server);
export { clock, sent, transport, wrong };
