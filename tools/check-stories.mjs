// Opens every story of the static Storybook, one by one: it must render, its play function must pass, axe must find
// nothing, nothing may throw, and no tag in it may be left undefined. Then every page of the documentation, light on a
// desktop and dark on a telephone: it must render without an error in the console, and nothing may be wider than the
// screen; in pages that are written by hand axe must find nothing. All of it is served below a path, as on a host that
// has other things too, and no request may leave it.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
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
const below = '/elements/storybook';
const server = createServer(async (req, res) => {
  const path = normalize(new URL(req.url, 'http://localhost').pathname);
  // Browsers ask for it where a page names none.
  if (path === '/favicon.ico') return void res.writeHead(204).end();
  const isOurs = path.startsWith(`${below}/`);
  const body = isOurs && (await readFile(join(root, path.slice(below.length))).catch(() => undefined));
  res
    .writeHead(body ? 200 : 404, { 'content-type': types[extname(path)] ?? 'application/octet-stream' })
    .end(body);
});
await new Promise((ok) => server.listen(0, '127.0.0.1', ok));
const base = `http://127.0.0.1:${server.address().port}${below}`;

const executablePath = findChromium();
const launch = executablePath
  ? { executablePath, args: chromiumFlags }
  : { ...(await bundledChromium()), headless: true };
if (!launch.executablePath) throw new Error('No Chromium found; set CHROME_PATH, or install chromium.');
const browser = await chromium.launch(launch);
const { entries } = JSON.parse(await readFile(join(root, 'index.json'), 'utf8'));
const stories = Object.values(entries).filter((e) => e.type === 'story');
const pages = Object.values(entries).filter((e) => e.type === 'docs');
const total = stories.length + pages.length;
/** Milliseconds for one story or page; several are open at once, on a machine that may have other work. */
const patience = 180_000;
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

/** What the console may say: what was answered with an error is in the responses, and nobody has to run a live server. */
const expected = /^(?:Failed to load resource|WebSocket connection to)/;

/** Notes what a page does that it should not, until it is told to stop. */
function watch(page, errors) {
  const listeners = {
    pageerror: (error) => errors.push(error.message),
    console: (message) => {
      const [line] = message.text().split('\n');
      if (message.type() === 'error' && !expected.test(line)) errors.push(`console: ${line}`);
    },
    request: (request) => {
      const url = request.url();
      if (!/^(?:data|blob):/.test(url) && !url.startsWith(base)) errors.push(`asks for ${url}`);
    },
    response: (response) => {
      // One story has a picture that is missing, to show what is there instead.
      const isMissing = response.url().endsWith('/missing-picture.png');
      if (response.status() >= 400 && !isMissing) errors.push(`${response.status()}: ${response.url()}`);
    },
  };
  for (const [name, listener] of Object.entries(listeners)) page.on(name, listener);
  return () => {
    for (const [name, listener] of Object.entries(listeners)) page.off(name, listener);
  };
}

const isByHand = ({ tags }) => tags.some((tag) => tag.endsWith('attached-mdx'));
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const looks = [
  { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
];

/** What is wrong with a page of the documentation. */
async function look(page, entry) {
  const { id } = entry;
  await page.goto(`${base}/iframe.html?id=${id}&viewMode=docs`, { timeout: patience });
  await page.waitForFunction(
    () => {
      const drawn = [...document.querySelectorAll('.sb-story')];
      const isDrawn = (story) => story.querySelector('iframe, .story-page');
      return document.querySelector('.sbdocs-content h1') && drawn.every(isDrawn);
    },
    undefined,
    { timeout: patience },
  );
  const wide = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`${scrollWidth} px wide on a screen of ${clientWidth}`] : [];
  });
  // What Storybook writes itself is not ours to mend.
  if (!isByHand(entry)) return wide;
  await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate(() => globalThis.axe.run('#storybook-docs'));
  return [...wide, ...violations.map((v) => `axe: ${v.id} at ${v.nodes.map((n) => n.target).join(', ')}`)];
}

async function openPages() {
  const contexts = await Promise.all(looks.map((options) => browser.newContext(options)));
  for (let entry; (entry = pages.shift());) {
    const found = [];
    for (const [index, { colorScheme }] of looks.entries()) {
      // Pages that Storybook makes are looked at where there is least room.
      if (!isByHand(entry) && index < looks.length - 1) continue;
      const page = await contexts[index].newPage();
      const errors = [];
      watch(page, errors);
      errors.push(...(await look(page, entry).catch((e) => [e.message])));
      found.push(...errors.map((error) => `${colorScheme}: ${error}`));
      await page.close();
    }
    console.log(found.length ? 'FAIL' : 'ok  ', entry.id, found.join(' | '));
    if (found.length) failed++;
  }
  await Promise.all(contexts.map((context) => context.close()));
}

async function worker() {
  const context = await browser.newContext();
  await context.addInitScript(watchStories);
  for (let batch; (batch = queue.shift());) {
    let page;
    for (const story of batch) {
      const isFirst = !page;
      page ??= await context.newPage();
      const errors = [];
      const stop = watch(page, errors);
      const status = await open(page, story, isFirst).catch((e) => e.message);
      const undefinedTags = await page.evaluate(() => [
        ...new Set([...document.querySelectorAll('#storybook-root :not(:defined)')].map((e) => e.localName)),
      ]);
      stop();
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
  await context.close();
  await openPages();
}
// Most of a story is waiting for its play function, so several are open at once.
await Promise.all(Array.from({ length: 5 }, worker));
await browser.close();
server.close();
addTotals({ suite: 'stories', passed: total - failed, failed, skipped: 0 });
console.log(`${total} stories and pages opened, ${failed} failed`);
// An empty Storybook is a mistake, not a success.
process.exitCode = failed || !stories.length ? 1 : 0;
