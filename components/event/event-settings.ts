/** The inputs of `<pusher-event>`. What they do: `pusher-event.ts`. */
import type { ComplexAttributeConverter, PropertyDeclarations } from 'lit';
import { duration, list, oneOf, text } from '../shared/attributes.js';
import { PusherDataElement } from '../shared/data/data-element.js';

const actions = [
  'dispatch',
  'text',
  'class',
  'attr',
  'refetch',
  'reload',
  'scroll',
  'focus',
  'submit',
  'remove',
  'stream',
] as const;

export type EventAction = (typeof actions)[number];
export type ClassMode = 'add' | 'remove' | 'toggle' | 'flash';

/** On, off, or a sentence. */
const announcement: ComplexAttributeConverter<boolean | string> = {
  fromAttribute(attribute) {
    const value = attribute?.trim() ?? 'off';
    if (/^(?:off|false)$/i.test(value)) return false;
    return /^(?:|on|true|announce)$/i.test(value) || value;
  },
  toAttribute: (value) => (typeof value === 'string' ? value : value ? '' : null),
};

export abstract class EventSettings extends PusherDataElement {
  static override get properties(): PropertyDeclarations {
    return {
      name: { attribute: 'name', converter: list('name'), reflect: true },
      do: { attribute: 'do', converter: oneOf('do', actions), reflect: true, useDefault: true },
      target: { attribute: 'target', converter: text, reflect: true, useDefault: true },
      field: { attribute: 'field', converter: text, reflect: true, useDefault: true },
      classNames: { attribute: 'class-name', converter: list('class-name'), reflect: true },
      classMode: {
        attribute: 'class-mode',
        converter: oneOf('class-mode', ['add', 'remove', 'toggle', 'flash']),
        reflect: true,
        useDefault: true,
      },
      attrName: { attribute: 'attr-name', converter: text, reflect: true, useDefault: true },
      refetchUrl: { attribute: 'refetch-url', converter: text, reflect: true, useDefault: true },
      refetchSelect: { attribute: 'refetch-select', converter: text, reflect: true, useDefault: true },
      dispatchAs: { attribute: 'dispatch-as', converter: text, reflect: true, useDefault: true },
      matchField: { attribute: 'match-field', converter: text, reflect: true, useDefault: true },
      matchValue: { attribute: 'match-value' },
      debounce: { attribute: 'debounce', converter: duration('debounce'), reflect: true },
      jitter: { attribute: 'jitter', converter: duration('jitter'), reflect: true },
      announce: { attribute: 'announce', converter: announcement, reflect: true, useDefault: true },
    };
  }

  /** The names of the events that are acted upon, separated by spaces; `*` for all. `event` is another word for it. */
  declare name: string[] | undefined;
  /**
   * What is done: fire a DOM event (`dispatch`); write the `text`, a `class` or an attribute (`attr`) of `target`;
   * fetch a part of a page again (`refetch`) or `reload` the whole; `scroll` to, `focus`, `submit` or `remove`
   * `target`; or pass the text on (`stream`).
   */
  declare do: EventAction;
  /** A selector; the first element that matches is acted upon. Empty: the parent. */
  declare target: string;
  /** Where in the payload the text or the value is, as a path such as `price`. Empty: the whole payload. */
  declare field: string;
  /** With `do="class"`: the classes, separated by spaces. */
  declare classNames: string[] | undefined;
  /** What happens to the classes: `flash` adds them for a second; `toggle` follows `field`, where there is one. */
  declare classMode: ClassMode;
  /** With `do="attr"`: the name of the attribute. None that executes, styles or renames can be written. */
  declare attrName: string;
  /** With `do="refetch"`: the page, or the part of one, that is asked for; of the page's own origin only. */
  declare refetchUrl: string;
  /** A selector; the content of its first match there becomes that of the target. Empty: `target`, else the whole. */
  declare refetchSelect: string;
  /** With `do="dispatch"`: the name of the DOM event, with a dash in it. */
  declare dispatchAs: string;
  /** Acts only where this field of the payload equals `match-value`; without that, where it is there and not false. */
  declare matchField: string;
  /** What the field at `match-field` has to equal, as text. */
  declare matchValue: string | null | undefined;
  /** Seconds without another such event before the last one is acted upon. Undefined: none. */
  declare debounce: number | undefined;
  /** Up to so many seconds more, by chance, so that not all pages ask in one moment. Undefined: none. */
  declare jitter: number | undefined;
  /** What is read out after the action: a sentence, or `true` for the text at `field`. */
  declare announce: boolean | string;

  constructor() {
    super();
    this.do = 'dispatch';
    this.target = '';
    this.field = '';
    this.classMode = 'add';
    this.attrName = '';
    this.refetchUrl = '';
    this.refetchSelect = '';
    this.dispatchAs = '';
    this.matchField = '';
    this.announce = false;
  }
}
