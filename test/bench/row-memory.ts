/** Row 6: bytes of heap, after a collection, for each thing that is held, and for each cycle that is over. Chromium only. */
import type { BenchPage, BrowserName } from './browser.js';
import type { Maker } from './page/clients.js';
import type { Cycle, Held } from './page/memory.js';
import type { Result } from './results.js';

const held: Readonly<Record<Held, number>> = { connection: 200, channel: 5000, member: 5000 };
const cycles: Readonly<Record<Cycle, number>> = {
  'subscribe and unsubscribe': 100_000,
  'connect and dispose': 10_000,
};
const makers: readonly Maker[] = ['ours', 'peer'];
const rounds = 3;

export async function memoryRow({ ask, page }: BenchPage, where: BrowserName): Promise<Result[]> {
  const session = await page.createCDPSession();
  const heap = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
  /** What `grow` leaves behind, divided by `count`. */
  const price = async (count: number, grow: () => Promise<unknown>): Promise<number> => {
    const before = await heap();
    await grow();
    const after = await heap();
    return (after - before) / count;
  };
  const results: Result[] = [];
  for (const [what, count] of Object.entries(held) as [Held, number][]) {
    const found: Record<Maker, number[]> = { ours: [], peer: [] };
    for (let round = 0; round < rounds; round += 1)
      for (const maker of makers) {
        await ask('prepare', maker);
        await ask('hold', maker, what, 20); // what the first one loads or compiles is no price of the others
        found[maker].push(await price(count, () => ask('hold', maker, what, count)));
        await ask('release');
      }
    results.push({ row: 6, what: `each ${what}`, where, unit: 'B', rounds: found });
  }
  for (const [what, count] of Object.entries(cycles) as [Cycle, number][]) {
    const found: Record<Maker, number[]> = { ours: [], peer: [] };
    for (const maker of makers) {
      await ask('prepare', maker);
      await ask('repeat', maker, what, count / 10);
      found[maker].push(await price(count, () => ask('repeat', maker, what, count)));
      await ask('release');
    }
    results.push({
      row: 6,
      what: `left by ${count.toLocaleString('en')} × ${what}`,
      where,
      unit: 'B/cycle',
      rounds: found,
    });
  }
  await session.detach();
  return results;
}
