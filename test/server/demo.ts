/** The demo: a Channels server with its page and something to see every second. */
import { fileURLToPath } from 'node:url';
import { ChannelsServer } from './channels-server.js';
import { DemoShop } from './demo-shop.js';
import { DemoSignatures } from './demo-signatures.js';
import { StaticFiles } from './static-files.js';

const key = 'demo-key';
const interval = 1000;
/** Every so many seconds, what is only for some. */
const signedInterval = 3;
const inProject = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

interface Price {
  readonly symbol: string;
  readonly price: number;
  readonly change: number;
}

/**
 * Serves `stories/demo/` at `/` and `dist/` at `/dist/`; in its HTML, `{{host}}`, `{{port}}` and `{{key}}` are
 * the server's, and `{{visitor}}` is somebody new each time. `/demo/auth` signs. Once a second, channel `prices` gets an event `tick` with `{ symbol, price, change, at }`, and
 * channel `counter` an event `count` with `{ count }`, which begins at 1 with the server;
 * every few seconds, `private-orders` an `order` and `private-encrypted-notes` a `note`, both `{ text }`.
 * `/shop.html` is the shop front, with what happens in `DemoShop`.
 */
export class Demo {
  readonly server: ChannelsServer;
  #prices: readonly Price[] = [
    { symbol: 'ALPHA', price: 101.5, change: 0 },
    { symbol: 'BETA', price: 48.2, change: 0 },
    { symbol: 'GAMMA', price: 250, change: 0 },
  ];
  readonly #shop: DemoShop;
  #count = 0;
  #signatures: DemoSignatures | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    const files = new StaticFiles(
      [
        { prefix: '/dist/', folder: inProject('dist') },
        { prefix: '/', folder: inProject('stories/demo') },
      ],
      () => {
        const visitor = DemoSignatures.createVisitor();
        const { host, port } = this.server;
        return { key, host, port: String(port), visitor, shop: this.#shop.write(visitor) };
      },
    );
    this.server = new ChannelsServer({
      apps: [{ key, hasSubscriptionCounts: true }],
      answerOther: (request) => {
        if (DemoShop.isFor(request)) return this.#shop.take(request);
        return request.path === '/demo/auth' && this.#signatures
          ? this.#signatures.sign(request)
          : files.answer(request);
      },
    });
    this.#shop = new DemoShop(this.server.core.app(key));
  }

  /** Starts on this port; rejects with `EADDRINUSE` when it is taken. 0 lets the system choose. */
  async start(port: number): Promise<void> {
    await this.server.listen(port);
    const { core, host } = this.server;
    this.#signatures = new DemoSignatures(core.app(key).settings, host, this.server.port);
    this.#timer = setInterval(() => {
      this.#publish();
    }, interval);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.server.close();
  }

  #publish(): void {
    const app = this.server.core.app(key);
    const moved = this.#count % this.#prices.length;
    this.#count += 1;
    this.#prices = this.#prices.map((price, index) => (index === moved ? move(price) : price));
    app.publish({
      channels: 'prices',
      event: 'tick',
      data: { ...this.#prices[moved], at: new Date().toISOString() },
    });
    // The first ones at once; one that does not get through with the server's end is no matter.
    if (this.#count % signedInterval === 1) this.#signatures?.publish(this.#count).catch(() => undefined);
    this.#shop.publish(this.#count);
    app.publish({ channels: 'counter', event: 'count', data: { count: this.#count } });
  }
}

// A random walk of up to one percent, in whole cents.
function move({ symbol, price }: Price): Price {
  const next = Math.max(1, Math.round(price * (100 + (Math.random() * 2 - 1))) / 100);
  return { symbol, price: next, change: Math.round((next - price) * 100) / 100 };
}
