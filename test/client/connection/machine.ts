/** What the tests of the machine share: one model for each activity, one sample of each input, the facts. */
import { initialModel } from '../../../src/connection/connection-model.js';
import type {
  Activity,
  ConnectionModel,
  Effect,
  Facts,
  Input,
  LossRecord,
} from '../../../src/connection/connection-model.js';
import type { ConnectionState } from '../../../src/index.js';

export const now = 1_000_000;

export const facts: Facts = {
  now,
  random: 0.5,
  reconnectAutomatically: true,
  reconnectDelay: undefined,
  isOffline: false,
  isSupported: true,
  settings: {
    connectTimeout: 10_000,
    unavailableTimeout: 30_000,
    unavailableRetryDelay: 10_000,
    stableAfter: 10_000,
    alternatesTLS: true,
    backoffFloor: 1000,
  },
};

/** The generation of every model below: what an input must name to be heard. */
export const generation = 7;

/** A connection that was dropped a moment ago. */
export const dropped: LossRecord = {
  code: 1006,
  reason: '',
  wasClean: false,
  action: 'retry',
  error: undefined,
  at: now,
};

const fresh = initialModel(true);
const trying: ConnectionModel = {
  ...fresh,
  state: 'connecting',
  generation,
  attempt: 1,
  strikes: 1,
  loss: dropped,
  unavailableAt: now + 30_000,
};
const lost: ConnectionModel = {
  ...fresh,
  state: 'connected',
  activity: 'lost',
  generation,
  strikes: 1,
  hasBeenConnected: true,
  loss: dropped,
  lostAt: now,
};

/** A usual model for each activity; rows change what they need. */
export const models: Readonly<Record<Activity, ConnectionModel>> = {
  resting: { ...fresh, generation },
  asking: { ...trying, activity: 'asking' },
  opening: { ...trying, activity: 'opening', connectBy: now + 10_000 },
  open: {
    ...fresh,
    state: 'connected',
    activity: 'open',
    generation,
    socketId: '1.2',
    hasBeenConnected: true,
    stableAt: now + 10_000,
  },
  lost,
  planning: { ...lost, activity: 'planning', attempt: 1 },
  waiting: { ...trying, activity: 'waiting', retryAt: now + 500 },
  parked: { ...trying, activity: 'parked' },
  suspended: { ...fresh, state: 'disconnected', activity: 'suspended', generation, hasBeenConnected: true },
};

/** A sample of each input, for the present generation. */
export const inputs: { readonly [Type in Input['type']]: Extract<Input, { type: Type }> } = {
  connect: { type: 'connect' },
  disconnect: { type: 'disconnect' },
  'connect-answer': { type: 'connect-answer', generation, isAllowed: true },
  established: { type: 'established', generation, socketId: '5.6', activityTimeout: 120 },
  refused: { type: 'refused', generation, code: 4004, message: 'Over quota' },
  'handshake-failed': { type: 'handshake-failed', generation, raw: 'hello' },
  closed: { type: 'closed', generation, code: 1006, reason: '', wasClean: false },
  silent: { type: 'silent', generation },
  'error-frame': { type: 'error-frame', generation, code: 4301, message: 'Too many' },
  decide: { type: 'decide' },
  'plan-answer': { type: 'plan-answer', generation, isAllowed: true, delay: 0.5 },
  wake: { type: 'wake' },
  online: { type: 'online' },
  offline: { type: 'offline' },
  probe: { type: 'probe' },
  'page-hidden': { type: 'page-hidden' },
  'page-shown': { type: 'page-shown' },
};

/** What a row starts from, as changes to the usual. */
export interface Given {
  /** In which case, in words; none for the usual one. */
  readonly when?: string;
  readonly model?: Partial<ConnectionModel>;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly facts?: Partial<Facts>;
}

/** One row: what is given, and what follows. */
export interface Row extends Given {
  /** Nothing at all changes. */
  readonly isUnmoved: boolean;
  readonly activity?: Activity;
  readonly state?: ConnectionState;
  readonly effects: readonly Effect['type'][];
  /** Parts of the new model. */
  readonly also?: Partial<ConnectionModel>;
}

/** What may happen to one activity: a row, or more, for every input there is. */
export type Rows = Readonly<Record<Input['type'], Row | readonly [Row, ...Row[]]>>;

/** The input changes nothing. */
export const stays = (given: Given = {}): Row => ({ ...given, isUnmoved: true, effects: [] });

/** The input leads there, with these effects in this order. */
export const to = (
  activity: Activity,
  state: ConnectionState,
  effects: readonly Effect['type'][],
  given: Given & { readonly also?: Partial<ConnectionModel> } = {},
): Row => ({ ...given, isUnmoved: false, activity, state, effects });

/** An input that was meant for an earlier attempt. */
export const late: Given = {
  when: 'it was meant for an earlier attempt',
  input: { generation: generation - 1 },
};
