/** Choices that depend on nothing but a seed. */
import { seededRandom } from '../../src/testing/index.js';

export class Dice {
  readonly roll: () => number;

  constructor(seed: number) {
    this.roll = seededRandom(seed);
    // The first numbers of neighbouring seeds are alike.
    this.roll();
    this.roll();
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.roll() * (high - low + 1));
  }

  /** True in this share of all cases. */
  chance(share: number): boolean {
    return this.roll() < share;
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.roll() * values.length)]!;
  }

  /** One of the rows, the heavier the likelier. */
  weighted<Value>(rows: readonly (readonly [weight: number, value: Value])[]): Value {
    let sum = 0;
    for (const row of rows) sum += row[0];
    let at = this.roll() * sum;
    for (const row of rows) if ((at -= row[0]) < 0) return row[1];
    return rows.at(-1)![1];
  }
}
