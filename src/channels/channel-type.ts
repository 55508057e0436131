/** Channel names and what they say of the channel (protocol.md §7.1). Pure. */
import { PusherError } from '../errors.js';
import { CLIENT_PREFIX } from '../protocol/event-names.js';

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

/** Throws where a client event cannot be sent: by the kind of the channel, or by its name (protocol.md §7.4). */
export function assertClientEvent({ name, type }: { name: string; type: ChannelType }, event: string): void {
  if (type === 'public' || type === 'encrypted')
    throw new PusherError(
      'unsupported',
      `The ${type} channel "${name}" cannot send the client event "${event}".`,
      'Client events need a private or presence channel; publish to this one from a server.',
    );
  if (!event.startsWith(CLIENT_PREFIX))
    throw new PusherError(
      'invalid-event-name',
      `A client event cannot be named "${event}".`,
      `Begin its name with ${CLIENT_PREFIX}, for instance ${CLIENT_PREFIX}typing.`,
    );
}
