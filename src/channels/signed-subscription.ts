/** What a signature brings along besides itself: who we are on a presence channel, the key of an encrypted one. */
import type { AuthorizationAnswer } from '../auth/authorization.js';
import { PusherError } from '../errors.js';
import { userIdOf } from '../protocol/channel-data.js';
import type { Entry, RegistryParts } from './channel-entry.js';
import type { EncryptedInbox } from './encrypted-inbox.js';
import type { EventRouter } from './event-router.js';
import { PresenceChannel } from './presence-channel.js';

/** Takes from an answer what the channel needs to know before it is subscribed. */
export function acceptAnswer(entry: Entry, answer: AuthorizationAnswer, userId: string | undefined): void {
  const { channel, inbox } = entry;
  inbox?.setSecret(answer.shared_secret);
  if (channel instanceof PresenceChannel)
    channel.members.setMe(answer.channel_data === undefined ? userId : userIdOf(answer.channel_data));
}

type Code = typeof import('./encrypted-channel.js');

let loaded: Code | undefined;

/**
 * Loads the code that opens events. Where it cannot be had, that is a network error like any other: rejects
 * with one that is tried again. Some browsers remember a failed import by its address; others do not.
 */
export async function loadEncryption(): Promise<Code> {
  try {
    return (loaded ??= await import('./encrypted-channel.js'));
  } catch (cause) {
    const remediation = 'Nothing, if it passes: it is tried again by itself.';
    const message = 'The code that opens encrypted events could not be loaded.';
    const error = new PusherError('authorization-failed', message, remediation, cause);
    throw Object.assign(error, { status: 0, isRetryable: true });
  }
}

/** The inbox of an encrypted channel, as far as it is there without its code. */
export interface Inbox extends Pick<EncryptedInbox, 'setSecret' | 'push' | 'close'> {
  /** Loads the code; a subscription waits for it, so an event before that belongs to no subscription. */
  load(): Promise<void>;
}

/** An inbox that opens nothing before it is loaded. */
export function createInbox(entry: Entry, parts: RegistryParts, router: EventRouter): Inbox {
  let inbox: EncryptedInbox | undefined;
  return {
    async load() {
      const code = await loadEncryption();
      inbox ??= code.openInbox(entry, parts, router);
    },
    setSecret: (secret) => inbox?.setSecret(secret),
    push: (frame, isReplay) => inbox?.push(frame, isReplay),
    close: () => inbox?.close(),
  };
}
