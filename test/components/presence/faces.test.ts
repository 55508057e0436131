/** What stands for a member without a picture, and which pictures are shown (elements.md §2, issue 4 item 4). */
import { expect } from '@open-wc/testing';
import { hueOf, initialsOf, pictureOf } from '../../../components/presence/faces.js';
import { installEndpoint } from '../endpoint.js';
import type { Endpoint } from '../endpoint.js';
import { html } from '../support.js';
import { namesOf, parts, renderPresence } from './presence-rig.js';
import { waitUntil } from '../../wait-until.js';

/** One pixel. */
const pixel = new URL(
  `data:image/gif;base64,${btoa('GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;')}`,
);

/** Initials without what keeps them apart. */
const plain = (name: string, language = 'en'): string => initialsOf(name, language).replaceAll('\u200C', '');

describe('initials', () => {
  it('are of the first and the last word, in capitals', () => {
    expect(plain('Ada Lovelace')).to.equal('AL');
    expect(plain('  juan carlos  de la cruz ')).to.equal('JC');
    expect(plain('mo')).to.equal('M');
    expect(plain('irmak ılgaz', 'tr')).to.equal('İI');
  });

  it('are whole characters in any script, and emoji', () => {
    expect(plain('王小明')).to.equal('王');
    expect(plain('👩‍👩‍👧 Family')).to.equal('👩‍👩‍👧F');
    expect(plain('🇩🇪🇫🇷')).to.equal('🇩🇪');
    expect(plain('e\u0301mile zola')).to.equal('E\u0301Z');
    expect(plain('नी')).to.equal('नी');
    expect(plain('𝒜da')).to.equal('𝒜');
  });

  it('do not join to a word in scripts whose letters do', () => {
    expect(initialsOf('محمد علي', 'ar')).to.equal('م\u200Cع');
  });

  it('leave out marks in front of words, and are there for names of marks only', () => {
    expect(plain('(Ada) "Countess"')).to.equal('AC');
    expect(plain('@ada')).to.equal('A');
    expect(plain('???')).to.equal('?');
    expect(plain('')).to.equal('');
  });
});

