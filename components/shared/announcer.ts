/**
 * What widgets say to screen readers: one live region of each kind per document, there before any text is, in the
 * modal dialog that is open or else in the body, and one sentence at a time. What comes too fast is summed up.
 */
import { systemClock } from '../../src/index.js';
import { closestAcross } from './closest.js';
import { sharedRegistry } from './shared-registry.js';

/** Milliseconds that a sentence stays, and that the next one waits for. */
const pace = 1500;
/** Milliseconds before more is said under the same key: what changes all the time must not talk all the time. */
const rest = 5000;

/** Milliseconds that a region is in its place before it says something. */
const settling = 100;

/** A sentence, or what to say of several that came meanwhile. */
export type Sentence = string | ((count: number) => string);

type Role = 'status' | 'alert';

/** A region and its queue; plain, because all copies of this library on a page share it. */
export interface Speaker {
  readonly region: HTMLElement;
  say(sentence: Sentence, key: unknown): void;
}

/** The regions of one document. */
export type RegionOf = Partial<Record<Role, Speaker>>;

/** Makes the region of a document, if it is not there. To be called before there is anything to say. */
export function prepareAnnouncer(document: Document, role: Role = 'status'): void {
  speakerOf(document, role);
}

/**
 * Says something. Of several with the same `key` that wait for their turn, the last one is said, or, where
 * it is a function, what it returns for their number. Without a key, the sentence is its own.
 */
export function announce(
  document: Document,
  sentence: Sentence,
  options: { readonly key?: unknown; readonly isAssertive?: boolean } = {},
): void {
  speakerOf(document, options.isAssertive ? 'alert' : 'status').say(sentence, options.key ?? sentence);
}

function speakerOf(document: Document, role: Role): Speaker {
  const announcers = (sharedRegistry().announcers ??= new WeakMap());
  let ofDocument = announcers.get(document);
  if (!ofDocument) announcers.set(document, (ofDocument = {}));
  const speaker = (ofDocument[role] ??= createSpeaker(createRegion(document, role)));
  bringToEar(speaker.region);
  return speaker;
}

/**
 * Puts a region where it is heard: everything outside a modal dialog is inert, and some sites replace the whole
 * body when they navigate. Whether it had to be moved.
 */
function bringToEar(region: HTMLElement): boolean {
  const place = modalOnTop(region.ownerDocument) ?? region.ownerDocument.body;
  if (region.parentNode === place) return false;
  place.append(region);
  return true;
}

/** The modal dialog that has the focus in it; where the focus is in none, the last one of the page. */
function modalOnTop(document: Document): Element | undefined {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  const around = focused ? closestAcross(focused, 'dialog:modal') : undefined;
  return around ?? [...document.querySelectorAll('dialog:modal')].at(-1);
}

function createSpeaker(region: HTMLElement): Speaker {
  const waiting = new Map<unknown, { sentence: Sentence; count: number; from: number }>();
  let isScheduled = false;

  function schedule(delay: number): void {
    isScheduled = true;
    systemClock.setTimeout(next, delay);
  }

  function next(): void {
    isScheduled = false;
    region.textContent = '';
    // A dialog has been opened or closed meanwhile: the region has to be there before the text is.
    if (waiting.size > 0 && bringToEar(region)) {
      schedule(settling);
      return;
    }
    const now = systemClock.now();
    for (const [key, { sentence, count, from }] of waiting) {
      if (from > now) continue;
      waiting.delete(key);
      if (count === 0) continue;
      region.textContent = typeof sentence === 'string' ? sentence : sentence(count);
      waiting.set(key, { sentence, count: 0, from: now + rest });
      break;
    }
    if (waiting.size > 0) schedule(pace);
  }

  return {
    region,
    say(sentence, key) {
      const { count = 0, from = 0 } = waiting.get(key) ?? {};
      waiting.set(key, { sentence, count: count + 1, from });
      // Even the first one a moment later: a text that comes together with its region is often not read.
      if (!isScheduled) schedule(settling);
    },
  };
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
  return region;
}
