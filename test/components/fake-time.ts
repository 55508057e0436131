/** For what runs by the system's clock: a clock that the test moves, instead of it. */
import { systemClock } from '../../src/index.js';
import { FakeClock } from '../../src/testing/index.js';

/** Lets the test decide about the timers of `act`. `Date.now()` goes on as ever. */
export async function withFakeTime(act: (clock: FakeClock) => Promise<void>): Promise<void> {
  const real = { ...systemClock };
  const fake = new FakeClock();
  fake.useRandom(0.5);
  Object.assign(systemClock, {
    now: () => fake.now(),
    setTimeout: (callback: () => void, delay: number) => fake.setTimeout(callback, delay),
    clearTimeout: (handle: unknown) => {
      fake.clearTimeout(handle);
    },
    random: () => fake.random(),
  });
  try {
    await act(fake);
  } finally {
    Object.assign(systemClock, real);
  }
}
