/** The inputs of `<pusher-status>`: properties and their attributes. What they do: `pusher-status.ts`. */
import type { PropertyDeclarations } from 'lit';
import { defaultOff, duration, list, oneOf } from '../shared/attributes.js';
import type { ConnectionReference } from '../shared/connection-controller.js';
import { facets } from './facets.js';
import { StatusLabels } from './labels.js';

export abstract class StatusSettings extends StatusLabels {
  static override get properties(): PropertyDeclarations {
    return {
      variant: {
        attribute: 'variant',
        converter: oneOf('variant', ['badge', 'dot', 'banner', 'text']),
        reflect: true,
        useDefault: true,
      },
      theme: {
        attribute: 'theme',
        converter: oneOf('theme', ['auto', 'light', 'dark']),
        reflect: true,
        useDefault: true,
      },
      hideWhen: { attribute: 'hide-when', converter: list('hide-when', Object.keys(facets)), reflect: true },
      grace: { attribute: 'grace', converter: duration('grace'), reflect: true },
      countdown: {
        attribute: 'countdown',
        converter: defaultOff('countdown'),
        reflect: true,
        useDefault: true,
      },
      hasRetry: { attribute: 'retry', converter: defaultOff('retry'), reflect: true, useDefault: true },
      details: { attribute: 'details', converter: defaultOff('details'), reflect: true, useDefault: true },
      announce: {
        attribute: 'announce',
        converter: oneOf('announce', ['polite', 'off']),
        reflect: true,
        useDefault: true,
      },
      connection: { attribute: 'connection' },
    };
  }

  /** A badge, only its shape (the text stays for screen readers), a band across the page, or plain text. */
  declare variant: 'badge' | 'dot' | 'banner' | 'text';
  /** `auto` follows what the user prefers. */
  declare theme: 'auto' | 'light' | 'dark';
  /** Shows nothing in these states (or `reconnecting`, `limit`), nor before the first of others. */
  declare hideWhen: string[] | undefined;
  /** Seconds before trouble that may pass by itself is shown. Undefined: 1.5. 0: at once. */
  declare grace: number | undefined;
  /** Whether to show the seconds until the next attempt. */
  declare countdown: boolean;
  /** Whether to show a button that attempts now. */
  declare hasRetry: boolean;
  /** Whether to show what went wrong, for those who have to repair it. */
  declare details: boolean;
  /** Whether screen readers are told. */
  declare announce: 'polite' | 'off';
  /** Which connection: the id of an element in the same tree; as a property also an element or a client. */
  declare connection: ConnectionReference;

  constructor() {
    super();
    this.variant = 'badge';
    this.theme = 'auto';
    this.countdown = false;
    this.hasRetry = false;
    this.details = false;
    this.announce = 'polite';
  }
}
