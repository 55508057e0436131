/**
 * What attribute values mean. A value that means nothing is said so, once, and counts as absent. How the
 * values look is laid down in elements.md §1 and §4.2, so that they survive content management systems.
 */
import type { ComplexAttributeConverter } from 'lit';
import { warnOnce } from './dev-warning.js';

/** The element whose attribute is being converted. Converters are not told, and a warning has to name it. */
let subject: Element | undefined;

/** Runs `read`, in which converters may complain about `element`. Conversion is synchronous, so one variable does. */
export function readAttributeOf(element: Element, read: () => void): void {
  const outer = subject;
  subject = element;
  try {
    read();
  } finally {
    subject = outer;
  }
}

function complain(name: string, value: string, remediation: string): void {
  if (subject) warnOnce(subject, `${name}="${value}" means nothing here and is ignored. ${remediation}`);
}

const isOn = (value: string, name: string): boolean => ['', 'true', 'on', name].includes(value);
const isOff = (value: string): boolean => ['false', 'off'].includes(value);

/** An option that is on by default: `false` and `off` switch it off (requirements §3). */
export function defaultOn(name: string): ComplexAttributeConverter<boolean> {
  return {
    fromAttribute(attribute) {
      const value = attribute?.trim().toLowerCase() ?? '';
      if (isOff(value)) return false;
      if (!isOn(value, name)) complain(name, value, 'Write "true" or "false".');
      return true;
    },
    toAttribute: String,
  };
}

/** An option that is off by default: present means on, but `="false"` means off. */
export function defaultOff(name: string): ComplexAttributeConverter<boolean> {
  return {
    fromAttribute(attribute) {
      if (attribute === null) return false;
      const value = attribute.trim().toLowerCase();
      if (isOff(value)) return false;
      if (!isOn(value, name)) complain(name, value, `Write just ${name}, or ${name}="false".`);
      return isOn(value, name);
    },
    toAttribute: (value) => (value ? '' : null),
  };
}

const seconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** Seconds from `30`, `1.5`, `30s`, `5m`, `1h` or `250ms`; undefined for anything else. */
export function parseDuration(value: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*(ms|s|m|h)?\s*$/i.exec(value);
  if (!match) return undefined;
  const factor = seconds[match[2]?.toLowerCase() ?? 's'] ?? 1;
  // Thousandths are as fine as timers are; and 250 * 0.001 should not end in …0001.
  return Math.round(Number(match[1]) * factor * 1000) / 1000;
}

/**
 * A duration in seconds. `fallback` is what a value without meaning stands for, `empty` what an empty one
 * stands for; both are absence unless given.
 */
export function duration(
  name: string,
  { fallback, empty = fallback }: { fallback?: number; empty?: number } = {},
): ComplexAttributeConverter<number | undefined> {
  return {
    fromAttribute(value) {
      if (value === null) return undefined;
      if (value.trim() === '' && empty !== undefined) return empty;
      const result = parseDuration(value);
      if (result !== undefined) return result;
      complain(name, value, 'Write seconds, such as "10", "0.5", "30s" or "5m".');
      return fallback;
    },
    toAttribute: (value) => (value === undefined ? null : String(value)),
  };
}

/** A whole number from 1 on; absence for anything else. */
export function count(name: string): ComplexAttributeConverter<number | undefined> {
  return {
    fromAttribute(value) {
      if (value === null) return undefined;
      if (/^\s*[1-9]\d*\s*$/.test(value)) return Number(value);
      complain(name, value, 'Write a whole number, such as "50".');
      return undefined;
    },
    toAttribute: (value) => (value === undefined ? null : String(value)),
  };
}

/** A port number. */
export function port(name: string): ComplexAttributeConverter<number | undefined> {
  return {
    fromAttribute(value) {
      if (value === null) return undefined;
      const number = Number(value);
      if (value.trim() !== '' && Number.isInteger(number) && number > 0 && number < 65536) return number;
      complain(name, value, 'Write a port number from 1 to 65535.');
      return undefined;
    },
    toAttribute: (value) => (value === undefined ? null : String(value)),
  };
}

/** One of a few words; the first is the default. */
export function oneOf<Word extends string>(
  name: string,
  words: readonly [Word, ...Word[]],
): ComplexAttributeConverter<Word> {
  return {
    fromAttribute(attribute) {
      const value = attribute?.trim().toLowerCase();
      const word = words.find((candidate) => candidate === value);
      if (word !== undefined) return word;
      if (value) complain(name, value, `Write ${words.map((candidate) => `"${candidate}"`).join(' or ')}.`);
      return words[0];
    },
    toAttribute: (value) => value || null,
  };
}

/** What word processors and web pages leave at the ends of, or inside, a value that was copied out of them. */
const pastedDirt =
  /[\u00A0\u00AD\u200B-\u200F\u2028-\u202F\u2060\uFEFF\u2018\u2019\u201C\u201D\u00AB\u00BB]/gu;

/** Takes away white space around a value, and invisible characters and curly quotes anywhere in it. */
export function cleanPasted(value: string): string {
  return value.replace(pastedDirt, '').trim();
}

/** A key or a name, which people paste: cleaned, with a warning where that changed it. */
export function pasted(name: string): ComplexAttributeConverter<string> {
  return {
    fromAttribute(value) {
      const clean = cleanPasted(value ?? '');
      if (subject && value !== null && clean !== value)
        warnOnce(
          subject,
          `${name} had white space around it, or invisible characters or curly quotes in it; ` +
            `"${clean}" is used. Remove them from the page.`,
        );
      return clean;
    },
    toAttribute: (value) => value || null,
  };
}

/** A plain text; absence is an empty one. */
export const text: ComplexAttributeConverter<string> = {
  fromAttribute: (value) => value?.trim() ?? '',
  toAttribute: (value) => value || null,
};

/** Words, separated by white space or commas. With `allowed`, others are left out. */
export function list(
  name: string,
  allowed?: readonly string[],
): ComplexAttributeConverter<string[] | undefined> {
  return {
    fromAttribute(value) {
      if (value === null) return undefined;
      const words = value.split(/[\s,]+/).filter(Boolean);
      const wrong = allowed ? words.find((word) => !allowed.includes(word)) : undefined;
      if (allowed && wrong !== undefined) complain(name, wrong, `Write some of: ${allowed.join(', ')}.`);
      return words.filter((word) => !allowed || allowed.includes(word));
    },
    toAttribute: (value) => (value === undefined ? null : value.join(' ')),
  };
}

const markup = new WeakSet();

/** Whether an object was made from an attribute: less is taken from those than from scripts. */
export function isFromMarkup(value: object): boolean {
  return markup.has(value);
}

/** A JSON object. */
export function jsonObject(name: string): ComplexAttributeConverter<Record<string, unknown> | undefined> {
  return {
    fromAttribute(value) {
      if (value === null || value.trim() === '') return undefined;
      try {
        const parsed: unknown = JSON.parse(value);
        if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
          markup.add(parsed);
          return parsed as Record<string, unknown>;
        }
      } catch {
        // Said below, in words that name the element.
      }
      complain(name, value, `Write a JSON object, with straight double quotes: ${name}='{"name": "value"}'.`);
      return undefined;
    },
  };
}
