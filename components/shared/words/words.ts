/** What elements say, by language. English is always there; others are loaded when a page speaks them. */
import { english } from './english.js';

/** A sentence for each form that numbers have in a language; a form that is left out is `other`. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** The sentences of one language. `{in}` is replaced with a phrase such as "in 8 seconds". */
export interface Words {
  readonly initialized: string;
  readonly connecting: string;
  readonly reconnecting: string;
  readonly connected: string;
  readonly unavailable: string;
  readonly failed: string;
  readonly disconnected: string;
  readonly limit: string;
  readonly countdown: string;
  readonly retry: string;
  /** Of a list that holds rows back: `{count}` is how many. */
  readonly newItems: string;
  /** How many people are there: `{count}` is the number. */
  readonly peopleHere: PluralForms;
  /** How many more there are than are shown. */
  readonly morePeople: PluralForms;
  /** On a button that closes a notification. */
  readonly close: string;
  /** The name of the place where notifications appear. */
  readonly notifications: string;
  /** Whether the language is written from right to left. */
  readonly isRightToLeft?: boolean;
}

/** Words, and the language that they are in: a fallback is not in the language that was asked for. */
export interface SpokenWords {
  readonly words: Words;
  /** For `Intl`, with the region that the page named. */
  readonly language: string;
  readonly isFallback: boolean;
}

const known = new Map<string, Words>([['en', english]]);
const loaders: Readonly<Record<string, () => Promise<Words>>> = {
  ar: async () => (await import('./arabic.js')).arabic,
  de: async () => (await import('./german.js')).german,
  es: async () => (await import('./spanish.js')).spanish,
};
/** Languages that are on their way, or could not be had. */
const asked = new Set<string>();
const listeners = new Set<() => void>();

/**
 * Adds a language, or changes what elements say in one: what is left out stays, or is English.
 *
 * @param language A language tag such as `fr`, or `pt-BR` for one region only.
 */
export function setWords(language: string, words: Partial<Words>): void {
  const tag = language.toLowerCase();
  known.set(tag, { ...english, ...known.get(tag), ...words });
  const load = loaders[tag];
  // What is not given here comes from the language itself, when it has been loaded.
  if (load && !asked.has(tag)) {
    asked.add(tag);
    void load().then(
      (loaded) => {
        known.set(tag, { ...loaded, ...words });
        tell();
      },
      () => undefined,
    );
  }
  tell();
}

/** The words for a language tag, as far as they are there; `followWords` tells when there are more. */
export function wordsFor(tag: string): SpokenWords {
  const wanted = tag.toLowerCase();
  const language = wanted.split('-')[0] ?? '';
  const words = known.get(wanted) ?? known.get(language);
  if (words) return { words, language: canonical(tag), isFallback: false };
  load(language);
  return { words: english, language: 'en', isFallback: true };
}

/** Calls `listener` when words were added, until the returned function is called. */
export function followWords(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function load(language: string): void {
  const loader = Object.hasOwn(loaders, language) ? loaders[language] : undefined;
  if (!loader || asked.has(language)) return;
  asked.add(language);
  loader().then(
    (words) => {
      known.set(language, words);
      tell();
    },
    // A file that cannot be had is no reason to say nothing: English stays.
    () => undefined,
  );
}

function tell(): void {
  for (const listener of [...listeners]) listener();
}

/** A tag that `Intl` takes; pages contain others. */
export function canonical(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return /^[a-z]{2,3}(?![a-z])/i.exec(tag)?.[0] ?? 'en';
  }
}
