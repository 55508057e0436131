/** What a signature brings along besides itself: who we are on a presence channel, the key of an encrypted one. */
import type { AuthorizationAnswer } from '../auth/authorization.js';
import { userIdOf } from '../protocol/channel-data.js';
import type { Entry, RegistryParts } from './channel-entry.js';
import { EncryptedInbox } from './encrypted-inbox.js';
import type { EventRouter } from './event-router.js';
import { PresenceChannel } from './presence-channel.js';
import { undecryptable } from './subscription-errors.js';

/** Takes from an answer what the channel needs to know before it is subscribed. */
export function acceptAnswer(entry: Entry, answer: AuthorizationAnswer, userId: string | undefined): void {
  const { channel, inbox } = entry;
  inbox?.setSecret(answer.shared_secret);
  if (channel instanceof PresenceChannel)
    channel.members.setMe(answer.channel_data === undefined ? userId : userIdOf(answer.channel_data));
}

/** The inbox of an encrypted channel. A refresh asks for a signature again, for the key that comes with it. */
export function createInbox(entry: Entry, parts: RegistryParts, router: EventRouter): EncryptedInbox {
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
