/**
 * One policy for live regions. A sentence is spoken once, by one element for each connection, however many
 * show it; it is written into a region that was there before, and taken out again once it has been read,
 * so that nobody meets it a second time when reading the page.
 */
import type { Clock } from '../../src/index.js';
import { sharedRegistry } from './shared-registry.js';

/** How long a sentence stays, in milliseconds: time enough for a screen reader to come to it. */
const readingTime = 5000;

export class StatusAnnouncer {
  readonly #findRegion: () => HTMLElement | null;
  #region: HTMLElement | null = null;
  #about: object | undefined;
  #clock: Clock | undefined;
  #erasing: unknown;

  constructor(findRegion: () => HTMLElement | null) {
    this.#findRegion = findRegion;
  }

  /** Joins those who speak about `subject`, or leaves with undefined. Call it once the region is there. */
  speakAbout(subject: object | undefined, clock?: Clock): void {
    if (subject === this.#about) return;
    this.#erase();
    const { speakers } = sharedRegistry();
    if (this.#about) {
      const others = speakers.get(this.#about)?.filter((other) => other !== this.#region) ?? [];
      speakers.set(this.#about, others);
    }
    this.#region = this.#findRegion();
    if (subject && this.#region) speakers.set(subject, [...(speakers.get(subject) ?? []), this.#region]);
    this.#about = subject;
    this.#clock = clock;
  }

  /** Speaks, if it is this region's turn: the first that is on the page, seen or not. */
  say(sentence: string): void {
    const region = this.#region;
    if (!this.#about || !region || !sentence || !isFirst(region, this.#about)) return;
    this.#erase();
    region.textContent = sentence;
    this.#erasing = this.#clock?.setTimeout(() => {
      this.#erase();
    }, readingTime);
  }

  #erase(): void {
    this.#clock?.clearTimeout(this.#erasing);
    this.#erasing = undefined;
    if (this.#region?.textContent) this.#region.textContent = '';
  }
}

/** A region in something that is not displayed cannot speak, so the next one does. */
function isFirst(region: Element, subject: object): boolean {
  const regions = sharedRegistry().speakers.get(subject) ?? [];
  return regions.find((other) => other.checkVisibility()) === region;
}
