/** The quick start without a web server: a page and the classic script, opened from the disk. */
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { ChannelsServer } from '../server/channels-server.js';
import { launchOptions } from '../server/chromium.js';
import { root } from '../package/source-files.js';

const skip = launchOptions ? false : 'no Chromium found; set CHROME_PATH';

describe('a page on the disk', { skip }, () => {
  const server = new ChannelsServer({ apps: [{ key: 'disk' }] });
  let folder = '';
  before(async () => {
    await server.listen();
    folder = await mkdtemp(join(tmpdir(), 'from-disk-'));
    const name = 'pusher-elements.iife.min.js';
    await copyFile(join(root, 'dist/cdn', name), join(folder, name));
    await writeFile(
      join(folder, 'index.html'),
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Live price</title>
      <script src="${name}" data-app-key="disk" data-host="${server.host}" data-ws-port="${server.port}" data-encrypted="false"></script>
      </head><body><p>Price: <pusher-value channel="prices" event="tick" field="bid">…</pusher-value></p></body></html>`,
    );
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  it('is live with the classic script', async () => {
    const browser = await chromium.launch(launchOptions);
    try {
      const page = await browser.newPage();
      await page.goto(pathToFileURL(join(folder, 'index.html')).href);
      const app = server.core.app('disk');
      while (!app.channel('prices')?.isOccupied) await pause(20);
      app.publish({ channels: 'prices', event: 'tick', data: { bid: 41 } });
      await page.waitForFunction("document.querySelector('pusher-value').textContent === '41'");
      assert.equal(await page.textContent('p'), 'Price: 41');
    } finally {
      await browser.close();
    }
  });
});
