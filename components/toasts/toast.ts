/** What a toast says, and how it is read from what somebody gives. */
import { formatValue } from '../shared/format/format.js';

/** A toast. */
export interface Toast {
  /** Tells it from the others: the value at `dedupe-key`, or one that was made for it. */
  readonly id: string;
  title: string;
  body: string;
  /** Where its link leads. An address that would execute something is left out. Empty: no link. */
  href: string;
  /** `info`, `success`, `warning`, `error`, or a word of the page's own. Empty: none. */
  level: string;
  /** The address of a picture, instead of the sign of the level. */
  icon: string;
  /** Seconds until it closes; 0: when somebody closes it. */
  duration: number;
  /** The payload, or what `show()` was given. */
  readonly data: unknown;
}

/** What `show()` takes: all of it may be left out but a text. */
export type ToastOptions = Partial<Omit<Toast, 'data'>>;

/** The names of what is read. */
const names = ['id', 'title', 'body', 'href', 'level', 'icon'] as const;
/** Finds one of them. */
export type FieldReader = (name: (typeof names)[number]) => unknown;

let count = 0;

/**
 * A toast of what `read` finds under each name: texts and numbers, anything else counts as nothing.
 *
 * @param duration Seconds until it closes.
 */
export function createToast(
  read: FieldReader,
  { duration, data, host }: { duration: number; data: unknown; host: Element },
): Toast {
  const texts = Object.fromEntries(
    names.map((name) => [name, formatValue(read(name), undefined, host).trim()]),
  ) as Record<(typeof names)[number], string>;
  return { ...texts, id: texts.id || `toast-${(count += 1)}`, duration, data };
}

/** The level as a word that may be part of a name; empty for any other. */
export const levelOf = ({ level }: Toast): string =>
  /^[a-z][a-z0-9-]*$/i.test(level) ? level.toLowerCase() : '';
