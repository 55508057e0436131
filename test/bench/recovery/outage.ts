/** What many clients that lose their server at the same moment do to it. */

/** Times are milliseconds from the loss. */
export interface Outage {
  /** The close code that everybody gets. */
  readonly code: number;
  /** From when on an attempt succeeds; before that it is refused at once. */
  readonly backAt: number;
}

export interface Rush {
  /** The most attempts in any second, in percent of the clients. */
  readonly peak: number;
  /** The same, from the server's return on. */
  readonly peakAfterReturn: number;
  /** The median time from the server's return to a connection, in seconds. */
  readonly back: number;
}

/** Milliseconds of one bin; the seconds that are looked at begin with each of them. */
const bin = 10;

export function rush(clients: number, { backAt }: Outage, attemptsOf: () => readonly number[]): Rush {
  const bins: number[] = [];
  const waits = new Float64Array(clients);
  for (let client = 0; client < clients; client += 1) {
    const attempts = attemptsOf();
    for (const at of attempts) {
      const place = Math.floor(at / bin);
      bins[place] = (bins[place] ?? 0) + 1;
    }
    waits[client] = attempts.at(-1)! - backAt;
  }
  const percent = (from: number): number => (100 * mostInAnySecond(bins, from / bin)) / clients;
  return {
    peak: percent(0),
    peakAfterReturn: percent(backAt),
    back: waits.sort()[clients >> 1]! / 1000,
  };
}

function mostInAnySecond(bins: readonly number[], from: number): number {
  const width = 1000 / bin;
  let inSecond = 0;
  let most = 0;
  for (let at = from; at < bins.length; at += 1) {
    inSecond += (bins[at] ?? 0) - (at - width >= from ? (bins[at - width] ?? 0) : 0);
    most = Math.max(most, inSecond);
  }
  return most;
}
