/** What an event makes of the value there is. Pure. */

export type ValueMode = 'set' | 'increment' | 'decrement' | 'sum' | 'max' | 'min' | 'toggle';

/** A number, or its text; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/**
 * The next value; undefined where the event has nothing for it. `increment` and `decrement` count by the
 * number that the event has, by one without a number.
 */
export function nextValue(mode: ValueMode, current: unknown, incoming: unknown): unknown {
  if (mode === 'set') return incoming ?? undefined; // null is no value
  if (mode === 'toggle') return !current || current === 'false';
  const now = numberOf(current);
  const number = numberOf(incoming);
  if (mode === 'increment') return (now ?? 0) + (number ?? 1);
  if (mode === 'decrement') return (now ?? 0) - (number ?? 1);
  if (number === undefined) return undefined;
  if (mode === 'sum') return (now ?? 0) + number;
  return now === undefined ? number : Math[mode](now, number);
}
