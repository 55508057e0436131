/** The first frame of a connection decides what becomes of it (protocol.md §3). Pure. */
import type { InboundFrame } from '../protocol/frames.js';
import type { Input } from './connection-model.js';

/** What the machine is told of it; `frame` is undefined where it is none. */
export function firstInput(generation: number, raw: unknown, frame: InboundFrame | undefined): Input {
  if (frame?.kind === 'established') {
    const { socketId, activityTimeout } = frame;
    return { type: 'established', generation, socketId, activityTimeout };
  }
  return frame?.kind === 'error'
    ? { type: 'refused', generation, code: frame.code, message: frame.message }
    : { type: 'handshake-failed', generation, raw };
}
