/** Schedules from seeds. Each seed has a cast and themes of its own, so that some storm where others are calm. */
import { bystanderCount, channelNames, holderCount, moments } from './action.js';
import type { Action, Command, Moment, Schedule, Setup } from './action.js';
import { Dice } from './dice.js';
import {
  answer,
  authorizeHook,
  configuration,
  durations,
  errorCodes,
  handshake,
  scripts,
  sentCodes,
  span,
  subscribing,
} from './faults.js';

/** The dice of one schedule, which play with few channels and few holders, so that these meet. */
class Cast extends Dice {
  readonly #channels: readonly number[];
  readonly #holders: number;

  constructor(seed: number) {
    super(seed);
    const all = channelNames.map((_, index) => index);
    this.#channels = Array.from({ length: this.pick([1, 1, 2, 3, 5]) }, () => this.pick(all));
    this.#holders = this.whole(1, holderCount);
  }

  channel(): number {
    return this.pick(this.#channels);
  }

  /** One of those in play that other people can do something on; any other where there is none. */
  shared(): number {
    const shared = this.#channels.filter((index) =>
      /^(?:presence|private)-(?!encrypted)/.test(channelNames[index]!),
    );
    return shared.length > 0 ? this.pick(shared) : 4;
  }

  sealed(): number {
    const sealed = this.#channels.filter((index) => channelNames[index]!.startsWith('private-encrypted-'));
    return sealed.length > 0 ? this.pick(sealed) : 6;
  }

