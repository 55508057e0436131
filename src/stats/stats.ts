/** The timeline of one client, and whether it is submitted (seed O-19, requirements §3 row 18). */
import type { Clock } from '../clock.js';
import type { StatsSubmission } from './stats-submission.js';
import { Timeline } from './timeline.js';

export interface StatsParts {
  readonly clock: Clock;
  /** Where to submit to; undefined: nowhere, and nothing is loaded for it. */
  readonly endpoint: () => string | undefined;
  /** What a report says of the client. */
  readonly about: () => Readonly<Record<string, unknown>>;
}

/** One per client. */
export class Stats {
  readonly timeline: Timeline;
  readonly #parts: StatsParts;
  #submission: StatsSubmission | undefined;
  #isConnected = false;

  constructor(parts: StatsParts) {
    this.#parts = parts;
    this.timeline = new Timeline(parts.clock);
  }

  /** Something happened to the connection. */
  readonly note = (event: string, payload: unknown): void => {
    this.timeline.record(event, payload);
    if (event !== 'state_change') return;
    this.#isConnected = (payload as { current?: unknown }).current === 'connected';
    if (this.#isConnected) void this.#submit();
    else this.#submission?.stop();
  };

  /** Something happened to a transport. */
  readonly noteTransport = (note: object): void => {
    this.timeline.record('transport', note);
  };

  async #submit(): Promise<void> {
    const { clock, endpoint, about } = this.#parts;
    const url = endpoint();
    if (url === undefined) return;
    try {
      const { StatsSubmission } = await import('./stats-submission.js');
      this.#submission ??= new StatsSubmission({ clock, url, about, timeline: this.timeline });
    } catch {
      return; // a page that goes offline may not get the file; the next connection tries again
    }
    if (this.#isConnected) this.#submission.start();
  }
}
