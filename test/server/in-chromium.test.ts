/** A sloppy server turns 4004 into 1006 in Chromium, though not in `ws`: so this has to be seen in a browser. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ChannelsServer } from './channels-server.js';
import { launchOptions } from './chromium.js';
import { createApp } from './control-client.js';

describe('what Chromium sees', { skip: launchOptions ? false : 'no Chromium found; set CHROME_PATH' }, () => {
  let server: ChannelsServer;
  let browser: Browser;
  let page: Page;

  before(async () => {
    server = new ChannelsServer();
    await server.listen();
    browser = await chromium.launch(launchOptions);
    page = await browser.newPage();
    await page.goto(`${server.address}/`);
  });

  after(async () => {
    await browser.close();
    await server.close();
  });

  /** Connects from the page; what it hears until the end. */
  function connect(
    key: string,
  ): Promise<{ frames: string[]; code: number; reason: string; wasClean: boolean }> {
    return page.evaluate(
      (url) =>
        new Promise((resolve) => {
          const frames: string[] = [];
          const socket = new WebSocket(url);
          socket.onmessage = ({ data }) => frames.push(String(data));
          socket.onclose = ({ code, reason, wasClean }) => {
            resolve({ frames, code, reason, wasClean });
          };
        }),
      `ws://127.0.0.1:${server.port}/app/${key}?protocol=7`,
    );
  }

  it('a rejection over quota right after the upgrade is an error frame and 4004, cleanly, every time', async () => {
    const app = await createApp(server.address, { maxConnections: 0 });
    for (let round = 0; round < 20; round += 1) {
      const { frames, ...end } = await connect(app.key);
      assert.deepEqual(end, { code: 4004, reason: 'Application is over connection quota', wasClean: true });
      assert.equal(frames.length, 1);
    }
  });

  it('a rejection that is the close alone is its code too', async () => {
    const app = await createApp(server.address, { isEnabled: false });
    await app.script({ rejection: 'close-only' });
    assert.equal((await connect(app.key)).code, 4003);
  });

  it('an unknown key is 4001', async () => {
    assert.equal((await connect('nobody')).code, 4001);
  });

  it('a scripted close is its code and reason, from 1000 to 4999', async () => {
    const app = await createApp(server.address);
    for (const code of [1000, 1001, 3999, 4000, 4100, 4200, 4301, 4999]) {
      await app.scriptNext({ handshake: { type: 'close', code, reason: 'as scripted' } });
      const { reason, ...end } = await connect(app.key);
      assert.deepEqual([end.code, reason], [code, 'as scripted']);
    }
  });

  it('an error frame before a dropped connection arrives, and the end is 1006', async () => {
    const app = await createApp(server.address, { isEnabled: false });
    await app.script({ rejection: 'frame-and-drop' });
    for (let round = 0; round < 10; round += 1) {
      const { frames, code } = await connect(app.key);
      assert.deepEqual([frames.length, code], [1, 1006]);
    }
  });

  it('a refusal before the upgrade is 1006, and nothing else', async () => {
    const app = await createApp(server.address);
    await app.script({ handshake: { type: 'refuse' } });
    assert.deepEqual(await connect(app.key), { frames: [], code: 1006, reason: '', wasClean: false });
  });

  it('the control client works in a page of another origin', async () => {
    const other = new ChannelsServer();
    await other.listen();
    const created = await page.evaluate(
      async (address) =>
        (await (
          await fetch(`${address}/control/create-app`, { method: 'POST', body: '{"settings":{}}' })
        ).json()) as {
          port: number;
        },
      other.address,
    );
    assert.equal(created.port, other.port);
    await other.close();
  });

  it('the protocol core and its fake clock work in a page, without any module of Node', async () => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('../../src/testing/index.ts', import.meta.url))],
      bundle: true,
      write: false,
      platform: 'browser', // fails on an import of a Node module
      format: 'iife',
      globalName: 'testing',
    });
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
    // What tsx puts around the functions below to keep their names; the page has to know it.
    await page.addScriptTag({ content: 'globalThis.__name = (target) => target;' });
    const heard = await page.evaluate(async () => {
      const { testing } = globalThis as unknown as { testing: typeof import('../../src/testing/index.js') };
      const clock = new testing.FakeClock();
      const server = new testing.ProtocolServer({ clock, apps: [{ key: 'kit-key' }] });
      const transport = testing.createInMemoryTransport(server).create('ws://x/app/kit-key?protocol=7');
      const events: unknown[] = [];
      transport.open({
        opened: () => undefined,
        data: (frame) => events.push((JSON.parse(String(frame)) as { event: unknown }).event),
        closed: ({ code }) => events.push(code),
      });
      await clock.advance(0);
      transport.send('{"event":"pusher:subscribe","data":{"channel":"prices"}}');
      await clock.advance(0);
      await clock.advance(240_000);
      return events;
    });
    assert.deepEqual(heard, [
      'pusher:connection_established',
      'pusher_internal:subscription_succeeded',
      'pusher:ping',
      4201,
    ]);
  });
});
