/**
 * What somebody sees of a page with every element on it in a narrow window, at 200 % zoom, from right to left, in
 * forced colours and on paper. Only a driver can set these, so this is Chromium alone; pictures were looked at once.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { DrivenPages, skip, until } from './driven-pages.js';
import { openGallery } from './gallery.js';
import { overlaps, readTexts, type SeenText } from './seen-texts.js';

interface Media {
  readonly type?: 'print';
  readonly features?: Readonly<Record<string, string>>;
}

const viewport =
  (width: number, height: number, deviceScaleFactor: number = 1) =>
  (page: Page): Promise<void> =>
    page.setViewport({ width, height, deviceScaleFactor });

async function emulate(page: Page, { type, features = {} }: Media): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', {
    media: type ?? '',
    features: Object.entries(features).map(([name, value]) => ({ name, value })),
  });
}

const describeText = ({ text, left, right, top, bottom }: SeenText): string =>
  `"${text}" at ${[left, top, right, bottom].map(Math.round).join(' ')}`;

/** What must hold in any window: no scrolling sideways, no text cut off or written over another. */
async function assertReadable(page: Page): Promise<void> {
  const [needed = 0, there = 0] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    window.innerWidth,
  ]);
  assert.ok(needed <= there, `${String(needed)} px are needed, ${String(there)} are there`);
  const texts = await readTexts(page);
  assert.ok(texts.length > 25, `only ${String(texts.length)} texts are seen`);
  assert.deepEqual(texts.filter(({ isCut }) => isCut).map(describeText), [], 'cut off');
  assert.deepEqual(
    overlaps(texts.filter(({ isAbove }) => !isAbove)).map((pair) => pair.map(describeText)),
    [],
    'written over one another',
  );
}

