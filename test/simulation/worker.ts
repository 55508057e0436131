/** Runs schedules or fuzzes in a thread of its own, bundled (see bundle.ts); each message is one task. */
import { parentPort, workerData } from 'node:worker_threads';
import { assertDraining } from './drain.js';
import { makeSchedule } from './schedule.js';
import { keepOnly, shrink } from './shrink.js';
import { fuzz } from './fuzz.js';
import { simulate, takeOverReports, takeUncaught } from './simulate.js';
import type { Violation } from './world.js';

/** What a worker can be asked. */
export type Task =
  /** Seeds in a row, each to its end, whatever the others find. */
  | { readonly type: 'run'; readonly seed: number; readonly count: number }
  /** A seed that breaks a rule, with as few of its actions as still break it. */
  | { readonly type: 'shrink'; readonly find: Find }
  /** One seed, or some of its actions, with everything that helps to understand it. */
  | { readonly type: 'replay'; readonly seed: number; readonly kept: readonly number[] | null }
  /** Mutated frames. */
  | { readonly type: 'fuzz'; readonly seed: number; readonly count: number };

/** A seed that breaks a rule, as it was met. */
export interface Find {
  readonly seed: number;
  readonly violation: Violation;
}

/** A find, and what it takes to understand it. */
export interface Failure extends Find {
  readonly kept: readonly number[];
  /** The setup and the actions that are left, a line each. */
  readonly lines: readonly string[];
}

/** What it answers. */
export interface Outcome {
  readonly ran: number;
  /** All steps of all schedules together. */
  readonly steps: number;
  /** The seeds of a run that broke a rule. */
  readonly finds: readonly Find[];
  /** What was asked about, where it breaks a rule. */
  readonly failure: Failure | undefined;
}

/** Tells the other thread which seed is being run, and that something goes on, so that one that never ends can be named. */
const progress = workerData === null ? undefined : new Float64Array(workerData as SharedArrayBuffer);

function begin(seed: number): void {
  if (!progress) return;
  progress[0] = seed;
  beat();
}

function beat(): void {
  if (progress) progress[1]! += 1;
}

export function carryOut(task: Task): Outcome {
  switch (task.type) {
    case 'run':
      return run(task.seed, task.count);
    case 'shrink':
      return shorten(task.find.seed);
    case 'replay':
      return replay(task.seed, task.kept);
    case 'fuzz':
      return fire(task.seed, task.count);
  }
}

function fire(seed: number, count: number): Outcome {
  begin(seed);
  const found = fuzz(seed, count, takeUncaught, beat);
  if (!found) return { ran: count, steps: count, finds: [], failure: undefined };
  const violation = { invariant: 'a client takes any frame', detail: found.trouble, at: 0 };
  const failure = { seed, violation, kept: [], lines: found.frames };
  return { ran: count, steps: count, finds: [], failure };
}

function run(first: number, count: number): Outcome {
  let steps = 0;
  const finds: Find[] = [];
  for (let seed = first; seed < first + count; seed += 1) {
    begin(seed);
    const { violation, steps: more } = simulate(makeSchedule(seed));
    steps += more;
    if (violation) finds.push({ seed, violation });
  }
  return { ran: count, steps, finds, failure: undefined };
}

function shorten(seed: number): Outcome {
  const schedule = makeSchedule(seed);
  begin(seed);
  const { violation, steps } = simulate(schedule);
  if (!violation) return { ran: 1, steps, finds: [], failure: undefined };
  const shrunk = shrink(schedule, violation, beat);
  const failure = failureOf(seed, shrunk.violation, shrunk.kept);
  return { ran: 1, steps, finds: [], failure };
}

function replay(seed: number, chosen: readonly number[] | null): Outcome {
  const schedule = makeSchedule(seed);
  begin(seed);
  const kept = chosen ?? schedule.actions.map((_, at) => at);
  const { violation, steps, diary } = simulate(keepOnly(schedule, kept), true);
  if (!violation) return { ran: 1, steps, finds: [], failure: undefined };
  const failure = failureOf(seed, violation, kept);
  return { ran: 1, steps, finds: [], failure: { ...failure, lines: [...failure.lines, '', ...diary] } };
}

export function failureOf(seed: number, violation: Violation, kept: readonly number[]): Failure {
  const { setup, actions } = makeSchedule(seed);
  const lines = [
    `setup ${JSON.stringify(setup)}`,
    ...kept.map((at) => `${at}: ${JSON.stringify(actions[at])}`),
  ];
  return { seed, violation, kept, lines };
}

parentPort?.on('message', (task: Task) => {
  assertDraining();
  parentPort?.postMessage(carryOut(task));
});
if (parentPort) takeOverReports();
export { takeOverReports };
