/** A shop front: a price, a stock, how many people are looking, a basket, and a toast when the sale begins. */
import type { Action } from './actions.js';
import { answerPath } from './own-server.js';
import { fieldsOf, publishes, visit } from './page.js';
import type { Page } from './page.js';
import type { Scene } from './scene.js';
import { writeShop } from './shop-markup.js';

const channel = 'product-42';
const visitor = { basketChannel: 'private-basket-7', basketUrl: '/basket', price: 59, left: 12, sold: 128 };
/** What the server has. */
interface Shelf {
  price: number;
  left: number;
  basket: number;
}
const shelves = new WeakMap<Scene, Shelf>();
const shelfOf = (scene: Scene): Shelf => {
  const shelf = shelves.get(scene) ?? { price: visitor.price, left: visitor.left, basket: 0 };
  shelves.set(scene, shelf);
  return shelf;
};

const changePrice = (label: string, by: number): Action => ({
  label: () => label,
  run: (scene) => {
    const shelf = shelfOf(scene);
    shelf.price = Math.max(1, shelf.price + by);
    scene.app.publish({ channels: channel, event: 'price', data: { price: shelf.price } });
  },
});

const sell = (scene: Scene): void => {
  const shelf = shelfOf(scene);
  if (shelf.left === 0) return;
  shelf.left -= 1;
  scene.app.publish({ channels: channel, event: 'stock', data: { left: shelf.left } });
  scene.app.publish({ channels: channel, event: 'sold', data: {} });
};

let visitors = 0;
const comes = (scene: Scene): void => {
  visitors += 1;
  visit(scene, 'presence-product-42', `visitor-${visitors}`, `Visitor ${visitors}`);
};

export const shop: Page = {
  name: 'shop',
  english: writeShop('en', visitor),
  arabic: writeShop('ar', visitor),
  note: 'All that is live above is markup. These buttons are its server, and other people.',
  actions: [
    changePrice('The price goes up', 2),
    changePrice('The price goes down', -2),
    { label: () => 'Somebody buys one', run: sell },
    { label: () => 'Somebody looks', run: comes },
    publishes(
      'The sale begins',
      channel,
      ['price', { price: 44, was: 59 }],
      [
        'sale',
        {
          title: 'Linen is on sale',
          body: 'A quarter off until midnight.',
          href: '#product',
          level: 'success',
        },
      ],
    ),
  ],
  setUp: (scene) => {
    scene.endpoint.user = { id: 'me', name: 'Me' };
    comes(scene);
    comes(scene);
    answerPath(visitor.basketUrl, (init) => {
      const shelf = shelfOf(scene);
      shelf.basket += Number(fieldsOf(init).get('quantity'));
      scene.app.publish({ channels: visitor.basketChannel, event: 'changed', data: { count: shelf.basket } });
      return new Response(null, { status: 204 });
    });
  },
};
