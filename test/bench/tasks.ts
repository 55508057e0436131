/**
 * The longest task of a page's main thread, as the browser's own trace has it: by the clock, and by what the thread
 * itself has computed. On a machine that is busy the first is mostly time in which others had the processor.
 */
import type { Page } from 'puppeteer-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  /** Of the processor. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** In milliseconds. */
export interface LongestTask {
  readonly clock: number;
  readonly processor: number;
}

/** Each while `run` runs; the two need not be of the same task. */
export async function longestTask(page: Page, run: () => Promise<unknown>): Promise<LongestTask> {
  await page.tracing.start({ categories: ['disabled-by-default-devtools.timeline', 'devtools.timeline'] });
  await run();
  const trace = await page.tracing.stop();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(trace)) as { traceEvents: TraceEvent[] };
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => name === 'RunTask' && threads.has(`${pid} ${tid}`),
  );
  if (!tasks.some(({ tdur }) => tdur))
    throw new Error('The trace has no tasks, or none with a processor time.');
  const longest = (of: (task: TraceEvent) => number | undefined): number =>
    Math.max(...tasks.map((task) => (of(task) ?? 0) / 1000));
  return { clock: longest(({ dur }) => dur), processor: longest(({ tdur }) => tdur) };
}
