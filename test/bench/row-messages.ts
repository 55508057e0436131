/** Rows 1 and 2: the path of a message that somebody hears, and of one that nobody does. */
import type { BenchPage, BrowserName } from './browser.js';
import type { MessageCase } from './page/message-path.js';
import type { Pace } from './page/rounds.js';
import type { Result } from './results.js';

type Case = Omit<MessageCase, 'pace'> & { readonly what: string };

const sizes = { '140 B': 140, '1 KB': 1024, '10 KB': 10_240 } as const;
const named = Object.entries(sizes);

const heard = (name: string, size: number, listeners: number): Case => ({
  what: `message ${name}, ${listeners} listener${listeners > 1 ? 's' : ''}`,
  size,
  listeners,
  channel: 'market',
});
const unheard = (name: string, size: number, channel: string): Case => ({
  what: `${name} for an unbound ${channel === 'market' ? 'event' : 'channel'}`,
  size,
  listeners: 0,
  channel,
});

const cases: Readonly<Record<1 | 2, readonly Case[]>> = {
  1: [1, 10].flatMap((listeners) => named.map(([name, size]) => heard(name, size, listeners))),
  2: ['market', 'elsewhere'].flatMap((channel) => named.map(([name, size]) => unheard(name, size, channel))),
};
const shortCases: typeof cases = {
  1: [heard('140 B', 140, 1), heard('1 KB', 1024, 1)],
  2: [unheard('140 B', 140, 'market'), unheard('1 KB', 1024, 'elsewhere')],
};

const usual: Pace = { rounds: 9, time: 80 };
const quick: Pace = { rounds: 7, time: 40 };

/** `isShort`: what `.ci/run` can afford. */
export async function messageRow(
  row: 1 | 2,
  { ask }: BenchPage,
  where: BrowserName,
  isShort: boolean,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const { what, ...wanted } of (isShort ? shortCases : cases)[row]) {
    const rounds = await ask('messagePath', { ...wanted, pace: isShort ? quick : usual });
    results.push({ row, what, where, unit: 'ns', rounds });
  }
  return results;
}
