/** Rows 1 and 2: one frame from the socket's `onmessage` to the listeners, or to nobody. */
import { connect, end } from './clients.js';
import type { Client, Libraries } from './clients.js';
import { FakeSocket } from './fake-socket.js';
import { makeFrames } from './messages.js';
import { batchSize, compare } from './rounds.js';
import type { Contestants, Pace, Rounds } from './rounds.js';

/** One measurement. */
export interface MessageCase {
  /** Characters of the frame. */
  readonly size: number;
  /** How many listeners the event has; with none, the frame is for nobody. */
  readonly listeners: number;
  /** The channel it is for: `market` is subscribed. */
  readonly channel: string;
  readonly pace: Pace;
}

const subscribed = 'market';
const event = 'order-changed';

interface Frame {
  readonly data: string;
}
interface Payload {
  readonly id: number;
}

export async function messagePath(libraries: Libraries, wanted: MessageCase): Promise<Rounds> {
  const { size, listeners, channel, pace } = wanted;
  const frames = makeFrames(size, event, channel);
  let heard = 0;
  // Reads the payload, so that one that is never parsed would not do.
  const listen = Array.from({ length: listeners }, () => ({ id }: Payload) => {
    heard += id > 0 ? 1 : 0;
  });
  const clients: Client[] = [];
  const receiverOf = async (maker: 'ours' | 'peer'): Promise<(frame: Frame) => void> => {
    const client = await connect(libraries, maker);
    clients.push(client);
    const socket = FakeSocket.newest;
    const confirmed = socket.confirmations(1);
    const joined = client.subscribe(subscribed);
    // A listener of something else, as on any page: no contestant may be fast because it has none at all.
    joined.bind('another-event', () => undefined);
    for (const listener of listen) joined.bind(event, listener);
    await confirmed;
    return (frame) => socket.onmessage!(frame);
  };
  const receivers = {
    ours: await receiverOf('ours'),
    peer: await receiverOf('peer'),
    floor: listeners ? parseTwiceAndCall(listen) : parseOnce,
  };
  for (const [name, receive] of Object.entries(receivers)) {
    heard = 0;
    frames.forEach(receive);
    if (heard !== frames.length * listeners) throw new Error(`${name} called ${heard} listeners.`);
  }
  let at = 0;
  const count = batchSize(() => receivers.floor(frames[at++ % frames.length]!));
  const contestants: Contestants = Object.fromEntries(
    Object.entries(receivers).map(([name, receive]) => [
      name,
      () => {
        for (let sent = 0; sent < count; sent += 1) receive(frames[sent % frames.length]!);
      },
    ]),
  );
  const rounds = await compare(contestants, pace);
  clients.forEach(end);
  for (const times of Object.values(rounds))
    times.forEach((time, round) => (times[round] = (time / count) * 1e6));
  return rounds;
}

const parseTwiceAndCall =
  (listeners: readonly ((payload: Payload) => void)[]) =>
  (frame: Frame): void => {
    const { data } = JSON.parse(frame.data) as Frame;
    const payload = JSON.parse(data) as Payload;
    for (const listener of listeners) listener(payload);
  };

/** What was parsed is kept, so that no compiler can leave it out. */
let last: unknown;
const parseOnce = (frame: Frame): void => {
  last = JSON.parse(frame.data);
};
export const lastParsed = (): unknown => last;
