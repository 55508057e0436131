/** What the application does, with the books kept beside it: who holds what, and what was asked for. */
import { PusherError } from '../../src/index.js';
import { channelNames } from './action.js';
import type { Command } from './action.js';
import { Seat } from './seat.js';
import type { World } from './world.js';

/** Carries out one command, from outside or from inside a listener. Only documented errors may come out of it. */
export function performCommand(world: World, command: Command): void {
  try {
    carryOut(world, command);
  } catch (error) {
    const isExpected = error instanceof PusherError && error.code === 'disposed' && world.pusher.isDisposed;
    if (!isExpected)
      world.fail('commands throw only what is documented', `${command.type}: ${String(error)}`);
  }
}

function carryOut(world: World, command: Command): void {
  const { pusher } = world;
  switch (command.type) {
    case 'connect':
    case 'retry':
      connect(world, command.type);
      return;
    case 'disconnect':
      expectRest(world);
      pusher.disconnect();
      return;
    case 'switch-cluster':
      switchCluster(world, command.cluster);
      return;
    case 'automatic':
      pusher.reconnectAutomatically = command.isOn;
      return;
    case 'delay':
      pusher.reconnectDelay = command.milliseconds ?? undefined;
      return;
    case 'configure':
      world.settings = { ...world.settings, ...command.change };
      pusher.configure(command.change);
      return;
    case 'signin':
      world.wantsUser = true;
      pusher.signin();
      return;
    case 'signout':
      world.wantsUser = false;
      pusher.user.signout();
      return;
    case 'subscribe':
      subscribe(world, channelNames[command.channel]!);
      return;
    case 'unsubscribe':
      unsubscribe(world, channelNames[command.channel]!);
      return;
    case 'acquire':
      acquire(world, command.holder, channelNames[command.channel]!, command.linger);
      return;
    case 'release':
      release(world, command.holder);
      return;
    case 'listen':
      world.seats.get(channelNames[command.channel]!)?.listen();
      return;
    case 'unlisten':
      world.seats.get(channelNames[command.channel]!)?.unlisten();
      return;
    case 'retry-channel':
      world.seats.get(channelNames[command.channel]!)?.channel.retry();
      return;
    case 'trigger':
      trigger(world, channelNames[command.channel]!, command.count);
      return;
    case 'promise':
      promise(world, command.of, command.aborts);
      return;
    case 'dispose':
      dispose(world);
      return;
  }
}

const isResting = (world: World): boolean =>
  ['initialized', 'disconnected', 'failed'].includes(world.pusher.connection.state);

/** `disconnect()` is about to be called. */
function expectRest(world: World): void {
  world.retry.forget();
  world.path.excuse('disconnect()');
  world.isSuspended = false;
  world.isDisconnecting = world.wire.link !== undefined;
}

function connect(world: World, how: 'connect' | 'retry'): void {
  const { pusher, wire, retry } = world;
  world.isSuspended = false;
  const isIgnored = wire.link !== undefined && !world.isDisconnecting; // C-09
  if (!isIgnored && !world.isDisposed)
    retry.allow(world.clock.now, isResting(world) || world.isDisconnecting, world.isDisconnecting);
  if (how === 'connect') pusher.connect();
  else pusher.connection.retry();
  if (pusher.connection.state === 'failed' && !wire.isSupported()) retry.forbid();
}

function switchCluster(world: World, cluster: string): void {
  const { pusher, retry } = world;
  if (!isResting(world) && !world.isDisposed) {
    expectRest(world);
    retry.allow(world.clock.now, true, world.isDisconnecting);
  }
  pusher.switchCluster({ cluster });
}

/** The seat of a channel, made if nobody held it; it must be the same channel for everybody who holds it. */
function seatOf(world: World, seat: Seat | undefined, channel: Seat['channel']): Seat {
  if (seat && seat.channel !== channel) world.fail('all holders share one channel', channel.name);
  // A listener that ran meanwhile may have held it too.
  const found = seat ?? world.seats.get(channel.name);
  if (found) return found;
  world.lingering.delete(channel.name);
  const { fail, counter, trip, witnesses } = world;
  const made = new Seat(channel, { fail, counter, trip, witness: witnesses[0]! });
  world.seats.set(channel.name, made);
  return made;
}

