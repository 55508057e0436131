/** What holds the toasts: a place at an edge of the window, above the page. */
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { closeButton } from './toast-card.js';
import type { ToastQueue } from './toast-queue.js';

/** What is drawn around the toasts. */
export interface RegionFacts {
  readonly classes: readonly string[];
  readonly label: string;
  readonly closeLabel: string;
  /** Whether there is anything in it. */
  readonly isShown: boolean;
  /** What says how many are only counted; empty for none. */
  readonly newText: string;
  readonly attention: EventListenerObject;
  readonly showHeld: () => void;
  readonly closeHeld: () => void;
}

export function renderRegion(facts: RegionFacts): TemplateResult {
  const { classes, label, isShown, attention } = facts;
  return html`<slot></slot>
    <section
      part="region"
      popover="manual"
      class=${`region ${classes.join(' ')}`}
      aria-label=${label}
      ?hidden=${!isShown}
      @pointerenter=${attention}
      @pointerleave=${attention}
      @focusin=${attention}
      @focusout=${attention}
    >
      <div class="list"></div>
      ${facts.newText ? renderHeld(facts) : nothing}
    </section>`;
}

function renderHeld({ newText, closeLabel, showHeld, closeHeld }: RegionFacts): TemplateResult {
  return html`<article class="toast more" part="toast">
    <button class="text" part="new" type="button" @click=${showHeld}>${newText}</button>
    ${closeButton(closeLabel, closeHeld)}
  </article>`;
}

/** Puts the toasts into it, and opens or closes it. */
export function showCards(root: ParentNode, { cards, gone }: ToastQueue, closeLabel: string): void {
  const region = root.querySelector('section');
  const list = root.querySelector('.list');
  if (!region || !list) return;
  for (const card of gone) card.dispose();
  gone.clear();
  const before = list.childElementCount;
  for (const card of cards.values()) {
    card.draw(closeLabel);
    // The newest last, so that at the top nothing moves that somebody reads.
    if (card.element.parentNode !== list) list.append(card.element);
  }
  // Browsers without popovers have it at a high level of the page.
  if (!('togglePopover' in region)) return;
  // With something new it comes above a dialog that was opened meanwhile.
  const isNew = list.childElementCount > before;
  if (isNew && region.ownerDocument.querySelector(':modal') && !region.matches(':focus-within'))
    region.togglePopover(false);
  region.togglePopover(!region.hidden);
  // Where there is no room for all, the newest is seen, unless somebody is about to read another.
  if (isNew && !region.matches(':hover, :focus-within')) region.scrollTop = region.scrollHeight;
}
