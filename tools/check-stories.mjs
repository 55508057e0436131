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
const stories = Object.values(entries).filter((e) => e.type === 'story');
const total = stories.length;
const patience = 60_000;
let failed = 0;

// Opening the preview costs more than most stories, so a page shows several of one file, one after the other.
const queue = [];
for (const story of stories) {
  const batch = queue.at(-1);
  if (batch?.length < 8 && batch[0].title === story.title) batch.push(story);
  else queue.push([story]);
}

/** Runs in the page, before anything else: collects how each story ended. */
function watchStories() {
  const ended = new Map();
  globalThis.__ended = (id) => {
    if (!ended.has(id)) ended.set(id, Promise.withResolvers());
    return ended.get(id);
  };
  const timer = setInterval(() => {
    const channel = globalThis.__STORYBOOK_ADDONS_CHANNEL__;
    if (!channel) return;
    clearInterval(timer);
    // These do not say which story they are about, but only one is shown.
    const shown = () => globalThis.__ended(globalThis.__shown);
    for (const e of [
      'playFunctionThrewException',
      'storyErrored',
      'storyThrewException',
      'storyMissing',
      'unhandledErrorsWhilePlaying',
    ])
      channel.on(e, (x) => shown().resolve(`${e}: ${x?.message ?? JSON.stringify(x)}`));
    channel.on('storyFinished', ({ storyId, status, reporters }) => {
      const found = reporters
        .flatMap((r) => r.result?.violations ?? [])
        .map((v) => `${v.id} at ${v.nodes.map((n) => n.target).join(', ')}`);
      globalThis
        .__ended(storyId)
        .resolve(found.length ? `axe: ${found.join('; ')}` : status === 'success' ? 'ok' : status);
    });
  }, 1);
}

/** Shows a story and waits for its end. A busy machine may take its time. */
async function open(page, { id }, isFirst) {
  if (isFirst) {
    await page.addInitScript((story) => (globalThis.__shown = story), id);
    await page.goto(`${base}/iframe.html?id=${id}&viewMode=story`, { timeout: patience });
  } else
    await page.evaluate((storyId) => {
      globalThis.__shown = storyId;
      globalThis.__STORYBOOK_ADDONS_CHANNEL__.emit('setCurrentStory', { storyId, viewMode: 'story' });
    }, id);
  return Promise.race([
    page.evaluate((story) => globalThis.__ended(story).promise, id),
    new Promise((r) => setTimeout(r, patience, 'timed out').unref()),
  ]);
}

async function worker() {
  const context = await browser.newContext();
  await context.addInitScript(watchStories);
  for (let batch; (batch = queue.shift());) {
    let page;
    let errors = [];
    for (const story of batch) {
      const isFirst = !page;
      page ??= await context.newPage();
      errors = [];
      const note = (e) => errors.push(e.message);
      page.on('pageerror', note);
      const status = await open(page, story, isFirst).catch((e) => e.message);
      const undefinedTags = await page.evaluate(() => [
        ...new Set([...document.querySelectorAll('#storybook-root :not(:defined)')].map((e) => e.localName)),
      ]);
      page.off('pageerror', note);
      if (undefinedTags.length) errors.push(`never defined: ${undefinedTags}`);
      const good = status === 'ok' && errors.length === 0;
      console.log(good ? 'ok  ' : 'FAIL', story.id, good ? '' : [status, ...errors].join(' | '));
      if (good) continue;
      // What failed may have left something behind.
      failed++;
      await page.close();
      page = undefined;
    }
    await page?.close();
  }
}
// Most of a story is waiting for its play function, so several are open at once.
await Promise.all(Array.from({ length: 5 }, worker));
await browser.close();
server.close();
addTotals({ suite: 'stories', passed: total - failed, failed, skipped: 0 });
console.log(`${total} stories opened, ${failed} failed`);
// An empty Storybook is a mistake, not a success.
process.exitCode = failed || !total ? 1 : 0;
