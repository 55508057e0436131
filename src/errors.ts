/**
 * Errors are values: what happened, and the first thing to do about it. A wrong option throws one;
 * everything that the network or a server does is emitted, never thrown.
 */

/** Every reason this library gives, as a closed union that a program can switch over. */
export type PusherErrorCode =
  /** The application key is missing or cannot be one (seed C-02). */
  | 'invalid-app-key'
  /** An option has a value that it cannot have. */
  | 'invalid-option'
  /** A channel name that the service does not accept (protocol.md §7.1). */
  | 'invalid-channel-name'
  /** An event name that may not be used there. */
  | 'invalid-event-name'
  /** Bytes that are not a frame (protocol.md §2.1). */
  | 'malformed-frame'
  /** The server's first frame was not a handshake (protocol.md §3). */
  | 'handshake-failed'
  /** The server refused the connection, or closed it, with a code (protocol.md §6). */
  | 'connection-refused'
  /** The app's connection quota is used up: code 4004 (seed L-01). */
  | 'connection-limit'
  /** The connection could not be made, or was lost, without a word from the server. */
  | 'connection-lost'
  /** Nothing answered in time: an attempt, or a ping. */
  | 'timed-out'
  /** The server reported an error and kept the connection open (protocol.md §5). */
  | 'server-error'
  /** There is no signature for a private or presence channel, or for a user. */
  | 'authorization-failed'
  /** An event of an encrypted channel could not be opened. */
  | 'decryption-failed'
  /** The server refused a subscription, or never answered it. */
  | 'subscription-failed'
  /** A client event carries more than servers accept. */
  | 'event-too-large'
  /** Something that this channel or this client cannot do. */
  | 'unsupported'
  /** The client has been disposed of. */
  | 'disposed';

/** An error with a code to switch over, a sentence that says what happened, and one that says what to do. */
export class PusherError extends Error {
  override readonly name: string = 'PusherError';
  /** Why, as a word to switch over. */
  readonly code: PusherErrorCode;
  /** The first thing to do about it. */
  readonly remediation: string;

  constructor(code: PusherErrorCode, message: string, remediation: string, cause?: unknown) {
    super(`${message} ${remediation}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.remediation = remediation;
  }
}

/** Where a connection error comes from; the words that pusher-js uses, where it has one. */
export type ConnectionErrorType =
  /** The socket was refused or lost. */
  | 'WebSocketError'
  /** The server said so in a `pusher:error` frame on an open connection. */
  | 'PusherError'
  /** A frame could not be read. The connection stays open. */
  | 'MessageParseError'
  /** The first frame was not a handshake. */
  | 'HandshakeError'
  /** An attempt, or a ping, was not answered in time. */
  | 'TimeoutError'
  /** The client was asked for something impossible, such as connecting without an app key. */
  | 'ConfigurationError';

/**
 * The payload of the connection's `error` event. It carries both shapes that applications in the field
 * expect, `err.data.code` and `err.error.data.code` (seed L-03, L-04; requirements §3 row 12).
 */
export interface ConnectionError {
  readonly type: ConnectionErrorType;
  /** The protocol or close code; null where there is none. */
  readonly code: number | null;
  /** What happened. */
  readonly message: string;
  /** Why, as a word to switch over. */
  readonly reason: PusherErrorCode;
  /** The first thing to do about it. */
  readonly remediation: string;
  /** The older shape. */
  readonly data: { readonly code: number | null; readonly message: string };
  /** The newer shape. */
  readonly error: {
    readonly type: 'PusherError';
    readonly data: { readonly code: number | null; readonly message: string };
  };
  /** The bytes that could not be read, for `MessageParseError` and `HandshakeError`. */
  readonly raw?: unknown;
}

/** Builds the payload in both shapes from one set of facts. */
export function connectionError(facts: {
  type: ConnectionErrorType;
  code?: number | null | undefined;
  reason: PusherErrorCode;
  message: string;
  remediation: string;
  raw?: unknown;
}): ConnectionError {
  const { type, code = null, reason, message, remediation } = facts;
  const data = { code, message };
  return {
    type,
    code,
    message,
    reason,
    remediation,
    data,
    error: { type: 'PusherError', data },
    ...('raw' in facts ? { raw: facts.raw } : undefined),
  };
}

/** What whoever uses a client after `dispose()` is told. */
export const disposed = (): PusherError =>
  new PusherError('disposed', 'This client has been disposed of.', 'Make a new one with new Pusher().');
