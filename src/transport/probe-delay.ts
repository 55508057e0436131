/** How often a better transport is looked for. Pure. Loaded together with the race. */

/** The first wait before a WebSocket is tried beside an HTTP connection, and the longest one, in milliseconds. */
export const firstProbe = 10_000;
export const longestProbe = 300_000;

/**
 * How long to wait, in milliseconds, before a WebSocket is tried beside an HTTP connection, after this many
 * tries since one proved itself: 10 s, 20 s, 40 s, … up to five minutes, each give or take a fifth, so that
 * the clients of a network that comes back do not come in step. `random` is in [0, 1).
 */
export function probeDelay(tries: number, random: number): number {
  return Math.min(longestProbe, firstProbe * 2 ** Math.min(tries, 10)) * (0.8 + 0.4 * random);
}
