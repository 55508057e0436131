/** What was sent, to the page that sent it: the service leaves the sender out. */
import type { Channel, PresenceChannel } from '../../src/index.js';
import type { SentMessage } from './trigger-events.js';

/** Delivers a message on its channel as it would have come back, to listeners and elements of this page. */
export function echo(channel: Channel, { event, data }: SentMessage, receivedAt: number): void {
  // Written and read again, so that nobody gets an object that the page still has.
  const rawData = JSON.stringify(data ?? null);
  const id = (channel as Channel & Partial<Pick<PresenceChannel, 'members'>>).members?.me?.id;
  channel.deliver(event, JSON.parse(rawData), {
    rawData,
    receivedAt,
    cached: false,
    ...(id === undefined ? undefined : { user_id: id }),
  });
}
