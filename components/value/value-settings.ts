/** The inputs of `<pusher-value>`. What they do: `pusher-value.ts`. */
import type { PropertyDeclarations } from 'lit';
import { defaultOff, oneOf, text } from '../shared/attributes.js';
import { PusherDataElement } from '../shared/data/data-element.js';
import type { ValueMode } from './modes.js';

export type ValueSource = 'event' | 'subscription-count' | 'member-count' | 'state' | 'latency';

export abstract class ValueSettings extends PusherDataElement {
  static override get properties(): PropertyDeclarations {
    return {
      field: { attribute: 'field', converter: text, reflect: true, useDefault: true },
      // `source` is what its attribute is called; the base has a connection of that name.
      valueSource: {
        attribute: 'source',
        converter: oneOf('source', ['event', 'subscription-count', 'member-count', 'state', 'latency']),
        reflect: true,
        useDefault: true,
      },
      mode: {
        attribute: 'mode',
        converter: oneOf('mode', ['set', 'increment', 'decrement', 'sum', 'max', 'min', 'toggle']),
        reflect: true,
        useDefault: true,
      },
      initial: { attribute: 'initial' },
      format: { attribute: 'format' },
      flash: {
        type: Boolean,
        attribute: 'flash',
        converter: defaultOff('flash'),
        reflect: true,
        useDefault: true,
      },
      announce: {
        type: Boolean,
        attribute: 'announce',
        converter: defaultOff('announce'),
        reflect: true,
        useDefault: true,
      },
      snapshotUrl: { attribute: 'snapshot-url', converter: text },
      snapshotPath: { attribute: 'snapshot-path', converter: text },
      persist: {
        attribute: 'persist',
        converter: oneOf('persist', ['', 'session']),
        reflect: true,
        useDefault: true,
      },
    };
  }

  /** Where in the payload the value is, as a path such as `price` or `items.0.price`. Empty: the whole payload. */
  declare field: string;
  /** What is shown: a field of events, how many are subscribed or present, the state of the connection, or its round trip in milliseconds. */
  declare valueSource: ValueSource;
  /**
   * What an event does with the value: takes its place (`set`), adds to it or takes from it (`increment` and
   * `decrement`: one, where the event has no number; `sum`: only a number), is kept if it is the largest or the
   * smallest (`max`, `min`), or turns it into true or false (`toggle`).
   */
  declare mode: ValueMode;
  /** The value before the first event. */
  declare initial: string | null | undefined;
  /** How it is written: `number`, `number:2`, `percent`, `currency:EUR`, `bytes`, `date`, `time`, `datetime`, `relative` or `json`. */
  declare format: string | null | undefined;
  /** Whether `:state(up)` or `:state(down)` holds for a second after a number has changed. */
  declare flash: boolean;
  /** Whether changes are read out, politely and summed up. */
  declare announce: boolean;
  /** Where JSON with the value is before the first event and after a gap; of the page's own origin. */
  declare snapshotUrl: string;
  /** Where in that JSON the value is; empty for the same as `field`. */
  declare snapshotPath: string;
  /** `session` keeps the value in the storage of the tab, for the next page. */
  declare persist: '' | 'session';

  constructor() {
    super();
    this.field = '';
    this.valueSource = 'event';
    this.mode = 'set';
    this.flash = false;
    this.announce = false;
    this.snapshotUrl = '';
    this.snapshotPath = '';
    this.persist = '';
  }
}
