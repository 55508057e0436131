/** Contestants by turns: what disturbs the machine for a while then disturbs all of them. */
import { Bench } from 'tinybench';

/** What is compared in one run; each function is one batch. */
export type Contestants = Readonly<Record<string, () => void>>;
/** What each contestant's batch took in each round, in milliseconds: the median of the round. */
export type Rounds = Record<string, number[]>;

export interface Pace {
  readonly rounds: number;
  /** Milliseconds for each contestant in each round. */
  readonly time: number;
}

export async function compare(contestants: Contestants, { rounds, time }: Pace): Promise<Rounds> {
  const names = Object.keys(contestants);
  const found: Rounds = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    // Another one begins each time.
    for (const name of [...names, ...names].slice(round % names.length).slice(0, names.length)) {
      const bench = new Bench({ time, iterations: 8, warmup: round === 0, warmupTime: time, throws: true });
      bench.add(name, contestants[name]!);
      const result = bench.runSync()[0]!.result;
      if (result.state !== 'completed') throw new Error(`The benchmark of ${name} ended as ${result.state}.`);
      found[name]!.push(result.latency.p50);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
  return found;
}

/** How often `once` has to run until it takes about 2 ms, which every browser's clock can tell apart. */
export function batchSize(once: () => void): number {
  for (let size = 16; ; size *= 2) {
    const begin = performance.now();
    for (let ran = 0; ran < size; ran += 1) once();
    if (performance.now() - begin >= 2) return size;
  }
}
