/** The inputs of `<pusher-channel>`: properties and their attributes. What they do: `pusher-channel.ts`. */
import type { PropertyDeclarations } from 'lit';
import { PusherElement } from '../pusher-element.js';
import { duration, list, oneOf, pasted, text } from '../shared/attributes.js';
import type { ConnectionReference } from '../shared/connection-controller.js';
import { activationTime } from './activation.js';
import type { ActivationTime } from './activation.js';

export abstract class ChannelSettings extends PusherElement {
  static override get properties(): PropertyDeclarations {
    return {
      name: { attribute: 'name', converter: pasted('name'), reflect: true, useDefault: true },
      type: {
        attribute: 'type',
        converter: oneOf('type', ['', 'private', 'presence']),
        reflect: true,
        useDefault: true,
      },
      connection: { attribute: 'connection' },
      authEndpoint: { attribute: 'auth-endpoint', converter: text },
      when: {
        attribute: 'when',
        converter: activationTime,
        reflect: true,
        useDefault: true,
      },
      linger: { attribute: 'linger', converter: duration('linger'), reflect: true },
      events: { attribute: 'events', converter: list('events'), reflect: true },
    };
  }

  /** The name of the channel. Changing it moves the subscription. */
  declare name: string;
  /** Adds the prefix of private or presence channels to the name, unless it is there (libPusher does so). */
  declare type: '' | 'private' | 'presence';
  /** Which connection: the id of an element in the same tree; as a property also an element or a client. */
  declare connection: ConnectionReference;
  /**
   * Where this channel is signed, instead of where its connection says. As an attribute, another origin has to be
   * listed in `<meta name="pusher-auth-origins">` in the head.
   */
  declare authEndpoint: string;
  /** When to subscribe: at once, while in view, once the page is idle, or only with `subscribe()`. */
  declare when: ActivationTime;
  /** Seconds that the subscription is kept after it is no longer wanted. Undefined: 0.3. */
  declare linger: number | undefined;
  /** Only these become `pusher-event`, so that nothing else is decoded. Undefined: all. */
  declare events: string[] | undefined;

  constructor() {
    super();
    this.name = '';
    this.type = '';
    this.authEndpoint = '';
    this.when = 'load';
  }
}
