/** The examples of the frameworks, each built with Vite from the packed package and used in a browser. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { buildWithVite, ExampleRig, noChromium, until, type ExamplePage } from './rig.js';

describe('the examples of frameworks', { skip: noChromium }, () => {
  const folders = new Map<string, string>();
  const rig = new ExampleRig(() => [...folders].map(([name, folder]) => ({ prefix: `/${name}/`, folder })));

  before(() => rig.open());
  afterEach(() => rig.closePages());
  after(() => rig.close());

  /** An example on its page, connected. */
  const start = async (name: string): Promise<ExamplePage> => {
    folders.set(name, await buildWithVite(name));
    const example = await rig.visit(`/${name}/`);
    await example.shows('b >> nth=0', 'connected');
    return example;
  };

  const price = (symbol: string, value: number, at: number): Promise<void> =>
    rig.publish('prices', 'tick', { symbol, price: value, at });

  /** What has to be true of every page at its end. */
  const check = ({ complaints, sockets }: ExamplePage): void => {
    assert.deepEqual(complaints, []);
    assert.equal(sockets(), 1, 'one socket for the whole page');
  };

  it('React sets attributes and properties, hears events, and keeps what the elements have drawn', async () => {
    const example = await start('react');
    const { page, shows } = example;
    assert.equal(await page.locator('pusher-status').getAttribute('state'), 'connected');
    await shows('pusher-list', 'Waiting for prices.');
    await price('ALPHA', 101.5, 1);
    await shows('pusher-value', '€101.50');
    await shows('text=The highest', 'The highest so far: 101.5');
    await shows('ul > li', 'ALPHA');
    await price('BETA', 90, 2);
    await shows('pusher-value', '€90.00');
    await shows('text=The highest', 'The highest so far: 101.5');
    await page.locator('select').selectOption('USD');
    await shows('pusher-value', '$90.00');
    await shows('ul > li', 'ALPHA | BETA');
    assert.equal(
      await page.locator('pusher-value').evaluate((element) => 'maxAge' in element && element.maxAge),
      30,
    );
    check(example);
  });

  it('Vue sets attributes and properties, hears events, and moves from room to room', async () => {
    const example = await start('vue');
    const { page, shows } = example;
    await price('ALPHA', 101.5, 1);
    await shows('pusher-value', '€101.50');
    await shows('text=The highest', 'The highest so far: 101.5');
    await shows('ul > li', 'ALPHA');
    // The name went out through a property that Vue has set.
    await shows('text=Here now', 'Here now: Ada');
    const room = page.getByLabel('Room');
    await room.fill('lounge');
    await room.press('Enter');
    await until(
      'Ada is in the other room, and only there',
      () =>
        rig.app.channel('presence-lounge')?.isOccupied === true &&
        rig.app.channel('presence-lobby')?.isOccupied !== true,
    );
    await shows('text=Here now', 'Here now: Ada');
    check(example);
  });

  it('Svelte sets attributes and properties, hears events, and calls methods', async () => {
    const example = await start('svelte');
    const { page, shows } = example;
    await shows('pusher-list', 'Waiting for prices.');
    for (const [index, value] of [10, 20, 30].entries()) await price('ALPHA', value, index);
    await shows('li', 'ALPHA €30.00 | ALPHA €20.00 | ALPHA €10.00');
    await shows('text=have come in', '3 prices have come in.');
    await page.getByLabel('At most').fill('2');
    await shows('li', 'ALPHA €30.00 | ALPHA €20.00');
    await page.getByRole('button', { name: 'Clear' }).click();
    await shows('li', '');
    check(example);
  });

  it('Angular sets attributes and properties, and hears events', async () => {
    const example = await start('angular');
    const { page, shows } = example;
    await price('ALPHA', 101.5, 1);
    await shows('pusher-value', '€101.50');
    await shows('text=The highest', 'The highest so far: 101.5');
    await page.locator('select').selectOption('USD');
    await shows('pusher-value', '$101.50');
    assert.equal(
      await page.locator('pusher-value').evaluate((element) => 'maxAge' in element && element.maxAge),
      30,
    );
    check(example);
  });
});
