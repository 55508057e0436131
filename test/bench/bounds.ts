/** The short form's bound: what part of the floor's speed was reached, and that half of it is too little. */
import type { Summary } from './results.js';

/** Measured in Chromium; raise a number when the client gets faster. */
const reached: Readonly<Record<string, number>> = {
  'message 140 B, 1 listener': 0.63,
  'message 1 KB, 1 listener': 0.9,
  '140 B for an unbound event': 1.3,
  '1 KB for an unbound channel': 6,
};

/** A line for each case whose speed has fallen to less than half. */
export function regressions(summaries: readonly Summary[]): string[] {
  return summaries.flatMap(({ what, ofFloor }) => {
    const before = reached[what];
    if (before === undefined || ofFloor === undefined) return [`${what}: there is nothing to compare with.`];
    return ofFloor < before / 2
      ? [
          `${what}: ${ofFloor.toFixed(2)} of the floor; it was ${before.toFixed(2)}, and half of that is the bound.`,
        ]
      : [];
  });
}
