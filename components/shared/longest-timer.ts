/** Timers take no more milliseconds, which are 24 days; a longer one would fire at once. */
export const longestTimer: number = 2 ** 31 - 1;
