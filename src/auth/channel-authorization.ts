/** A signature for one channel, with what its kind needs besides. */
import type { ChannelType } from '../channels/channel-type.js';
import { AuthorizationError } from './authorization.js';
import type { AuthorizationAnswer } from './authorization.js';
import type { Authorizer } from './authorizer.js';

/** What is known of the connection and of its user. */
export interface ChannelAuthorizationParts {
  readonly authorizer: Authorizer;
  readonly socketId: () => string | undefined;
  /** The signed-in user, or one whose sign-in is under way. */
  readonly user: {
    readonly id: string | undefined;
    readonly isRetrying: boolean;
    whenSettled(): Promise<void>;
  };
}

/**
 * Asks for a signature and checks that it can be used: a presence channel needs to be told who we are, or a
 * user who is signed in (protocol.md §7.8); an encrypted channel needs its key. Rejects like `Authorizer`.
 */
export async function authorizeChannel(
  { authorizer, socketId, user }: ChannelAuthorizationParts,
  { name, type }: { readonly name: string; readonly type: ChannelType },
  signal: AbortSignal,
): Promise<AuthorizationAnswer> {
  const answer = await authorizer.authorize(
    { kind: 'channel', socketId: socketId() ?? '', channelName: name },
    signal,
  );
  if (type === 'presence' && answer.channel_data === undefined) {
    await user.whenSettled();
    if (user.id === undefined)
      throw new AuthorizationError(`The answer for "${name}" does not say who we are.`, {
        isRetryable: user.isRetrying, // the user may be signed in then
        remediation: 'A presence channel needs "channel_data" in the answer, or a user who is signed in.',
      });
  }
  if (type === 'encrypted' && !isKey(answer.shared_secret))
    throw new AuthorizationError(`The answer for "${name}" has no "shared_secret" of 32 bytes in base64.`, {
      remediation: 'Give the server library its encryption master key, so that it can make one.',
    });
  return answer;
}

/** Whether it is the key of an encrypted channel (protocol.md §7.7). */
function isKey(sharedSecret: string | undefined): boolean {
  try {
    return sharedSecret !== undefined && atob(sharedSecret).length === 32;
  } catch {
    return false; // not base64
  }
}
