/**
 * Time and chance, in one place, so that every other room can be driven by a test: the only file of
 * `src/` that reads the system's clock, its timers and its random source.
 */

/** An opaque handle of a pending timer. */
export type TimerHandle = unknown;

/** What the client needs of time. Durations and times are milliseconds. */
export interface Clock {
  /** Milliseconds since an arbitrary fixed point; jumps forward over a sleep of the machine. */
  now(): number;
  /** Runs `callback` once after `delay` milliseconds. */
  setTimeout(callback: () => void, delay: number): TimerHandle;
  /** Forgets a timer; an unknown, finished or undefined handle is fine. */
  clearTimeout(handle: TimerHandle): void;
  /** A number in [0, 1), for jitter. */
  random(): number;
}

let newest = 0;
let correction = 0;

/** `Date.now()`, except that it stands still instead of going back when somebody sets the clock back. */
function now(): number {
  const time = Date.now() + correction;
  if (time >= newest) return (newest = time);
  correction += newest - time;
  return newest;
}

/**
 * The real one. `Date.now` and not `performance.now`, because the latter stands still while some
 * systems sleep, and a sleep is exactly what the network observer has to notice.
 */
export const systemClock: Clock = {
  now,
  setTimeout: (callback, delay) => setTimeout(callback, delay),
  clearTimeout: (handle) => {
    clearTimeout(handle as ReturnType<typeof setTimeout> | undefined);
  },
  random: () => Math.random(),
};
