/**
 * What happened to the connection lately, for whoever wonders why it is slow: a short, bounded record that
 * stays in the page (seed O-19). It has states, codes and durations, and nothing that an application sent.
 */
import type { Clock } from '../clock.js';

/** One thing that happened. */
export interface TimelineEntry {
  /** `Date.now()` milliseconds. */
  readonly at: number;
  /** An event of the connection, such as `state_change`, or `transport`: what carries it, or does not. */
  readonly event: string;
  /** What else is known: codes, names, seconds. */
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

/** How many entries are kept; pusher-js's number. */
export const timelineLength = 50;

/** What is kept of each event's payload. An event that is not here is not recorded. */
const kept: Readonly<Record<string, readonly string[]>> = {
  state_change: ['previous', 'current', 'code', 'reason', 'attempt'],
  error: ['type', 'code', 'reason'],
  lost: ['wasConnected', 'code', 'wasClean'],
  gap: ['duration'],
  connecting_in: ['seconds'],
  reachability: ['isOnline'],
  transport: ['transport', 'outcome', 'code'],
};

/** The last fifty things that happened. */
export class Timeline {
  readonly #clock: Clock;
  #entries: readonly TimelineEntry[] = [];
  #count = 0;

  /** @internal Made by `Pusher`. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Oldest first; at most fifty. */
  get entries(): readonly TimelineEntry[] {
    return this.#entries;
  }

  /** How many there have been since the beginning, also those that are forgotten. */
  get count(): number {
    return this.#count;
  }

  /** Forgets everything. */
  clear(): void {
    this.#entries = [];
  }

  /** The entries, for `JSON.stringify` and `console.table`. */
  toJSON(): readonly TimelineEntry[] {
    return this.#entries;
  }

  /** @internal Keeps what is worth keeping of an event. */
  record(event: string, payload: unknown): void {
    const names = kept[event];
    if (!names) return;
    const values =
      typeof payload === 'object' && payload !== null ? payload : { [String(names[0])]: payload };
    const detail: Record<string, string | number | boolean> = {};
    for (const name of names) {
      const value = (values as Readonly<Record<string, unknown>>)[name];
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        detail[name] = value;
    }
    this.#count += 1;
    this.#entries = [...this.#entries, { at: this.#clock.now(), event, detail }].slice(-timelineLength);
  }
}
