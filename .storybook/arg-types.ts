/**
 * The tables of the documentation, from the manifest: everything an element has, under keys that do not
 * collide (a part may be called like an attribute). Nothing has a control until a story gives it one.
 */
import type { ArgTypes } from '@storybook/web-components-vite';
import manifest from '../custom-elements.json' with { type: 'json' };

interface Entry {
  readonly name: string;
  readonly kind?: string;
  readonly static?: boolean;
  readonly readonly?: boolean;
  readonly attribute?: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
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

function rows(
  category: string,
  entries: readonly Entry[] = [],
  show = (entry: Entry) => entry.name,
): ArgTypes {
  return Object.fromEntries(
    entries.map((entry) => [
      // Attributes are what the controls of a story are called.
      category === 'attributes' ? entry.name : `${category}: ${entry.name}`,
      {
        name: show(entry),
        description: entry.description ?? '',
        control: false,
        table: {
          category,
          ...(entry.type && { type: { summary: entry.type.text } }),
          ...(entry.default !== undefined && { defaultValue: { summary: entry.default } }),
        },
      },
    ]),
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
