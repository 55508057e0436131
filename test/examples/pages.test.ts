/** The examples without a build, which take their scripts from the package as a CDN would serve them. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { examples, ExampleRig, noChromium, until, type ExamplePage } from './rig.js';

const served = ['plain', 'alpine', 'turbo', 'node_modules'];

describe('the examples without a build', { skip: noChromium }, () => {
  const rig = new ExampleRig(() =>
    served.map((name) => ({ prefix: `/${name}/`, folder: join(examples, name) })),
  );
  let shop: ChildProcess | undefined;

  before(() => rig.open());
  afterEach(() => rig.closePages());
  after(async () => {
    shop?.kill();
    await rig.close();
  });

  const connected = async ({ page }: ExamplePage): Promise<void> => {
    await page.locator('pusher-connection[state="connected"]').waitFor({ state: 'attached' });
  };

  /** What has to be true of every page at its end. */
  const check = ({ complaints, sockets }: ExamplePage): void => {
    assert.deepEqual(complaints, []);
    assert.equal(sockets(), 1, 'one socket for the whole page');
  };

  const price = (symbol: string, value: number): Promise<void> =>
    rig.publish('prices', 'tick', { symbol, price: value });

  it('plain HTML has a list, a number of readers, and a listener for everything', async () => {
    const example = await rig.visit('/plain/');
    await connected(example);
    await example.shows('pusher-list > p', 'Waiting for prices.');
    await price('BETA', 48.2);
    await price('ALPHA', 101.5);
    await example.shows('tbody tr', 'ALPHA €101.50 | BETA €48.20');
    await price('BETA', 50);
    await example.shows('tbody tr', 'ALPHA €101.50 | BETA €50.00');
    await example.shows('#last', 'BETA');
    const other = await rig.visit('/plain/');
    await example.shows('pusher-value', '2');
    await other.close();
    await example.shows('pusher-value', '1');
    check(example);
  });

  it('Alpine gets events of the channel as DOM events, and sets attributes', async () => {
    const example = await rig.visit('/alpine/');
    await example.shows('b', 'connected');
    await price('ALPHA', 101.5);
    await price('BETA', 48.2);
    await example.shows('li', 'ALPHA: 101.5 | BETA: 48.2');
    await example.shows('pusher-value', '€48.20');
    await example.shows('output', '101.5');
    await example.page.locator('select').selectOption('USD');
    await example.shows('pusher-value', '$48.20');
    check(example);
  });

  it('htmx fetches a part of the page again when an event says so, for everybody', async () => {
    shop = spawn(process.execPath, ['htmx/server.mjs'], {
      cwd: examples,
      env: { PATH: process.env['PATH'], PORT: '0', PUSHER_PORT: String(rig.server.port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [address] = (await once(shop.stdout!, 'data')) as [Buffer];
    const example = await rig.visit(String(address).trim());
    const other = await rig.visit(String(address).trim());
    await connected(example);
    await connected(other);
    await example.shows('li', '1 × Alpha');
    await until('both hear of orders', () => rig.app.channel('orders')?.subscriptionCount === 2);
    await example.page.getByLabel('Order').fill('2 × <Beta>');
    await example.page.getByRole('button', { name: 'Send' }).click();
    await example.shows('li', '1 × Alpha | 2 × <Beta>');
    await other.shows('li', '1 × Alpha | 2 × <Beta>');
    assert.deepEqual(other.complaints, []);
    await other.close();
    check(example);
  });

  it('Turbo keeps one connection from page to page, and takes streams', async () => {
    const example = await rig.visit('/turbo/');
    const { page, shows } = example;
    await connected(example);
    const socketId = await page.locator('pusher-connection').getAttribute('socket-id');
    const stream = (text: string): Promise<void> =>
      rig.publish('news', 'published', {
        html: `<turbo-stream action="append" target="news"><template><li>${text}</li></template></turbo-stream>`,
      });
    await stream('First');
    await shows('#news li', 'First');

    // A mark on the window: it would not outlive a new document.
    await page.evaluate(() => Object.assign(window, { isTheSameDocument: true }));
    await page.getByRole('link', { name: 'Prices' }).click();
    await shows('h1', 'Prices');
    await price('ALPHA', 101.5);
    await shows('pusher-value', '€101.50');
    await page.getByRole('link', { name: 'News' }).click();
    await shows('h1', 'News');
    await until(
      'the channel of the page before is left',
      () => rig.app.channel('prices')?.isOccupied !== true,
    );
    await stream('Second');
    await until('it is appended once', async () =>
      (await page.locator('#news li').allTextContents()).includes('Second'),
    );

    assert.equal(await page.evaluate(() => 'isTheSameDocument' in window), true);
    assert.equal(await page.locator('pusher-connection').getAttribute('socket-id'), socketId);
    assert.equal(await page.locator('#news li', { hasText: 'Second' }).count(), 1);
    check(example);
  });
});
