/** What a channel's name says about it (protocol.md §7.1). */

export interface ChannelKind {
  readonly access: 'public' | 'private' | 'presence' | 'encrypted' | 'server-to-user';
  /** Whether the last event is kept and sent again to newcomers. */
  readonly isCached: boolean;
}

const serverToUser = '#server-to-user-';
const longestName = 164;
const allowedName = /^[A-Za-z0-9_\-=@,.;]+$/;

// Longest prefix first, so that `private-encrypted-cache-x` is not taken for a private channel.
const prefixes: readonly (readonly [string, ChannelKind])[] = [
  ['private-encrypted-cache-', { access: 'encrypted', isCached: true }],
  ['private-encrypted-', { access: 'encrypted', isCached: false }],
  ['private-cache-', { access: 'private', isCached: true }],
  ['private-', { access: 'private', isCached: false }],
  ['presence-cache-', { access: 'presence', isCached: true }],
  ['presence-', { access: 'presence', isCached: false }],
  ['cache-', { access: 'public', isCached: true }],
  [serverToUser, { access: 'server-to-user', isCached: false }],
];

export function channelKind(name: string): ChannelKind {
  const found = prefixes.find(([prefix]) => name.startsWith(prefix));
  return found?.[1] ?? { access: 'public', isCached: false };
}

/** The user whose own channel this is. */
export function userOfChannel(name: string): string | undefined {
  return name.startsWith(serverToUser) ? name.slice(serverToUser.length) : undefined;
}

/** The channel of a signed-in user. */
export function channelOfUser(userId: string): string {
  return serverToUser + userId;
}

/** Whether the service takes the name: its characters and its length. */
export function isValidChannelName(name: string): boolean {
  const checked = userOfChannel(name) ?? name;
  return name.length <= longestName && allowedName.test(checked);
}
