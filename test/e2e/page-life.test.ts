/**
 * A page in the back/forward cache, frozen, and in the background. Only a driver can bring a page there, so this is
 * Chromium alone. (Puppeteer leaves the back/forward cache on, which other drivers switch off.)
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { DrivenPages, skip, until, untilText } from './driven-pages.js';

const shop = (where: string, more: string = ''): string => `
  <pusher-connection ${where} ${more}></pusher-connection>
  <pusher-status></pusher-status>
  <p><pusher-value channel="prices" event="tick" field="bid">…</pusher-value></p>
  <pusher-list channel="orders" event="created"><ul><template><li data-pe-text="id"></li></template></ul></pusher-list>`;

/** Records in the page what happens to it, and to its connection. */
const recorder = `<script>
  window.seen = [];
  const note = (text) => { seen.push(text); };
  addEventListener('pagehide', ({ persisted }) => { note('pagehide' + (persisted ? ', kept' : '')); });
  addEventListener('pageshow', ({ persisted }) => { if (persisted) note('pageshow'); });
  document.addEventListener('freeze', () => { note('freeze'); });
  document.addEventListener('resume', () => { note('resume'); });
  document.addEventListener('pusher-state-change', ({ target, current }) => {
    if (target.localName === 'pusher-connection') note(current);
  });
</script>`;

