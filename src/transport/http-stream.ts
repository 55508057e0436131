/**
 * The answer to a receive request: records, one a line, told apart by their first character (protocol.md §10).
 * Bad bytes never throw: what is no JSON is passed on as it is, for the codec to report.
 */

/** One record. */
export type HttpRecord =
  /** `o`: the session is open; it may go on at another host. */
  | { readonly type: 'open'; readonly hostname: string | undefined }
  /** `a` or `m`: frames. */
  | { readonly type: 'frames'; readonly frames: readonly unknown[] }
  /** `h`: the server is still there. */
  | { readonly type: 'heartbeat' }
  /** `c`: the server has closed. */
  | { readonly type: 'closed'; readonly code: number; readonly reason: string };

/** How long one record may be, in characters; what is longer is no record, and would fill the memory. */
export const longestRecord = 16_000_000;

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** The record of one line; undefined for an empty one and for one that only the future understands. */
export function readRecord(line: string): HttpRecord | undefined {
  const rest = line.slice(1);
  const parsed = parse(rest);
  switch (line.charAt(0)) {
    case 'o': {
      const { hostname } = (parsed?.value ?? {}) as { hostname?: unknown };
      return { type: 'open', hostname: typeof hostname === 'string' ? hostname : undefined };
    }
    case 'a':
      if (!parsed) return { type: 'frames', frames: [rest] };
      return { type: 'frames', frames: Array.isArray(parsed.value) ? parsed.value : [parsed.value] };
    case 'm':
      return { type: 'frames', frames: [parsed ? parsed.value : rest] };
    case 'h':
      return { type: 'heartbeat' };
    case 'c': {
      const [code, reason] = Array.isArray(parsed?.value) ? (parsed.value as unknown[]) : [];
      return {
        type: 'closed',
        code: typeof code === 'number' && Number.isInteger(code) ? code : 1006,
        reason: typeof reason === 'string' ? reason : '',
      };
    }
    default:
      return undefined;
  }
}

/** Cuts an answer into records, in whatever pieces it comes. */
export class RecordReader {
  #unread = '';

  /** Whether everything so far has been read: the answer may be left here. */
  get isBetweenRecords(): boolean {
    return this.#unread === '';
  }

  /** The records that `chunk` completes. Throws a `RangeError` when a record does not end. */
  push(chunk: string): HttpRecord[] {
    const lines = (this.#unread + chunk).split('\n');
    this.#unread = lines.pop() ?? '';
    if (this.#unread.length > longestRecord) throw new RangeError('The server sent a record without an end.');
    return records(lines);
  }

  /** The answer is complete: what is left is the last record, though nothing ends it. */
  end(): HttpRecord[] {
    const left = this.#unread;
    this.#unread = '';
    return records([left]);
  }
}

const records = (lines: readonly string[]): HttpRecord[] =>
  lines.map(readRecord).filter((record) => record !== undefined);
