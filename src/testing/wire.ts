/**
 * The wire as the server sees it. Names are spelled out here and not taken from `src/protocol/`: a double
 * that shared the client's constants would share its misspellings too.
 */

/** A frame from the server. */
export interface ServerFrame {
  readonly event: string;
  readonly channel?: string;
  readonly data?: unknown;
  readonly user_id?: string;
}

/** A frame from a client. `data` may come as a string that holds JSON (protocol.md §2.1). */
export interface ClientFrame {
  readonly event: string;
  readonly channel: string | undefined;
  /** As it came; client events are passed on this way. */
  readonly rawData: unknown;
  /** Decoded. */
  readonly data: unknown;
}

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a JSON text; undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A string member of a record; undefined when it is missing or something else. */
export function stringMember(value: unknown, name: string): string | undefined {
  const member = isRecord(value) ? value[name] : undefined;
  return typeof member === 'string' ? member : undefined;
}

/** Reads any frame; undefined when it is not one. */
export function readFrame(text: string): ClientFrame | undefined {
  const value = parseJson(text);
  if (!isRecord(value)) return undefined;
  const event = stringMember(value, 'event');
  if (event === undefined) return undefined;
  const rawData = value['data'];
  const data = typeof rawData === 'string' ? (parseJson(rawData) ?? rawData) : rawData;
  return { event, channel: stringMember(value, 'channel'), rawData, data };
}

/** The double encoding of protocol.md §2.1: a string stays, anything else becomes its JSON text. */
export function encodePayload(data: unknown): string {
  if (data === undefined) return 'null'; // what a publisher's library makes of nothing
  return typeof data === 'string' ? data : JSON.stringify(data);
}

/** A close reason is at most 123 bytes long (RFC 6455 §5.5); sockets throw on a longer one. */
export function fitCloseReason(reason: string): string {
  const encoder = new TextEncoder();
  let fitting = reason;
  while (encoder.encode(fitting).length > 123) fitting = fitting.slice(0, -1);
  return fitting;
}
