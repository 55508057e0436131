/** What the world makes of everything that crosses the wire. */
import type { Numbered } from './listener.js';
import { isSealed } from './listener.js';
import { userId } from './vault.js';
import { member } from './wire.js';
import type { Link, Read, WireWatcher } from './wire.js';
import type { World } from './world.js';

const userChannel = `#server-to-user-${userId}`;

export function watchWire(world: World): WireWatcher {
  return {
    attempted() {
      const { clock, retry, wire } = world;
      if (world.isDisposed) world.fail('nothing is left after dispose()', 'an attempt');
      if (wire.live.size > 0) world.fail('at most one live socket', 'another is there when one is made');
      world.note('attempt');
      retry.attempted(clock.now, clock.wokeAt);
    },
    opened(link) {
      const { clock, settings, told } = world;
      // It may have begun before or after a listener changed it.
      const times = [settings.connectTimeout, ...(told?.at === clock.now ? [told.connectTimeout] : [])];
      link.leastConnectTimeout = Math.min(...times);
      link.connectTimeout = Math.max(...times);
      world.told = undefined;
      if (world.wire.live.size > 0)
        world.fail('at most one live socket', 'another is there when one is opened');
    },
    sent(link, frame) {
      if (world.isDisposed) world.fail('nothing is left after dispose()', `${frame.event} is sent`);
      world.note(`client, socket ${link.number}:`, frame);
      world.ledger.sent(link, frame, world.clock.now, world.settings.subscriptionTimeout);
    },
    delivered(link, frame) {
      world.note(`server, socket ${link.number}:`, frame ?? 'something that is no frame');
      const wasEstablished = link.socketId !== undefined;
      world.ledger.delivered(link, frame);
      if (!wasEstablished && link.socketId !== undefined) established(world, link, frame);
      if (frame?.event === 'pusher_internal:subscription_succeeded') confirmed(world, frame.channel ?? '');
      const numbered = wasEstablished ? numberOf(frame) : undefined;
      if (!numbered) return;
      const version = world.vault.versionOf(frame?.payload);
      if (version !== undefined) world.keys.arrived(numbered.channel, numbered.n, version);
      world.counter.dispatches += 1;
      if (numbered.channel === userChannel && world.pusher.user.id !== undefined)
        world.forUser.expect(numbered, true);
      if (!world.seats.has(numbered.channel)) return;
      // Before its subscription is confirmed, an encrypted channel may have no key to open an event with.
      const isOwed = world.seats.get(numbered.channel)?.channel.subscribed === true;
      for (const listener of world.listenersOf(numbered.channel))
        if (listener.hears(frame!.event)) listener.expect(numbered, isOwed);
    },
    digested(_link, frame) {
      const numbered = numberOf(frame);
      world.forUser.checkDispatched();
      if (numbered) for (const listener of world.listenersOf(numbered.channel)) listener.checkDispatched();
    },
    ended(link) {
      world.note(`socket ${link.number} ends`);
      world.lastLink = link;
      world.isDisconnecting = false;
      world.retry.ended();
      for (const channel of world.seats.keys())
        for (const listener of world.listenersOf(channel)) listener.forgive();
    },
  };
}

/** A success that comes twice is no new subscription. */
function confirmed(world: World, channel: string): void {
  if (world.seats.get(channel)?.channel.subscribed !== true) world.keys.subscribed(channel);
}

function established(world: World, link: Link, frame: Read | undefined): void {
  const { settings } = world;
  const seconds = Number(member(frame?.payload, 'activity_timeout'));
  link.pongTimeout = settings.pongTimeout;
  link.activityTimeout = Math.min(settings.activityTimeout, seconds > 0 ? seconds * 1000 : Infinity);
}

/** The number of an application's event. Encrypted events carry it in their names. */
function numberOf(frame: Read | undefined): Numbered | undefined {
  if (frame?.channel === undefined) return undefined;
  const { event, channel, payload } = frame;
  if (isSealed(channel)) {
    const n = /^sealed-(\d+)$/.exec(event)?.[1];
    return n === undefined ? undefined : { n: Number(n), channel };
  }
  const n = event === 'tick' || event === 'client-tick' ? member(payload, 'n') : undefined;
  return typeof n === 'number' ? { n, channel } : undefined;
}
