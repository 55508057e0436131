/** Which elements hold which channel of a client, so that its connection can ask them before a channel is authorized. */
import type { Pusher } from '../../src/index.js';
import { sharedRegistry } from './shared-registry.js';

/** What an element says of the authorization of its channel. */
export interface ChannelAuthorization {
  readonly endpoint: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** An element that holds a channel; plain, because it may come from another copy of this library. */
export interface ChannelHolder {
  readonly element: Element;
  /** Asked for each request. */
  authorization(): ChannelAuthorization;
}

/** Says that `holder` holds a channel, until the returned function is called. */
export function holdChannel(client: Pusher, name: string, holder: ChannelHolder): () => void {
  const { holders } = sharedRegistry();
  const names = holders.get(client) ?? new Map<string, Set<ChannelHolder>>();
  holders.set(client, names);
  const set = names.get(name) ?? new Set();
  names.set(name, set.add(holder));
  return () => {
    set.delete(holder);
    if (set.size === 0 && names.get(name) === set) names.delete(name);
  };
}

/** The elements that hold a channel now, in the order in which they came. */
export function holdersOf(client: Pusher, name: string): ChannelHolder[] {
  return [...(sharedRegistry().holders.get(client)?.get(name) ?? [])];
}
