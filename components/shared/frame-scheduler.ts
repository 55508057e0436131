/**
 * When widgets write: once per frame, however many events came in. Of the writes under one key only the last
 * one happens. What takes long goes on in the next frame, so that the page stays responsive.
 */
import { systemClock } from '../../src/index.js';
import { sharedRegistry } from './shared-registry.js';

/** Milliseconds of one frame that writing may take. */
const budget = 8;
/** Milliseconds after which is written where frames do not come, as in a page that nobody sees. */
const patience = 250;

/** What is to be written; plain, because all copies of this library on a page share it. */
export interface FrameQueue {
  write(owner: Element, key: unknown, write: () => void): void;
  cancel(owner: Element): void;
}

/**
 * Writes with the next frame. A later write of the same owner and key takes the place of an earlier one; owners
 * are served in the order of their first request. A write that throws is reported, and the others go on.
 */
export function writeInFrame(owner: Element, key: unknown, write: () => void): void {
  (sharedRegistry().frames ??= createQueue()).write(owner, key, write);
}

/** Forgets what `owner` has not written yet; no timer stays for nothing. */
export function cancelWrites(owner: Element): void {
  sharedRegistry().frames?.cancel(owner);
}

function createQueue(): FrameQueue {
  const queue = new Map<Element, Map<unknown, () => void>>();
  let isScheduled = false;
  let frame = 0;
  let timer: unknown;

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    frame = requestAnimationFrame(flush);
    timer = systemClock.setTimeout(flush, patience);
  }

  function unschedule(): void {
    cancelAnimationFrame(frame);
    systemClock.clearTimeout(timer);
    isScheduled = false;
  }

  function flush(): void {
    unschedule();
    const until = performance.now() + budget;
    // What is requested from now on comes after these, and is for the next frame.
    let left = queue.size;
    for (const [owner, writes] of queue) {
      queue.delete(owner);
      for (const write of writes.values())
        try {
          write();
        } catch (error) {
          // One widget's trouble is not the others'.
          reportError(error);
        }
      if ((left -= 1) === 0 || performance.now() > until) break;
    }
    if (queue.size > 0) schedule();
  }

  return {
    write(owner, key, write) {
      let writes = queue.get(owner);
      if (!writes) queue.set(owner, (writes = new Map<unknown, () => void>()));
      writes.set(key, write);
      schedule();
    },
    cancel(owner) {
      if (queue.delete(owner) && queue.size === 0) unschedule();
    },
  };
}
