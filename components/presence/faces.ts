/** What stands for a person where there is no picture: initials, and a colour of their own. Pure. */

/** The first character as a reader sees it: an emoji of several code points is one. */
function firstCharacter(text: string): string {
  const [first] =
    'Segmenter' in Intl
      ? Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
      : Array.from(text);
  return first ?? '';
}

/** The initials of a name, in the capitals of `language`: of its first and its last word, one where it is one. */
export function initialsOf(name: string, language: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    // A mark in front of a word is not its initial.
    .map((word) => /[\p{L}\p{N}].*/u.exec(word)?.[0] ?? word);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  const initials = ends.map((word = '') => firstCharacter(word.slice(0, 32)).toLocaleUpperCase(language));
  // Letters that would join to a word stay apart.
  return initials.join('\u200C');
}

/** A hue from 0 to 359 that an id has on every page; ids that follow each other are far apart. */
export function hueOf(id: string): number {
  let hash = 0;
  for (let index = 0; index < id.length; index += 1) hash = (hash * 31 + id.charCodeAt(index)) >>> 0;
  return Math.floor((hash * 137.508) % 360);
}

/** A picture that may be shown: `http(s)` only; undefined for anything else. */
export function pictureOf(value: unknown, base: string): string | undefined {
  try {
    if (typeof value !== 'string' || !value.trim()) return undefined;
    const { protocol, href } = new URL(value, base);
    return /^https?:$/.test(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}
