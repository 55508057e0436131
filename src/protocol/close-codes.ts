/** What to do after a connection, or an attempt, ended: one row per range, with its reason (protocol.md §6). */

/**
 * - `at-once`: the first time without delay, then as `retry`.
 * - `retry`: soon, with jitter that grows.
 * - `backoff`: like `retry`, but never sooner than a second.
 * - `switch-to-tls`: at once, encrypted.
 * - `fatal`: never; retrying unchanged cannot help.
 */
export type CloseAction = 'at-once' | 'retry' | 'backoff' | 'switch-to-tls' | 'fatal';

interface Row {
  readonly from: number;
  readonly to: number;
  readonly action: CloseAction;
  /** Why this action; the reader's documentation, and the message where a server gave none. */
  readonly because: string;
}

/** The table, in ascending order and without gaps from 1000 on. */
export const closeCodes: readonly Row[] = [
  { from: 1000, to: 1001, action: 'retry', because: 'The server closed normally.' },
  {
    from: 1002,
    to: 1004,
    action: 'backoff',
    because: 'A peer broke the WebSocket protocol; hurrying repeats it.',
  },
  {
    from: 1005,
    to: 3999,
    action: 'retry',
    because: 'The link broke, or a library closed it without a Pusher code.',
  },
  { from: 4000, to: 4000, action: 'switch-to-tls', because: 'The app accepts encrypted connections only.' },
  { from: 4001, to: 4001, action: 'fatal', because: 'There is no app with this key.' },
  { from: 4002, to: 4002, action: 'fatal', because: 'Reserved by the protocol: do not retry unchanged.' },
  { from: 4003, to: 4003, action: 'fatal', because: 'The app is disabled.' },
  { from: 4004, to: 4004, action: 'fatal', because: 'The app has reached its connection limit.' },
  { from: 4005, to: 4005, action: 'fatal', because: 'The path was not found.' },
  { from: 4006, to: 4006, action: 'fatal', because: 'The server could not read the version of the client.' },
  {
    from: 4007,
    to: 4007,
    action: 'fatal',
    because: 'The server does not speak this version of the protocol.',
  },
  { from: 4008, to: 4008, action: 'fatal', because: 'No protocol version was given.' },
  { from: 4009, to: 4009, action: 'fatal', because: 'The connection is not authorized.' },
  { from: 4010, to: 4099, action: 'fatal', because: 'Reserved by the protocol: do not retry unchanged.' },
  {
    from: 4100,
    to: 4199,
    action: 'backoff',
    because: 'The server is over capacity: wait at least a second.',
  },
  { from: 4200, to: 4299, action: 'at-once', because: 'The server asks to reconnect at once.' },
  {
    from: 4300,
    to: 4399,
    action: 'fatal',
    because: 'Information as a frame; as a close code the server means it.',
  },
  { from: 4400, to: 4999, action: 'fatal', because: 'Unassigned: nothing says that a retry would help.' },
];

const unknown: Row = { from: 0, to: 0, action: 'retry', because: 'The connection ended without a code.' };

const rowOf = (code: number | undefined): Row =>
  closeCodes.find(({ from, to }) => code !== undefined && code >= from && code <= to) ?? unknown;

/**
 * The action for a close code, or for the code of a `pusher:error` that ended a handshake. 4000 is fatal
 * when the connection was encrypted already: there is nothing left to switch to.
 */
export function closeAction(code: number | undefined, usedTLS: boolean): CloseAction {
  const { action } = rowOf(code);
  return action === 'switch-to-tls' && usedTLS ? 'fatal' : action;
}

/** Why a code ends a connection, in a sentence. */
export const closeReason = (code: number | undefined): string => rowOf(code).because;

/** A normal closure is no error (seed E-08): nothing is reported for it. */
export const isNormalClosure = (code: number | undefined): boolean => code === 1000 || code === 1001;
