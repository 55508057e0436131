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

type Writes = Map<Element, Map<unknown, () => void>>;

function createQueue(): FrameQueue {
  /** What this frame writes, or did not come to: the next one begins with it. */
  const due: Writes = new Map();
  /** What was asked for since the last frame began. */
  const requested: Writes = new Map();
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
    for (const [owner, writes] of requested) for (const [key, write] of writes) put(due, owner, key, write);
    requested.clear();
    writeUntil(until);
    if (due.size + requested.size > 0) schedule();
  }

  /** At least one, so that it goes on where even that takes too long. */
  function writeUntil(end: number): void {
    for (const [owner, writes] of due)
      for (const [key, write] of writes) {
        writes.delete(key);
        if (writes.size === 0) due.delete(owner);
        try {
          write();
        } catch (error) {
          // One widget's trouble is not the others'.
          reportError(error);
        }
        if (performance.now() >= end) return;
      }
  }

  return {
    write(owner, key, write) {
      put(due.get(owner)?.has(key) ? due : requested, owner, key, write);
      schedule();
    },
    cancel(owner) {
      due.get(owner)?.clear(); // also where its turn is now
      due.delete(owner);
      requested.delete(owner);
      if (due.size + requested.size === 0) unschedule();
    },
  };
}

/** In the place of an earlier one of the same key, or as the last. */
function put(writes: Writes, owner: Element, key: unknown, write: () => void): void {
  let own = writes.get(owner);
  if (!own) writes.set(owner, (own = new Map<unknown, () => void>()));
  own.set(key, write);
}
