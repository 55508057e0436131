/**
 * The one thing that copies of this library on a page share. Plain objects and functions, because
 * `instanceof` fails between copies; versioned by its key, because it cannot change once it is there. The
 * first copy that needs it makes it, and the others use that copy's functions.
 */
import type { SharedClient } from '../connection/client-pool.js';
import type { RegionOf } from './announcer.js';
import type { ChannelHolder } from './channel-holders.js';
import type { ConnectionSource } from './connection-source.js';
import type { FrameQueue } from './frame-scheduler.js';

/** The connections of one document. */
export interface ConnectionDirectory {
  /**
   * Called when a connection arrives or leaves, or what finds it has changed. No `EventTarget`: that compares each
   * new listener with all there are, which ten thousand elements would feel.
   */
  readonly listeners: Set<() => void>;
  /** The elements that offer a connection now, and what they offer. */
  readonly entries: Map<Element, ConnectionSource>;
}

/** The live regions that may speak of a connection, in the order in which they came. */
export type Speakers = WeakMap<object, Element[]>;

export interface SharedRegistry {
  readonly directories: WeakMap<Document, ConnectionDirectory>;
  readonly speakers: Speakers;
  /** The elements that hold a channel, by client and by name. */
  readonly holders: WeakMap<object, Map<string, Set<ChannelHolder>>>;
  /** The clients that connection elements may use together; made by the first that opens one. */
  clients?: Set<SharedClient>;
  /** Which elements a copy of the loader has taken on, with its version; undefined before there is one. */
  loaders?: Map<string, string>;
  /** What is written with the next frame; made by the first copy that writes. */
  frames?: FrameQueue;
  /** The live regions of widgets; made by the first copy that announces. */
  announcers?: WeakMap<Document, RegionOf>;
  /** Parses HTML in a document where nothing runs; made by the first copy that does, because its policy can be made once. */
  parseHtml?: (html: string) => Document;
}

const key: unique symbol = Symbol.for('pusher-elements/1');

export function sharedRegistry(): SharedRegistry {
  const scope = globalThis as { [key]?: SharedRegistry | undefined };
  return (scope[key] ??= { directories: new WeakMap(), speakers: new WeakMap(), holders: new WeakMap() });
}
