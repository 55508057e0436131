// Opens every story of the static Storybook, one by one: it must render, its play function must pass, axe must find
// nothing, nothing may throw, and no tag in it may be left undefined.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';
import { bundledChromium, chromiumFlags, findChromium } from './browsers.mjs';
import { addTotals } from './totals.mjs';

const root = process.argv[2] ?? 'storybook-static';
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const server = createServer(async (req, res) => {
  const path = normalize(new URL(req.url, 'http://localhost').pathname);
  const body = await readFile(join(root, path)).catch(() => undefined);
  res
    .writeHead(body ? 200 : 404, { 'content-type': types[extname(path)] ?? 'application/octet-stream' })
    .end(body);
});
await new Promise((ok) => server.listen(0, '127.0.0.1', ok));
const base = `http://127.0.0.1:${server.address().port}`;

const executablePath = findChromium();
const launch = executablePath
  ? { executablePath, args: chromiumFlags }
  : { ...(await bundledChromium()), headless: true };
if (!launch.executablePath) throw new Error('No Chromium found; set CHROME_PATH, or install chromium.');
const browser = await chromium.launch(launch);
const { entries } = JSON.parse(await readFile(join(root, 'index.json'), 'utf8'));
const queue = Object.values(entries).filter((e) => e.type === 'story');
const total = queue.length;
const patience = 60_000;
let failed = 0;

/** Opens a story and waits for its end. A busy machine may take its time. */
async function open(page, story) {
  await page.goto(`${base}/iframe.html?id=${story.id}&viewMode=story`, { timeout: patience });
  return Promise.race([
    page.evaluate(() => globalThis.__story),
    new Promise((r) => setTimeout(r, patience, 'timed out').unref()),
  ]);
}

async function worker() {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    globalThis.__story = new Promise((done) => {
      const timer = setInterval(() => {
        const channel = globalThis.__STORYBOOK_ADDONS_CHANNEL__;
        if (!channel) return;
        clearInterval(timer);
        for (const e of [
          'playFunctionThrewException',
          'storyErrored',
          'storyThrewException',
          'storyMissing',
          'unhandledErrorsWhilePlaying',
        ])
          channel.on(e, (x) => done(`${e}: ${x?.message ?? JSON.stringify(x)}`));
        channel.on('storyFinished', ({ status, reporters }) => {
          const found = reporters
            .flatMap((r) => r.result?.violations ?? [])
            .map((v) => `${v.id} at ${v.nodes.map((n) => n.target).join(', ')}`);
          done(found.length ? `axe: ${found.join('; ')}` : status === 'success' ? 'ok' : status);
        });
      }, 1);
    });
  });
  for (let story; (story = queue.shift());) {
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (e) => errors.push(e.message));
    const status = await open(page, story).catch((e) => e.message);
    const undefinedTags = await page.evaluate(() => [
      ...new Set([...document.querySelectorAll('#storybook-root :not(:defined)')].map((e) => e.localName)),
    ]);
    if (undefinedTags.length) errors.push(`never defined: ${undefinedTags}`);
    const good = status === 'ok' && errors.length === 0;
    if (!good) failed++;
    console.log(good ? 'ok  ' : 'FAIL', story.id, good ? '' : [status, ...errors].join(' | '));
    await page.close();
  }
}
await Promise.all([worker(), worker()]);
await browser.close();
server.close();
addTotals({ suite: 'stories', passed: total - failed, failed, skipped: 0 });
console.log(`${total} stories opened, ${failed} failed`);
// An empty Storybook is a mistake, not a success.
process.exitCode = failed || !total ? 1 : 0;
