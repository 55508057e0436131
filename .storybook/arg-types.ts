/**
 * The tables of the documentation, from the manifest: everything an element has, under keys that do not
 * collide (a part may be called like an attribute). Nothing has a control until a story gives it one.
 */
import type { ArgTypes } from '@storybook/web-components-vite';
import manifest from '../custom-elements.json' with { type: 'json' };
import { defaultOf, meaningOf } from '../tools/manifest-words.mjs';

interface Entry {
  readonly name: string;
  readonly kind?: string;
  readonly static?: boolean;
  readonly readonly?: boolean;
  readonly attribute?: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
  /** What a method returns. */
  readonly return?: { readonly type?: { readonly text: string } };
  readonly default?: string;
  readonly parameters?: readonly { readonly name: string }[];
}

interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly Entry[];
  readonly members?: readonly Entry[];
  readonly events?: readonly Entry[];
  readonly slots?: readonly Entry[];
  readonly cssParts?: readonly Entry[];
  readonly cssProperties?: readonly Entry[];
  readonly cssStates?: readonly Entry[];
}

interface Manifest {
  readonly modules: readonly { readonly declarations?: readonly Declaration[] }[];
}

const declarations = (manifest as unknown as Manifest).modules.flatMap(
  ({ declarations: found = [] }) => found,
);

/**
 * An attribute is there or it is not, so "undefined" says nothing about it; and it is written, so of the types that
 * only a property can have the one that can be written is left.
 */
function typeOf(category: string, { type, return: returned }: Entry): string | undefined {
  if (returned) return returned.type?.text;
  if (!type || category !== 'attributes') return type?.text;
  const text = type.text.replaceAll(/ \| (?:undefined|null)\b/g, '');
  if (text === 'ConnectionReference') return 'string';
  return /^(?:PusherOptions|AuthAdditions|Record)\b/.test(text) ? 'JSON' : text;
}

/** In a cell of its own there is no Markdown, and no sentence before it. */
const writtenDefault = (entry: Entry): string => defaultOf(entry).replaceAll('`', '');

function rows(
  category: string,
  entries: readonly Entry[] = [],
  show = (entry: Entry) => entry.name,
): ArgTypes {
  return Object.fromEntries(
    entries.map((entry) => {
      const type = typeOf(category, entry);
      const standard = writtenDefault(entry);
      return [
        // Attributes are what the controls of a story are called.
        category === 'attributes' ? entry.name : `${category}: ${entry.name}`,
        {
          name: show(entry),
          description: meaningOf(entry),
          control: false,
          table: {
            category,
            ...(type && { type: { summary: type } }),
            ...(standard && { defaultValue: { summary: standard } }),
          },
        },
      ];
    }),
  );
}

/** For `parameters.docs.extractArgTypes`. */
export function extractArgTypes(tag: string): ArgTypes {
  const element = declarations.find(({ tagName }) => tagName === tag);
  if (!element) return {};
  const members = (element.members ?? []).filter((member) => !member.static && member.description);
  const call = ({ name, parameters = [] }: Entry): string =>
    `${name}(${parameters.map((parameter) => parameter.name).join(', ')})`;
  return {
    ...rows(
      'attributes',
      element.attributes?.filter(({ description }) => description),
    ),
    ...rows(
      'properties',
      members.filter(
        ({ kind, attribute, readonly }) => kind === 'field' && (readonly === true || !attribute),
      ),
    ),
    ...rows(
      'methods',
      members.filter(({ kind }) => kind === 'method'),
      call,
    ),
    ...rows('events', element.events),
    ...rows('slots', element.slots, ({ name }) => (name === '' ? 'default' : name)),
    ...rows('parts', element.cssParts),
    ...rows('custom properties', element.cssProperties),
    ...rows('custom states', element.cssStates, ({ name }) => `:state(${name})`),
  };
}
