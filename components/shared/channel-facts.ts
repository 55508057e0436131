/**
 * What a channel says of itself, for all who hold it: one listener for each event, however many elements there
 * are. Taking a listener away is a walk over all of its event, so a thousand elements would make a million steps.
 */
import type { Channel } from '../../src/index.js';
import { tellAll } from './tell-all.js';

/** Takes the name of an event of the channel itself, and its payload. */
export type FactListener = (event: string, payload: unknown) => void;

const events = [
  'state_change',
  'gap',
  'subscription_succeeded',
  'unsubscribed',
  'subscription_error',
  'member_added',
  'member_removed',
  'cache_miss',
  'subscription_count',
].map((name) => `pusher:${name}`);

interface Followed {
  readonly listeners: Set<FactListener>;
  readonly bound: ReadonlyMap<string, (payload: unknown) => void>;
}

const followed = new WeakMap<Channel, Followed>();

/** Calls `listener` for them until the returned function is called. */
export function followFacts(channel: Channel, listener: FactListener): () => void {
  const { listeners, bound } = followed.get(channel) ?? follow(channel);
  listeners.add(listener);
  return () => {
    if (!listeners.delete(listener) || listeners.size > 0) return;
    followed.delete(channel);
    for (const [event, callback] of bound) channel.unbind(event, callback);
  };
}

function follow(channel: Channel): Followed {
  const listeners = new Set<FactListener>();
  const bound = new Map(
    events.map((event) => [
      event,
      (payload: unknown): void => {
        tellAll(listeners, event, payload);
      },
    ]),
  );
  for (const [event, callback] of bound) channel.bind(event, callback);
  const made = { listeners, bound };
  followed.set(channel, made);
  return made;
}
