/**
 * Pages for what only a driver can do to a browser: the back/forward cache, freezing, other media. One Chromium,
 * the built files of dist/cdn, and a real Channels server that serves the pages too. In Node:
 * `const pages = await DrivenPages.open()`, then `await pages.visit(markup)`, and `await pages.close()`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import type { ServerApp } from '../../src/testing/index.js';
import { root } from '../package/source-files.js';
import { ChannelsServer } from '../server/channels-server.js';
import { launchOptions } from '../server/chromium.js';
import { StaticFiles } from '../server/static-files.js';
import { untilWithin } from '../until.js';

/** For `describe`: why these tests cannot run here, or false. */
export const skip = launchOptions ? false : 'no Chromium found; set CHROME_PATH';

/** Resolves once the condition holds. */
export const until = untilWithin(30_000);
const key = 'driven-key';

export class DrivenPages {
  readonly server: ChannelsServer;
  readonly #documents = new Map<string, string>();
  #browser: Browser | undefined;

  private constructor() {
    const files = new StaticFiles([{ prefix: '/dist/', folder: join(root, 'dist') }], () => ({}));
    this.server = new ChannelsServer({
      apps: [{ key, hasSubscriptionCounts: true }],
      answerOther: (request) => {
        const body = this.#documents.get(request.path);
        if (body === undefined) return files.answer(request);
        return { status: 200, body, headers: { 'content-type': 'text/html; charset=utf-8' } };
      },
    });
  }

  static async open(): Promise<DrivenPages> {
    if (!existsSync(join(root, 'dist/cdn/loader.js')))
      throw new Error('These tests look at the built files: run `npm run build` first.');
    const pages = new DrivenPages();
    await pages.server.listen();
    pages.#browser = await puppeteer.launch({ ...launchOptions, protocolTimeout: 120_000 });
    return pages;
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.server.close();
  }

  get app(): ServerApp {
    return this.server.core.app(key);
  }

  /** The attributes that lead a `<pusher-connection>` here. */
  get where(): string {
    const { host, port, securePort } = this.server;
    return `app-key="${key}" host="${host}" ws-port="${String(port)}" wss-port="${String(securePort)}" encrypted="false"`;
  }

  /** Makes a page and gives its address. */
  write(path: string, markup: string, head: string = ''): string {
    this.#documents.set(
      path,
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${path}</title>` +
        `<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}</head>` +
        `<body>${markup}<script type="module" src="/dist/cdn/pusher-elements.min.js"></script></body></html>`,
    );
    return this.server.address + path;
  }

  /** Opens a tab with this page. */
  async visit(markup: string, head: string = ''): Promise<Page> {
    const page = await this.tab();
    await page.goto(this.write('/', markup, head));
    return page;
  }

  async tab(): Promise<Page> {
    if (!this.#browser) throw new Error('There is no browser.');
    const page = await this.#browser.newPage();
    // What tsx puts around functions to keep their names; pages have to know it.
    await page.evaluateOnNewDocument('globalThis.__name = (target) => target;');
    return page;
  }

  publish(channels: string, event: string, data: unknown): void {
    this.app.publish({ channels, event, data });
  }
}

/** The text of an element, with what is in its shadow, once it is this; else rejects and says what it was. */
export async function untilText(page: Page, selector: string, text: string): Promise<void> {
  let shown: string | undefined;
  const read = async (): Promise<boolean> => {
    shown = await page.$eval(selector, (element) => element.textContent.trim().replaceAll(/\s+/g, ' '));
    return shown === text;
  };
  await until(`${selector} says "${text}"`, read).catch((error: unknown) => {
    throw new Error(`${String(error)} It says "${String(shown)}".`);
  });
}
