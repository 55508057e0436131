/** From values to texts in the language of the page. What a format cannot show is shown as it is. */
import { warnOnce } from '../dev-warning.js';
import { languageOf } from '../words/words-controller.js';

type Formatter = (value: number, language: string, detail: string) => string;

const cache = new Map<string, { format(value: number): string }>();

/** `Intl` objects take long to make, so each is made once. */
function cached(
  key: string,
  make: () => { format(value: number): string },
): { format(value: number): string } {
  let formatter = cache.get(key);
  if (!formatter) cache.set(key, (formatter = make()));
  return formatter;
}

const number =
  (options: (detail: string) => Intl.NumberFormatOptions): Formatter =>
  (value, language, detail) => {
    const chosen = options(detail);
    const key = `${language} ${JSON.stringify(chosen)}`;
    return cached(key, () => new Intl.NumberFormat(language, chosen)).format(value);
  };

const moment =
  (options: Intl.DateTimeFormatOptions): Formatter =>
  (value, language) =>
    cached(`${language} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(language, options)).format(
      value,
    );

const digits = (detail: string): Intl.NumberFormatOptions =>
  /^\d$/.test(detail) ? { minimumFractionDigits: Number(detail), maximumFractionDigits: Number(detail) } : {};

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
const bytes: Formatter = (value, language) => {
  const at = Math.min(sizes.length - 1, Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1) / 3)));
  return number(() => ({
    style: 'unit',
    unit: sizes[at],
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }))(value / 1000 ** at, language, '');
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
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
};

const numbers: Readonly<Record<string, Formatter>> = {
  number: number(digits),
  percent: number((detail) => ({ style: 'percent', ...digits(detail) })),
  currency: number((currency) => ({ style: 'currency', currency })),
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
  const input = isNumber ? Number(plain) : timeOf(value);
  if (formatter && !Number.isFinite(input)) return plain;
  try {
    if (formatter) return formatter(input, languageOf(host) || 'en', detail);
  } catch {
    // A currency, or a language of the page, that does not exist.
  }
  warnOnce(
    host,
    `"${format}" is not a format, so values are shown as they are. Write number, number:2, percent, ` +
      'currency:EUR, bytes, date, time, datetime, relative or json.',
  );
  return plain;
}

/** Milliseconds since 1970; NaN for what is no time. */
export function timeOf(value: unknown): number {
  if (typeof value === 'number' || (typeof value === 'string' && /^\s*-?\d+(?:\.\d+)?\s*$/.test(value))) {
    const time = Number(value);
    // Seconds until the year 5138 are less than milliseconds since 1973.
    return Math.abs(time) < 1e11 ? time * 1000 : time;
  }
  return typeof value === 'string' ? Date.parse(value) : NaN;
}

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
