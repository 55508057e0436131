/** Several threads that take tasks until there are none left. */
import { Worker } from 'node:worker_threads';
import type { Failure, Outcome, Task } from './worker.js';

/** How long one schedule may take; more means that it never ends. Milliseconds of real time. */
const longest = 30_000;

interface Member {
  readonly worker: Worker;
  /** The seed that it is running. */
  readonly progress: Float64Array;
}

export class Crew {
  readonly #members: readonly Member[];

  /** `path` is a bundle. */
  constructor(path: string, size: number) {
    this.#members = Array.from({ length: size }, () => {
      const shared = new SharedArrayBuffer(8);
      // Without the loader of whoever started this: the bundle is plain JavaScript.
      const worker = new Worker(path, { execArgv: [], workerData: shared });
      return { worker, progress: new Float64Array(shared) };
    });
  }

  /** Hands out what `next` gives until it gives undefined; `done` hears each outcome. */
  async run(next: () => Task | undefined, done: (outcome: Outcome) => void): Promise<void> {
    await Promise.all(
      this.#members.map(async (member) => {
        for (let task; (task = next());) {
          const outcome = await ask(member, task);
          done(outcome);
          if (outcome.failure) return;
        }
      }),
    );
  }

  async end(): Promise<void> {
    await Promise.all(this.#members.map(({ worker }) => worker.terminate()));
  }
}

function ask({ worker, progress }: Member, task: Task): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    let seed: number | undefined;
    const watchdog = setInterval(() => {
      const present = progress[0]!;
      if (present === seed) finish({ ran: 0, steps: 0, failure: endless(present) });
      seed = present;
    }, longest);
    const finish = (outcome: Outcome): void => {
      clearInterval(watchdog);
      worker.off('message', finish).off('error', failed);
      resolve(outcome);
    };
    const failed = (error: Error): void => {
      clearInterval(watchdog);
      reject(error);
    };
    worker.on('message', finish).on('error', failed);
    worker.postMessage(task);
  });
}

/** A failure in words, with the command that shows it again. */
export function describeFailure({ seed, violation, kept, lines }: Failure, again: string): string {
  const { invariant, detail, at } = violation;
  const shown = lines.map((line) => `  ${line}`).join('\n');
  return `Broken: ${invariant}\n  ${detail}\n  at ${at} ms\n\n${shown}\n\nAgain: npm run simulate -- ${again || `--replay ${seed}:${kept.join()}`}`;
}

const endless = (seed: number): Failure => ({
  seed,
  violation: { invariant: 'every schedule ends', detail: `not within ${longest} ms`, at: 0 },
  kept: [],
  lines: [],
});