describe('a page with every element', { skip }, () => {
  let pages: DrivenPages;
  before(async () => {
    pages = await DrivenPages.open();
  });
  after(() => pages.close());

  const windows: Record<string, (page: Page) => Promise<void>> = {
    'of 320 px': viewport(320, 568),
    'of 1280 px at 400 %, which is 320 by 256': viewport(320, 256, 4),
    'of 1280 px at 200 %': viewport(640, 400, 2),
  };
  for (const [which, prepare] of Object.entries(windows))
    it(`is readable in a window ${which}, and toasts leave a part of it free`, async () => {
      const page = await openGallery(pages, { before: prepare });
      await assertReadable(page);
      const covered = await page.evaluate(() => {
        const free: boolean[] = [];
        for (let y = 4; y < innerHeight; y += 8)
          for (let x = 4; x < innerWidth; x += 8)
            free.push(document.elementFromPoint(x, y)?.localName !== 'pusher-toasts');
        return free.filter((isFree) => !isFree).length / free.length;
      });
      assert.ok(covered > 0.05 && covered < 0.6, `${String(Math.round(covered * 100))} % are covered`);
      const newest = (await readTexts(page, true)).find(({ text }) => text.endsWith('kind error'));
      assert.ok(newest && !newest.isCut, 'the newest toast is seen');
      await page.close();
    });

  it('is readable where the text alone is twice as large', async () => {
    const page = await openGallery(pages, { before: viewport(640, 800) });
    await page.addStyleTag({ content: 'html { font-size: 200%; }' });
    await assertReadable(page);
    await page.close();
  });

  it('is its mirror image from right to left', async () => {
    const width = 1000;
    const boxes = (page: Page): Promise<Record<string, readonly [left: number, right: number]>> =>
      page.evaluate(() => {
        const found: Record<string, readonly [number, number]> = {};
        const box = (name: string, element: Element | null | undefined): void => {
          const { left, right } = element?.getBoundingClientRect() ?? { left: NaN, right: NaN };
          found[name] = [left, right];
        };
        const inside = (host: string, selector: string): Element | null | undefined =>
          document.querySelector(host)?.shadowRoot?.querySelector(selector);
        box('shape of the banner', inside('#banner', '.dot'));
        box('badge', document.querySelector('#badge'));
        box('first avatar', inside('#avatars', '.avatar'));
        box('how many more', inside('#avatars', '.more'));
        box('toast', inside('pusher-toasts', '.toast'));
        box('icon of the toast', inside('pusher-toasts', '.icon'));
        box('button of the toast', inside('pusher-toasts', '.close'));
        return found;
      });
    const open = async (dir: 'ltr' | 'rtl'): ReturnType<typeof boxes> => {
      const page = await openGallery(pages, { before: viewport(width, 700), dir });
      await assertReadable(page);
      const found = await boxes(page);
      await page.close();
      return found;
    };
    const left = await open('ltr');
    const right = await open('rtl');
    const rounded = (values: typeof left, mirror: boolean): object =>
      Object.fromEntries(
        Object.entries(values).map(([name, [from, to]]) => [
          name,
          (mirror ? [width - to, width - from] : [from, to]).map(Math.round),
        ]),
      );
    assert.deepEqual(rounded(right, true), rounded(left, false));
  });

  for (const scheme of ['light', 'dark'])
    it(`has every text and every sign in colours of the system where these are forced, ${scheme} ones`, async () => {
      const page = await openGallery(pages, { before: viewport(1000, 700) });
      await emulate(page, { features: { 'forced-colors': 'active', 'prefers-color-scheme': scheme } });
      await assertReadable(page);
      const { system, signs } = await page.evaluate(() => {
        const colours = [
          'CanvasText',
          'LinkText',
          'ButtonText',
          'FieldText',
          'GrayText',
          'Canvas',
          'ButtonFace',
        ];
        const probe = document.body.appendChild(document.createElement('i'));
        const entries = colours.map((name) => {
          probe.style.color = name;
          return [name, getComputedStyle(probe).color] as const;
        });
        probe.remove();
        const shapes = [...document.querySelectorAll('pusher-status, pusher-toasts')].flatMap((host) => [
          ...(host.shadowRoot?.querySelectorAll('.dot, .icon, .close svg') ?? []),
        ]);
        return {
          system: Object.fromEntries(entries),
          signs: shapes.map((shape) => getComputedStyle(shape).color),
        };
      });
      const allowed = ['CanvasText', 'LinkText', 'ButtonText', 'FieldText'].map((name) => system[name]);
      const wrong = (await readTexts(page)).filter(({ colour }) => !allowed.includes(colour));
      assert.deepEqual(
        wrong.map(({ text, colour }) => `${text}: ${colour}`),
        [],
      );
      assert.ok(signs.length >= 9);
      assert.deepEqual(
        [...new Set(signs)].filter((colour) => !allowed.includes(colour)),
        [],
      );
      // Who is there is told apart by a border, because backgrounds are gone.
      const borders = await page.$$eval('pusher-presence', (hosts) =>
        hosts.flatMap((host) =>
          [...(host.shadowRoot?.querySelectorAll('.avatar') ?? [])].map(
            (face) => getComputedStyle(face).borderTopWidth,
          ),
        ),
      );
      assert.deepEqual([...new Set(borders)], ['1px']);
      await page.close();
    });

  it('has its values on paper, dark on white, and nothing that can only be pressed or is true only now', async () => {
    const page = await openGallery(pages, { before: viewport(800, 700) });
    await emulate(page, { type: 'print' });
    await assertReadable(page);
    const texts = await readTexts(page);
    const printed = texts.map(({ text }) => text).join(' | ');
    for (const value of [
      '€1,234,567.80',
      'Everything is cheaper today',
      'Two kettles',
      'Ada Lovelace',
      '7 people here',
    ])
      assert.ok(printed.includes(value), `${value} in ${printed}`);
    for (const furniture of ['Connected', 'A message of the kind'])
      assert.ok(!printed.includes(furniture), `${furniture} in ${printed}`);
    const faint = texts.filter(({ luminance }) => luminance > 0.4);
    assert.deepEqual(
      faint.map(({ text, colour }) => `${text}: ${colour}`),
      [],
      'backgrounds are not printed',
    );
    for (const connection of pages.app.connections) connection.close(4009, 'not any more');
    let later: string[] = [];
    await until('that it may be out of date is worth its ink', async () => {
      later = (await readTexts(page)).map(({ text }) => text);
      return later.includes('Disconnected');
    }).catch((error: unknown) => {
      throw new Error(`${String(error)} ${later.join(' | ')}`);
    });
    assert.ok(!later.some((text) => /retry|again|reconnect/i.test(text)), later.join(' | '));
    await page.close();
  });
});
