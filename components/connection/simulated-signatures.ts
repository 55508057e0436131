/** Signatures for `simulate`: its server checks none. Loaded when the first is asked for. */
import type { AuthorizationAnswer } from '../../src/index.js';

const names = ['Ada', 'Alan', 'Annie', 'Grace', 'Hedy', 'Katherine', 'Linus', 'Radia'];

/** The key of encrypted channels, base64. */
const secret = btoa('simulated'.padEnd(32, '.'));

/** Who one simulated connection is. */
export interface SimulatedUser {
  readonly id: string;
  readonly name: string;
}

/** Somebody, by chance. */
export function createUser(random: () => number): SimulatedUser {
  const name = names[Math.floor(random() * names.length)] ?? 'Ada';
  return { id: `${name.toLowerCase()}-${String(Math.floor(random() * 1e6))}`, name };
}

/** What an endpoint would answer; without a channel, for a sign-in. */
export function sign(key: string, user: SimulatedUser, channelName: string | undefined): AuthorizationAnswer {
  const auth = `${key}:simulated`;
  const { id, name } = user;
  if (channelName === undefined) return { auth, user_data: JSON.stringify({ id, user_info: { name } }) };
  if (channelName.startsWith('presence-'))
    return { auth, channel_data: JSON.stringify({ user_id: id, user_info: { name } }) };
  return channelName.startsWith('private-encrypted-') ? { auth, shared_secret: secret } : { auth };
}
