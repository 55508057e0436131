/** `pusher.channels`, as pusher-js users know it; Laravel Echo whispers through it. */
import type { Channel } from './channel.js';

/** The channels that are held. */
export interface ChannelTable {
  /** By name. Made anew at each look, and without a prototype, so that no name can be one of its. */
  readonly channels: Readonly<Record<string, Channel>>;
  find(name: string): Channel | undefined;
  all(): Channel[];
}

/** The table of a registry. */
export const channelTable = (registry: {
  channel(name: string): Channel | undefined;
  all(): Channel[];
}): ChannelTable => ({
  get channels() {
    const byName = Object.create(null) as Record<string, Channel>;
    for (const channel of registry.all()) byName[channel.name] = channel;
    return byName;
  },
  find: (name) => registry.channel(name),
  all: () => registry.all(),
});
