/** Frames that a server sends, and what becomes of them in bad hands: changed in their structure, in their text, in their type. */
import type { Dice } from './dice.js';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type JsonObject = Record<string, Json>;

/** The channels that the client under test holds. */
export const fuzzedChannels: readonly string[] = [
  'prices',
  'cache-score',
  'private-orders',
  'presence-lobby',
  'private-encrypted-vault',
  'constructor',
  '__proto__',
];

const roster: Json = { presence: { ids: ['me', 'ann'], hash: { me: null, ann: { name: 'Ann' } }, count: 2 } };

/** One frame of every kind that servers are known to send (protocol.md §2.2), with its payload in the clear. */
function realFrames(channel: string): JsonObject[] {
  const about = (event: string, data: Json): JsonObject => ({ event, channel, data });
  return [
    { event: 'pusher:connection_established', data: { socket_id: '710.442', activity_timeout: 120 } },
    { event: 'pusher:error', data: { code: 4301, message: 'Too many client events' } },
    { event: 'pusher:error', data: { code: null, message: `Existing subscription to channel ${channel}` } },
    { event: 'pusher:error', data: { code: 4009, message: 'Connection is unauthorized' } },
    {
      event: 'pusher:error',
      data: {
        code: null,
        message: `Invalid signature: Expected HMAC SHA256 hex digest of 710.442:${channel}, but got x`,
      },
    },
    { event: 'pusher:error', channel, data: { type: 'LimitReached', error: 'over quota', code: 4004 } },
    { event: 'pusher:ping', data: {} },
    { event: 'pusher:pong', data: {} },
    about('pusher_internal:subscription_succeeded', channel.startsWith('presence-') ? roster : {}),
    about('pusher_internal:subscription_count', { subscription_count: 7 }),
    about('pusher:subscription_error', { type: 'AuthError', error: 'no', status: 401 }),
    about('pusher_internal:subscription_error', {}),
    about('pusher_internal:member_added', { user_id: 'cy', user_info: { name: 'Cy' } }),
    about('pusher_internal:member_added', { user_id: 17 }),
    about('pusher_internal:member_removed', { user_id: 'cy' }),
    about('pusher:cache_miss', {}),
    about('tick', { bid: 41 }),
    about('client-typing', { on: true }),
    { ...about('client-typing', 'on'), user_id: 'ann' },
    about('sealed', {
      nonce: 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcY',
      ciphertext: 'ZD4R6p2n2TqLA9YvOhutPqpsKVFvDZk=',
    }),
    { event: 'pusher:signin_success', data: { user_data: '{"id":"me","user_info":{"name":"Me"}}' } },
    { event: 'pusher_internal:watchlist_events', data: { events: [{ name: 'online', user_ids: ['ann'] }] } },
    { event: 'tick', channel: '#server-to-user-me', data: { n: 1 } },
    { event: 'broadcast', data: 'to everybody' },
  ];
}

const corpus: readonly JsonObject[] = fuzzedChannels.flatMap(realFrames);

/** Names that mean something to JavaScript or to the protocol. */
const traps: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  'toJSON',
  'length',
  'event',
  'channel',
  'data',
  'user_id',
  'presence',
  'ids',
  'hash',
  'count',
  'code',
  'message',
  'pusher:',
  'pusher_internal:',
  'client-',
  '#server-to-user-',
  'subscription_succeeded',
];

const values: readonly Json[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1,
  1e308,
  -1e308,
  5e-324,
  Number.MAX_SAFE_INTEGER + 2,
  4000,
  4100,
  4200,
  '',
  ' ',
  '0',
  '1e999',
  'null',
  '{}',
  '[]',
  '{"__proto__":{"polluted":1}}',
  '"',
  '\u0000',
  '\ud800',
  '\u2028',
  '💥'.repeat(20),
  [],
  {},
  [[[[]]]],
  [null, {}, 'x'],
];

/** As deep as this, or as long: seldom, because it is slow. */
const deepest = 5000;
const longest = 100_000;

/** A frame that no correct server sends, or, now and then, one that it does. */
export function mutatedFrame(dice: Dice): unknown {
  const frame = structuredClone(dice.pick(corpus));
  for (let count = dice.pick([0, 1, 1, 1, 2, 3]); count > 0; count -= 1) mutate(frame, dice);
  if (dice.chance(0.6) && 'data' in frame) frame['data'] = JSON.stringify(frame['data']);
  let text = JSON.stringify(frame);
  if (dice.chance(0.002)) text = deepened(text, dice);
  if (dice.chance(0.2)) text = damaged(text, dice);
  return dice.chance(0.02) ? ofAnotherType(text, dice) : text;
}

