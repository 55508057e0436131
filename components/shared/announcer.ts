/**
 * What widgets say to screen readers: one live region of each kind per document, there before any text is,
 * and one sentence at a time. What comes too fast is summed up.
 */
import { systemClock } from '../../src/index.js';

/** Milliseconds that a sentence stays, and that the next one waits for. */
const pace = 1500;

/** A sentence, or what to say of several that came meanwhile. */
export type Sentence = string | ((count: number) => string);

class Announcer {
  readonly #region: HTMLElement;
  readonly #waiting = new Map<unknown, { sentence: Sentence; count: number }>();
  #timer: unknown;

  constructor(region: HTMLElement) {
    this.#region = region;
  }

  say(sentence: Sentence, key: unknown): void {
    const count = (this.#waiting.get(key)?.count ?? 0) + 1;
    this.#waiting.set(key, { sentence, count });
    // Even the first one a moment later: a text that comes together with its region is often not read.
    if (this.#timer === undefined) this.#timer = systemClock.setTimeout(this.#next, 100);
  }

  readonly #next = (): void => {
    const [first] = this.#waiting;
    this.#timer = undefined;
    this.#region.textContent = '';
    if (!first) return;
    const [key, { sentence, count }] = first;
    this.#waiting.delete(key);
    this.#region.textContent = typeof sentence === 'string' ? sentence : sentence(count);
    this.#timer = systemClock.setTimeout(this.#next, pace);
  };
}

const announcers = new WeakMap<Document, Partial<Record<'status' | 'alert', Announcer>>>();

/** Makes the regions of a document, if they are not there. To be called before there is anything to say. */
export function prepareAnnouncer(document: Document, role: 'status' | 'alert' = 'status'): void {
  announcerOf(document, role);
}

/**
 * Says something. Of several with the same `key` that wait for their turn, the last one is said, or, where
 * it is a function, what it returns for their number.
 */
export function announce(
  document: Document,
  sentence: Sentence,
  options: { readonly key?: unknown; readonly isAssertive?: boolean } = {},
): void {
  announcerOf(document, options.isAssertive ? 'alert' : 'status').say(sentence, options.key ?? sentence);
}

function announcerOf(document: Document, role: 'status' | 'alert'): Announcer {
  let ofDocument = announcers.get(document);
  if (!ofDocument) announcers.set(document, (ofDocument = {}));
  return (ofDocument[role] ??= new Announcer(createRegion(document, role)));
}

function createRegion(document: Document, role: string): HTMLElement {
  const region = document.createElement('div');
  region.setAttribute('role', role);
  region.dataset['pusherAnnouncer'] = '';
  // Not displayed, but read. Not by an attribute, which a content security policy may forbid.
  for (const [name, value] of [
    ['position', 'absolute'],
    ['inline-size', '1px'],
    ['block-size', '1px'],
    ['overflow', 'hidden'],
    ['clip-path', 'inset(50%)'],
    ['white-space', 'nowrap'],
  ] as const)
    region.style.setProperty(name, value);
  document.body.append(region);
  return region;
}
