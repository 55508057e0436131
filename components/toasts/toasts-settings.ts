/** The inputs of `<pusher-toasts>`. What they do: `pusher-toasts.ts`. */
import type { ComplexAttributeConverter, PropertyDeclarations } from 'lit';
import { count, defaultOff, duration, list, oneOf, text } from '../shared/attributes.js';
import { PusherDataElement } from '../shared/data/data-element.js';

export type ToastPlacement = 'bottom-end' | 'bottom' | 'bottom-start' | 'top-end' | 'top' | 'top-start';

/** A path whose absence is `name` itself, not nothing. */
const pathOr = (name: string): ComplexAttributeConverter<string> => ({
  ...text,
  fromAttribute: (value) => (value?.trim() ? value.trim() : name),
});

export abstract class ToastsSettings extends PusherDataElement {
  static override get properties(): PropertyDeclarations {
    return {
      titlePath: { attribute: 'title-path', converter: pathOr('title'), reflect: true, useDefault: true },
      bodyPath: { attribute: 'body-path', converter: pathOr('body'), reflect: true, useDefault: true },
      hrefPath: { attribute: 'href-path', converter: pathOr('href'), reflect: true, useDefault: true },
      levelPath: { attribute: 'level-path', converter: pathOr('level'), reflect: true, useDefault: true },
      iconPath: { attribute: 'icon-path', converter: pathOr('icon'), reflect: true, useDefault: true },
      dedupeKey: { attribute: 'dedupe-key', converter: text, reflect: true, useDefault: true },
      placement: {
        attribute: 'placement',
        converter: oneOf('placement', [
          'bottom-end',
          'bottom',
          'bottom-start',
          'top-end',
          'top',
          'top-start',
        ]),
        reflect: true,
        useDefault: true,
      },
      theme: {
        attribute: 'theme',
        converter: oneOf('theme', ['auto', 'light', 'dark']),
        reflect: true,
        useDefault: true,
      },
      duration: { attribute: 'duration', converter: duration('duration'), reflect: true },
      max: { attribute: 'max', converter: count('max'), reflect: true },
      stack: {
        type: Boolean,
        attribute: 'stack',
        converter: defaultOff('stack'),
        reflect: true,
        useDefault: true,
      },
      assertiveLevels: { attribute: 'assertive-levels', converter: list('assertive-levels'), reflect: true },
      native: {
        type: Boolean,
        attribute: 'native',
        converter: defaultOff('native'),
        reflect: true,
        useDefault: true,
      },
      label: { attribute: 'label', converter: text },
      labelClose: { attribute: 'label-close', converter: text },
    };
  }

  /** Where in a payload the title is. Empty: `title`. A payload that is a text is the title itself. */
  declare titlePath: string;
  /** Where the text under the title is. Empty: `body`. */
  declare bodyPath: string;
  /** Where the address is that the toast leads to. Empty: `href`. Addresses that execute are left out. */
  declare hrefPath: string;
  /** Where the level is: `info`, `success`, `warning`, `error`, or a word of the page's own. Empty: `level`. */
  declare levelPath: string;
  /** Where the address of a picture is. Empty: `icon`. */
  declare iconPath: string;
  /** Where in a payload is what tells two toasts apart: one with the same value changes the one that is there. */
  declare dedupeKey: string;
  /** Which edge of the window, and which end of it. */
  declare placement: ToastPlacement;
  /** `auto` follows what the user prefers. */
  declare theme: 'auto' | 'light' | 'dark';
  /** Seconds until a toast closes by itself; 0: when somebody closes it. Undefined: 8. */
  declare duration: number | undefined;
  /** How many toasts are there at most; what comes beyond that is counted in one line. Undefined: 4. */
  declare max: number | undefined;
  /** Whether toasts lie on each other until they are pointed at or have the focus. */
  declare stack: boolean;
  /** The levels that interrupt what a screen reader says, and that are never only counted. Undefined: `error`. */
  declare assertiveLevels: string[] | undefined;
  /** Whether toasts are notifications of the system too while nobody sees the page. Needs `allowNative()`. */
  declare native: boolean;
  /** What screen readers call the place of the toasts. Empty: in the language of the page. */
  declare label: string;
  /** What screen readers call the button that closes one. Empty: in the language of the page. */
  declare labelClose: string;

  constructor() {
    super();
    this.titlePath = 'title';
    this.bodyPath = 'body';
    this.hrefPath = 'href';
    this.levelPath = 'level';
    this.iconPath = 'icon';
    this.dedupeKey = '';
    this.placement = 'bottom-end';
    this.theme = 'auto';
    this.stack = false;
    this.native = false;
    this.label = '';
    this.labelClose = '';
  }
}
