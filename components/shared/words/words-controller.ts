/** Follows the language of an element: the nearest `lang` around it, through shadow trees, as it is now. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { closestAcross } from '../closest.js';
import { followWords, wordsFor } from './words.js';
import type { SpokenWords } from './words.js';

export class WordsController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** What to say at this place. */
  get value(): SpokenWords {
    return wordsFor(languageOf(this.#host) || 'en');
  }

  hostConnected(): void {
    const update = (): void => {
      this.#host.requestUpdate();
    };
    const observer = new MutationObserver(update);
    // Language switchers change the page's; that of a part of it is rarer, and costs no more.
    observer.observe(this.#host.ownerDocument, {
      attributes: true,
      attributeFilter: ['lang'],
      subtree: true,
    });
    const root = this.#host.getRootNode();
    if (root !== this.#host.ownerDocument)
      observer.observe(root, { attributes: true, attributeFilter: ['lang'], subtree: true });
    const unfollow = followWords(update);
    this.#stop = () => {
      observer.disconnect();
      unfollow();
    };
    // The element may have come to a place with another language.
    update();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}

/** The `lang` that holds at a place; empty for none. */
export function languageOf(element: Element): string {
  return closestAcross(element, '[lang]')?.getAttribute('lang')?.trim() ?? '';
}
