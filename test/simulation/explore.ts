/**
 * Runs schedules, or frames, and goes on after a find: each kind of it is told once, made as short as it can be, and
 * those that are like one before are counted.
 */
import type { Crew } from './crew.js';
import type { Failure, Find, Outcome, Task } from './worker.js';

/** What is explored, and how far. */
export interface Plan {
  readonly type: 'run' | 'fuzz';
  readonly seed: number;
  readonly count: number;
  /** How many at a time. */
  readonly chunk: number;
  /** After how many kinds of finds it is enough. */
  readonly mostKinds: number;
  /** Whether there is no time left. */
  readonly isOver?: () => boolean;
  /** Hears how many have run, after each chunk. */
  readonly ran?: (count: number) => void;
  /** Hears of each kind of find, once it is as short as it can be. */
  readonly found?: (failure: Failure) => void;
}

/** What came of it. */
export interface Exploration {
  readonly ran: number;
  readonly steps: number;
  /** One of each kind. */
  readonly failures: readonly Failure[];
  /** How many seeds broke a rule in all. */
  readonly finds: number;
}

/** Two finds of which this is the same are taken for one: the rule and what is said of it, without the numbers. */
const kindOf = ({ violation: { invariant, detail } }: Find): string =>
  `${invariant}: ${detail.split('\n', 1)[0]!.replace(/[\d.]+/g, '#')}`;

/** A find that is none when its schedule runs alone: something outlives a schedule. */
const unseenAlone = (find: Find): Failure => ({ ...find, kept: [], lines: ['Alone it breaks no rule.'] });

/** The seeds of a task before and after one of them. */
function aroundOf(task: Extract<Task, { type: 'run' }>, seed: number): Task[] {
  const before = { ...task, count: seed - task.seed };
  const after = { ...task, seed: seed + 1, count: task.count - before.count - 1 };
  return [before, after].filter(({ count }) => count > 0);
}

export async function explore(crew: Pick<Crew, 'run'>, plan: Plan): Promise<Exploration> {
  const { type, seed, count, chunk, mostKinds } = plan;
  const kinds = new Set<string>();
  const unshrunk: Find[] = [];
  /** What a schedule that never ends has kept from being run. */
  const left: Task[] = [];
  const failures: Failure[] = [];
  let given = 0;
  let ran = 0;
  let steps = 0;
  let finds = 0;

  const next = (): Task | undefined => {
    const find = unshrunk.shift();
    if (find) return { type: 'shrink', find };
    if (left.length > 0) return left.shift();
    if (kinds.size >= mostKinds || given >= count || plan.isOver?.()) return undefined;
    const task = { type, seed: seed + given, count: Math.min(chunk, count - given) };
    given += task.count;
    return task;
  };

  const meet = (find: Find): boolean => {
    finds += 1;
    const kind = kindOf(find);
    const isNew = !kinds.has(kind) && kinds.size < mostKinds;
    if (isNew) kinds.add(kind);
    return isNew;
  };

  const done = (outcome: Outcome, task: Task): void => {
    const failure = task.type === 'shrink' ? (outcome.failure ?? unseenAlone(task.find)) : outcome.failure;
    for (const find of outcome.finds) if (meet(find)) unshrunk.push(find);
    if (failure && (task.type === 'shrink' || meet(failure))) {
      failures.push(failure);
      plan.found?.(failure);
    }
    if (task.type === 'shrink') return;
    if (task.type === 'run' && failure) left.push(...aroundOf(task, failure.seed));
    ran += outcome.ran;
    steps += outcome.steps;
    plan.ran?.(ran);
  };

  await crew.run(next, done);
  return { ran, steps, failures, finds };
}
