/** The words for what can go wrong with a connection: what happened, and the first thing to do. Pure. */
import { connectionError } from '../errors.js';
import type { ConnectionError, ConnectionErrorType, PusherErrorCode } from '../errors.js';
import { closeReason } from '../protocol/close-codes.js';
import type { CloseAction } from '../protocol/close-codes.js';

/** First things to do, by code; others get the sentence of their kind. */
const remediations: Readonly<Record<number, string>> = {
  4000: 'Use an encrypted connection: leave forceTLS at its default.',
  4001: 'Check the application key, and that the cluster or host belongs to it.',
  4003: 'Enable the app in its dashboard.',
  4004: 'Close connections that are not needed, or raise the limit of the plan; then call connect().',
  4005: 'Check wsPath and the host: the server found nothing there.',
  4009: 'Sign in, or let the server allow this connection; then call connect().',
  4301: 'Send fewer client events: at most 10 a second.',
};

const wordFor = (code: number | null | undefined): PusherErrorCode => {
  if (code === 4004) return 'connection-limit';
  return code != null && code >= 4000 ? 'connection-refused' : 'connection-lost';
};

/** The server spoke a `pusher:error`: in the handshake it refuses, later it informs. */
export function serverError(
  code: number | null,
  message: string,
  type: ConnectionErrorType,
): ConnectionError {
  const isRefusal = type === 'WebSocketError';
  const word = wordFor(code);
  return connectionError({
    type,
    code,
    reason: isRefusal
      ? word === 'connection-lost'
        ? 'connection-refused'
        : word
      : code === 4004
        ? word
        : 'server-error',
    message: message || closeReason(code ?? undefined),
    remediation:
      (code !== null ? remediations[code] : undefined) ?? 'Read the message: it comes from the server.',
  });
}

/** The socket was closed from the other side, or never opened. */
export function closedError(code: number, reason: string, action: CloseAction): ConnectionError {
  return connectionError({
    type: 'WebSocketError',
    code,
    reason: wordFor(code),
    message: reason || closeReason(code),
    remediation:
      remediations[code] ??
      (action === 'fatal'
        ? 'Mend the cause, then call connect().'
        : 'Nothing, if it passes: the connection is tried again by itself.'),
  });
}

/** Nothing answered in time. */
export function timeoutError(message: string): ConnectionError {
  return connectionError({
    type: 'TimeoutError',
    reason: 'timed-out',
    message,
    remediation: 'Nothing, if it passes: the connection is tried again by itself.',
  });
}

/** The first frame was something else (protocol.md §3). */
export function handshakeError(raw: unknown): ConnectionError {
  return connectionError({
    type: 'HandshakeError',
    reason: 'handshake-failed',
    message: 'The first thing the server sent was not a handshake.',
    remediation: 'Check that host, port and path lead to a server that speaks the Pusher Channels protocol.',
    raw,
  });
}

/** A frame on an open connection could not be read. The connection stays open (protocol.md §2.1). */
export function parseError(message: string, remediation: string, raw: unknown): ConnectionError {
  return connectionError({ type: 'MessageParseError', reason: 'malformed-frame', message, remediation, raw });
}
