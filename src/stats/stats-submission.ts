/** Submits the timeline to the page's own endpoint. Loaded only where one is configured (seed O-19). */
import type { Clock, TimerHandle } from '../clock.js';
import { sendRequest } from '../fetch.js';
import type { HttpRequest } from '../fetch.js';
import type { Timeline, TimelineEntry } from './timeline.js';

/** How often a report is sent while connected, in milliseconds. */
export const submissionInterval = 60_000;

export interface StatsSubmissionParts {
  readonly clock: Clock;
  readonly url: string;
  readonly about: () => Readonly<Record<string, unknown>>;
  readonly timeline: Timeline;
  /** Default: the environment's `fetch`. */
  readonly send?: HttpRequest;
}

/** The body of a report, as JSON. */
export interface StatsReport {
  /** The entries that no report has brought before. */
  readonly timeline: readonly TimelineEntry[];
  /** Which client: key, library, version, cluster; and a random number that tells its reports from others'. */
  readonly [about: string]: unknown;
}

/** One per client. */
export class StatsSubmission {
  readonly #parts: StatsSubmissionParts;
  readonly #session: number;
  #timer: TimerHandle;
  /** How many entries have arrived. */
  #submitted = 0;

  constructor(parts: StatsSubmissionParts) {
    this.#parts = parts;
    this.#session = Math.floor(parts.clock.random() * 1_000_000_000);
  }

  /** Now, and every minute until `stop()`. */
  start(): void {
    this.stop();
    this.#timer = this.#parts.clock.setTimeout(() => {
      this.start();
    }, submissionInterval);
    void this.#submit();
  }

  stop(): void {
    this.#parts.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #submit(): Promise<void> {
    const { url, about, timeline, send = sendRequest } = this.#parts;
    const { count, entries } = timeline;
    const fresh = count - this.#submitted;
    const report: StatsReport = {
      session: this.#session,
      ...about(),
      timeline: fresh > 0 ? entries.slice(-fresh) : [],
    };
    try {
      const response = await send(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(report),
        credentials: 'omit', // who sits there is not part of a metric
        keepalive: true,
      });
      if (response.ok) this.#submitted = Math.max(this.#submitted, count);
    } catch {
      // Numbers that nobody gets are no trouble of the page's; the next report brings them again.
    }
  }
}
