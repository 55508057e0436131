/** One page in one browser, with exact clocks (a page that is isolated gets them), and a server for its files. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import puppeteer from 'puppeteer-core';
import type { LaunchOptions, Page } from 'puppeteer-core';
import { bundledChromium, chromiumFlags, findChromium, findFirefox } from '../../tools/browsers.mjs';
import type { PageApi } from './page/main.js';
import type { Files } from './production.js';

export type BrowserName = 'Chromium' | 'Firefox';

/** A page that is ready to be asked. */
export interface BenchPage {
  readonly page: Page;
  /** Calls one function of the page. */
  readonly ask: <Name extends keyof PageApi>(
    name: Name,
    ...values: Parameters<PageApi[Name]>
  ) => Promise<Awaited<ReturnType<PageApi[Name]>>>;
  /** Puts a file on the server of the page, or another one in its place; its address. */
  readonly serve: (path: string, text: string) => string;
  close(): Promise<void>;
}

export async function openPage(name: BrowserName, files: Files): Promise<BenchPage> {
  const options = await launchOptions(name);
  const served = new Map(files);
  const server = createServer(({ url }, response) => {
    const text = served.get(url ?? '');
    response.writeHead(text === undefined ? 404 : 200, {
      'content-type': url?.endsWith('.js') ? 'text/javascript' : 'text/html',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await puppeteer.launch({ timeout: 120_000, protocolTimeout: 600_000, ...options });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`${name}: ${String(error)}`));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await page.goto(`${address}/`);
  await page.waitForFunction(() => document.title === 'ready');
  if (!(await page.evaluate(() => crossOriginIsolated))) throw new Error(`${name} has no exact clock.`);
  return {
    page,
    ask: (wanted, ...values) =>
      page.evaluate(
        (key, given) =>
          (globalThis as unknown as { bench: Record<string, (...all: unknown[]) => unknown> }).bench[key]!(
            ...given,
          ),
        wanted,
        values,
      ) as never,
    serve: (path, text) => {
      served.set(path, text);
      return address + path;
    },
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

async function launchOptions(name: BrowserName): Promise<LaunchOptions> {
  const executablePath = name === 'Chromium' ? findChromium() : findFirefox();
  if (name === 'Firefox' && executablePath)
    return { browser: 'firefox', executablePath, extraPrefsFirefox: { 'fission.autostart': false } };
  if (executablePath) return { executablePath, args: [...chromiumFlags] };
  const bundled = name === 'Chromium' ? await bundledChromium() : undefined;
  if (!bundled) throw new Error(`There is no ${name} here.`);
  return bundled;
}
