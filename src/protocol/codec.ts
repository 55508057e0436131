/**
 * Text to frame and back (protocol.md §2). Bad bytes are a value, never an exception: the connection
 * stays open whatever a server sends. Payloads are decoded late, by whoever reads them.
 */
import { PusherError } from '../errors.js';
import {
  ERROR,
  ESTABLISHED,
  INTERNAL_MEMBER_ADDED,
  INTERNAL_MEMBER_REMOVED,
  INTERNAL_SUBSCRIPTION_COUNT,
  INTERNAL_SUBSCRIPTION_ERROR,
  INTERNAL_SUBSCRIPTION_SUCCEEDED,
  PING,
  PONG,
  SUBSCRIPTION_ERROR,
} from './event-names.js';
import type { InboundFrame, OutboundFrame } from './frames.js';

/** A frame, or why there is none together with the bytes that were received. */
export type Decoded =
  | { readonly ok: true; readonly frame: InboundFrame }
  | { readonly ok: false; readonly error: PusherError; readonly raw: unknown };

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asString = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The codes are numbers; some servers write them as text. Anything else is no code. */
function asCode(value: unknown): number | null {
  const code = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof code === 'number' && Number.isInteger(code) ? code : null;
}

/**
 * The value of a payload: a string that holds JSON becomes what it holds, any other string stays as it
 * is, and so does anything that is not a string (protocol.md §2.1).
 */
export function decodePayload(rawData: unknown): unknown {
  if (typeof rawData !== 'string') return rawData;
  try {
    return JSON.parse(rawData) as unknown;
  } catch {
    return rawData;
  }
}

const objectPayload = (rawData: unknown): JsonObject => {
  const value = decodePayload(rawData);
  return isObject(value) ? value : {};
};

function malformed(raw: unknown, why: string, cause?: unknown): Decoded {
  return {
    ok: false,
    raw,
    error: new PusherError(
      'malformed-frame',
      `The server sent something that is not a frame: ${why}.`,
      'The connection stays open; check what the server, or a proxy before it, writes.',
      cause,
    ),
  };
}

/** Reads one frame. Unknown names become `{ kind: 'event' }`, so that the future is not an error. */
export function decodeFrame(raw: unknown): Decoded {
  if (typeof raw !== 'string') return malformed(raw, 'binary frames are not part of the protocol');
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (cause) {
    return malformed(raw, 'it is not JSON', cause);
  }
  if (!isObject(value)) return malformed(raw, 'it is JSON, but not an object');
  const { event } = value;
  if (typeof event !== 'string') return malformed(raw, 'it has no "event" name');
  const frame = event.startsWith('pusher') ? serviceFrame(event, value) : undefined;
  return { ok: true, frame: frame ?? eventFrame(event, value) };
}

/** Whether bytes are the server's welcome: `pusher:connection_established` (protocol.md §3). */
export function isWelcome(raw: unknown): boolean {
  const decoded = decodeFrame(raw);
  return decoded.ok && decoded.frame.kind === 'established';
}

function eventFrame(event: string, { channel, data, user_id }: JsonObject): InboundFrame {
  return {
    kind: 'event',
    event,
    channel: asString(channel),
    rawData: data,
    // Ids are strings for every purpose, also where a server writes a number (protocol.md §7.5).
    userId: typeof user_id === 'number' ? String(user_id) : asString(user_id),
  };
}

/** The frame of a service event, or undefined where the name or its payload means nothing to us. */
function serviceFrame(event: string, value: JsonObject): InboundFrame | undefined {
  const channel = asString(value['channel']);
  const rawData = value['data'];
  switch (event) {
    case ESTABLISHED: {
      const { socket_id, activity_timeout } = objectPayload(rawData);
      if (typeof socket_id !== 'string' || socket_id === '') return undefined;
      // Nothing but a number or its digits: an object may throw when it is converted.
      const seconds = typeof activity_timeout === 'string' ? Number(activity_timeout) : activity_timeout;
      return {
        kind: 'established',
        socketId: socket_id,
        activityTimeout:
          typeof seconds === 'number' && seconds > 0 && seconds < Infinity ? seconds : undefined,
      };
    }
    case ERROR: {
      const { code, message, error, channel: inner } = objectPayload(rawData);
      return {
        kind: 'error',
        code: asCode(code),
        message: asString(message) ?? asString(error) ?? asString(decodePayload(rawData)) ?? '',
        channel: channel ?? asString(inner),
      };
    }
    case PING:
      return { kind: 'ping' };
    case PONG:
      return { kind: 'pong' };
    case INTERNAL_SUBSCRIPTION_SUCCEEDED:
      return channel === undefined ? undefined : { kind: 'subscription-succeeded', channel, rawData };
    case SUBSCRIPTION_ERROR:
    case INTERNAL_SUBSCRIPTION_ERROR:
      return channel === undefined ? undefined : { kind: 'subscription-error', channel, rawData };
    case INTERNAL_MEMBER_ADDED:
      return channel === undefined ? undefined : { kind: 'member-added', channel, rawData };
    case INTERNAL_MEMBER_REMOVED:
      return channel === undefined ? undefined : { kind: 'member-removed', channel, rawData };
    case INTERNAL_SUBSCRIPTION_COUNT: {
      const count = objectPayload(rawData)['subscription_count'];
      return channel === undefined || typeof count !== 'number' || !(count >= 0)
        ? undefined
        : { kind: 'subscription-count', channel, count };
    }
    default:
      return undefined;
  }
}

/** The bytes of one frame; text stays as it is. The payload is a plain JSON value, not encoded twice (protocol.md §2.1). */
export function encodeFrame(frame: OutboundFrame | string): string {
  return typeof frame === 'string' ? frame : JSON.stringify(frame);
}
