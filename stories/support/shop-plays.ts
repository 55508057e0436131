/** What the stories of the shop front check when they are opened. */
import { expect } from 'storybook/test';
import { eventually, find, part } from './looking.js';
import { hasNoScript, press, readsWithoutScript, says, subscribed, toastTitles } from './page-plays.js';
import type { Play } from './page-plays.js';
import { shop } from './shop-page.js';

const price = '.cost pusher-value';

export const playShop: Play = async (looking) => {
  const { canvas, canvasElement } = looking;
  await subscribed(looking, 'product-42', 'presence-product-42', 'private-basket-7');
  await says(looking, price, '€59.00');
  const people = find(canvasElement, 'pusher-presence');
  await eventually(() => expect(part(people, 'count')?.textContent).toBe('3 people are looking at this.'));

  await press(looking, 'The price goes down');
  await eventually(() => expect(canvasElement.querySelector(price)?.matches(':state(down)')).toBe(true));
  await says(looking, price, '€57.00');
  await press(looking, 'Somebody buys one');
  await says(looking, 'dl', /In stock 11 Sold today 129/);

  await press(looking, 'The sale begins');
  await says(looking, '.cost', /€44\.00 instead of €59\.00/);
  const toasts = find(canvasElement, 'pusher-toasts');
  await eventually(() => expect(toastTitles(toasts)).toEqual(['Linen is on sale']));

  await press(looking, 'Add to basket');
  await eventually(() => expect(canvas.getByRole('link', { name: 'Basket: 1' })).toBeVisible());
};

/** Fewer checks: what differs. */
export const playArabicShop: Play = async (looking) => {
  const { canvasElement } = looking;
  await subscribed(looking, 'product-42');
  await press(looking, 'Somebody buys one');
  await says(looking, 'dl', /(11|١١)/);
  const [picture, offer] = ['.picture', '.offer'].map((name) => canvasElement.querySelector(name)!);
  await expect(picture!.getBoundingClientRect().right).toBeGreaterThanOrEqual(
    offer!.getBoundingClientRect().right,
  );
};

export const playShopWithoutScript: Play = async (looking) => {
  await hasNoScript(shop.english);
  const text = readsWithoutScript(shop.english);
  for (const said of [
    'Basket: 0',
    'Price: €59.00',
    'In stock 12',
    'Sold today 128',
    'Many people look at this.',
  ])
    await expect(text).toContain(said);
  await playShop(looking);
};
