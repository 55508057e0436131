/** Asks for signatures. Loaded only for the first channel, or user, that needs one (signatures.ts). */
import { resolveAuthOptions } from './auth-settings.js';
import { Authorizer } from './authorizer.js';
import { authorizeChannel } from './channel-authorization.js';
import type { Signing, SignaturesParts } from './signatures.js';

/** One per client. */
export function createSigning({ clock, options, warn, socketId, user }: SignaturesParts): Signing {
  const authorizer = new Authorizer({
    clock,
    settings: (kind) => resolveAuthOptions(options(), () => undefined)[kind], // it was said when they were given
    beforeAuthorize: options().beforeAuthorize,
    warn,
  });
  return {
    channel: (channel, signal) => authorizeChannel({ authorizer, socketId, user: user() }, channel, signal),
    user: (signal) => authorizer.authorize({ kind: 'user', socketId: socketId() ?? '' }, signal),
  };
}
