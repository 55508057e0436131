/** The shop of the demo: what its page says, what happens in it by itself, and its baskets. */
import { writeShop } from '../../stories/support/shop-markup.js';
import type { ServerApp } from '../../src/testing/index.js';
import { refusal, type HttpAnswer, type HttpRequest } from './http-exchange.js';

const channel = 'product-42';
const prefix = '/demo/basket/';
const fullPrice = 59;
const salePrice = 44;
/** Seconds between two sales of a shirt, and the length of a sale at a lower price. */
const soldInterval = 5;
const saleLength = 30;

export class DemoShop {
  readonly #app: ServerApp;
  /** How much is in the baskets, by their visitors. */
  readonly #baskets = new Map<string, number>();
  #price = fullPrice;
  #left = 12;
  #sold = 128;

  constructor(app: ServerApp) {
    this.#app = app;
  }

  /** The page of a visitor. */
  write(visitor: string): string {
    return writeShop('en', {
      basketChannel: `private-basket-${visitor}`,
      basketUrl: prefix + visitor,
      price: this.#price,
      left: this.#left,
      sold: this.#sold,
    });
  }

  /** Whether this request is for the shop. */
  static isFor({ path }: HttpRequest): boolean {
    return path.startsWith(prefix);
  }

  /** Takes what was put into a basket, by script or by form, and leads back to the page. */
  take({ method, path, body }: HttpRequest): HttpAnswer {
    if (method !== 'POST') return refusal(405, 'Put something in with POST');
    const visitor = path.slice(prefix.length);
    const quantity = Number(new URLSearchParams(body).get('quantity'));
    if (!/^[0-9a-f-]{36}$/.test(visitor) || !Number.isInteger(quantity) || quantity < 1 || quantity > 9)
      return refusal(400, 'There is no such basket, or nothing to put in');
    const count = (this.#baskets.get(visitor) ?? 0) + quantity;
    this.#baskets.set(visitor, count);
    this.#app.publish({ channels: `private-basket-${visitor}`, event: 'changed', data: { count } });
    return { status: 303, body: '', headers: { location: '/shop.html' } };
  }

  /** What happens in this second. */
  publish(second: number): void {
    const publish = (event: string, data: unknown): void => {
      this.#app.publish({ channels: channel, event, data });
    };
    const isSale = Math.floor(second / saleLength) % 2 === 1;
    if (second % saleLength === 0) {
      this.#price = isSale ? salePrice : fullPrice;
      publish('price', { price: this.#price, ...(isSale && { was: fullPrice }) });
      if (isSale)
        publish('sale', {
          title: 'Linen is on sale',
          body: 'A quarter off for half a minute.',
          level: 'success',
        });
    }
    if (second % soldInterval === 0) {
      this.#left = this.#left > 1 ? this.#left - 1 : 12;
      this.#sold += 1;
      publish('stock', { left: this.#left });
      publish('sold', {});
    }
  }
}
