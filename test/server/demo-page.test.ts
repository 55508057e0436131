/** The page of the demo in a browser, over real sockets, with the elements of the sources. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { launchOptions } from './chromium.js';
import { Demo } from './demo.js';

/** For a busy machine; nothing waits so long. */
const timeout = 60_000;

describe(
  'the page of the demo',
  { skip: launchOptions ? false : 'no Chromium found; set CHROME_PATH' },
  () => {
    let demo: Demo;
    let browser: Browser;
    let script: string;

    before(async () => {
      const entry = fileURLToPath(new URL('../../components/define.ts', import.meta.url));
      const { outputFiles } = await build({
        entryPoints: [entry],
        bundle: true,
        write: false,
        format: 'esm',
      });
      script = outputFiles[0]?.text ?? '';
      demo = new Demo();
      await demo.start(0);
      browser = await chromium.launch(launchOptions);
    });

    after(async () => {
      await browser.close();
      await demo.close();
    });

    /** What a page complains of is on its list. */
    async function open(path = '/'): Promise<{ page: Page; complaints: string[] }> {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        // Lit says that it is not the minified one.
        if (['warning', 'error'].includes(message.type()) && !message.text().includes('Lit is in dev mode'))
          complaints.push(message.text());
      });
      await page.route('**/dist/cdn/*.js', (route) =>
        route.fulfill({ body: script, contentType: 'text/javascript' }),
      );
      await page.goto(`${demo.server.address}${path}`);
      return { page, complaints };
    }

    const says = (page: Page, text: string | RegExp): Promise<void> =>
      page.locator('.signed').getByText(text).first().waitFor({ timeout });

    it('shows what comes over its private, presence and encrypted channel, and has nothing to complain of (issue 3)', async () => {
      const { page, complaints } = await open();
      await says(page, /^Order \d+/);
      await says(page, /^The word of the hour is \w+\.$/);
      await says(page, /\(you\)$/);
      await says(page, '1 here');
      assert.deepEqual(complaints, []);
      await page.close();
    });

    it('counts a second page in, and out again when it is closed', async () => {
      const { page } = await open();
      await says(page, '1 here');
      const { page: second } = await open();
      await says(page, '2 here');
      await says(second, '2 here');
      assert.equal(await page.locator('#names li').count(), 2);
      await second.close();
      await says(page, '1 here');
      await page.close();
    });

    it('can be read before its script arrives', async () => {
      const page = await browser.newPage({ javaScriptEnabled: false });
      await page.goto(`${demo.server.address}/`);
      const text = await page.locator('.signed').innerText();
      for (const words of ['No order yet', 'Nobody here', 'No note yet'])
        assert.match(text, new RegExp(words));
      assert.doesNotMatch(text, /has not signed/);
      await page.close();
    });

    it('has a shop front without a script of its own, whose stock falls and whose basket fills (issue 4)', async () => {
      const { page, complaints } = await open('/shop.html');
      const first = await page.locator('.offer dl').innerText();
      await page.getByText('1 person is looking at this.').first().waitFor({ timeout });
      await page.getByRole('button', { name: 'Add to basket' }).click();
      await page.getByRole('link', { name: 'Basket: 1' }).waitFor({ timeout });
      await page.waitForFunction(
        (before) => document.querySelector<HTMLElement>('.offer dl')?.innerText !== before,
        first,
        { timeout },
      );
      assert.deepEqual(complaints, []);
      await page.close();
    });

    it('has a shop front that can be read, and whose form is sent, without any script', async () => {
      const page = await browser.newPage({ javaScriptEnabled: false });
      await page.goto(`${demo.server.address}/shop.html`);
      const text = await page.locator('.page').innerText();
      for (const words of ['Basket: 0', 'Many people look at this.']) assert.ok(text.includes(words));
      // The sale may have begun.
      assert.match(text, /€(59|44)\.00/);
      await page.getByRole('button', { name: 'Add to basket' }).click();
      await page.waitForURL('**/shop.html', { timeout });
      assert.equal(await page.locator('h1').innerText(), 'Linen shirt');
      await page.close();
    });
  },
);