describe('the life of a page', { skip }, () => {
  let pages: DrivenPages;
  let page: Page;
  before(async () => {
    pages = await DrivenPages.open();
  });
  afterEach(async () => {
    await page.close();
    pages.app.record.clear();
  });
  after(() => pages.close());

  const upgrades = (): number => pages.app.record.upgrades.length;
  const sockets = (): number => pages.app.connections.length;
  const seen = (): Promise<string[]> => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  const status = (): Promise<string | undefined> =>
    page.$eval('pusher-status', (element) =>
      element.shadowRoot?.querySelector('[part="label"]')?.textContent.trim(),
    );
  /** Freezes the page, and lets it go on after what happens meanwhile. */
  const freeze = async (meanwhile: () => void = () => undefined): Promise<void> => {
    const session = await page.createCDPSession();
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    meanwhile();
    await session.send('Page.setWebLifecycleState', { state: 'active' });
  };
  /** Publishes a price until it is shown. */
  const showPrice = (bid: number): Promise<void> =>
    until(`${String(bid)} is shown`, async () => {
      pages.publish('prices', 'tick', { bid });
      return (await page.$eval('pusher-value', ({ textContent }) => textContent.trim())) === String(bid);
    });

  it('closes the socket when the page is left for the cache, and opens one and shows news when it comes back', async () => {
    page = await pages.visit(shop(pages.where), recorder);
    await showPrice(41);
    await until('orders are heard', () => pages.app.channel('orders')?.isOccupied);
    pages.publish('orders', 'created', { id: 'first' });
    await untilText(page, 'ul', 'first');
    await page.goto(pages.write('/elsewhere', '<p>Elsewhere</p>'));
    await until('closed', () => sockets() === 0);
    pages.publish('prices', 'tick', { bid: 42 });
    await page.goBack();
    await until('connected again', () => sockets() === 1);
    await until('the status says so', async () => (await status()) === 'Connected');
    assert.deepEqual((await seen()).slice(0, 2), ['connecting', 'connected']);
    const [, , ...later] = await seen();
    assert.ok(later.includes('pagehide, kept') && later.includes('pageshow'), 'it came out of the cache');
    assert.deepEqual(
      later.filter((text) => !text.startsWith('page') && !['freeze', 'resume'].includes(text)),
      ['disconnected', 'connecting', 'connected'],
    );
    assert.deepEqual(await page.$$eval('li', (rows) => rows.map(({ textContent }) => textContent)), [
      'first',
    ]);
    await showPrice(43);
    await until('one more row', async () => {
      pages.publish('orders', 'created', { id: 'second' });
      return (await page.$$('li')).length === 2;
    });
    assert.equal(upgrades(), 2);
    // Once more, because what comes back has to be able to leave again.
    await page.goForward();
    await until('closed', () => sockets() === 0);
    await page.goBack();
    await showPrice(44);
    assert.equal(upgrades(), 3);
  });

  it('stays closed after the cache where the page had closed it', async () => {
    page = await pages.visit(shop(pages.where), recorder);
    await showPrice(41);
    await page.$eval('pusher-connection', (element) => {
      element.disconnect();
    });
    await until('closed', () => sockets() === 0);
    await page.goto(pages.write('/elsewhere', '<p>Elsewhere</p>'));
    await page.goBack();
    await until('back', async () => (await seen()).includes('pageshow'));
    await pause(500);
    assert.equal(await page.$eval('pusher-connection', ({ state }) => state), 'disconnected');
    assert.equal(upgrades(), 1);
    await page.$eval('pusher-connection', (element) => {
      element.connect();
    });
    await showPrice(42);
  });

  it('asks, after being frozen, whether the server is there, and is live again', async () => {
    page = await pages.visit(shop(pages.where), recorder);
    await showPrice(41);
    await freeze();
    await until('resumed', async () => (await seen()).includes('resume'));
    await until('asked', () => pages.app.record.received.some(({ event }) => event === 'pusher:ping'));
    await showPrice(42);
    assert.equal(sockets(), 1);
  });

  it('is live again where the browser gave up the socket of a frozen page because something came for it', async () => {
    page = await pages.visit(shop(pages.where), recorder);
    await showPrice(41);
    await freeze(() => {
      for (let count = 0; count < 20; count += 1) pages.publish('prices', 'tick', { bid: count });
      for (const connection of pages.app.connections) connection.drop();
    });
    await showPrice(42);
    await until('one socket', () => sockets() === 1);
    await until('the status says so', async () => (await status()) === 'Connected');
    assert.equal(upgrades(), 2);
  });

  it('finds out after being frozen that the server is gone, and comes back without being told', async () => {
    page = await pages.visit(shop(pages.where), recorder);
    await showPrice(41);
    await freeze(() => {
      // A server that has forgotten it, and a network that says nothing of it.
      for (const connection of pages.app.connections) connection.stall();
    });
    await until('a new socket', () => upgrades() === 2);
    await showPrice(42);
    await until('the status says so', async () => (await status()) === 'Connected');
  });

  it('stays connected in the background, and closes there only where it is told to', async () => {
    page = await pages.visit(shop(pages.where), recorder);
    await showPrice(41);
    const other = await pages.tab();
    await other.bringToFront();
    await until('in the background', () => page.evaluate(() => document.visibilityState === 'hidden'));
    pages.publish('prices', 'tick', { bid: 42 });
    await untilText(page, 'pusher-value', '42');
    assert.equal(upgrades(), 1);
    await page.$eval('pusher-connection', (element) => {
      element.hiddenDisconnect = 0.2;
    });
    await until('closed', () => sockets() === 0);
    await page.bringToFront();
    await showPrice(43);
    assert.equal(upgrades(), 2);
    await until('the status says so', async () => (await status()) === 'Connected');
    await other.close();
  });

  it('shares one socket between two connections through all of that', async () => {
    page = await pages.visit(
      `<pusher-connection ${pages.where}></pusher-connection>${shop(pages.where)}`,
      recorder,
    );
    await showPrice(41);
    await page.goto(pages.write('/elsewhere', '<p>Elsewhere</p>'));
    await until('closed', () => sockets() === 0);
    await page.goBack();
    await showPrice(42);
    assert.deepEqual(
      await page.$$eval('pusher-connection', (elements) => elements.map(({ state }) => state)),
      ['connected', 'connected'],
    );
    assert.deepEqual([upgrades(), sockets()], [2, 1]);
  });
});