  holder(): number {
    return this.whole(0, this.#holders - 1);
  }
}

type Maker<Made = Action> = (cast: Cast) => Made;
type Weighted<Made = Action> = readonly (readonly [weight: number, maker: Maker<Made>])[];

const holding: Weighted<Command> = [
  [5, (cast) => ({ type: 'subscribe', channel: cast.channel() })],
  [3, (cast) => ({ type: 'unsubscribe', channel: cast.channel() })],
  [
    4,
    (cast) => ({
      type: 'acquire',
      holder: cast.holder(),
      channel: cast.channel(),
      ...(cast.chance(0.3) ? { linger: cast.pick([0, 50, 5000]) } : {}),
    }),
  ],
  [3, (cast) => ({ type: 'release', holder: cast.holder() })],
  [0.7, (cast) => ({ type: 'retry-channel', channel: cast.channel() })],
  [1, (cast) => ({ type: 'listen', channel: cast.channel() })],
  [0.7, (cast) => ({ type: 'unlisten', channel: cast.channel() })],
];

const connecting: Weighted<Command> = [
  [3, () => ({ type: 'connect' })],
  [2, () => ({ type: 'disconnect' })],
  [1, () => ({ type: 'retry' })],
  [0.4, (cast) => ({ type: 'switch-cluster', cluster: cast.pick(['eu', 'us2']) })],
  [0.5, (cast) => ({ type: 'automatic', isOn: cast.chance(0.7) })],
  [0.5, (cast) => ({ type: 'delay', milliseconds: cast.pick([null, null, 500, 2500, 20_000]) })],
];

const others: Weighted<Command> = [
  [2, () => ({ type: 'signin' })],
  [1, () => ({ type: 'signout' })],
  [2, (cast) => ({ type: 'trigger', channel: cast.channel(), count: cast.pick([1, 2, 12, 30]) })],
  [1, (cast) => ({ type: 'configure', change: configuration(cast) })],
  [
    1,
    (cast) => ({
      type: 'promise',
      of: cast.pick(['connected', 'subscribed', 'ping'] as const),
      aborts: cast.chance(0.3),
    }),
  ],
];

/** Those that come often are drawn often. */
const drawnMoments: readonly Moment[] = [
  ...moments,
  'event',
  'event',
  'event',
  'connected',
  'lost',
  'state_change',
];

const draw = <Made>(from: Weighted<Made>): Maker<Made> => {
  return (cast) => cast.weighted(from)(cast);
};

const anyCommand = draw<Command>([
  [2, draw(connecting)],
  [3, draw(holding)],
  [1, draw(others)],
  [0.1, () => ({ type: 'dispose' })],
]);

/** Every kind of action with its usual weight. */
const kinds: Weighted = [
  [9, (cast) => ({ type: 'wait', milliseconds: span(cast) })],
  [9, draw(holding)],
  [2.5, draw(connecting)],
  [2.5, draw(others)],
  [0.8, (cast) => ({ type: 'sleep', milliseconds: span(cast) })],
  [
    1.5,
    (cast) => ({
      type: cast.pick(['offline', 'online', 'online'] as const),
      link: cast.chance(0.8),
      signal: cast.chance(0.8),
    }),
  ],
  [
    1,
    (cast) => ({ type: 'page', signal: cast.pick(['probe', 'probe', 'page-hidden', 'page-shown'] as const) }),
  ],
  [1.2, (cast) => ({ type: cast.pick(['pause', 'resume', 'resume', 'silence'] as const) })],
  [0.2, (cast) => ({ type: 'support', isThere: cast.chance(0.7) })],
  [
    1.2,
    (cast) => ({
      type: 'reply',
      fault: cast.pick(['lose', 'duplicate', 'delay'] as const),
      milliseconds: span(cast),
    }),
  ],
  [2, () => ({ type: 'drop' })],
  [2, (cast) => ({ type: 'close', code: cast.pick(sentCodes) })],
  [0.4, () => ({ type: 'server-ping' })],
  [
    0.6,
    (cast) => ({
      type: 'faulty',
      fault: cast.pick([
        'garbage',
        'array',
        'no-event',
        'unknown-pusher-event',
        'unknown-channel',
        'binary',
      ] as const),
    }),
  ],
  [0.5, (cast) => ({ type: 'error-frame', code: cast.pick(errorCodes) })],
  [3, (cast) => ({ type: 'handshake', behavior: handshake(cast), times: cast.whole(1, 3) })],
  [0.7, (cast) => ({ type: 'outage', isOn: cast.chance(0.5) })],
  [0.5, (cast) => ({ type: 'script', behavior: cast.pick(scripts) })],
  [2, (cast) => ({ type: 'subscribing', channel: cast.channel(), behavior: subscribing(cast) })],
  [1, (cast) => ({ type: 'acknowledge', channel: cast.channel() })],
  [4, (cast) => ({ type: 'publish', channel: cast.channel(), count: cast.whole(1, 3) })],
  [0.7, () => ({ type: 'tell-user' })],
  [
    2,
    (cast) => ({
      type: 'rotate',
      channel: cast.sealed(),
      count: cast.pick([0, 1, 3]),
      lags: cast.chance(0.4),
    }),
  ],
  [0.2, (cast) => ({ type: 'tls-only', isOn: cast.chance(0.5) })],
  [
    2,
    (cast) => ({
      type: cast.pick(['join', 'join', 'leave', 'say'] as const),
      who: cast.whole(0, bystanderCount - 1),
      channel: cast.shared(),
    }),
  ],
  [
    3,
    (cast) => ({
      type: 'inside',
      moment: cast.pick(drawnMoments),
      commands: Array.from({ length: cast.pick([1, 1, 2]) }, () => anyCommand(cast)),
    }),
  ],
  [1, (cast) => ({ type: 'throw', moment: cast.pick(drawnMoments) })],
  [
    0.6,
    (cast) => ({
      type: 'veto',
      hook: cast.pick(['beforeConnect', 'beforeReconnect'] as const),
      times: cast.whole(1, 2),
    }),
  ],
  [0.6, (cast) => ({ type: 'plan', seconds: cast.pick([0, 0.3, 2, 15, -1]), times: cast.whole(1, 3) })],
  [2.5, (cast) => ({ type: 'answer', answer: answer(cast), times: cast.whole(1, 4) })],
  [0.5, (cast) => ({ type: 'authorize-hook', hook: authorizeHook(cast), times: cast.whole(1, 2) })],
];

function setup(dice: Dice): Setup {
  const isUsual = dice.chance(0.4);
  const settings = Object.fromEntries(
    Object.entries(durations).map(([name, values]) => [name, isUsual ? values.at(-1)! : dice.pick(values)]),
  ) as Record<keyof typeof durations, number>;
  return {
    latency: dice.pick([0, 0, 0, 30, 250, 1500]),
    forceTLS: dice.chance(0.7),
    connectAutomatically: dice.chance(0.9),
    reconnectAutomatically: dice.chance(0.93),
    reconnectDelay: dice.chance(0.8) ? null : dice.pick([500, 5000]),
    stableAfter: dice.pick([10_000, 10_000, 0, 1500]),
    asks: dice.pick(['handler', 'handler', 'ajax', 'batch'] as const),
    sendsToken: dice.chance(0.5),
    authorizationTimeout: dice.pick([10_000, 10_000, 2000]),
    settings: { ...settings, reachability: dice.chance(0.85) ? 'auto' : 'off' },
    hasSubscriptionCounts: dice.chance(0.3),
    serverActivityTimeout: dice.pick([120, 120, 30, 5]),
    mendsSilence: dice.chance(0.5),
  };
}

/** The schedule of a seed. */
export function makeSchedule(seed: number): Schedule {
  const cast = new Cast(seed);
  const themes = kinds.map(([weight, maker]) => [weight * cast.pick([0, 0.3, 1, 1, 3]), maker] as const);
  const length = cast.weighted([
    [1, cast.whole(2, 8)],
    [3, cast.whole(8, 30)],
    [1, cast.whole(30, 70)],
  ]);
  const actions = Array.from({ length }, () => cast.weighted(themes)(cast));
  return { seed, setup: setup(cast), actions };
}
