/**
 * One pusher-js client after an outage, by its measured schedule: a second, and then windows of 15, 30 and 60 s,
 * which an attempt that fails early waits for all the same; after 4200 the first attempt is at once. WebSocket alone.
 */
import type { Outage } from './outage.js';

const windows = [15_000, 30_000, 60_000];

/** The times of its attempts, in milliseconds from the loss; the last one succeeds. */
export function peerAttempts({ code, backAt }: Outage): number[] {
  const attempts = [code >= 4200 && code < 4300 ? 0 : 1000];
  for (let last; (last = attempts.at(-1)!) < backAt;)
    attempts.push(last + windows[Math.min(attempts.length, windows.length) - 1]!);
  return attempts;
}
