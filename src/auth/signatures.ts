/**
 * Signatures for channels and for the user. The code that asks for them is loaded with the first that is needed,
 * as early as that is known: while the connection is being made. A page with public channels only goes without.
 */
import type { ChannelType } from '../channels/channel-type.js';
import type { Clock } from '../clock.js';
import type { AuthOptions } from './auth-options.js';
import type { AuthorizationAnswer, BeforeAuthorize } from './authorization.js';
import type { ChannelAuthorizationParts } from './channel-authorization.js';
import { loadCode } from './load-code.js';

/** What signatures need from outside. */
export interface SignaturesParts {
  readonly clock: Clock;
  /** As they are now. */
  readonly options: () => AuthOptions & {
    readonly beforeAuthorize?: ((event: BeforeAuthorize) => unknown) | undefined;
  };
  readonly warn: (message: string) => void;
  readonly socketId: () => string | undefined;
  readonly user: () => ChannelAuthorizationParts['user'];
}

/** Each rejects with an `AuthorizationError`, or with the reason of `signal`. */
export interface Signing {
  /** A signature for a channel on the present connection. */
  readonly channel: (
    channel: { readonly name: string; readonly type: ChannelType },
    signal: AbortSignal,
  ) => Promise<AuthorizationAnswer>;
  /** One for the user of the present connection. */
  readonly user: (signal: AbortSignal) => Promise<AuthorizationAnswer>;
}

type Code = typeof import('./signing.js');

let loaded: Code | undefined;

/** Loads the code; rejects as `loadCode()` does. */
export async function loadSigning(): Promise<Code> {
  return (loaded ??= await loadCode(import('./signing.js'), 'that asks for signatures'));
}

/** The channel; where it needs a signature, the code for that is loaded meanwhile. A failure is told by its subscription. */
export function prepareSigning<Subscribed extends { readonly type: ChannelType }>(
  channel: Subscribed,
): Subscribed {
  if (!loaded && channel.type !== 'public') loadSigning().catch(() => undefined);
  return channel;
}

/** One per client. */
export function createSignatures(parts: SignaturesParts): Signing {
  let signing: Signing | undefined;
  const ready = async (signal: AbortSignal): Promise<Signing> => {
    const { createSigning } = await loadSigning();
    signal.throwIfAborted();
    return (signing ??= createSigning(parts));
  };
  return {
    channel: async (channel, signal) => (await (signing ?? ready(signal))).channel(channel, signal),
    user: async (signal) => (await (signing ?? ready(signal))).user(signal),
  };
}
