/** From values to texts in the language of the page. What a format cannot show is shown as it is. */
import { warnOnce } from '../dev-warning.js';
import { languageOf } from '../words/words-controller.js';
import { canonical } from '../words/words.js';

type Formatter = (value: number, language: string, detail: string) => string;

const cache = new Map<string, unknown>();

/** `Intl` objects take long to make, so each is made once. */
export function cached<Tool>(key: string, make: () => Tool): Tool {
  let tool = cache.get(key) as Tool | undefined;
  if (!tool) cache.set(key, (tool = make()));
  return tool;
}

/** The language to write in: that of the place, else that of the browser. */
export function localeOf(host: Element): string {
  return canonical(languageOf(host) || navigator.language);
}

const number =
  (name: string, options: (detail: string) => Intl.NumberFormatOptions): Formatter =>
  (value, language, detail) =>
    cached(`${language} ${name}:${detail}`, () => new Intl.NumberFormat(language, options(detail))).format(
      value,
    );

const moment =
  (options: Intl.DateTimeFormatOptions): Formatter =>
  (value, language) =>
    cached(language + JSON.stringify(options), () => new Intl.DateTimeFormat(language, options)).format(
      value,
    );

// Of what is no number of digits, `Intl` complains.
const digits = (detail: string): Intl.NumberFormatOptions =>
  detail ? { minimumFractionDigits: Number(detail), maximumFractionDigits: Number(detail) } : {};

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
const bytes: Formatter = (value, language) => {
  const at = Math.min(sizes.length - 1, Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1) / 3)));
  return number('bytes', () => ({
    style: 'unit',
    unit: sizes[at],
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }))(value / 1000 ** at, language, String(at));
};

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
/** "3 minutes ago", in the largest unit that fits. */
const relative: Formatter = (value, language) => {
  const seconds = (value - Date.now()) / 1000;
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  const format = cached(
    `${language}relative`,
    () => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
  );
  return format.format(Math.trunc(seconds / size), unit);
};

const numbers: Readonly<Record<string, Formatter>> = {
  number: number('number', digits),
  percent: number('percent', (detail) => ({ style: 'percent', ...digits(detail) })),
  currency: number('currency', (currency) => ({ style: 'currency', currency })),
  bytes,
};
const moments: Readonly<Record<string, Formatter>> = {
  date: moment({ dateStyle: 'medium' }),
  time: moment({ timeStyle: 'short' }),
  datetime: moment({ dateStyle: 'medium', timeStyle: 'short' }),
  relative,
};

/**
 * A value as a text: empty for nothing and for what is no single value, so that the fallback shows.
 *
 * @param format `number`, `number:2` (digits), `percent`, `currency:EUR`, `bytes`, `date`, `time`, `datetime`,
 * `relative` or `json`. Dates are ISO texts or numbers (milliseconds, or seconds where that is a date of our time).
 */
export function formatValue(value: unknown, format: string | undefined, host: Element): string {
  if (format === 'json') return toJson(value);
  const plain = plainText(value);
  if (!format || plain === '') return plain;
  const [name = '', detail = ''] = format.split(':');
  const isNumber = Object.hasOwn(numbers, name);
  const formatter = isNumber ? numbers[name] : Object.hasOwn(moments, name) ? moments[name] : undefined;
  const input = isNumber ? numberOf(plain) : timeOf(value);
  if (formatter && !Number.isFinite(input)) return plain;
  try {
    if (formatter) return formatter(input, localeOf(host), detail);
  } catch {
    // A currency, or a number of digits, that does not exist.
  }
  warnOnce(
    host,
    `"${format}" is not a format, so values are shown as they are. Write number, number:2, percent, ` +
      'currency:EUR, bytes, date, time, datetime, relative or json.',
  );
  return plain;
}

/** A text that is a number as a whole; NaN for any other. */
const numberOf = (text: string): number =>
  /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : NaN;

/** Milliseconds since 1970; NaN for what is no time. A date without a time begins where the reader is. */
export function timeOf(value: unknown): number {
  const text = plainText(value).trim();
  const number = numberOf(text);
  // Seconds until the year 5138 are less than milliseconds since 1973.
  if (Number.isFinite(number)) return validTime(Math.abs(number) < 1e11 ? number * 1000 : number);
  // Browsers read a date into nearly every text that ends with a number.
  return /^[+-]?\d{4,6}-\d\d/.test(text)
    ? Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text)
    : NaN;
}

const validTime = (time: number): number => new Date(time).getTime();

function plainText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      return '';
  }
}

function toJson(value: unknown): string {
  try {
    const text: unknown = JSON.stringify(value);
    return typeof text === 'string' ? text : '';
  } catch {
    return '';
  }
}
