/** Channel names and what they say of the channel (protocol.md §7.1). Pure. */
import { PusherError } from '../errors.js';

/** What a name's prefix makes of a channel. */
export type ChannelType = 'public' | 'private' | 'presence' | 'encrypted';

/** What the official server library accepts; the documentation says 164, so a server may refuse longer ones. */
export const channelNameLimit = 200;

/** The kind of a channel, by the longest prefix. */
export function channelType(name: string): ChannelType {
  if (name.startsWith('private-encrypted-')) return 'encrypted';
  if (name.startsWith('private-')) return 'private';
  if (name.startsWith('presence-')) return 'presence';
  return 'public';
}

/** The name itself, or a thrown error that says what a name may contain. */
export function validateChannelName(name: unknown): string {
  if (typeof name === 'string' && name.length <= channelNameLimit && /^[A-Za-z0-9_\-=@,.;]+$/.test(name))
    return name;
  const shown =
    typeof name === 'string' ? `"${name.slice(0, 60)}${name.length > 60 ? '…' : ''}"` : String(name);
  throw new PusherError(
    'invalid-channel-name',
    `A channel cannot be named ${shown}.`,
    `Use 1 to ${String(channelNameLimit)} letters, digits and any of _ - = @ , . ; without spaces.`,
  );
}

/** Whether the server keeps the last event of a channel and replays it (protocol.md §7.6). */
export const isCacheChannel = (name: string): boolean =>
  /^(?:private-encrypted-|private-|presence-)?cache-/.test(name);
