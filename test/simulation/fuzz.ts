/** A million mutated frames: into the codec, into the handshake, and into a connected client (issue 3, item 9). */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { decodeFrame, decodePayload } from '../../src/protocol/codec.js';
import { Dice } from './dice.js';
import { mutatedFrame, shownFrame } from './fuzz-frames.js';
import { FuzzRig } from './fuzz-rig.js';

/** What went wrong, with the frames that lead there. */
export interface FuzzFailure {
  readonly trouble: string;
  readonly frames: readonly string[];
}

const batchSize = 500;
/** After how many batches the connection is broken, and made again through bad handshakes. */
const batchesPerConnection = 20;
const badHandshakes = 25;
/** What the client may keep of all that it was told, in bytes. */
const heapLimit = 16_000_000;

const kinds = new Set([
  'established',
  'error',
  'ping',
  'pong',
  'subscription-succeeded',
  'subscription-error',
  'subscription-count',
  'member-added',
  'member-removed',
  'event',
]);

/** Whatever it is given, the codec answers with a frame or with a reason. */
function checkCodec(raw: unknown): string | undefined {
  try {
    const decoded = decodeFrame(raw);
    if (!decoded.ok) return decoded.error.message && decoded.raw === raw ? undefined : 'no reason was given';
    const { frame } = decoded;
    if (!kinds.has(frame.kind)) return `a frame of the kind ${frame.kind}`;
    if ('channel' in frame && frame.channel !== undefined && typeof frame.channel !== 'string')
      return 'a channel that is not a string';
    if ('rawData' in frame) decodePayload(frame.rawData);
    return undefined;
  } catch (error) {
    return `the codec threw: ${String(error)}`;
  }
}

/** What a fresh client makes of these frames. */
function troubleWith(frames: readonly unknown[], isHandshake: boolean): string | undefined {
  const rig = new FuzzRig();
  if (!isHandshake) rig.establish();
  for (const raw of frames) {
    if (isHandshake) rig.reopen();
    rig.feed(raw);
  }
  rig.pass(1000);
  if (isHandshake) rig.establish();
  rig.probe();
  return rig.trouble;
}

/** Leaves out frames as long as the trouble stays. */
function shrinkFrames(frames: unknown[], trouble: string, isHandshake: boolean): FuzzFailure {
  let kept = frames;
  if (troubleWith(kept, isHandshake) !== undefined)
    for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
      for (let from = 0; from < kept.length;) {
        const fewer = [...kept.slice(0, from), ...kept.slice(from + size)];
        if (troubleWith(fewer, isHandshake) !== undefined) kept = fewer;
        else from += size;
      }
  return { trouble, frames: kept.slice(0, 20).map(shownFrame) };
}

/**
 * Feeds `count` frames; undefined where the client has taken them all. `uncaught` says what went uncaught elsewhere,
 * and `beat` hears that it goes on.
 */
export function fuzz(
  seed: number,
  count: number,
  uncaught: () => string | undefined,
  beat: () => void,
): FuzzFailure | undefined {
  const dice = new Dice(seed);
  const rig = new FuzzRig();
  let heapBefore: number | undefined;
  for (let fed = 0, batch = 0; fed < count; batch += 1) {
    beat();
    const isHandshake = batch % batchesPerConnection === 0;
    const size = Math.min(isHandshake ? badHandshakes : batchSize, count - fed);
    const frames = Array.from({ length: size }, () => mutatedFrame(dice));
    fed += size;
    for (const raw of frames) rig.trouble ??= checkCodec(raw);
    feed(rig, frames, isHandshake);
    rig.trouble ??= uncaught();
    if (rig.trouble) return shrinkFrames(frames, rig.trouble, isHandshake);
    if (!isHandshake || batch === 0) continue;
    // Everything that belonged to the last connection is over now.
    heapBefore ??= heapUsed();
    const grown = heapUsed() - heapBefore;
    if (grown > heapLimit)
      return { trouble: `the heap has grown by ${grown} bytes after ${fed} frames`, frames: [] };
  }
  return undefined;
}

function feed(rig: FuzzRig, frames: readonly unknown[], isHandshake: boolean): void {
  if (isHandshake) {
    rig.drop();
    for (const raw of frames) {
      rig.reopen();
      rig.feed(raw);
    }
    rig.establish();
  } else for (const raw of frames) rig.feed(raw);
  rig.pass(1000);
  rig.probe();
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
