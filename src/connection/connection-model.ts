/** What the machine knows, what it is told, and what it asks to be done. Types only. */
import type { ConnectionError } from '../errors.js';
import type { CloseAction } from '../protocol/close-codes.js';
import type { ConnectionLoss, ConnectionState, Gap, ReconnectPlan, StateChange } from './connection-state.js';

/** What is going on under the state. */
export type Activity =
  /** Nothing is under way or scheduled. */
  | 'resting'
  /** The hook before connecting is being asked. */
  | 'asking'
  /** An attempt is under way, up to the handshake. */
  | 'opening'
  /** Established. */
  | 'open'
  /** Over; the application is being told, and then it is decided what comes next. */
  | 'lost'
  /** The hook before reconnecting is being asked. */
  | 'planning'
  /** The next attempt is due at `retryAt`. */
  | 'waiting'
  /** The browser is offline: the next attempt comes when it says otherwise. */
  | 'parked'
  /** The page is hidden for good or in the back/forward cache; if it comes back, so do we. */
  | 'suspended';

/** How a connection, or an attempt, ended. */
export interface LossRecord {
  readonly code: number | undefined;
  readonly reason: string;
  readonly wasClean: boolean;
  readonly action: CloseAction;
  /** What was emitted for it; undefined for a normal closure. */
  readonly error: ConnectionError | undefined;
  /** Whether a frame had said it before, so that it is not to be emitted again. */
  readonly isReported?: boolean;
  readonly at: number;
}

/** The whole state. Times are milliseconds of the clock; a time that is undefined is not being waited for. */
export interface ConnectionModel {
  readonly state: ConnectionState;
  readonly activity: Activity;
  /** The number of the newest attempt. Everything made for an older one is too late. */
  readonly generation: number;
  /** Retries since the last working connection; what applications are told. */
  readonly attempt: number;
  /** Failures since a connection last stayed up for a while; what the back-off grows with. */
  readonly strikes: number;
  readonly isManual: boolean;
  readonly socketId: string | undefined;
  /** Whether the next attempt is encrypted. */
  readonly usesTLS: boolean;
  /** Encrypted from now on, whatever happens (seed O-03). */
  readonly isTLSForced: boolean;
  readonly hasBeenConnected: boolean;
  readonly loss: LossRecord | undefined;
  /** When the last established connection ended. */
  readonly lostAt: number | undefined;
  readonly lastError: ConnectionError | undefined;
  /** What a `pusher:error` frame on the open connection said, so that a close with its code is not reported again. */
  readonly reported: ConnectionError | undefined;
  /** When the next attempt is due. */
  readonly retryAt: number | undefined;
  /** When `connecting` becomes `unavailable`. */
  readonly unavailableAt: number | undefined;
  /** When the attempt under way is given up. */
  readonly connectBy: number | undefined;
  /** When the connection counts as having stayed up for a while. */
  readonly stableAt: number | undefined;
  /** The server asked not to be tried sooner. */
  readonly earliestAt: number | undefined;
}

/** The settings that the machine needs, in milliseconds. */
export interface MachineSettings {
  readonly connectTimeout: number;
  readonly unavailableTimeout: number;
  readonly unavailableRetryDelay: number;
  readonly stableAfter: number;
  /** Whether an encrypted attempt may follow a plain one that was not answered. */
  readonly alternatesTLS: boolean;
  readonly backoffFloor: number;
}

/** What is true outside at the moment of an input. */
export interface Facts {
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
  readonly reconnectAutomatically: boolean;
  /** Milliseconds; undefined for the retry policy. */
  readonly reconnectDelay: number | undefined;
  /** The browser says that there is no network. False where reachability is off: then attempts are never parked. */
  readonly isOffline: boolean;
  readonly isSupported: boolean;
  readonly settings: MachineSettings;
}

/** Everything that can happen to a connection. */
export type Input =
  | { readonly type: 'connect' }
  | { readonly type: 'disconnect' }
  | { readonly type: 'connect-answer'; readonly generation: number; readonly isAllowed: boolean }
  | {
      readonly type: 'established';
      readonly generation: number;
      readonly socketId: string;
      readonly activityTimeout: number | undefined;
    }
  | {
      readonly type: 'refused';
      readonly generation: number;
      readonly code: number | null;
      readonly message: string;
    }
  | { readonly type: 'handshake-failed'; readonly generation: number; readonly raw: unknown }
  | {
      readonly type: 'closed';
      readonly generation: number;
      readonly code: number;
      readonly reason: string;
      readonly wasClean: boolean;
      /** Nothing went wrong: something better is ready (transport.ts). */
      readonly isMove?: boolean;
    }
  | { readonly type: 'silent'; readonly generation: number }
  | {
      readonly type: 'error-frame';
      readonly generation: number;
      readonly code: number | null;
      readonly message: string;
    }
  | { readonly type: 'decide' }
  | {
      readonly type: 'plan-answer';
      readonly generation: number;
      readonly isAllowed: boolean;
      /** Seconds, from the loss. */
      readonly delay: number;
    }
  | { readonly type: 'wake' }
  | { readonly type: 'online' }
  | { readonly type: 'offline' }
  | { readonly type: 'probe' }
  | { readonly type: 'page-hidden' }
  | { readonly type: 'page-shown' };

/** What the application is told of a loss; `willReconnect` is added by the shell, because it is live. */
export type LossFacts = Omit<ConnectionLoss, 'willReconnect'>;

/** Everything that the machine can ask to be done, in order. */
export type Effect =
  | {
      readonly type: 'ask-connect';
      readonly generation: number;
      readonly usesTLS: boolean;
      readonly attempt: number;
      readonly isManual: boolean;
    }
  | { readonly type: 'open'; readonly generation: number; readonly usesTLS: boolean }
  /** Drop the socket, if there is one, and everything that watches it. */
  | { readonly type: 'abandon' }
  | {
      readonly type: 'start-heartbeat';
      readonly generation: number;
      readonly activityTimeout: number | undefined;
    }
  | { readonly type: 'probe' }
  | { readonly type: 'report'; readonly error: ConnectionError }
  | { readonly type: 'changed'; readonly change: StateChange }
  | { readonly type: 'lost'; readonly loss: LossFacts }
  | { readonly type: 'channels-lost' }
  | { readonly type: 'channels-ready' }
  | { readonly type: 'plan'; readonly generation: number; readonly plan: ReconnectPlan }
  | { readonly type: 'announce'; readonly delay: number }
  | { readonly type: 'gap'; readonly gap: Gap }
  /** Handle this input after whatever is already waiting. */
  | { readonly type: 'next'; readonly input: Input };

/** What one input led to. */
export interface Step {
  readonly model: ConnectionModel;
  readonly effects: readonly Effect[];
}

/** The model of a client that has done nothing yet. */
export function initialModel(usesTLS: boolean): ConnectionModel {
  return {
    state: 'initialized',
    activity: 'resting',
    generation: 0,
    attempt: 0,
    strikes: 0,
    isManual: false,
    socketId: undefined,
    usesTLS,
    isTLSForced: usesTLS,
    hasBeenConnected: false,
    loss: undefined,
    lostAt: undefined,
    lastError: undefined,
    reported: undefined,
    retryAt: undefined,
    unavailableAt: undefined,
    connectBy: undefined,
    stableAt: undefined,
    earliestAt: undefined,
  };
}
