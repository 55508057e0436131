/**
 * The names in a frame without parsing it. Most frames on a busy connection may be for nobody on this page; to
 * parse one takes longer than everything else that is done with it.
 */

/** What a frame is about. */
export interface FrameNames {
  readonly event: string;
  readonly channel: string;
}

const head = '{"event":"';
const between = ',"channel":"';

/**
 * The names of an application's event on a channel, where the text begins as servers write it:
 * `{"event":"…","channel":"…"`. Undefined for any other text, and for names that are not written plainly or may
 * be the protocol's own. What follows is not looked at, so it may be no JSON at all.
 */
export function peekNames(raw: unknown): FrameNames | undefined {
  if (typeof raw !== 'string' || !raw.startsWith(head)) return undefined;
  const eventEnd = raw.indexOf('"', head.length);
  if (!raw.startsWith(between, eventEnd + 1)) return undefined;
  const begin = eventEnd + 1 + between.length;
  const event = raw.slice(head.length, eventEnd);
  const channel = raw.slice(begin, raw.indexOf('"', begin));
  return event.startsWith('pusher') || event.includes('\\') || channel.includes('\\')
    ? undefined
    : { event, channel };
}
