/** A defect as a scenario: what happens, how it looks, and what makes it the defect. */
import type { TestContext } from 'node:test';
import { createWorld } from './world.js';
import type { Subject, World } from './world.js';
import type { Build } from './sandbox.js';

/** What a run has seen: numbers and words that can be printed. */
export type Observation = Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>;

/** One row of reference/pusher-js.md §6.3. `Seen` keeps what is observed and what is judged in step. */
export interface Scenario<Seen extends Observation = Observation> {
  /** The row's letter. */
  readonly id: string;
  /** What happens, in a sentence. */
  readonly title: string;
  /** Which build of pusher-js; encrypted channels need the larger one. */
  readonly build?: Build;
  /** Makes it happen, and says what was seen. */
  readonly run: (world: World) => Promise<Seen>;
  /** Whether what was seen is the defect. */
  readonly isDefect: (seen: Seen) => boolean;
}

/** Declares a scenario with its types inferred. */
export const scenario = <Seen extends Observation>(row: Scenario<Seen>): Scenario =>
  row as unknown as Scenario;

/** One run. */
export interface Result {
  readonly subject: Subject;
  readonly seen: Observation;
  readonly hasDefect: boolean;
}

/** Runs a scenario for one library. */
export async function observe(t: TestContext, row: Scenario, subject: Subject): Promise<Result> {
  const seen = await row.run(createWorld(t, subject, row.build));
  return { subject, seen, hasDefect: row.isDefect(seen) };
}

/** An observation in one line. */
export const inWords = (seen: Observation): string =>
  Object.entries(seen)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(',') : String(value)}`)
    .join('; ');
