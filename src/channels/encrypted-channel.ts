/** What an encrypted channel needs besides a private one. Loaded only when one is subscribed. */
import type { SubscriptionError } from './channel.js';
import type { Entry, RegistryParts } from './channel-entry.js';
import { EncryptedInbox } from './encrypted-inbox.js';
import type { EventRouter } from './event-router.js';

/** An event of an encrypted channel was dropped. */
function undecryptable(channel: string, event: string, why: string): SubscriptionError {
  const message = `An event "${event}" on "${channel}" was dropped: ${why}`;
  return {
    type: 'DecryptionError',
    error: message,
    message,
    reason: 'decryption-failed',
    remediation: 'Check that whoever publishes has the encryption master key of the authorization endpoint.',
  };
}

/** The inbox of an encrypted channel. A refresh asks for a signature again, for the key that comes with it. */
export function openInbox(entry: Entry, parts: RegistryParts, router: EventRouter): EncryptedInbox {
  return new EncryptedInbox({
    now: () => parts.clock.now(),
    refreshSecret: async () => {
      if (entry.wire !== 'subscribed') return null;
      const refresh = new AbortController();
      entry.authorization = refresh; // it ends with the subscription, like one that leads there
      try {
        return (await parts.authorize(entry.channel, refresh.signal)).shared_secret;
      } catch (error) {
        if (refresh.signal.aborted) return null;
        throw error;
      }
    },
    deliver: (frame, isReplay) => {
      router.deliverOpened(entry, frame, isReplay);
    },
    dropped: (frame, why) => {
      const error = undecryptable(entry.channel.name, frame.event, why);
      parts.warn(error.message);
      entry.channel.report(error);
    },
  });
}
