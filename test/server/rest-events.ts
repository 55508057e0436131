/** Reads what a publisher sent, and refuses what the hosted service refuses (protocol.md §9, §11). */
import { isValidChannelName } from '../../src/testing/channel-kind.js';
import { json, refusal, type HttpAnswer } from './http-exchange.js';

export interface RestEvent {
  readonly event: string;
  readonly channels: readonly string[];
  readonly data: string;
  readonly socketId: string | undefined;
  /** What the publisher wants to know of the channels. */
  readonly info: ReadonlySet<string>;
}

const longestName = 200;
const longestData = 10_240;
const mostChannels = 100;
const longestBatch = 10;
const socketIdFormat = /^\d+\.\d+$/;

/** The body of `POST events`: one event, or the refusal. */
export function readEvent(body: string): readonly RestEvent[] | HttpAnswer {
  const event = parseEvent(parse(body));
  return 'status' in event ? event : [event];
}

/** The body of `POST batch_events`: up to ten events, or the refusal of the first bad one. */
export function readBatch(body: string): readonly RestEvent[] | HttpAnswer {
  const batch = asRecord(parse(body))?.['batch'];
  if (!Array.isArray(batch)) return refusal(400, 'The body must be {"batch": […]}');
  if (batch.length > longestBatch) return refusal(400, `A batch has at most ${longestBatch} events`);
  const events: RestEvent[] = [];
  for (const entry of batch) {
    const event = parseEvent(entry);
    if ('status' in event) return event;
    events.push(event);
  }
  return events;
}

function parseEvent(value: unknown): RestEvent | HttpAnswer {
  const body = asRecord(value);
  if (!body) return refusal(400, 'An event must be a JSON object');
  const { name: event, channel, channels = channel, data, socket_id: socketId, info } = body;
  const names: unknown[] = Array.isArray(channels) ? channels : [channels];
  if (typeof event !== 'string' || event === '') return refusal(400, 'An event needs a name');
  if (event.length > longestName) return refusal(400, `An event name has at most ${longestName} characters`);
  if (names.length === 0 || names.length > mostChannels)
    return refusal(400, `An event goes to between 1 and ${mostChannels} channels`);
  if (!names.every((name) => typeof name === 'string')) return refusal(400, 'An event needs a channel');
  const refused = names.find((name) => !isValidChannelName(name));
  if (refused !== undefined) return refusal(400, `Not a channel name: ${refused}`);
  if (typeof data !== 'string') return refusal(400, 'The data of an event must be a string');
  if (Buffer.byteLength(data) > longestData)
    return json(413, { error: `The data of an event must be at most ${longestData} bytes` });
  if (socketId !== undefined && socketId !== null && !isSocketId(socketId))
    return refusal(400, 'The socket_id must look like 123.456');
  return {
    event,
    channels: names,
    data,
    socketId: isSocketId(socketId) ? socketId : undefined,
    info: new Set(typeof info === 'string' ? info.split(',').filter(Boolean) : []),
  };
}

function isSocketId(value: unknown): value is string {
  return typeof value === 'string' && socketIdFormat.test(value);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
