/** The sentences of a status: what the author of the page wrote, else the words of the language. */
import type { PropertyDeclarations } from 'lit';
import type { SpokenWords } from '../shared/words/words.js';
import { PusherElement } from '../pusher-element.js';
import type { StatusFacet } from './facets.js';

/** Sentences by attribute. In each, `{seconds}` stands for the seconds until the next attempt. */
export abstract class StatusLabels extends PusherElement {
  static override get properties(): PropertyDeclarations {
    return {
      labelInitialized: { attribute: 'label-initialized' },
      labelConnecting: { attribute: 'label-connecting' },
      labelReconnecting: { attribute: 'label-reconnecting' },
      labelConnected: { attribute: 'label-connected' },
      labelUnavailable: { attribute: 'label-unavailable' },
      labelFailed: { attribute: 'label-failed' },
      labelDisconnected: { attribute: 'label-disconnected' },
      labelLimit: { attribute: 'label-limit' },
    };
  }

  /** Text before anything was tried. Like all texts, by default in the language of the page. */
  declare labelInitialized: string | null | undefined;
  /** Text while connecting for the first time. */
  declare labelConnecting: string | null | undefined;
  /** Text while connecting after having been connected. */
  declare labelReconnecting: string | null | undefined;
  /** Text while connected. */
  declare labelConnected: string | null | undefined;
  /** Text while it has not worked for a while. */
  declare labelUnavailable: string | null | undefined;
  /** Text where it cannot work in this browser. */
  declare labelFailed: string | null | undefined;
  /** Text while nothing is tried. */
  declare labelDisconnected: string | null | undefined;
  /** Text after a refusal because the app has too many connections (code 4004). */
  declare labelLimit: string | null | undefined;

  /** The sentence for a facet, as it was written. */
  protected labelOf(facet: StatusFacet, { words }: SpokenWords): string {
    return this.#own(facet) ?? words[facet];
  }

  #own(facet: StatusFacet): string | null | undefined {
    switch (facet) {
      case 'initialized':
        return this.labelInitialized;
      case 'connecting':
        return this.labelConnecting;
      case 'reconnecting':
        return this.labelReconnecting;
      case 'connected':
        return this.labelConnected;
      case 'unavailable':
        return this.labelUnavailable;
      case 'failed':
        return this.labelFailed;
      case 'disconnected':
        return this.labelDisconnected;
      case 'limit':
        return this.labelLimit;
    }
  }
}

/** Whether a sentence has to be written anew every second. */
export function countsSeconds(label: string): boolean {
  return label.includes('{seconds}');
}

/** A sentence with the seconds in it, as a number of the language. */
export function fillSeconds(label: string, seconds: number | undefined, language: string): string {
  return label.replaceAll('{seconds}', () => new Intl.NumberFormat(language).format(seconds ?? 0));
}

/** "Next attempt in 8 seconds": plural forms and word order are the language's own. */
export function describeCountdown(seconds: number, { words, language }: SpokenWords): string {
  const phrase = new Intl.RelativeTimeFormat(language, { numeric: 'always' }).format(seconds, 'second');
  return words.countdown.replace('{in}', () => phrase);
}
