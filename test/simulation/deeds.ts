/** What time, the network, the page, the server and other people do. */
import { channelNames } from './action.js';
import type { Action, Deed, Preparation, Weather } from './action.js';
import type { NetworkSignal } from '../../src/index.js';
import { performCommand } from './commands.js';
import { isSealed } from './listener.js';
import { userId } from './vault.js';
import type { World } from './world.js';

/** Carries out one action; time passes elsewhere. */
export function perform(world: World, action: Action): void {
  switch (action.type) {
    case 'inside':
    case 'throw':
    case 'veto':
    case 'plan':
    case 'answer':
    case 'authorize-hook':
      prepare(world, action);
      return;
    case 'wait':
    case 'sleep':
    case 'offline':
    case 'online':
    case 'page':
    case 'pause':
    case 'resume':
    case 'silence':
    case 'support':
    case 'reply':
      change(world, action);
      return;
    case 'drop':
    case 'server-ping':
    case 'tell-user':
    case 'close':
    case 'faulty':
    case 'error-frame':
    case 'handshake':
    case 'script':
    case 'outage':
    case 'subscribing':
    case 'acknowledge':
    case 'publish':
    case 'rotate':
    case 'tls-only':
    case 'join':
    case 'leave':
    case 'say':
      doDeed(world, action);
      return;
    default:
      performCommand(world, action);
  }
}

function prepare(world: World, action: Preparation): void {
  switch (action.type) {
    case 'inside':
    case 'throw': {
      const waiting = world.prepared.get(action.moment) ?? [];
      world.prepared.set(action.moment, waiting);
      waiting.push(action.type === 'throw' ? 'throw' : action.commands);
      return;
    }
    case 'veto':
      world.vetoes[action.hook] += action.times;
      return;
    case 'plan':
      for (let count = 0; count < action.times; count += 1) world.plans.push(action.seconds);
      return;
    case 'answer':
      world.endpoint.script(action.answer, action.times);
      return;
    case 'authorize-hook':
      world.endpoint.scriptHook(action.hook, action.times);
      return;
  }
}

function change(world: World, action: Weather): void {
  const { wire, clock } = world;
  switch (action.type) {
    case 'wait':
      return; // the caller lets time pass
    case 'sleep':
      clock.sleep(action.milliseconds);
      // What should have ended meanwhile ends as soon as timers run again.
      for (const [name, until] of world.lingering) world.lingering.set(name, Math.max(until, clock.now));
      return;
    case 'offline':
      if (action.link) {
        wire.network.goOffline();
        for (const link of wire.live) link.cut();
      }
      if (action.signal) signal(world, 'offline');
      return;
    case 'online':
      if (action.link) wire.network.goOnline();
      if (action.signal) signal(world, 'online');
      return;
    case 'page':
      signal(world, action.signal);
      return;
    case 'pause':
      wire.link?.pause();
      return;
    case 'resume':
      wire.link?.resume();
      return;
    case 'silence':
      wire.link?.silence();
      return;
    case 'support':
      wire.network.setSupported(action.isThere);
      return;
    case 'reply':
      wire.replyFaults.push(action);
      return;
  }
}

/** The browser says something; who waits for an attempt makes it now (design.md §5). */
export function signal(world: World, kind: NetworkSignal): void {
  const { pusher, page, wire, retry, clock } = world;
  const { connection } = pusher;
  const isTrying = connection.state === 'connecting' || connection.state === 'unavailable';
  const isWaiting = connection.retryAt !== undefined;
  const isParked = isTrying && !isWaiting && wire.link === undefined;
  const isBack = kind === 'page-shown' && world.isSuspended;
  const mayWake = kind !== 'offline' && kind !== 'page-hidden' && (isWaiting || isParked || isBack);
  if (isBack) retry.allow(clock.now, false, false);
  else if (mayWake) retry.wake(clock.now);
  if (kind === 'page-hidden') {
    if (isTrying || connection.state === 'connected') world.isSuspended = true;
    world.path.excuse('the page was hidden');
  }
  if (isBack) world.isSuspended = false;
  const { attempts } = wire;
  const { refusals } = world;
  const { requests } = retry;
  page.signal(kind);
  const mustWake = mayWake && (isWaiting || isBack || page.isOnline()) && clock.now >= retry.notBefore;
  const isExcused =
    !pusher.reconnectAutomatically ||
    world.refusals > refusals ||
    retry.requests > requests ||
    world.isDisposed;
  if (mustWake && wire.attempts === attempts && !isExcused)
    world.fail(
      'a wake-up attempts at once',
      `${kind} while ${isWaiting ? 'waiting' : 'parked or suspended'}`,
    );
}

function doDeed(world: World, action: Deed): void {
  const { app } = world;
  switch (action.type) {
    case 'drop':
      world.clientConnection?.drop();
      return;
    case 'server-ping':
      world.clientConnection?.ping();
      return;
    case 'tell-user':
      world.app.publish({
        channels: `#server-to-user-${userId}`,
        event: 'tick',
        data: { n: (world.published += 1), channel: 'user' },
      });
      return;
    case 'close':
      world.clientConnection?.close(action.code, 'as the schedule says');
      return;
    case 'faulty':
      world.clientConnection?.sendFaulty(action.fault);
      return;
    case 'error-frame': {
      const connection = world.clientConnection;
      if (connection?.socketId !== undefined) connection.sendError(action.code, 'Scripted error');
      return;
    }
    case 'handshake':
      app.scriptNext({ handshake: action.behavior }, action.times);
      return;
    case 'script':
      app.script(action.behavior);
      return;
    case 'outage':
      app.script({ handshake: { type: action.isOn ? 'refuse' : 'accept' } });
      if (action.isOn) for (const some of world.clientConnections) some.drop();
      return;
    case 'subscribing':
      app.script({
        subscribeTo: { ...app.behavior.subscribeTo, [channelNames[action.channel]!]: action.behavior },
      });
      return;
    case 'acknowledge':
      app.acknowledge(channelNames[action.channel]!);
      return;
    case 'publish':
      publish(world, channelNames[action.channel]!, action.count);
      return;
    case 'rotate':
      world.vault.rotate(channelNames[action.channel]!, action.lags);
      publish(world, channelNames[action.channel]!, action.count);
      return;
    case 'tls-only':
      app.configure({ isTLSOnly: action.isOn });
      return;
    case 'join':
      world.bystanders[action.who]?.join(channelNames[action.channel]!);
      return;
    case 'leave':
      world.bystanders[action.who]?.leave(channelNames[action.channel]!);
      return;
    case 'say': {
      const channel = channelNames[action.channel]!;
      world.bystanders[action.who]?.say(channel, { n: (world.published += 1), channel });
      return;
    }
  }
}

export function publish(world: World, channel: string, count: number): void {
  for (let sent = 0; sent < count; sent += 1) {
    const n = (world.published += 1);
    const payload = { n, channel };
    if (!isSealed(channel)) world.app.publish({ channels: channel, event: 'tick', data: payload });
    else
      world.app.publish({
        channels: channel,
        event: `sealed-${n}`,
        data: world.vault.seal(channel, payload),
      });
  }
}
