/** What a server, a network and an endpoint do wrong, drawn by dice. */
import type { Behavior, HandshakeBehavior, SubscribeBehavior } from '../../src/testing/index.js';
import type { Answer, AuthorizeHook, Configuration } from './action.js';
import type { Dice } from './dice.js';

/** Every class of close codes (protocol.md §6), and their edges. */
export const closeCodes: readonly number[] = [
  1000, 1001, 1002, 1004, 1005, 1006, 1011, 1015, 3000, 3999, 4000, 4001, 4004, 4009, 4042, 4099, 4100, 4100,
  4150, 4199, 4200, 4200, 4201, 4202, 4299, 4300, 4301, 4399, 4400, 4999,
];

/** The codes that a server can put into a close frame. */
export const sentCodes: readonly number[] = closeCodes.filter((code) => ![1005, 1006, 1015].includes(code));

/** The codes of error frames. */
export const errorCodes: readonly (number | null)[] = [null, 4001, 4004, 4009, 4100, 4200, 4300, 4301, 4302];

/** First frames that are no handshake. */
const garbage: readonly string[] = [
  '',
  'not JSON',
  '[]',
  '{"event":"tick","channel":"prices","data":"{}"}',
  '{"event":"pusher:ping","data":{}}',
  '{"event":"pusher:connection_established"}',
  '{"event":"pusher:connection_established","data":"{\\"socket_id\\":5}"}',
];

/** Scripts of the whole app. */
export const scripts: readonly Partial<Behavior>[] = [
  { ping: 'ignore' },
  { ping: 'answer' },
  { rejection: 'close-only' },
  { rejection: 'frame-only' },
  { errorData: 'string' },
  { pingsIdleClients: false },
];

/** A span of time in milliseconds. */
export function span(dice: Dice): number {
  return dice.weighted([
    [3, () => 0],
    [3, () => dice.whole(1, 100)],
    [4, () => dice.whole(100, 1500)],
    [4, () => dice.whole(1000, 12_000)],
    [2, () => dice.whole(10_000, 60_000)],
    [0.3, () => dice.whole(60_000, 200_000)],
  ])();
}

const delay = (dice: Dice): { delay?: number } =>
  dice.chance(0.5) ? {} : { delay: dice.pick([0, 5, 50, 400, 2000, 9000, 14_000]) };

export function handshake(dice: Dice): HandshakeBehavior {
  return dice.weighted<() => HandshakeBehavior>([
    [2, () => ({ type: 'silent' })],
    [2, () => ({ type: 'refuse' })],
    [1, () => ({ type: 'hang' })],
    [4, () => ({ type: 'close', code: dice.pick(closeCodes), ...delay(dice) })],
    [2, () => ({ type: 'raw', text: dice.pick(garbage) })],
    [
      4,
      () => ({
        type: 'error',
        code: dice.pick(errorCodes),
        data: dice.pick(['object', 'string'] as const),
        ...(dice.chance(0.4) ? { closeCode: dice.pick([null, 1000, 4100, 4001]) } : {}),
        ...delay(dice),
      }),
    ],
    [
      3,
      () => ({
        type: 'accept',
        ...delay(dice),
        data: dice.pick(['object', 'string'] as const),
        ...(dice.chance(0.5) ? { activityTimeout: dice.pick([null, 2, 7, 30, 120]) } : {}),
      }),
    ],
  ])();
}

/**
 * Without what no client could see through: "Existing subscription" to a first request, and refusals that name no
 * channel long after the request.
 */
export function subscribing(dice: Dice): SubscribeBehavior {
  return dice.weighted<() => SubscribeBehavior>([
    [2, () => ({ type: 'succeed', ...delay(dice) })],
    [2, () => ({ type: 'hold' })],
    [
      1,
      () => ({
        type: 'error',
        style: dice.pick(['no-current-subscription', 'error-without-channel'] as const),
      }),
    ],
    [
      1,
      () => ({
        type: 'error',
        style: dice.pick(['invalid-signature', 'subscription-error', 'internal-subscription-error'] as const),
        ...delay(dice),
      }),
    ],
  ])();
}

export function answer(dice: Dice): Answer {
  return dice.weighted<() => Answer>([
    [3, () => ({ kind: 'yes', ...delay(dice) })],
    [2, () => ({ kind: 'no', ...delay(dice), isRetryable: dice.chance(0.6) })],
    [1.5, () => ({ kind: dice.pick(['throw', 'hang', 'twice'] as const) })],
    [
      1.5,
      () => ({
        kind: dice.pick([
          'wrong-signature',
          'malformed-user',
          'no-user',
          'not-an-object',
          'no-secret',
        ] as const),
        ...delay(dice),
      }),
    ],
  ])();
}

export const authorizeHook = (dice: Dice): AuthorizeHook =>
  dice.pick<AuthorizeHook>([
    'prevent',
    'throw',
    { wait: span(dice) },
    { respondAfter: dice.pick([0, 300, 12_000]) },
  ]);

/** Settings of the client; the last of each is its default. */
export const durations: Readonly<Record<Exclude<keyof Configuration, 'reachability'>, readonly number[]>> = {
  activityTimeout: [2000, 10_000, 45_000, 120_000],
  pongTimeout: [500, 3000, 10_000, 30_000],
  unavailableTimeout: [0, 600, 5000, 30_000],
  unavailableRetryDelay: [700, 3000, 10_000],
  connectTimeout: [300, 3000, 10_000],
  subscriptionTimeout: [300, 3000, 10_000],
  releaseDelay: [0, 3000, 300],
  clientEventQueueLimit: [0, 5, 100],
  clientEventMaxAge: [0, 900, 10_000],
};

export function configuration(dice: Dice): Configuration {
  const names = Object.keys(durations) as (keyof typeof durations)[];
  const change: Record<string, unknown> = {};
  for (let count = dice.whole(1, 2); count > 0; count -= 1) {
    const name = dice.pick(names);
    change[name] = dice.pick(durations[name]);
  }
  if (dice.chance(0.2)) change['reachability'] = dice.pick(['auto', 'off'] as const);
  return change;
}
