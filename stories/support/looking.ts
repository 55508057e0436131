/** What play functions look at, as a person would: words on the screen, not fields of objects. */
import { expect, waitFor } from 'storybook/test';
import type { PusherStatusElement, StatusFacet } from '../../components/index.js';

/** The first element with this tag in the story. */
export function find<Tag extends keyof HTMLElementTagNameMap>(
  canvas: ParentNode,
  tag: Tag,
): HTMLElementTagNameMap[Tag] {
  const found = canvas.querySelector(tag);
  if (!found) throw new Error(`There is no <${tag}> in this story.`);
  return found;
}

/** A part of an element's shadow tree. */
export function part(element: Element, name: string): HTMLElement | null {
  return element.shadowRoot?.querySelector<HTMLElement>(`[part~="${name}"]`) ?? null;
}

/** The words of a slot or of what stands in its place. */
function wordsIn(node: Node): string {
  if (node instanceof HTMLSlotElement) {
    const assigned = node.assignedNodes({ flatten: true });
    return (assigned.length > 0 ? assigned : [...node.childNodes]).map(wordsIn).join('');
  }
  if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
  return [...node.childNodes].map(wordsIn).join('');
}

/** What a part says. */
export function wordsOf(element: Element, name: string): string {
  const found = part(element, name);
  return found ? wordsIn(found).replace(/\s+/g, ' ').trim() : '';
}

/** What a screen reader is told. */
export function spoken(status: PusherStatusElement): string {
  return status.shadowRoot?.querySelector('[role="status"]')?.textContent ?? '';
}

/** Whether a status can be seen. */
export function isShown(status: PusherStatusElement): boolean {
  return part(status, 'base')?.checkVisibility() ?? false;
}

/** How long to wait for something, on a machine that may be busy. */
export const patient = { timeout: 15_000, interval: 50 };

/** Waits for something to become true; what is expected is said when it does not. */
export async function eventually(check: () => unknown): Promise<void> {
  await waitFor(check, patient);
}

/** Waits until an element is in a state. */
export async function reaches(element: Element, state: string): Promise<void> {
  await eventually(() => expect(element.getAttribute('state')).toBe(state));
}

/** Waits until a status shows something, and checks that attribute and custom states say the same. */
export async function shows(status: PusherStatusElement, facet: StatusFacet): Promise<void> {
  await eventually(() => expect(status.matches(`:state(${facet})`)).toBe(true));
  const state = facet === 'reconnecting' ? 'connecting' : facet === 'limit' ? 'disconnected' : facet;
  await expect(status.getAttribute('state')).toBe(state);
  await expect(status.state).toBe(state);
  await status.updateComplete;
}

/** Waits, for things that should not happen. */
export function pass(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The types of the events in the log, the oldest first. */
export function loggedTypes(canvas: ParentNode): readonly string[] {
  return [...canvas.querySelectorAll<HTMLElement>('.stage-log [data-type]')]
    .map((line) => line.dataset['type'] ?? '')
    .reverse();
}
