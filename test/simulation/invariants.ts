/** What holds after every step, once everything has been mended, and after `dispose()` (issue 3, item 8). */
import { PresenceChannel } from '../../src/index.js';
import type { Channel } from '../../src/index.js';
import { idsOf, inWords, isSame } from './seat.js';
import { userId } from './vault.js';
import type { World } from './world.js';

/** After every step: an action, or one timer, with everything that promises had waiting. */
export function checkStep(world: World): void {
  if (world.isDisposed) {
    checkDisposed(world);
    return;
  }
  checkSocket(world);
  checkRest(world);
  checkHolds(world);
  world.path.check(world.pusher.connection.state, world.clock.now, world.clock.wokeAt);
  world.retry.check();
  for (const seat of world.seats.values()) seat.check();
  checkReports(world);
  if (world.setup.latency === 0) checkPresence(world);
}

function checkSocket(world: World): void {
  const { wire, clock, pusher, fail } = world;
  const { state, socket_id } = pusher.connection;
  const { link } = wire;
  if (wire.live.size > 1) fail('at most one live socket', `${wire.live.size}`);
  if (state === 'connected' && !link) fail('connected means that there is a socket', 'there is none');
  if ((state === 'connected') !== (socket_id !== undefined))
    fail('a socket id while connected, and only then', `${String(socket_id)} while ${state}`);
  if (state === 'connected' && socket_id !== link?.socketId)
    fail('a socket id while connected, and only then', `${String(socket_id)}, not ${String(link?.socketId)}`);
  if (!link) return;
  const now = clock.now;
  if (
    state !== 'connected' &&
    now > link.startedAt + link.connectTimeout + 1e-3 &&
    clock.wokeAt < link.startedAt
  )
    fail('an attempt ends in time', `${now - link.startedAt} ms`);
  // The heartbeat looks at the clock every ten seconds at least.
  const patience = link.activityTimeout + link.pongTimeout + 20_000;
  if (state === 'connected' && now - link.heardAt > patience && clock.wokeAt < link.heardAt)
    fail('a dead link is noticed', `silent for ${now - link.heardAt} ms`);
}

/** `disconnected` and `failed`: nothing is scheduled, but for the leaving of what nobody holds. */
function checkRest(world: World): void {
  const { pusher, clock, wire, page, fail } = world;
  const { state } = pusher.connection;
  for (const [name, until] of world.lingering) if (until < clock.now) world.lingering.delete(name);
  const isResting = state === 'disconnected' || state === 'failed' || state === 'initialized';
  if (!isResting) return;
  if (wire.link) fail('nothing scheduled in disconnected and failed', `a socket while ${state}`);
  if (clock.pending('client') > world.lingering.size)
    fail('nothing scheduled in disconnected and failed', `${state}: ${clock.describe('client')}`);
  if (page.listenerCount > (world.isSuspended ? 1 : 0))
    fail('nothing scheduled in disconnected and failed', `the page is listened to while ${state}`);
  if (pusher.connection.retryAt !== undefined)
    fail('nothing scheduled in disconnected and failed', 'retryAt');
}

function checkHolds(world: World): void {
  const { pusher, seats, fail } = world;
  const held = pusher.allChannels();
  if (held.length !== seats.size || held.some(({ name }) => !seats.has(name)))
    fail(
      'a channel exists while somebody holds it',
      `${held.map(({ name }) => name).join()}, not ${[...seats.keys()].join()}`,
    );
}

function checkReports(world: World): void {
  if (world.reports !== world.thrown)
    world.fail(
      'what a listener throws is reported, and nothing else is',
      `${world.reports} reports of ${world.thrown}`,
    );
}

/** Everybody on the server is known, and nobody else, unless a network that keeps nothing is between. */
function checkPresence(world: World): void {
  const { link } = world.wire;
  if (world.pusher.connection.state !== 'connected' || !link?.isClear || world.wire.network.isOffline) return;
  if (world.app.connection(link.socketId) === undefined) return;
  for (const { channel } of world.seats.values()) checkMembers(world, channel);
}

function checkMembers(world: World, channel: Channel): void {
  if (!(channel instanceof PresenceChannel) || !channel.subscribed) return;
  if (world.wire.link?.overtaken.has(channel.name)) return;
  const there = new Set<string>();
  for (const some of world.app.channel(channel.name)?.members ?? []) there.add(some.userId);
  const known = idsOf(channel);
  if (!isSame(there, known))
    world.fail(
      'members are those of the server',
      `${channel.name}: ${inWords(known)}, not ${inWords(there)}`,
    );
  if (channel.me?.id !== userId || channel.members.count !== known.size)
    world.fail('members are those of the server', `${channel.name}: me is ${String(channel.me?.id)}`);
}

/** The network is healthy, the server is willing, and everything has had its time. */
export function checkQuiescence(world: World): void {
  const { pusher, app, fail, seats } = world;
  const { socket_id } = pusher.connection;
  const connection = socket_id === undefined ? undefined : app.connection(socket_id);
  if (!connection) {
    fail(
      'a healthy network and a willing server end in connected',
      `${pusher.connection.state}, unknown to the server`,
    );
    return;
  }
  const user = world.wantsUser ? [`#server-to-user-${userId}`] : [];
  const isCertain = (name: string): boolean => world.wire.link?.overtaken.has(name) !== true;
  const wanted = [...seats.keys(), ...user].filter(isCertain).sort();
  const there = [...connection.channels].filter(isCertain).sort();
  if (wanted.join() !== there.join())
    fail('the subscriptions of the server are the intents', `${there.join()}, not ${wanted.join()}`);
  for (const { channel } of seats.values()) {
    if (!isCertain(channel.name)) continue;
    if (!channel.subscribed)
      fail('what is wanted is subscribed in the end', `${channel.name} is ${channel.state}`);
    checkMembers(world, channel);
  }
  if (world.wantsUser && connection.user?.id !== userId)
    fail('who signs in is signed in', String(connection.user?.id));
  if ((pusher.user.id !== undefined) !== world.wantsUser)
    fail('who signs in is signed in', String(pusher.user.id));
  for (const listener of [...seats.values()].flatMap((seat) => seat.listeners.map((bound) => bound.listener)))
    listener.checkOpened();
  for (const witness of world.witnesses) witness.checkOpened();
}

/** Nothing of the client is left. */
export function checkDisposed(world: World): void {
  const { clock, wire, page, fail } = world;
  const left = 'nothing is left after dispose()';
  if (clock.pending('client') > 0) fail(left, `a timer: ${clock.describe('client')}`);
  if (page.listenerCount > 0) fail(left, 'a listener of the page');
  if (wire.live.size > 0) fail(left, 'a socket');
  if (world.pusher.allChannels().length > 0) fail(left, 'a channel');
  const waiting = world.promises.filter(({ isSettled }) => !isSettled).map(({ of }) => of);
  if (waiting.length > 0) fail(left, `a promise: ${waiting.join()}`);
  checkReports(world);
}
