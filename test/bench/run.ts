/**
 * Ours, pusher-js and the least that is possible, side by side:
 *   npm run bench                          every row; rows 1 and 2 in Chromium and Firefox
 *   npm run bench -- --only 1,7            some rows
 *   npm run bench -- --browsers Chromium   not in Firefox
 *   npm run bench -- --json FILE           also as JSON, with every round
 *   npm run bench -- --short               rows 1 and 2 in brief; fails where the speed is less than half of what it was
 */
import { writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { parseArgs } from 'node:util';
import { regressions } from './bounds.js';
import { openPage } from './browser.js';
import type { BenchPage, BrowserName } from './browser.js';
import { pageFiles } from './production.js';
import type { Files } from './production.js';
import { summarize } from './results.js';
import type { Result, Summary } from './results.js';
import { elementsRow } from './row-elements.js';
import { memoryRow } from './row-memory.js';
import { messageRow } from './row-messages.js';
import { recoveryRow } from './row-recovery.js';
import { socketRow } from './row-socket.js';
import { startRow } from './row-start.js';
import { subscribingRow } from './row-subscribing.js';
import { table } from './table.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    browsers: { type: 'string', default: 'Chromium,Firefox' },
    json: { type: 'string' },
    short: { type: 'boolean', default: false },
  },
});

const known = [1, 2, 3, 4, 5, 6, 7, 8];
const wanted = values.only?.split(',').map(Number) ?? (values.short ? [1, 2] : known);
const unknown = wanted.filter((row) => !known.includes(row));
if (unknown.length) throw new Error(`There is no row ${unknown.join(', ')}; there are ${known.join(', ')}.`);
const browsers = (values.short ? ['Chromium'] : values.browsers.split(',')) as BrowserName[];

const browserRows: Readonly<
  Record<number, (page: BenchPage, name: BrowserName, files: Files) => Promise<Result[]>>
> = {
  1: (page, name) => messageRow(1, page, name, values.short),
  2: (page, name) => messageRow(2, page, name, values.short),
  3: async (page, name) => (name === 'Chromium' ? socketRow(page, name) : []), // as row 6, with its processor time
  4: subscribingRow,
  5: startRow,
  6: async (page, name) => (name === 'Chromium' ? memoryRow(page, name) : []), // no other tells of its heap
  8: async (page, name) => (name === 'Chromium' ? elementsRow(page, name) : []),
};

async function measure(): Promise<Result[]> {
  const results: Result[] = [];
  const inBrowsers = wanted.filter((row) => browserRows[row]);
  if (inBrowsers.length) {
    const files = await pageFiles();
    for (const name of browsers) {
      for (const row of inBrowsers) {
        console.error(`row ${row} in ${name}`);
        const page = await openPage(name, files); // a new one: no row inherits what another has compiled or left
        try {
          results.push(...(await browserRows[row]!(page, name, files)));
        } finally {
          await page.close();
        }
      }
    }
  }
  if (wanted.includes(7)) results.push(...(await recoveryRow()));
  return results.sort((a, b) => a.row - b.row);
}

const command = ['npm run bench', ...process.argv.slice(2, 3).map(() => '--'), ...process.argv.slice(2)].join(
  ' ',
);
const date = new Date().toISOString().slice(0, 10);
const machine = `${cpus()[0]?.model ?? 'unknown processor'} × ${cpus().length}, ${process.platform} ${release()}`;
const summaries: Summary[] = (await measure()).map(summarize);
console.log(`${date}, ${command}\n${machine}, Node ${process.versions.node}\n`);
console.log(table(summaries));
if (values.json)
  writeFileSync(values.json, `${JSON.stringify({ date, command, machine, results: summaries }, null, 2)}\n`);

if (values.short)
  for (const line of regressions(summaries)) {
    console.error(line);
    process.exitCode = 1;
  }
