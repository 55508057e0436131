/** The inputs of `<pusher-presence>`. What they do: `pusher-presence.ts`. */
import type { PropertyDeclarations } from 'lit';
import { count, defaultOff, duration, oneOf, text } from '../shared/attributes.js';
import { PusherDataElement } from '../shared/data/data-element.js';

export type PresenceView = 'avatars' | 'list' | 'count';

const pathWithDefault = (path: string): typeof text => ({
  ...text,
  fromAttribute: (value) => (value?.trim() ? value.trim() : path),
});

export abstract class PresenceSettings extends PusherDataElement {
  static override get properties(): PropertyDeclarations {
    return {
      view: {
        attribute: 'view',
        converter: oneOf('view', ['avatars', 'list', 'count']),
        reflect: true,
        useDefault: true,
      },
      max: { attribute: 'max', converter: count('max'), reflect: true },
      namePath: {
        attribute: 'name-path',
        converter: pathWithDefault('name'),
        reflect: true,
        useDefault: true,
      },
      avatarPath: {
        attribute: 'avatar-path',
        converter: pathWithDefault('avatar'),
        reflect: true,
        useDefault: true,
      },
      includeMe: {
        type: Boolean,
        attribute: 'include-me',
        converter: defaultOff('include-me'),
        reflect: true,
        useDefault: true,
      },
      leaveGrace: { attribute: 'leave-grace', converter: duration('leave-grace'), reflect: true },
      sort: { attribute: 'sort', converter: text, reflect: true, useDefault: true },
      labelOne: { attribute: 'label-one', converter: text },
      labelOther: { attribute: 'label-other', converter: text },
      announce: {
        type: Boolean,
        attribute: 'announce',
        converter: defaultOff('announce'),
        reflect: true,
        useDefault: true,
      },
    };
  }

  /** What is drawn: pictures, pictures with names below each other, or a sentence with their number. */
  declare view: PresenceView;
  /** How many are drawn at most; of the others only the number. Undefined: all. */
  declare max: number | undefined;
  /** Where in a member's info the name is, as a path. Without one, the id is shown. Empty: `name`. */
  declare namePath: string;
  /** Where in a member's info the address of a picture is, as a path: `http` or `https` only. Empty: `avatar`. */
  declare avatarPath: string;
  /** Whether the user of this page is one of them. */
  declare includeMe: boolean;
  /** Seconds that somebody who has left still counts as there, so that who reloads a page does not blink. Undefined: 5. */
  declare leaveGrace: number | undefined;
  /** A path in a member's info to order by, with a minus in front for the reverse. Empty: in the order in which they came. */
  declare sort: string;
  /** The sentence for one. `{count}` is replaced by the number. */
  declare labelOne: string;
  /** The sentence for any other number. `{count}` is replaced by the number. */
  declare labelOther: string;
  /** Whether the sentence is read out when the number changes, politely and summed up. */
  declare announce: boolean;

  constructor() {
    super();
    this.view = 'avatars';
    this.namePath = 'name';
    this.avatarPath = 'avatar';
    this.includeMe = false;
    this.sort = '';
    this.labelOne = '';
    this.labelOther = '';
    this.announce = false;
  }
}
