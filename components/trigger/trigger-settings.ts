/** The inputs of `<pusher-trigger>`. What they do: `pusher-trigger.ts`. */
import type { PropertyDeclaration, PropertyDeclarations } from 'lit';
import { defaultOff, duration, jsonObject, oneOf, text } from '../shared/attributes.js';
import { PusherDataElement } from '../shared/data/data-element.js';
import type { TriggerTime } from './controls.js';

export type QueueMode = 'all' | 'latest' | 'none';

const seconds = (name: string): PropertyDeclaration => ({
  attribute: name,
  converter: duration(name),
  reflect: true,
});

export abstract class TriggerSettings extends PusherDataElement {
  static override get properties(): PropertyDeclarations {
    return {
      for: { attribute: 'for', converter: text, reflect: true, useDefault: true },
      trigger: {
        attribute: 'trigger',
        converter: oneOf<TriggerTime>('trigger', ['', 'submit', 'click', 'input', 'change', 'focus', 'blur']),
        reflect: true,
        useDefault: true,
      },
      payload: { attribute: 'payload', converter: jsonObject('payload') },
      throttle: seconds('throttle'),
      debounce: seconds('debounce'),
      coalesce: {
        type: Boolean,
        attribute: 'coalesce',
        converter: defaultOff('coalesce'),
        reflect: true,
        useDefault: true,
      },
      queue: {
        attribute: 'queue',
        converter: oneOf<QueueMode>('queue', ['all', 'latest', 'none']),
        reflect: true,
        useDefault: true,
      },
      ttl: seconds('ttl'),
      reset: {
        type: Boolean,
        attribute: 'reset',
        converter: defaultOff('reset'),
        reflect: true,
        useDefault: true,
      },
      echo: {
        type: Boolean,
        attribute: 'echo',
        converter: defaultOff('echo'),
        reflect: true,
        useDefault: true,
      },
      postUrl: { attribute: 'post-url', converter: text },
      disableOffline: {
        type: Boolean,
        attribute: 'disable-offline',
        converter: defaultOff('disable-offline'),
        reflect: true,
        useDefault: true,
      },
    };
  }

  /** The id of a form, button or field elsewhere in the same tree. Empty: the one inside. */
  declare for: string;
  /** What sends. Empty: `submit` of a form, `click` of a button, `input` of a field. */
  declare trigger: TriggerTime;
  /** What is sent instead of the fields; as an attribute a JSON object. */
  declare payload: Record<string, unknown> | undefined;
  /** Seconds between two messages, at least; what comes sooner is not sent. */
  declare throttle: number | undefined;
  /** Seconds without a further event after which the newest is sent. */
  declare debounce: number | undefined;
  /** With `throttle`, whether the newest of what came too soon is sent once it may be. */
  declare coalesce: boolean;
  /** What waits for a subscription or for the rate of ten a second: everything, the newest, or nothing. */
  declare queue: QueueMode;
  /** Seconds that it may wait. Undefined: as the client has it, 10. */
  declare ttl: number | undefined;
  /** Whether a form is emptied once what is in it was taken. */
  declare reset: boolean;
  /** Whether what was sent is also delivered to this page, which the service does not do. */
  declare echo: boolean;
  /** Where to POST the fields with the `socket_id`, instead of a client event; of the page's own origin. */
  declare postUrl: string;
  /** Whether buttons are disabled, without losing the focus, while nothing can be sent. */
  declare disableOffline: boolean;

  constructor() {
    super();
    this.for = '';
    this.trigger = '';
    this.coalesce = false;
    this.queue = 'all';
    this.reset = false;
    this.echo = false;
    this.postUrl = '';
    this.disableOffline = false;
  }
}
