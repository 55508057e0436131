// Writes the types that let React, Vue, Svelte and Solid check the tags in their templates, from custom-elements.json:
// dist/types/frameworks/elements.d.ts says what each tag takes, the files beside it say it in the words of a framework.
// They are entry points without code; dist/esm/frameworks/none.js is what is loaded for them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isOutput } from './manifest-words.mjs';

const banner = '// Written by tools/framework-types.mjs from custom-elements.json.\n';
/** Elements that other elements stand in: their events bubble through these. */
const wrappers = ['pusher-connection', 'pusher-channel'];

const quoted = (name) => (/^\w+$/.test(name) ? name : `'${name}'`);
const comment = (text = '') =>
  text && `  /** ${text.replaceAll(/\s+/g, ' ').replaceAll('*/', '* /').trim()} */\n`;
const member = (name, type, text) => `${comment(text)}  ${quoted(name)}${type};\n`;

/** What a template may set and hear, of one declaration in the manifest. */
function readElement({ name, tagName, attributes = [], members = [], events = [] }) {
  const settable = attributes.filter((attribute) => attribute.fieldName && !isOutput(attribute));
  const names = new Set(settable.map((attribute) => attribute.name));
  return {
    className: name,
    tagName,
    attributes: settable,
    // Those of the same name as an attribute are there already.
    properties: members.filter(
      ({ kind, name: property, readonly, static: isStatic }) =>
        kind === 'field' && !readonly && !isStatic && !names.has(property),
    ),
    events,
  };
}

/** A name without a dash is that of a property, or leads to one, so it takes the property's values besides text. */
function attributeType(className, { name, fieldName, default: initial }) {
  const property = `${className}['${fieldName}']`;
  if (!name.includes('-')) return `?: Text<${property}> | ${property} | undefined`;
  // React leaves an attribute out that is false, which switches nothing off that is on by default.
  return initial === 'true'
    ? `?: Exclude<Text<${property}>, false> | undefined`
    : `?: Text<${property}> | undefined`;
}

const eventMembers = (events) =>
  events.map(({ name, type, description }) => member(name, `: ${type.text}`, description)).join('');

function interfacesOf({ className, tagName, attributes, properties, events }) {
  const stem = className.replace(/Element$/, '');
  const heard = wrappers.includes(tagName) ? ' extends BubblingEvents' : '';
  const additions = attributes.some(({ name }) => name === 'auth-endpoint')
    ? '  [name: `auth-param-${string}` | `auth-header-${string}`]: string | undefined;\n'
    : '';
  return `/** The attributes of \`<${tagName}>\`. */
export interface ${stem}Attributes {
${attributes.map((attribute) => member(attribute.name, attributeType(className, attribute), attribute.description)).join('')}${additions}}

/** What can be set on \`<${tagName}>\` under names that no attribute has. */
export interface ${stem}Properties {
${properties.map(({ name, description }) => member(name, `?: ${className}['${name}'] | undefined`, description)).join('')}}

/** The events of \`<${tagName}>\`. */
export interface ${stem}Events${heard} {
${eventMembers(events)}}
`;
}

function elementTypes(elements) {
  // The platform knows its own.
  const events = elements.flatMap((element) =>
    element.events.filter(({ name }) => name.startsWith('pusher-')),
  );
  const bubbling = [...new Map(events.map((event) => [event.name, event])).values()];
  const imported = [...elements.map(({ className }) => className), ...bubbling.map(({ type }) => type.text)];
  const tag = ({ className, tagName }) => {
    const stem = className.replace(/Element$/, '');
    return `  '${tagName}': {
    element: ${className};
    attributes: ${stem}Attributes;
    properties: ${stem}Properties;
    events: ${stem}Events;
  };
`;
  };
  return `${banner}import type {
${[...new Set(imported)].map((name) => `  ${name},\n`).join('')}} from '../components/index.js';

/** An option that is there or not. */
type Flag = boolean | '' | 'true' | 'false' | 'on' | 'off';

/** A number; a duration may have a unit, and is in seconds without one. */
type Amount = number | '' | \`\${number}\` | \`\${number}\${'ms' | 's' | 'm' | 'h'}\`;

/** What an attribute takes for a property of type \`T\`. Lists are words with spaces between; objects are JSON. */
export type Text<T> = T extends boolean
  ? Flag
  : T extends number
    ? Amount
    : T extends string
      ? T
      : T extends object
        ? string
        : never;

/** Every event of the elements: where others stand inside, theirs bubble by. */
export interface BubblingEvents {
${eventMembers(bubbling)}}

${elements.map(interfacesOf).join('\n')}
/** Every element by its tag. */
export interface Tags {
${elements.map(tag).join('')}}
`;
}