/** Changes one place of the tree. */
function mutate(root: JsonObject, dice: Dice): void {
  let at: JsonObject | Json[] = root;
  for (;;) {
    const inside: (JsonObject | Json[])[] = Object.values(at).filter(
      (value): value is JsonObject | Json[] => typeof value === 'object' && value !== null,
    );
    if (inside.length === 0 || dice.chance(0.4)) break;
    at = dice.pick(inside);
  }
  if (Array.isArray(at)) {
    // A list is changed as if it had names, and made a list again.
    const list: JsonObject = Object.fromEntries(at.entries());
    set(list, String(dice.whole(0, at.length)), dice);
    at.splice(0, at.length, ...Object.values(list));
    return;
  }
  const names = Object.keys(at);
  set(at, names.length > 0 && dice.chance(0.8) ? dice.pick(names) : dice.pick(traps), dice);
}

function set(target: JsonObject, name: string, dice: Dice): void {
  const put = (value: Json): void => {
    // Not an assignment: "__proto__" has to become a member like any other.
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  };
  const old = Object.hasOwn(target, name) ? target[name]! : null;
  dice.weighted<() => void>([
    [5, () => put(structuredClone(dice.pick(values)))],
    [2, () => put(dice.pick(traps))],
    [2, () => put(other(dice))],
    [1.5, () => Reflect.deleteProperty(target, name)],
    [1, () => put([old])],
    [1, () => put({ [dice.pick(traps)]: old })],
    [1, () => put(typeof old === 'string' ? damaged(old, dice) : JSON.stringify(old))],
    [0.02, () => put('x'.repeat(dice.whole(1000, longest)))],
    [0.3, () => put(dice.roll() * 10 ** dice.whole(-300, 300))],
  ])();
}

/** A value from another frame. */
function other(dice: Dice): Json {
  const frame = dice.pick(corpus);
  return structuredClone(dice.pick(Object.values(frame)));
}

/** Deep inside arrays or objects. */
function deepened(text: string, dice: Dice): string {
  const depth = dice.whole(100, deepest);
  const [open, close] = dice.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['{"data":', '}'],
  ] as const);
  const deep = open.repeat(depth) + 'null' + close.repeat(depth);
  return dice.chance(0.5) ? deep : text.replace(/"data":.*/, `"data":${deep}}`);
}

/** Bytes lost, repeated, or replaced. */
function damaged(text: string, dice: Dice): string {
  const at = dice.whole(0, text.length);
  const to = Math.min(text.length, at + dice.whole(0, 8));
  return dice.weighted<() => string>([
    [3, () => text.slice(0, at)],
    [2, () => text.slice(0, at) + text.slice(to)],
    [1, () => text.slice(0, to) + text.slice(at)],
    [
      2,
      () =>
        text.slice(0, at) +
        dice.pick(['"', '\\', '{', '}', ',', '\u0000', '\ud800', '\ufffd', 'e', '-', '\\u12']) +
        text.slice(to),
    ],
    [1, () => `\ufeff${text}`],
    [1, () => text + text],
    [1, () => utf8Truncated(text, at)],
  ])();
}

/** As if a proxy had cut the bytes and decoded what was left. */
const utf8Truncated = (text: string, at: number): string =>
  new TextDecoder().decode(new TextEncoder().encode(`${text.slice(0, at)}é💥`).slice(0, -1));

/** A transport hands over whatever came. */
const ofAnotherType = (text: string, dice: Dice): unknown =>
  dice.pick<() => unknown>([
    () => new TextEncoder().encode(text),
    () => new TextEncoder().encode(text).buffer,
    () => undefined,
    () => null,
    () => 7,
    () => ({ event: 'tick', channel: 'prices' }),
    () => [text],
    () => Symbol.iterator,
  ])();

/** A frame as it can be printed. */
export const shownFrame = (raw: unknown): string =>
  typeof raw === 'string'
    ? raw.length > 400
      ? `${JSON.stringify(raw.slice(0, 400))}… (${raw.length} characters)`
      : JSON.stringify(raw)
    : Object.prototype.toString.call(raw);
