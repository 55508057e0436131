/** Several threads that take tasks until there are none left. */
import { Worker } from 'node:worker_threads';
import type { Failure, Outcome, Task } from './worker.js';

/** How long one schedule may take; more means that it never ends. Milliseconds of real time. */
const longest = 30_000;

/**
 * Room for young objects, in megabytes: nearly everything that a schedule makes is dead when it is over, and what is
 * collected seldom costs little.
 */
const roomForYoung = 96;

/** One thread, which is replaced where a schedule never ends. */
class Member {
  readonly #path: string;
  /** The seed that it is running, and a number that grows as long as it goes on. */
  readonly #progress = new Float64Array(new SharedArrayBuffer(16));
  #worker: Worker;

  constructor(path: string) {
    this.#path = path;
    this.#worker = this.#start();
  }

  ask(task: Task): Promise<Outcome> {
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      let beats: number | undefined;
      const watchdog = setInterval(() => {
        const [seed, now] = this.#progress as unknown as [number, number];
        if (now !== beats) {
          beats = now;
          return;
        }
        void worker.terminate();
        this.#worker = this.#start();
        finish(endless(seed));
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

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #start(): Worker {
    // Without the loader of whoever started this: the bundle is plain JavaScript.
    return new Worker(this.#path, {
      execArgv: [],
      workerData: this.#progress.buffer,
      resourceLimits: { maxYoungGenerationSizeMb: roomForYoung },
    });
  }
}

export class Crew {
  readonly #members: readonly Member[];

  /** `path` is a bundle. */
  constructor(path: string, size: number) {
    this.#members = Array.from({ length: size }, () => new Member(path));
  }

  /** Hands out what `next` gives until it gives undefined; `done` hears each outcome. */
  async run(next: () => Task | undefined, done: (outcome: Outcome, task: Task) => void): Promise<void> {
    await Promise.all(
      this.#members.map(async (member) => {
        for (let task; (task = next());) done(await member.ask(task), task);
      }),
    );
  }

  async end(): Promise<void> {
    await Promise.all(this.#members.map((member) => member.end()));
  }
}

/** A failure in words, with the command that shows it again. */
export function describeFailure({ seed, violation, kept, lines }: Failure, again = ''): string {
  const { invariant, detail, at } = violation;
  const shown = lines.map((line) => `  ${line}`).join('\n');
  return `Broken: ${invariant}\n  ${detail}\n  at ${at} ms\n\n${shown}\n\nAgain: npm run simulate -- ${again || `--replay ${seed}:${kept.join()}`}`;
}

/** Of the other seeds of the task nothing is known. */
function endless(seed: number): Outcome {
  const violation = { invariant: 'every schedule ends', detail: `not within ${longest} ms`, at: 0 };
  return { ran: 1, steps: 0, finds: [], failure: { seed, violation, kept: [], lines: [] } };
}
