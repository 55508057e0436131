/** Row 8: elements against hand-written DOM code with the same client. Chromium only: others do not tell of tasks. */
import { longestTask } from './tasks.js';
import type { BenchPage, BrowserName } from './browser.js';
import type { Scene, Shower } from './page/elements.js';
import type { Contestant, Result } from './results.js';

const showers: readonly Shower[] = ['ours', 'floor'];
/** As many events as ten minutes bring at 1,000 per second. */
const tenMinutes = 600_000;

interface Stage {
  readonly scene: Scene;
  readonly perSecond: number;
  readonly what: string;
}
const stages: readonly Stage[] = [
  { scene: 'values', perSecond: 1000, what: '1,000 values, 1,000 events/s' },
  { scene: 'list', perSecond: 100, what: 'list of 1,000 rows, 100 updates/s' },
];

type Rounds = Record<Shower, number[]>;
const noRounds = (): Rounds => ({ ours: [], floor: [] });

export async function elementsRow({ ask, page }: BenchPage, where: BrowserName): Promise<Result[]> {
  const results: Result[] = [];
  const add = (what: string, unit: string, rounds: Partial<Record<Contestant, number[]>>): void => {
    results.push({ row: 8, what, where, unit, rounds });
  };
  for (const count of [1000, 10_000]) {
    const times = noRounds();
    for (let round = 0; round <= (count === 1000 ? 7 : 2); round += 1)
      for (const shower of showers) {
        const time = await ask('upgrade', shower, count);
        if (round > 0) times[shower].push((time / count) * 1000); // the first one warms up
      }
    add(`upgrading ${count.toLocaleString('en')} <pusher-value>`, 'µs/tag', times);
  }
  const upgrades = noRounds();
  for (let round = 0; round < 3; round += 1)
    for (const shower of showers)
      upgrades[shower].push((await longestTask(page, () => ask('upgrade', shower, 1000))).processor);
  add('upgrading 1,000 <pusher-value>: longest task, processor', 'ms', upgrades);

  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  const metric = async (name: string): Promise<number> =>
    (await session.send('Performance.getMetrics')).metrics.find((found) => found.name === name)!.value;
  const heap = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };

  for (const { scene, perSecond, what } of stages) {
    const script = noRounds();
    const clock = noRounds();
    const processor = noRounds();
    for (let round = 0; round <= 3; round += 1)
      for (const shower of showers) {
        await ask('show', shower, scene, 1000);
        if (round === 0)
          await ask('feed', perSecond, 1500); // to warm up
        else {
          const before = await metric('ScriptDuration');
          const frames = await ask('feed', perSecond, 3000);
          script[shower].push((((await metric('ScriptDuration')) - before) / frames) * 1000);
          const longest = await longestTask(page, () => ask('feed', perSecond, 2000));
          clock[shower].push(longest.clock);
          processor[shower].push(longest.processor);
        }
        await ask('clear');
      }
    add(`${what}: script per frame`, 'ms', script);
    add(`${what}: longest task, processor`, 'ms', processor);
    add(`${what}: longest task, clock`, 'ms', clock);
  }

  const grown = noRounds();
  for (const shower of showers) {
    await ask('show', shower, 'values', 1000);
    await ask('flood', tenMinutes / 10); // what is compiled and kept once is no growth
    const before = await heap();
    await ask('flood', tenMinutes);
    grown[shower].push(((await heap()) - before) / 1024);
    await ask('clear');
  }
  add('1,000 values: heap growth over 600,000 events', 'KB', grown);
  await session.detach();
  return results;
}
