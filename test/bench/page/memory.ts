/** Row 6: things to hold while the heap is measured from outside, and cycles after which nothing may be left. */
import { connect, create, end, whenConnected } from './clients.js';
import type { Client, Libraries, Maker } from './clients.js';
import { FakeSocket } from './fake-socket.js';

/** What there is a price of. */
export type Held = 'connection' | 'channel' | 'member';
/** What is begun and ended again and again. */
export type Cycle = 'subscribe and unsubscribe' | 'connect and dispose';

let clients: Client[] = [];

/** Makes a client to work with, so that what is loaded once is not counted. */
export async function prepare(libraries: Libraries, maker: Maker): Promise<void> {
  clients = [await connect(libraries, maker, 'handler')];
}

export async function hold(libraries: Libraries, maker: Maker, what: Held, count: number): Promise<void> {
  const client = clients[0]!;
  if (what === 'connection') {
    for (let made = 0; made < count; made += 1) clients.push(await connect(libraries, maker));
    return;
  }
  const socket = FakeSocket.newest;
  const done = socket.confirmations(socket.confirmed + (what === 'channel' ? count : 1));
  FakeSocket.roster = what === 'member' ? Array.from({ length: count }, (_, at) => `user-${at}`) : [];
  if (what === 'member') client.subscribe(`presence-${count}`);
  else for (let made = 0; made < count; made += 1) client.subscribe(`channel-${count}-${made}`);
  await done;
  FakeSocket.roster = [];
}

export async function repeat(libraries: Libraries, maker: Maker, what: Cycle, count: number): Promise<void> {
  if (what === 'connect and dispose')
    for (let ran = 0; ran < count; ran += 1) {
      const client = create(libraries, maker);
      await whenConnected(client);
      end(client);
    }
  else
    for (let ran = 0; ran < count; ran += 1) {
      clients[0]!.subscribe(`channel-${ran}`);
      clients[0]!.unsubscribe(`channel-${ran}`);
      if (ran % 500 === 499) await idle();
    }
  await idle();
}

/** Lets timers of no delay run. */
const idle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

export function release(): void {
  clients.forEach(end);
  clients = [];
}
