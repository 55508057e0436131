/** One write per frame (elements.md N8, issue 4 part 7). */
import { expect, nextFrame, waitUntil } from '@open-wc/testing';
import { cancelWrites, writeInFrame } from '../../../components/shared/frame-scheduler.js';
import { sharedRegistry } from '../../../components/shared/shared-registry.js';

const createOwner = (): Element => document.createElement('p');

/** The time of the frame that runs, the same throughout it. */
const frameTime = (): unknown => document.timeline.currentTime;

/** Keeps the processor busy. */
function work(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

describe('The frame scheduler', () => {
  it('writes nothing at once, and each key once with the next frame: what was asked for last', async () => {
    const owner = createOwner();
    const written: string[] = [];
    for (const text of ['a', 'b', 'c'])
      writeInFrame(owner, 'text', () => {
        written.push(text);
      });
    writeInFrame(owner, 'colour', () => {
      written.push('red');
    });
    expect(written).to.deep.equal([]);
    await nextFrame();
    expect(written).to.deep.equal(['c', 'red']);
    await nextFrame();
    await nextFrame();
    expect(written).to.deep.equal(['c', 'red']);
  });

  it('serves the owners in the order of their first request', async () => {
    const [first, second] = [createOwner(), createOwner()];
    const written: string[] = [];
    for (const [owner, text] of [
      [first, 'first'],
      [second, 'second'],
      [first, 'first again'],
    ] as const)
      writeInFrame(owner, 'text', () => {
        written.push(text);
      });
    await nextFrame();
    expect(written).to.deep.equal(['first again', 'second']);
  });

  it('keeps what is asked for during a frame for the next one', async () => {
    const owner = createOwner();
    const times: unknown[] = [];
    const write = (): void => {
      times.push(frameTime());
      if (times.length < 3) writeInFrame(owner, 'text', write);
    };
    writeInFrame(owner, 'text', write);
    await waitUntil(() => times.length === 3);
    expect(new Set(times).size).to.equal(3);
  });

  it('goes on in the next frame when the writes of one take long, so that the page can answer', async () => {
    const times: unknown[] = [];
    for (let count = 0; count < 4; count += 1)
      writeInFrame(createOwner(), 'text', () => {
        work(6);
        times.push(frameTime());
      });
    await waitUntil(() => times.length === 4);
    expect(times[0]).not.to.equal(times[3]);
  });

  it('reports a write that throws, and writes the others', async () => {
    const { reportError } = globalThis;
    const reported: unknown[] = [];
    globalThis.reportError = (error: unknown) => reported.push(error);
    try {
      let isWritten = false;
      const trouble = new Error('trouble');
      const owner = createOwner();
      writeInFrame(owner, 'bad', () => {
        throw trouble;
      });
      writeInFrame(owner, 'good', () => {
        isWritten = true;
      });
      await nextFrame();
      expect(reported).to.deep.equal([trouble]);
      expect(isWritten).to.equal(true);
    } finally {
      globalThis.reportError = reportError;
    }
  });

  it('writes by a timer where no frames come, as in a page that nobody sees', async () => {
    const real = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = () => 0;
    try {
      let isWritten = false;
      writeInFrame(createOwner(), 'text', () => {
        isWritten = true;
      });
      await waitUntil(() => isWritten);
    } finally {
      window.requestAnimationFrame = real;
    }
  });

  it('forgets what an owner has not written, and nobody else’s', async () => {
    const [gone, here] = [createOwner(), createOwner()];
    const written: string[] = [];
    writeInFrame(gone, 'text', () => {
      written.push('gone');
    });
    writeInFrame(here, 'text', () => {
      written.push('here');
    });
    cancelWrites(gone);
    await nextFrame();
    expect(written).to.deep.equal(['here']);
  });

  // elements.md §4.6: several copies on one page are one library.
  it('uses the queue of the copy of the library that was there first', () => {
    const registry = sharedRegistry();
    const own = registry.frames;
    const asked: unknown[] = [];
    registry.frames = {
      write: (_owner, key) => asked.push(key),
      cancel: () => undefined,
    };
    try {
      writeInFrame(createOwner(), 'text', () => undefined);
      expect(asked).to.deep.equal(['text']);
    } finally {
      delete registry.frames;
      if (own) registry.frames = own;
    }
  });
});
