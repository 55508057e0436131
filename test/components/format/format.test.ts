/** From values to texts by `Intl` (elements.md §2 <pusher-value>, issue 4 parts 1 and 7). */
import { expect, fixture, html } from '@open-wc/testing';
import { formatValue, timeOf } from '../../../components/shared/format/format.js';
import { plural } from '../../../components/shared/format/plural.js';
import { warningsDuring } from '../support.js';

const place = (lang: string): Promise<HTMLElement> =>
  fixture<HTMLElement>(html`<p lang=${lang}><span></span></p>`).then((root) => root.querySelector('span')!);

/** With common spaces, which differ between versions of the language data. */
const plainly = (text: string): string => text.replaceAll(/[\u00A0\u202F]/g, ' ');

describe('formatValue', () => {
  for (const [value, format, lang, expected] of [
    [1234.5, undefined, 'de', '1234.5'],
    [1234.5, 'number', 'de', '1.234,5'],
    ['1234.5', 'number', 'de', '1.234,5'],
    [1234.5, 'number:2', 'en', '1,234.50'],
    [0.256, 'percent', 'en', '26%'],
    [0.256, 'percent:1', 'de', '25,6 %'],
    [9.5, 'currency:EUR', 'es', '9,50 €'],
    [1536, 'bytes', 'en', '1.5 kB'],
    [7, 'bytes', 'en', '7 byte'],
    [0, 'number', 'en', '0'],
    [true, 'number', 'en', 'true'],
    ['12 pieces', 'number', 'en', '12 pieces'],
    [' ', 'number', 'en', ' '],
    ['0x10', 'number', 'en', '0x10'],
    ['Infinity', 'number', 'en', 'Infinity'],
    [{ a: [1] }, 'json', 'en', '{"a":[1]}'],
    [{ a: 1 }, undefined, 'en', ''],
    [{ a: 1 }, 'number', 'en', ''],
    [null, 'number', 'en', ''],
    [undefined, 'json', 'en', ''],
    ['2026-03-01', 'date', 'en', 'Mar 1, 2026'],
    ['2026-03-01T15:30', 'time', 'en-GB', '15:30'],
    ['2026-03-01T15:30', 'datetime', 'de', '01.03.2026, 15:30'],
    ['Room 5', 'date', 'en', 'Room 5'],
    [1e300, 'date', 'en', String(1e300)],
  ] as const)
    it(`makes "${expected}" of ${JSON.stringify(value)} with ${format ?? 'no format'} in ${lang}`, async () => {
      const host = await place(lang);
      const warnings = await warningsDuring(() => {
        expect(plainly(formatValue(value, format, host))).to.equal(expected);
      });
      expect(warnings).to.deep.equal([]);
    });

  it('knows times as ISO texts, as milliseconds and as seconds', () => {
    const time = Date.UTC(2026, 2, 1, 12);
    for (const value of ['2026-03-01T12:00:00Z', time, String(time), time / 1000, String(time / 1000)])
      expect(timeOf(value)).to.equal(time);
    for (const value of ['soon', '', true, null, {}, NaN]) expect(timeOf(value)).to.be.NaN;
  });

  it('shows a date without a time as that date, wherever the reader is', () => {
    expect(new Date(timeOf('2026-03-01')).getDate()).to.equal(1);
    expect(new Date(timeOf('2026-03-01')).getHours()).to.equal(0);
  });

  for (const [seconds, lang, expected] of [
    [-5, 'en', '5 seconds ago'],
    [-130, 'en', '2 minutes ago'],
    [-7200, 'de', 'vor 2 Stunden'],
    [-86_400 * 1.5, 'en', 'yesterday'],
    [-86_400 * 15, 'es', 'hace 2 semanas'],
    [-86_400 * 800, 'en', '2 years ago'],
    [200, 'en', 'in 3 minutes'],
  ] as const)
    it(`says "${expected}" of ${seconds} seconds from now`, async () => {
      const time = Date.now() + seconds * 1000 + (seconds > 0 ? 900 : -100);
      expect(formatValue(time, 'relative', await place(lang))).to.equal(expected);
    });

  for (const format of ['weight', 'constructor', 'currency:', 'currency:coins', 'number:two', 'number:200'])
    it(`shows the value as it is with the unknown format "${format}", and says so once`, async () => {
      const host = await place('en');
      const warnings = await warningsDuring(() => {
        expect(formatValue(5, format, host)).to.equal('5');
        expect(formatValue(6, format, host)).to.equal('6');
      });
      expect(warnings.length).to.equal(1);
      expect(warnings[0]).to.contain(`"${format}" is not a format`);
    });

  it('takes the language of the browser where the page has none, and makes something of a wrong one', async () => {
    const host = await place('de_DE');
    expect(formatValue(1234.5, 'number', host)).to.equal('1.234,5');
    const { lang } = document.documentElement;
    document.documentElement.removeAttribute('lang');
    Object.defineProperty(navigator, 'language', { value: 'de', configurable: true });
    try {
      const bare = await fixture<HTMLElement>(html`<p></p>`);
      expect(formatValue(1234.5, 'number', bare)).to.equal('1.234,5');
    } finally {
      Reflect.deleteProperty(navigator, 'language');
      if (lang) document.documentElement.lang = lang;
    }
  });
});

describe('plural', () => {
  it('takes the form that goes with the number in the language of the page', async () => {
    const english = { one: '{count} person', other: '{count} people' };
    const host = await place('en');
    expect(plural(host, 1, english)).to.equal('1 person');
    expect(plural(host, 0, english)).to.equal('0 people');
    expect(plural(host, 1234, english)).to.equal('1,234 people');
    const arabic = { two: 'شخصان', few: 'أشخاص', other: 'شخص' };
    expect([2, 3, 11].map((count) => plural(arabicHost, count, arabic))).to.deep.equal([
      'شخصان',
      'أشخاص',
      'شخص',
    ]);
  });

  let arabicHost: HTMLElement;
  before(async () => {
    arabicHost = await place('ar');
  });

  it('takes `other` for a form that is left out', async () => {
    expect(plural(await place('en'), 1, { other: 'many' })).to.equal('many');
    expect(plural(await place('en'), 1, {})).to.equal('');
  });
});
