/** In which order members are shown. */
import type { Member } from '../../src/index.js';
import { cached } from '../shared/format/format.js';
import { readPath } from '../shared/template/paths.js';

/**
 * Members by what is at a path of their info, with a minus in front the other way round: numbers by value, texts as
 * in a dictionary of `language`. Who has nothing there comes last either way. Without a path they stay as they are.
 */
export function inOrder(members: Member[], sort: string, language: string): readonly Member[] {
  if (!sort) return members;
  const sign = sort.startsWith('-') ? -1 : 1;
  const path = sort.replace(/^-/, '');
  const { compare } = cached(`${language}collator`, () => new Intl.Collator(language, { numeric: true }));
  return members
    .map((member) => ({ member, value: sortable(readPath(member.info, path)) }))
    .sort(({ value: a }, { value: b }) => {
      if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
      return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : compare(`${a}`, `${b}`));
    })
    .map(({ member }) => member);
}

const sortable = (value: unknown): string | number | undefined =>
  typeof value === 'string' || typeof value === 'number' ? value : undefined;
