/** Texts such as "3 minutes ago", which become wrong by themselves: one timer for all of them. */
import { systemClock } from '../../src/index.js';

interface Kept {
  readonly write: () => void;
  readonly time: number;
  /** When to write again, by the clock. */
  due: number;
}

const texts = new Map<Node, Kept>();
let timer: unknown;
let next = Infinity;

/** Milliseconds between two writings: as seldom as the unit of the text allows. */
function stepOf(time: number): number {
  const distance = Math.abs(Date.now() - time);
  return distance < 60_000 ? 1000 : distance < 3_600_000 ? 10_000 : 60_000;
}

/**
 * Writes again, now and then, as long as `node` is on the page and the page is seen. A later call for the same
 * node replaces this one.
 *
 * @param time What the text is about, in milliseconds since 1970. NaN: the text is about no time any more.
 */
export function keepRelative(node: Node, write: () => void, time: number): void {
  if (!Number.isFinite(time)) {
    texts.delete(node);
    return;
  }
  if (texts.size === 0) document.addEventListener('visibilitychange', look);
  const due = systemClock.now() + stepOf(time);
  texts.set(node, { write, time, due });
  plan(due);
}

function plan(due: number): void {
  if (due >= next || document.hidden) return;
  systemClock.clearTimeout(timer);
  next = due;
  timer = systemClock.setTimeout(look, due - systemClock.now());
}

function look(): void {
  systemClock.clearTimeout(timer);
  next = Infinity;
  if (document.hidden) return;
  const now = systemClock.now();
  for (const [node, text] of texts)
    if (!node.isConnected) texts.delete(node);
    else if (text.due <= now) {
      text.due = now + stepOf(text.time);
      text.write();
    }
  if (texts.size === 0) document.removeEventListener('visibilitychange', look);
  for (const { due } of texts.values()) plan(due);
}