const react = `${banner}/**
 * Lets React 19 check the tags. It sets what an element has as a property, anything else as an attribute, and listens
 * to \`pusher-event\` for \`onpusher-event\`.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { Tags } from './elements.js';

type Handlers<Element, Events, Suffix extends string> = {
  [Name in keyof Events as \`on\${Name & string}\${Suffix}\`]?:
    | ((event: Events[Name] & { readonly currentTarget: Element }) => void)
    | undefined;
};

type Props<Tag extends Tags[keyof Tags]> = Omit<
  DetailedHTMLProps<HTMLAttributes<Tag['element']>, Tag['element']>,
  keyof Tag['attributes'] | keyof Tag['properties']
> &
  Tag['attributes'] &
  Tag['properties'] &
  Handlers<Tag['element'], Tag['events'], ''> &
  Handlers<Tag['element'], Tag['events'], 'Capture'> & { class?: string | undefined };

type ReactTags = { [Tag in keyof Tags]: Props<Tags[Tag]> };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends ReactTags {}
  }
}
`;

const vue = `${banner}/**
 * Lets Vue 3 check the tags. Templates may write names with dashes; the types have them as Vue reads them, in camel
 * case.
 */
import type { HTMLAttributes, PublicProps } from 'vue';
import type { Tags } from './elements.js';

type Camel<Name> = Name extends \`\${infer Head}-\${infer Rest}\` ? \`\${Head}\${Capitalize<Camel<Rest>>}\` : Name & string;

/** Attributes and properties, which may be one thing in camel case, and then take what either takes. */
type Settings<Attributes, Properties> = {
  [Name in keyof Attributes as Camel<Name>]: Attributes[Name] | Named<Properties, Camel<Name>>;
} & Omit<Properties, Camel<keyof Attributes>>;
type Named<Properties, Name> = Name extends keyof Properties ? Properties[Name] : never;

type Handlers<Events> = {
  [Name in keyof Events as \`on\${Capitalize<Camel<Name>>}\`]?: ((event: Events[Name]) => void) | undefined;
};

type Component<Tag extends Tags[keyof Tags]> = new () => Tag['element'] & {
  /** @deprecated For the checks of templates only. */
  $props: HTMLAttributes & PublicProps & Settings<Tag['attributes'], Tag['properties']> & Handlers<Tag['events']>;
};

type VueTags = { [Tag in keyof Tags]: Component<Tags[Tag]> };

declare module 'vue' {
  interface GlobalComponents extends VueTags {}
}
`;

const svelte = `${banner}/** Lets Svelte 5 check the tags. It sets what an element has as a property, anything else as an attribute. */
import type { HTMLAttributes } from 'svelte/elements';
import type { Tags } from './elements.js';

type Handlers<Element, Events> = {
  [Name in keyof Events as \`on\${Name & string}\`]?:
    | ((event: Events[Name] & { readonly currentTarget: Element }) => void)
    | null
    | undefined;
};

type Props<Tag extends Tags[keyof Tags]> = Omit<
  HTMLAttributes<Tag['element']>,
  keyof Tag['attributes'] | keyof Tag['properties']
> &
  Tag['attributes'] &
  Tag['properties'] &
  Handlers<Tag['element'], Tag['events']>;

type SvelteTags = { [Tag in keyof Tags]: Props<Tags[Tag]> };

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends SvelteTags {}
}
`;

const solid = `${banner}/** Lets Solid check the tags: plain names, and those after \`attr:\`, \`prop:\` and \`on:\`. */
import type { JSX } from 'solid-js';
import type { Tags } from './elements.js';

type Prefixed<Prefix extends string, Values> = { [Name in keyof Values as \`\${Prefix}:\${Name & string}\`]: Values[Name] };

type Handlers<Element, Events> = {
  [Name in keyof Events as \`on:\${Name & string}\`]?:
    | ((event: Events[Name] & { readonly currentTarget: Element }) => void)
    | undefined;
};

/** Every property that can be set, those with an attribute of another name too. */
type Settable<Tag extends Tags[keyof Tags]> = Tag['properties'] & {
  [Name in keyof Tag['attributes'] & keyof Tag['element']]?: Tag['element'][Name] | undefined;
};

type Props<Tag extends Tags[keyof Tags]> = Omit<
  JSX.HTMLAttributes<Tag['element']>,
  keyof Tag['attributes'] | keyof Tag['properties']
> &
  Tag['attributes'] &
  Tag['properties'] &
  Prefixed<'attr', Tag['attributes']> &
  Prefixed<'prop', Settable<Tag>> &
  Handlers<Tag['element'], Tag['events']>;

type SolidTags = { [Tag in keyof Tags]: Props<Tags[Tag]> };

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends SolidTags {}
  }
}
`;

/** Every file that is written, with its text. */
export function frameworkTypes({ modules }) {
  const elements = modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ tagName }) => tagName)
    .map(readElement);
  const types = { elements: elementTypes(elements), react, vue, svelte, solid };
  return Object.fromEntries([
    ...Object.entries(types).map(([name, text]) => [`dist/types/frameworks/${name}.d.ts`, text]),
    ['dist/esm/frameworks/none.js', '// Types only.\nexport {};\n'],
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = new URL('..', import.meta.url);
  const files = frameworkTypes(JSON.parse(readFileSync(new URL('custom-elements.json', root), 'utf8')));
  for (const [file, text] of Object.entries(files)) {
    const target = new URL(file, root);
    mkdirSync(new URL('.', target), { recursive: true });
    writeFileSync(target, text);
  }
}
