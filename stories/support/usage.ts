/** The markup that a story shows under "Show code": what somebody would write, without the story around it. */

import { nothing } from 'lit';

export type AttributeValue = string | number | boolean | undefined;

/** An opening and a closing tag with those attributes that say something. `true` is an attribute without a value. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  content: string = '',
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== false && value !== '')
    .map(([key, value]) => (value === true ? ` ${key}` : ` ${key}="${String(value)}"`));
  const inside = content && `\n${content.replace(/^/gm, '  ')}\n`;
  return `<${name}${written.join('')}>${inside}</${name}>`;
}

/** Attributes without those that are at their default anyway. */
export function without(
  attributes: Readonly<Record<string, AttributeValue>>,
  defaults: Readonly<Record<string, AttributeValue>>,
): Readonly<Record<string, AttributeValue>> {
  return Object.fromEntries(Object.entries(attributes).filter(([key, value]) => defaults[key] !== value));
}

/** An attribute without a word in it is left out. */
export const orNothing = (value: string | undefined): string | typeof nothing =>
  value === undefined || value === '' ? nothing : value;

/** Story parameters that show this markup. */
export function shownAs<Args>(write: (args: Args) => string): object {
  return {
    docs: {
      source: {
        type: 'code',
        language: 'html',
        transform: (_code: string, { args }: { readonly args: Args }) => write(args),
      },
    },
  };
}
