/** A channel as the elements inside a `<pusher-channel>` see it; plain functions, like `connection-source.ts`. */
import type { Channel } from '../../src/index.js';
import type { ConnectionSource } from './connection-source.js';

export interface ChannelSource {
  /** The whole name, prefix included; empty while there is none. */
  readonly name: string;
  /** The client's channel; undefined while nothing is held. */
  readonly channel: Channel | undefined;
  readonly connection: ConnectionSource | undefined;
  /** Calls `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** A source and the word that something about it has changed. */
export interface OwnedChannelSource extends ChannelSource {
  changed(): void;
}

/** Makes a source that reads what it says when it is asked. */
export function createChannelSource(read: {
  readonly name: () => string;
  readonly channel: () => Channel | undefined;
  readonly connection: () => ConnectionSource | undefined;
}): OwnedChannelSource {
  const listeners = new Set<() => void>();
  return {
    get name() {
      return read.name();
    },
    get channel() {
      return read.channel();
    },
    get connection() {
      return read.connection();
    },
    changed() {
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      const own = (): void => {
        listener();
      };
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
