/** Makes a failing schedule shorter: leaves out actions as long as the same rule is broken. */
import type { Schedule } from './action.js';
import { simulate } from './simulate.js';
import type { Violation } from './world.js';

/** A failing schedule with only those of its actions that it needs. */
export interface Shrunk {
  readonly violation: Violation;
  /** Which of the schedule's actions are left, by their places in it. */
  readonly kept: readonly number[];
}

/** The schedule with only these actions. */
export const keepOnly = (schedule: Schedule, kept: readonly number[]): Schedule => ({
  ...schedule,
  actions: kept.map((at) => schedule.actions[at]!),
});

/** Leaves out ever smaller runs of actions, until no single one can be left out; `beat` hears that it goes on. */
export function shrink(schedule: Schedule, violation: Violation, beat: () => void): Shrunk {
  let kept = schedule.actions.map((_, at) => at);
  let found = violation;
  const tries = (candidate: number[]): boolean => {
    beat();
    const { violation: outcome } = simulate(keepOnly(schedule, candidate));
    if (outcome?.invariant !== violation.invariant) return false;
    kept = candidate;
    found = outcome;
    return true;
  };
  for (let size = Math.ceil(kept.length / 2); size >= 1;) {
    let isShorter = false;
    for (let from = 0; from < kept.length;)
      if (tries([...kept.slice(0, from), ...kept.slice(from + size)])) isShorter = true;
      else from += size;
    if (size > 1) size = Math.floor(size / 2);
    else if (!isShorter) break;
  }
  return { violation: found, kept };
}
