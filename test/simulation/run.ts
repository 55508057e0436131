/**
 * Explores schedules until a rule is broken:
 *   npm run simulate -- --runs 1000000 [--seed 1] [--seconds 60] [--threads 2]
 *   npm run simulate -- --replay SEED[:0,3,7-9]     one schedule, or only these of its actions
 *   npm run simulate -- --fuzz 1000000 [--seed 1]     mutated frames instead of schedules
 * With `--mutate FILE` the client is changed on the way: FILE is a JSON array of `{ file, from, to }`.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.js';
import type { Mutation } from './bundle.js';
import { Crew, describeFailure } from './crew.js';
import type { Failure, Outcome } from './worker.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    seconds: { type: 'string' },
    threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    replay: { type: 'string' },
    fuzz: { type: 'string' },
    mutate: { type: 'string' },
  },
});

/** What is explored: schedules, many in one task, or frames, which need long tasks to show what is kept. */
const [what, type, chunk] =
  values.fuzz === undefined ? (['schedules', 'run', 50] as const) : (['frames', 'fuzz', 100_000] as const);

async function explore(crew: Crew): Promise<boolean> {
  const runs = Number(values.fuzz ?? values.runs);
  const first = values.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(values.seed);
  const begin = performance.now();
  const until = values.seconds === undefined ? Infinity : begin + Number(values.seconds) * 1000;
  let given = 0;
  let ran = 0;
  let failure: Failure | undefined;
  let shownAt = begin;
  const rate = (): string => (ran / ((performance.now() - begin) / 1000)).toFixed(0);
  console.log(`${what} from seed ${first}`);
  await crew.run(
    () => {
      if (failure || given >= runs || performance.now() > until) return undefined;
      const task = { type, seed: first + given, count: Math.min(chunk, runs - given) } as const;
      given += task.count;
      return task;
    },
    (outcome: Outcome) => {
      ran += outcome.ran;
      failure ??= outcome.failure;
      if (performance.now() - shownAt < 10_000) return;
      shownAt = performance.now();
      console.log(`${ran} ${what}, ${rate()} a second`);
    },
  );
  console.log(`${ran} ${what}, ${rate()} a second${failure ? '' : ', and no rule was broken'}`);
  if (failure) show(failure);
  return failure === undefined;
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
      if (failure) show(failure);
      else console.log('No rule was broken.');
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

function show(failure: Failure): void {
  const again = type === 'run' ? '' : `--fuzz ${chunk} --seed ${failure.seed} --threads 1`;
  console.log(`\n${describeFailure(failure, again)}`);
}

const mutations =
  values.mutate === undefined ? [] : (JSON.parse(readFileSync(values.mutate, 'utf8')) as Mutation[]);
const made = await bundle(mutations);
const crew = new Crew(made.path, Number(values.threads));
try {
  const isGood = values.replay === undefined ? await explore(crew) : await replay(crew, values.replay);
  process.exitCode = isGood ? 0 : 1;
} finally {
  await crew.end();
  made.remove();
}
