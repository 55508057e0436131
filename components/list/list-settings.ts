/** The inputs of `<pusher-list>`. What they do: `pusher-list.ts`. */
import type { PropertyDeclarations } from 'lit';
import { count, defaultOff, list, oneOf, text } from '../shared/attributes.js';
import { PusherDataElement } from '../shared/data/data-element.js';

const defaultKey = 'id';
/** Absence is the default, not nothing. */
const keyPath: typeof text = {
  ...text,
  fromAttribute: (value) => (value?.trim() ? value.trim() : defaultKey),
};

export abstract class ListSettings extends PusherDataElement {
  static override get properties(): PropertyDeclarations {
    return {
      updateEvent: { attribute: 'update-event', converter: list('update-event'), reflect: true },
      removeEvent: { attribute: 'remove-event', converter: list('remove-event'), reflect: true },
      itemKey: {
        attribute: 'item-key',
        converter: keyPath,
        reflect: true,
        useDefault: true,
      },
      itemsPath: { attribute: 'items-path', converter: text, reflect: true, useDefault: true },
      insert: {
        attribute: 'insert',
        converter: oneOf('insert', ['append', 'prepend']),
        reflect: true,
        useDefault: true,
      },
      limit: { attribute: 'limit', converter: count('limit'), reflect: true },
      sort: { attribute: 'sort', converter: text, reflect: true, useDefault: true },
      versionPath: { attribute: 'version-path', converter: text, reflect: true, useDefault: true },
      snapshotUrl: { attribute: 'snapshot-url', converter: text },
      snapshotPath: { attribute: 'snapshot-path', converter: text },
      sinceParam: { attribute: 'since-param', converter: text },
      resyncOn: {
        attribute: 'resync',
        converter: list('resync', ['gap', 'cache-miss', 'off']),
        reflect: true,
      },
      hold: {
        type: Boolean,
        attribute: 'hold',
        converter: defaultOff('hold'),
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
      curly: {
        type: Boolean,
        attribute: 'curly',
        converter: defaultOff('curly'),
        reflect: true,
        useDefault: true,
      },
    };
  }

  /** The names of events that change an item that is there. An item that is not there is added by `event` only. */
  declare updateEvent: string[] | undefined;
  /** The names of events that remove an item: the payload is the item, or its key. */
  declare removeEvent: string[] | undefined;
  /** Where in an item its key is, as a path. Empty: `id`. */
  declare itemKey: string;
  /** Where in a payload the items are, for payloads with several. Empty: the payload is one item, or a list of them. */
  declare itemsPath: string;
  /** Where new rows go. */
  declare insert: 'append' | 'prepend';
  /** How many rows there are at most; the oldest go, or with `sort` the last. */
  declare limit: number | undefined;
  /** A path to order by, with a minus in front for the largest first, such as `-created_at`. */
  declare sort: string;
  /** Where in an item its version is: an older one never replaces a newer one. */
  declare versionPath: string;
  /** Where the whole list is as JSON, of the page's own origin: read at first and after a gap. */
  declare snapshotUrl: string;
  /** Where in that JSON the items are. */
  declare snapshotPath: string;
  /** A parameter for `snapshot-url` with the newest version, or key, that is there: the answer then has only what is newer. */
  declare sinceParam: string;
  /** When the snapshot is read again: `gap`, `cache-miss`, both (the default), or `off`. */
  declare resyncOn: string[] | undefined;
  /** Whether new rows wait while somebody reads: points at the list, has the focus in it, or has scrolled away from its start; of them only what `limit` will show is kept. */
  declare hold: boolean;
  /** Whether new rows are read out, politely and summed up. */
  declare announce: boolean;
  /** Whether the template may use `{{path}}` too. */
  declare curly: boolean;

  constructor() {
    super();
    this.itemKey = defaultKey;
    this.itemsPath = '';
    this.insert = 'append';
    this.sort = '';
    this.versionPath = '';
    this.snapshotUrl = '';
    this.snapshotPath = '';
    this.sinceParam = '';
    this.hold = false;
    this.announce = false;
    this.curly = false;
  }
}
