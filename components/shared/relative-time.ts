/** Texts such as "3 minutes ago", which become wrong by themselves: one timer for all of them. */
import { systemClock } from '../../src/index.js';

/** Milliseconds between two looks. The unit of most texts is a minute or more. */
const pace = 10_000;

const texts = new Map<Node, () => void>();
let timer: unknown;

/** Writes again, now and then, as long as `node` is on the page. A later call for the same node replaces this one. */
export function keepRelative(node: Node, write: () => void): void {
  texts.set(node, write);
  timer ??= systemClock.setTimeout(look, pace);
}

function look(): void {
  for (const [node, write] of texts)
    if (!node.isConnected) texts.delete(node);
    else if (node.ownerDocument?.visibilityState !== 'hidden') write();
  timer = texts.size > 0 ? systemClock.setTimeout(look, pace) : undefined;
}