describe('the colour of a member', () => {
  it('is the same each time, and far apart for ids that follow each other', () => {
    expect(hueOf('42')).to.equal(hueOf('42'));
    const hues = ['1', '2', '3', '4', '5'].map(hueOf);
    for (const [index, hue] of hues.entries())
      for (const other of hues.slice(index + 1)) {
        const distance = Math.abs(hue - other);
        expect(Math.min(distance, 360 - distance)).to.be.greaterThan(20);
      }
    for (const id of ['', '__proto__', 'x'.repeat(10_000), '🙂']) expect(hueOf(id)).to.be.within(0, 359);
  });

  it('has a contrast of 4.5:1 or more with the initials, whatever the hue', async () => {
    const endpoint = installEndpoint();
    try {
      const page = await renderPresence(
        html`<pusher-presence channel="presence-room" include-me></pusher-presence>`,
      );
      const [avatar] = parts(page.element, 'avatar');
      const context = document.createElement('canvas').getContext('2d')!;
      const luminance = (color: string): number => {
        context.fillStyle = color;
        context.fillRect(0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0] = [...context.getImageData(0, 0, 1, 1).data].map((part) =>
          part <= 10 ? part / 3294 : ((part / 255 + 0.055) / 1.055) ** 2.4,
        );
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const colors = new Set<string>();
      for (let hue = 0; hue < 360; hue += 1) {
        avatar!.style.setProperty('--hue', String(hue));
        const { backgroundColor, color } = getComputedStyle(avatar!);
        colors.add(backgroundColor);
        const contrast = (luminance(color) + 0.05) / (luminance(backgroundColor) + 0.05);
        expect(contrast, backgroundColor).to.be.at.least(4.5);
      }
      expect(colors.size).to.equal(360);
    } finally {
      endpoint.restore();
    }
  });
});

describe('a picture', () => {
  it('has an address of http or https, absolute or of the page; nothing else is asked for', () => {
    const base = 'https://shop.example/a/';
    expect(pictureOf('https://cdn.example/ada.png', base)).to.equal('https://cdn.example/ada.png');
    expect(pictureOf('/ada.png', base)).to.equal('https://shop.example/ada.png');
    for (const wrong of [
      'javascript:alert(1)',
      ' java\nscript:alert(1)',
      'data:image/svg+xml,<svg onload=alert(1)>',
      'blob:https://shop.example/1',
      'file:///etc/passwd',
      'https://',
      '',
      ' ',
      7,
      null,
      undefined,
      { href: 'https://a.example' },
      ['https://a.example'],
    ])
      expect(pictureOf(wrong, base), JSON.stringify(wrong)).to.equal(undefined);
  });

  describe('on a page', () => {
    let endpoint: Endpoint;
    beforeEach(() => {
      endpoint = installEndpoint();
    });
    afterEach(() => {
      endpoint.restore();
    });
    const image = (element: Element): HTMLImageElement | null | undefined =>
      element.shadowRoot!.querySelector('img');

    it('is asked for without a referrer, lazily, and has no words of its own', async () => {
      const page = await renderPresence(
        html`<pusher-presence channel="presence-room" avatar-path="face.small"></pusher-presence>`,
      );
      page.join('8', { name: 'Ada', face: { small: '/nowhere/ada.png' } });
      await page.written();
      const { src, referrerPolicy, loading, alt } = image(page.element)!;
      expect([src, referrerPolicy, loading, alt]).to.deep.equal([
        new URL('/nowhere/ada.png', location.href).href,
        'no-referrer',
        'lazy',
        '',
      ]);
    });

    it('is seen once it is there; the initials stay where it cannot be had', async () => {
      const page = await renderPresence(html`<pusher-presence channel="presence-room"></pusher-presence>`);
      page.join('8', { name: 'Ada Lovelace', avatar: '/nowhere/ada.png' });
      await page.written();
      const shown = image(page.element)!;
      await waitUntil(() => shown.complete, 'the picture could not be had');
      expect(getComputedStyle(shown).opacity).to.equal('0');
      expect(parts(page.element, 'avatar')[0]!.innerText.trim()).to.equal('A\u200CL');
      shown.src = pixel.href;
      await waitUntil(() => getComputedStyle(shown).opacity === '1', 'it is there');
    });

    it('goes with its address, and is another one with another', async () => {
      const page = await renderPresence(html`<pusher-presence channel="presence-room"></pusher-presence>`);
      const become = async (avatar: unknown): Promise<HTMLImageElement | null | undefined> => {
        page.leave('8');
        page.join('8', { name: 'Ada', avatar });
        await page.written();
        return image(page.element);
      };
      const first = await become('/a.png');
      expect((await become('/a.png')) === first).to.equal(true);
      const second = await become('/b.png');
      expect(second?.src).to.contain('/b.png');
      expect(second === first).to.equal(false);
      expect(await become(undefined)).to.equal(null);
    });

    it('and a name are data: markup, wrong types and prototype names show as text or not at all', async () => {
      const page = await renderPresence(
        html`<pusher-presence
          channel="presence-room"
          view="list"
          avatar-path="__proto__.x"
        ></pusher-presence>`,
      );
      const infos: unknown[] = [
        { name: '<img src=x onerror=alert(1)>' },
        { name: { toString: 'no' } },
        { name: ['a'] },
        { name: 42 },
        { name: '' },
        'text',
        null,
        ['name'],
      ];
      for (const [id, info] of infos.entries()) page.join(`u${id}`, info);
      page.join('__proto__', { name: 'proto' });
      await page.written();
      expect(namesOf(page.element)).to.deep.equal([
        '<img src=x onerror=alert(1)>',
        'u1',
        'u2',
        '42',
        'u4',
        'u5',
        'u6',
        'u7',
        'proto',
      ]);
      expect(image(page.element)).to.equal(null);
    });
  });
});
