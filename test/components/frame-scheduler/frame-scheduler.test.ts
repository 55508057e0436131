/** One write per frame (elements.md N8, issue 4 part 7). */
import { expect, nextFrame } from '@open-wc/testing';
import { cancelWrites, writeInFrame } from '../../../components/shared/frame-scheduler.js';
import { sharedRegistry } from '../../../components/shared/shared-registry.js';
import { waitUntil } from '../../wait-until.js';

const createOwner = (): Element => document.createElement('p');

/** The time of the frame that runs, the same throughout it. */
const frameTime = (): unknown => document.timeline.currentTime;

/** What a test replaces, so that it can be put back. */
const frameFunctions = (): {
  now: () => number;
  request: typeof requestAnimationFrame;
  cancel: typeof cancelAnimationFrame;
} => ({
  now: performance.now.bind(performance),
  request: window.requestAnimationFrame.bind(window),
  cancel: window.cancelAnimationFrame.bind(window),
});

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

  describe('when a frame has no time left', () => {
    const real = frameFunctions();
    let now = 0;
    let frames: FrameRequestCallback[] = [];
    let written: string[] = [];

    /** Asks for a write that takes so many milliseconds of the test's own clock. */
    const ask = (owner: Element, key: string, text: string, duration: number): void => {
      writeInFrame(owner, key, () => {
        now += duration;
        written.push(text);
      });
    };
    /** Runs one frame; what it wrote. */
    const runFrame = (): string[] => {
      const due = frames;
      frames = [];
      written = [];
      for (const callback of due) callback(now);
      return written;
    };

    beforeEach(() => {
      now = 0;
      frames = [];
      performance.now = () => now;
      window.requestAnimationFrame = (callback) => frames.push(callback);
      window.cancelAnimationFrame = () => undefined;
    });

    afterEach(() => {
      while (frames.length > 0) runFrame();
      performance.now = real.now;
      window.requestAnimationFrame = real.request;
      window.cancelAnimationFrame = real.cancel;
    });

    it('stops once 8 ms are used up, and goes on in the next one: all of it, in order, each once', () => {
      const owners = Array.from({ length: 1000 }, createOwner);
      owners.forEach((owner, index) => {
        ask(owner, 'text', `${index}`, 1);
      });
      const each: string[][] = [];
      while (frames.length > 0) each.push(runFrame());
      expect(each.length).to.equal(125);
      expect(new Set(each.map(({ length }) => length))).to.deep.equal(new Set([8]));
      expect(each.flat()).to.deep.equal(owners.map((_, index) => `${index}`));
    });

    it('stops between two writes of one owner as well', () => {
      const owner = createOwner();
      for (const text of ['a', 'b', 'c', 'd']) ask(owner, text, text, 6);
      expect(runFrame()).to.deep.equal(['a', 'b']);
      expect(runFrame()).to.deep.equal(['c', 'd']);
    });

    it('writes at least one, however long it takes', () => {
      for (const text of ['a', 'b']) ask(createOwner(), 'text', text, 100);
      expect(runFrame()).to.deep.equal(['a']);
      expect(runFrame()).to.deep.equal(['b']);
    });

    it('writes what is left in the place that it had, as it was asked for last', () => {
      const [first, second, third] = [createOwner(), createOwner(), createOwner()];
      ask(first, 'text', 'first', 10);
      ask(second, 'text', 'old', 1);
      ask(third, 'text', 'third', 1);
      expect(runFrame()).to.deep.equal(['first']);
      ask(first, 'text', 'first again', 1);
      ask(second, 'text', 'new', 1);
      expect(runFrame()).to.deep.equal(['new', 'third', 'first again']);
      expect(frames).to.deep.equal([]);
    });

    it('lets nobody wait for an owner that asks again in each of its writes', () => {
      const greedy = createOwner();
      const askAgain = (): void => {
        writeInFrame(greedy, 'text', () => {
          now += 10;
          written.push('greedy');
          if (written.length < 5) askAgain();
        });
      };
      askAgain();
      ask(createOwner(), 'text', 'patient', 1);
      expect(runFrame()).to.deep.equal(['greedy']);
      expect(runFrame()).to.deep.equal(['patient', 'greedy']);
      cancelWrites(greedy);
      expect(runFrame()).to.deep.equal([]);
    });

    it('forgets what is left of an owner, also while one of its writes runs', () => {
      const owner = createOwner();
      writeInFrame(owner, 'a', () => {
        cancelWrites(owner);
        written.push('a');
      });
      ask(owner, 'b', 'b', 1);
      ask(createOwner(), 'text', 'other', 1);
      expect(runFrame()).to.deep.equal(['a', 'other']);
      expect(frames).to.deep.equal([]);
    });
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
