/**
 * Explores schedules, and tells what breaks a rule:
 *   npm run simulate -- --runs 1000000 [--seed 1] [--seconds 60] [--threads 2] [--kinds 10]
 *   npm run simulate -- --replay SEED[:0,3,7-9]     one schedule, or only these of its actions
 *   npm run simulate -- --fuzz 1000000 [--seed 1]     mutated frames instead of schedules
 * It goes on after a find, until it has found so many kinds of them. With `--mutate FILE` the client is changed on the
 * way: FILE is a JSON array of `{ file, from, to }`.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.js';
import type { Mutation } from './bundle.js';
import { Crew, describeFailure } from './crew.js';
import { explore } from './explore.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    seconds: { type: 'string' },
    threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    kinds: { type: 'string', default: '10' },
    replay: { type: 'string' },
    fuzz: { type: 'string' },
    mutate: { type: 'string' },
  },
});

/** What is explored: schedules, many in one task, or frames, which need long tasks to show what is kept. */
const [what, type, chunk] =
  values.fuzz === undefined ? (['schedules', 'run', 50] as const) : (['frames', 'fuzz', 100_000] as const);

async function exploreAll(crew: Crew): Promise<boolean> {
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(values.seed);
  const begin = performance.now();
  const until = values.seconds === undefined ? Infinity : begin + Number(values.seconds) * 1000;
  let shownAt = begin;
  const rate = (ran: number): string =>
    `${ran} ${what}, ${(ran / ((performance.now() - begin) / 1000)).toFixed(0)} a second`;
  console.log(`${what} from seed ${seed}`);
  const { ran, failures, finds } = await explore(crew, {
    type,
    seed,
    count: Number(values.fuzz ?? values.runs),
    chunk,
    mostKinds: Number(values.kinds),
    isOver: () => performance.now() > until,
    ran: (count) => {
      if (performance.now() - shownAt < 10_000) return;
      shownAt = performance.now();
      console.log(rate(count));
    },
    found: (failure) => {
      const again = type === 'run' ? '' : `--fuzz ${chunk} --seed ${failure.seed} --threads 1`;
      console.log(`\n${describeFailure(failure, again)}\n`);
    },
  });
  const result =
    finds === 0 ? 'and no rule was broken' : `and a rule was broken in ${finds}, in ${failures.length} ways`;
  console.log(`${rate(ran)}, ${result}`);
  return finds === 0;
}

async function replay(crew: Crew, text: string): Promise<boolean> {
  const [seed, chosen] = text.split(':');
  const tasks = [
    { type: 'replay', seed: Number(seed), kept: chosen === undefined ? null : places(chosen) } as const,
  ];
  let isGood = true;
  await crew.run(
    () => tasks.pop(),
    ({ failure }) => {
      isGood = failure === undefined;
      console.log(failure ? `\n${describeFailure(failure)}` : 'No rule was broken.');
    },
  );
  return isGood;
}

/** `0,3,7-9` as numbers. */
const places = (text: string): number[] =>
  text.split(',').flatMap((part) => {
    const [from, to = from] = part.split('-').map(Number);
    return from === undefined ? [] : Array.from({ length: to! - from + 1 }, (_, more) => from + more);
  });

const mutations =
  values.mutate === undefined ? [] : (JSON.parse(readFileSync(values.mutate, 'utf8')) as Mutation[]);
const made = await bundle(mutations);
const crew = new Crew(made.path, Number(values.threads));
try {
  const isGood = values.replay === undefined ? await exploreAll(crew) : await replay(crew, values.replay);
  process.exitCode = isGood ? 0 : 1;
} finally {
  await crew.end();
  made.remove();
}
