/** The inputs that all elements with live data have. What they do: `data-element.ts`. */
import type { PropertyDeclarations } from 'lit';
import { activationTime } from '../../channel/activation.js';
import type { ActivationTime } from '../../channel/activation.js';
import { PusherElement } from '../../pusher-element.js';
import { duration, list, pasted } from '../attributes.js';
import type { ConnectionReference } from '../connection-controller.js';

export abstract class DataSettings extends PusherElement {
  static override get properties(): PropertyDeclarations {
    return {
      connection: { attribute: 'connection' },
      channel: { attribute: 'channel', converter: pasted('channel'), reflect: true, useDefault: true },
      event: { attribute: 'event', converter: list('event'), reflect: true },
      when: {
        attribute: 'when',
        converter: activationTime,
        reflect: true,
        useDefault: true,
      },
      linger: { attribute: 'linger', converter: duration('linger'), reflect: true },
      maxAge: { attribute: 'max-age', converter: duration('max-age'), reflect: true },
    };
  }

  /** Which connection: the id of an element in the same tree; as a property also an element or a client. */
  declare connection: ConnectionReference;
  /** The name of the channel. Empty: that of the nearest `<pusher-channel>` around. */
  declare channel: string;
  /** The names of the events that are taken, separated by spaces; `*` for all. */
  declare event: string[] | undefined;
  /** When to subscribe: at once, while in view, once the page is idle, or only with `subscribe()`. */
  declare when: ActivationTime;
  /** Seconds that the subscription is kept after it is no longer wanted. Undefined: 0.3. */
  declare linger: number | undefined;
  /** Seconds after which what is shown counts as stale, if nothing has come in. Undefined: never. */
  declare maxAge: number | undefined;

  constructor() {
    super();
    this.channel = '';
    this.when = 'load';
  }
}
