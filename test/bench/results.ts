/** What a row finds, and what is worked out of it: medians, spreads, and ratios of rounds that ran side by side. */

/** Whose number it is. */
export type Contestant = 'ours' | 'peer' | 'floor';

/** One line of the table: a number for each round; less is better. */
export interface Result {
  readonly row: number;
  readonly what: string;
  readonly where: string;
  readonly unit: string;
  readonly rounds: Readonly<Partial<Record<Contestant, readonly number[]>>>;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** How far half of the rounds are from the median at most, as a part of it. */
export function spread(numbers: readonly number[]): number {
  const middle = median(numbers);
  return middle === 0 ? 0 : median(numbers.map((number) => Math.abs(number - middle))) / Math.abs(middle);
}

/** How many times as much `of` takes as `by`: the median over rounds; undefined where one of them has no number. */
export function ratio({ rounds }: Result, of: Contestant, by: Contestant): number | undefined {
  const divisors = rounds[by];
  const found = rounds[of]?.flatMap((number, round) => {
    const divisor = divisors?.[round];
    return divisor ? [number / divisor] : [];
  });
  return found?.length ? median(found) : undefined;
}

/** A result with what the table shows of it. */
export interface Summary extends Result {
  readonly medians: Partial<Record<Contestant, number>>;
  readonly spreads: Partial<Record<Contestant, number>>;
  /** How many times as good as pusher-js. */
  readonly timesPeer: number | undefined;
  /** The part of the floor's speed that we reach, and that pusher-js reaches. */
  readonly ofFloor: number | undefined;
  readonly peerOfFloor: number | undefined;
}

export function summarize(result: Result): Summary {
  const each = (of: (numbers: readonly number[]) => number): Partial<Record<Contestant, number>> =>
    Object.fromEntries(Object.entries(result.rounds).map(([name, numbers]) => [name, of(numbers)]));
  return {
    ...result,
    medians: each(median),
    spreads: each(spread),
    timesPeer: ratio(result, 'peer', 'ours'),
    ofFloor: ratio(result, 'floor', 'ours'),
    peerOfFloor: ratio(result, 'floor', 'peer'),
  };
}
