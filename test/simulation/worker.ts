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
  /** Seeds in a row; stops at the first that fails. */
  | { readonly type: 'run'; readonly seed: number; readonly count: number }
  /** One seed, or some of its actions, with everything that helps to understand it. */
  | { readonly type: 'replay'; readonly seed: number; readonly kept: readonly number[] | null }
  /** Mutated frames. */
  | { readonly type: 'fuzz'; readonly seed: number; readonly count: number };

/** A schedule that broke a rule. */
export interface Failure {
  readonly seed: number;
  readonly violation: Violation;
  readonly kept: readonly number[];
  /** The setup and the actions that are left, a line each. */
  readonly lines: readonly string[];
}

/** What it answers. */
export interface Outcome {
  readonly ran: number;
  /** All steps of all schedules together. */
  readonly steps: number;
  readonly failure: Failure | undefined;
}

/** Tells the other thread which seed is being run, so that one that never ends can be named. */
const progress = workerData === null ? undefined : new Float64Array(workerData as SharedArrayBuffer);

export function carryOut(task: Task): Outcome {
  switch (task.type) {
    case 'run':
      return run(task.seed, task.count);
    case 'replay':
      return replay(task.seed, task.kept);
    case 'fuzz':
      return fire(task.seed, task.count);
  }
}

function fire(seed: number, count: number): Outcome {
  if (progress) progress[0] = seed;
  const found = fuzz(seed, count, takeUncaught);
  if (!found) return { ran: count, steps: count, failure: undefined };
  const violation = { invariant: 'a client takes any frame', detail: found.trouble, at: 0 };
  return { ran: count, steps: count, failure: { seed, violation, kept: [], lines: found.frames } };
}

function run(first: number, count: number): Outcome {
  let steps = 0;
  for (let ran = 0; ran < count; ran += 1) {
    const schedule = makeSchedule(first + ran);
    if (progress) progress[0] = schedule.seed;
    const { violation, steps: more } = simulate(schedule);
    steps += more;
    if (!violation) continue;
    const shrunk = shrink(schedule, violation);
    return { ran: ran + 1, steps, failure: failureOf(first + ran, shrunk.violation, shrunk.kept) };
  }
  return { ran: count, steps, failure: undefined };
}

function replay(seed: number, chosen: readonly number[] | null): Outcome {
  const schedule = makeSchedule(seed);
  if (progress) progress[0] = seed;
  const kept = chosen ?? schedule.actions.map((_, at) => at);
  const { violation, steps, diary } = simulate(keepOnly(schedule, kept), true);
  if (!violation) return { ran: 1, steps, failure: undefined };
  const failure = failureOf(seed, violation, kept);
  return { ran: 1, steps, failure: { ...failure, lines: [...failure.lines, '', ...diary] } };
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
