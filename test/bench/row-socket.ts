/** Row 3: a stream of messages over a real socket from the local server, as fast as each contestant confirms them. */
import { setImmediate as pause } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import type { AddressInfo } from 'node:net';
import { ChannelsServer } from '../server/channels-server.js';
import type { BenchPage, BrowserName } from './browser.js';
import type { Stream } from './page/real-socket.js';
import type { Contestant, Result } from './results.js';

const contestants: readonly Contestant[] = ['ours', 'peer', 'floor'];
const count = 30_000;
const every = 250;
/** Messages that are on their way at most. */
const inFlight = 2000;
const rounds = 5;
const key = 'bench-key';

export async function socketRow({ ask, page }: BenchPage, where: BrowserName): Promise<Result[]> {
  const server = new ChannelsServer({ apps: [{ key }] });
  await server.listen();
  const confirmations = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => confirmations.once('listening', resolve));
  confirmations.on('connection', (socket) => {
    let confirmed = 0;
    socket.on('message', (message: Buffer) => {
      const text = message.toString();
      if (text === 'subscribed') void send(() => confirmed);
      else confirmed = Number(text);
    });
  });
  async function send(confirmed: () => number): Promise<void> {
    for (let sent = 0; sent < count;) {
      for (const stop = Math.min(count, sent + every); sent < stop; sent += 1)
        server.core.publish({
          channels: ['market'],
          event: 'order-changed',
          data: { id: sent + 1, at: Date.now(), symbol: `S${sent % 89}`, price: 100 + (sent % 977) / 8 },
        });
      do await pause();
      while (sent - confirmed() > inFlight && server.apps[0]!.connections.length > 0);
    }
  }

  const stream: Stream = {
    key,
    port: server.port,
    confirmAt: `ws://127.0.0.1:${(confirmations.address() as AddressInfo).port}/`,
    count,
    every,
  };
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  const processorTime = async (): Promise<number> =>
    (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ThreadTime')!.value;
  const none = (): Record<Contestant, number[]> => ({ ours: [], peer: [], floor: [] });
  const [times, processor, late] = [none(), none(), none()];
  for (let round = 0; round <= rounds; round += 1)
    for (const contestant of contestants) {
      const before = await processorTime();
      const taken = await ask('receive', contestant, stream);
      const used = (await processorTime()) - before;
      if (round === 0) continue; // to warm up
      times[contestant].push((taken.time / count) * 1000);
      processor[contestant].push((used / count) * 1e6);
      late[contestant].push(taken.late / Math.max(1, taken.early));
    }
  await session.detach();
  confirmations.close();
  await server.close();
  const add = (what: string, unit: string, found: Record<Contestant, number[]>): Result => ({
    row: 3,
    what,
    where,
    unit,
    rounds: found,
  });
  return [
    add('local server: time for each message', 'µs', times),
    add('local server: processor time for a million', 's', processor),
    add('local server: delay at the end, by that at the beginning', '×', late),
  ];
}