function subscribe(world: World, name: string): void {
  const seat = world.seats.get(name);
  if (seat) seat.isHeldByClient = true;
  const channel = world.pusher.subscribe(name);
  // A listener may have given it up again already.
  if (seat && world.seats.get(name) !== seat) return;
  const isNew = !seat;
  const seated = seatOf(world, seat, channel);
  if (isNew) seated.isHeldByClient = true;
  if (seated.listeners.length > 0) return;
  seated.listen();
  seated.listen();
}

function unsubscribe(world: World, name: string): void {
  const seat = world.seats.get(name);
  const isHeld = seat?.isHeldByClient === true;
  if (seat) seat.isHeldByClient = false;
  world.pusher.unsubscribe(name);
  if (isHeld) closeIfEmpty(world, name, seat, 0, true);
}

function acquire(world: World, holder: number, name: string, linger: number | undefined): void {
  release(world, holder);
  const seat = world.seats.get(name);
  if (seat) seat.leases += 1;
  const lease = world.pusher.acquire(name, linger === undefined ? {} : { linger });
  const isGone = seat !== undefined && world.seats.get(name) !== seat;
  const seated = isGone ? seat : seatOf(world, seat, lease.channel);
  if (!seat) seated.leases += 1;
  const seatedListener = seated.listen();
  const stop = (): void => {
    seatedListener.remove();
    seated.leases -= 1;
    lease.release();
    lease.release(); // the second time does nothing
    closeIfEmpty(world, name, seated, linger ?? world.settings.releaseDelay, false);
  };
  // A listener may have made the same holder hold something else meanwhile.
  if (world.holders[holder]) stop();
  else world.holders[holder] = { name, lease, stop };
}

function release(world: World, holder: number): void {
  const held = world.holders[holder];
  world.holders[holder] = undefined;
  held?.stop();
}

function closeIfEmpty(world: World, name: string, seat: Seat, linger: number, isCleared: boolean): void {
  if (seat.holds > 0) return;
  seat.close(isCleared);
  if (world.seats.get(name) === seat) world.seats.delete(name);
  if (!world.isDisposed) world.lingering.set(name, world.clock.now + linger);
  for (const witness of world.witnesses) witness.forgive(name);
}

function trigger(world: World, name: string, count: number): void {
  const channel = world.seats.get(name)?.channel;
  if (!channel) return;
  const isPossible = channel.type === 'private' || channel.type === 'presence';
  for (let sent = 0; sent < count; sent += 1)
    try {
      const isTaken = channel.trigger('client-say', { k: (world.triggered += 1) });
      if (!isPossible) world.fail('client events are refused where the protocol has none', name);
      if (!isTaken) world.ledger.refuse(world.triggered);
    } catch (error) {
      if (isPossible || !(error instanceof PusherError) || error.code !== 'unsupported') throw error;
    }
}

function promise(world: World, of: 'connected' | 'subscribed' | 'ping', aborts: boolean): void {
  const { pusher } = world;
  const abort = new AbortController();
  const options = aborts ? { signal: abort.signal } : {};
  const channel = [...world.seats.values()][0]?.channel;
  const made: Promise<unknown> | undefined =
    of === 'connected'
      ? pusher.whenState('connected', options)
      : of === 'ping'
        ? pusher.connection.ping(options)
        : channel?.whenSubscribed(options);
  if (!made) return;
  const promised = { of, isSettled: false };
  const settle = (): void => {
    promised.isSettled = true;
  };
  made.then(settle, settle);
  world.promises.push(promised);
  if (aborts)
    world.clock.set(
      'world',
      () => {
        abort.abort();
      },
      2000,
    );
}

function dispose(world: World): void {
  if (world.isDisposed) return;
  if (!isResting(world)) expectRest(world);
  world.retry.forget();
  world.path.excuse('disconnect()');
  world.pusher.dispose();
  world.isDisposed = true;
  for (const seat of world.seats.values()) seat.end();
  world.seats.clear();
  world.lingering.clear();
  for (const witness of [...world.witnesses, world.forUser]) witness.die();
}
