/** Relative times keep themselves right at little cost (issue 4 part 7). */
import { expect } from '@open-wc/testing';
import { keepRelative } from '../../../components/shared/relative-time.js';
import { withFakeTime } from '../fake-time.js';

/** Keeps the text of a node on the page, and counts how often it is written. */
function keep(age: number): { node: HTMLElement; count: () => number } {
  const node = document.body.appendChild(document.createElement('time'));
  let count = 0;
  keepRelative(node, () => (count += 1), Date.now() - age);
  return { node, count: () => count };
}

function setHidden(isHidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('Relative times', () => {
  for (const [age, step, unit] of [
    [5000, 1000, 'second while they count seconds'],
    [120_000, 10_000, 'ten seconds while they count minutes'],
    [8_000_000, 60_000, 'minute afterwards'],
  ] as const)
    it(`are written again every ${unit}`, () =>
      withFakeTime(async (clock) => {
        const { node, count } = keep(age);
        await clock.advance(step * 3);
        expect(count()).to.equal(3);
        node.remove();
        await clock.advance(step);
        expect(count()).to.equal(3);
        expect(clock.pendingTimers).to.equal(0);
      }));

  it('need one timer, however many there are', () =>
    withFakeTime(async (clock) => {
      const texts = [keep(5000), keep(120_000), keep(8_000_000), keep(5000)];
      expect(clock.pendingTimers).to.equal(1);
      for (const { node } of texts) node.remove();
      await clock.advance(1000);
      expect(clock.pendingTimers).to.equal(0);
    }));

  it('rest while the page is hidden, and are right at once when it is seen', () =>
    withFakeTime(async (clock) => {
      const { node, count } = keep(5000);
      try {
        setHidden(true);
        await clock.advance(60_000);
        expect(count()).to.equal(0);
        expect(clock.pendingTimers).to.equal(0);
        setHidden(false);
        expect(count()).to.equal(1);
      } finally {
        Reflect.deleteProperty(document, 'hidden');
        node.remove();
        await clock.advance(1000);
      }
    }));

  it('are forgotten when the text is about no time any more', () =>
    withFakeTime(async (clock) => {
      const { node, count } = keep(5000);
      keepRelative(node, () => undefined, NaN);
      await clock.advance(5000);
      expect(count()).to.equal(0);
      node.remove();
    }));
});
