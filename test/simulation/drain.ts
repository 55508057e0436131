/**
 * Runs everything that promises have waiting, now, however long their chains are. A turn of the event loop
 * would do the same ten times slower, and the schedules that can be explored are counted in turns.
 *
 * It is the function that Node itself calls at the end of every task, under the name it has had since Node 4
 * (DEP0134, documentation only). To be called from a task, never from inside a promise.
 */
const tick = (process as unknown as { _tickCallback?: () => void })._tickCallback;

export function drain(): void {
  if (!tick) throw new Error('This Node has no process._tickCallback; make drain() wait for a task instead.');
  tick();
}

/** Proof that draining works here: a chain of promises is finished when it returns. */
export function assertDraining(): void {
  let steps = 0;
  const chain = async (): Promise<void> => {
    for (; steps < 100; steps += 1) await Promise.resolve();
  };
  void chain();
  drain();
  if (steps !== 100) throw new Error('drain() was called from inside a promise, where it can do nothing.');
}
