/** Waiting in tests, in Node and in browsers. */

/** Milliseconds between two looks. */
const pollInterval = 10;

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** How a file waits for what it is about: it resolves once a condition holds. */
export type Until = (what: string, condition: () => unknown) => Promise<void>;

/** `patience` is in milliseconds, and more than anything takes on a busy machine: a test that works never waits so long. */
export const untilWithin =
  (patience: number): Until =>
  async (what, condition) => {
    const deadline = Date.now() + patience;
    while (!(await condition())) {
      if (Date.now() > deadline) throw new Error(`It did not happen: ${what}.`);
      await pause(pollInterval);
    }
  };
