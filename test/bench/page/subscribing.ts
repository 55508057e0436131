/** Row 4: from the first `subscribe()` to the last confirmation, and from a new welcome to the last one again. */
import { connect, end, whenConnected } from './clients.js';
import type { Libraries, Maker, Signing } from './clients.js';
import { FakeSocket } from './fake-socket.js';
import type { Rounds } from './rounds.js';

export interface SubscribingCase {
  readonly channels: number;
  readonly signing: Signing;
  readonly rounds: number;
}

/** Microseconds for each channel. */
export interface Subscribing {
  readonly first: Rounds;
  readonly again: Rounds;
}

export async function subscribing(libraries: Libraries, wanted: SubscribingCase): Promise<Subscribing> {
  const { channels, signing, rounds } = wanted;
  const names = Array.from(
    { length: channels },
    (_, at) => `${signing === 'none' ? '' : 'private-'}channel-${at}`,
  );
  const first: Rounds = {};
  const again: Rounds = {};
  const add = (rounds: Rounds, name: string, time: number): void => {
    (rounds[name] ??= []).push((time / channels) * 1000);
  };
  for (let round = 0; round <= rounds; round += 1) {
    // pusher-js has no batches: its numbers are those of the unbatched case.
    for (const maker of signing === 'batch' ? (['ours'] as const) : (['ours', 'peer'] as const)) {
      const found = await clientTimes(libraries, maker, names, signing);
      if (round === 0) continue; // to warm up
      add(first, maker, found.first);
      add(again, maker, found.again);
    }
    const floor = await floorTime(names);
    if (round === 0) continue;
    add(first, 'floor', floor);
    add(again, 'floor', floor);
  }
  return { first, again };
}

async function clientTimes(
  libraries: Libraries,
  maker: Maker,
  names: readonly string[],
  signing: Signing,
): Promise<{ first: number; again: number }> {
  const client = await connect(libraries, maker, signing);
  const done = FakeSocket.newest.confirmations(names.length);
  const begin = performance.now();
  for (const name of names) client.subscribe(name);
  const first = (await done) - begin;
  const connected = whenConnected(client);
  FakeSocket.newest.close(1006);
  await connected;
  const { newest } = FakeSocket;
  const again = (await newest.confirmations(names.length)) - newest.welcomedAt;
  end(client);
  return { first, again };
}

/** The same frames over the same socket, and a Map of what is wanted. */
async function floorTime(names: readonly string[]): Promise<number> {
  const socket = new FakeSocket();
  await new Promise<void>((resolve) => {
    socket.onmessage = () => resolve();
  });
  const wanted = new Map<string, { isSubscribed: boolean }>();
  socket.onmessage = ({ data }) => {
    const { channel } = JSON.parse(data) as { channel: string };
    wanted.get(channel)!.isSubscribed = true;
  };
  const done = socket.confirmations(names.length);
  const begin = performance.now();
  for (const channel of names) {
    wanted.set(channel, { isSubscribed: false });
    socket.send(JSON.stringify({ event: 'pusher:subscribe', data: { channel } }));
  }
  return (await done) - begin;
}
