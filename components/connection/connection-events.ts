/** The DOM events of `<pusher-connection>`. Which rules they follow: `components/events.ts`. */
import type {
  ConnectAttempt,
  ConnectionError,
  ConnectionErrorType,
  ConnectionLoss,
  ConnectionState,
  Gap,
  PusherErrorCode,
  ReconnectPlan,
  ReconnectStrategy,
  StateChange,
} from '../../src/index.js';

const told = { bubbles: true, composed: true };
const asked = { ...told, cancelable: true };

/** An attempt is about to be made. Cancelled: it is not, and the state stays (libPusher: willConnect). */
export class PusherBeforeConnectEvent extends Event {
  static readonly type = 'pusher-before-connect';
  /** The address that is about to be opened. */
  readonly url: string;
  /** Which retry since the last working connection; 0 for an attempt that is not a retry. */
  readonly attempt: number;
  /** Whether it was asked for with `connect()` or a button. */
  readonly manual: boolean;

  constructor({ url, attempt, isManual }: ConnectAttempt) {
    super(PusherBeforeConnectEvent.type, asked);
    this.url = url;
    this.attempt = attempt;
    this.manual = isManual;
  }
}

/** The server has accepted the connection; channels are subscribed next (libPusher: didConnect). */
export class PusherConnectedEvent extends Event {
  static readonly type = 'pusher-connected';
  readonly socketId: string;
  /** How many retries it took; 0 for none. */
  readonly attempt: number;
  /** Whether there had been a connection before. */
  readonly resumed: boolean;

  constructor(facts: { socketId: string; attempt: number; resumed: boolean }) {
    super(PusherConnectedEvent.type, told);
    this.socketId = facts.socketId;
    this.attempt = facts.attempt;
    this.resumed = facts.resumed;
  }
}

/** Why a connection or an attempt ended. */
abstract class PusherLossEvent extends Event {
  /** The close or protocol code; undefined where there was none. */
  readonly code: number | undefined;
  readonly reason: string;
  readonly error: ConnectionError | undefined;
  /** Whether trying again cannot help. */
  readonly fatal: boolean;
  /** Which retry it was; 0 for an established connection or a first attempt. */
  readonly attempt: number;
  readonly #loss: ConnectionLoss;

  constructor(type: string, loss: ConnectionLoss) {
    super(type, told);
    this.#loss = loss;
    this.code = loss.code;
    this.reason = loss.reason;
    this.error = loss.error;
    this.fatal = loss.isFatal;
    this.attempt = loss.attempt;
  }

  /** Whether another attempt will follow, as things stand when it is read. */
  get willReconnect(): boolean {
    return this.#loss.willReconnect;
  }
}

/**
 * A connection has ended; its channels are unsubscribed, the state has not changed yet (libPusher:
 * didDisconnect). Setting `reconnectAutomatically` here decides what follows (seed R-04).
 */
export class PusherDisconnectedEvent extends PusherLossEvent {
  static readonly type = 'pusher-disconnected';
  readonly wasClean: boolean;
  /** Whether this side asked for it. */
  readonly intentional: boolean;

  constructor(loss: ConnectionLoss) {
    super(PusherDisconnectedEvent.type, loss);
    this.wasClean = loss.wasClean;
    this.intentional = loss.isIntentional;
  }
}

/** An attempt has failed (libPusher: failedWithError). The same may be decided here as above (seed R-05). */
export class PusherConnectFailedEvent extends PusherLossEvent {
  static readonly type = 'pusher-connect-failed';

  constructor(loss: ConnectionLoss) {
    super(PusherConnectFailedEvent.type, loss);
  }
}

/**
 * A reconnection is about to be scheduled (libPusher: willReconnect). Cancelled: it is not, and the state
 * becomes `disconnected`. `delay` can be written; so can the element's `reconnectDelay` (seed ).
 */
export class PusherBeforeReconnectEvent extends Event {
  static readonly type = 'pusher-before-reconnect';
  /** Seconds until the attempt. */
  delay: number;
  /** Which retry this will be: 1, 2, 3, … */
  readonly attempt: number;
  readonly code: number | undefined;
  /** What decided the delay. */
  readonly strategy: ReconnectStrategy;

  constructor(plan: ReconnectPlan) {
    super(PusherBeforeReconnectEvent.type, asked);
    this.delay = plan.delay;
    this.attempt = plan.attempt;
    this.code = plan.code;
    this.strategy = plan.strategy;
  }
}

/** A delayed attempt is coming; once for each, not every second (seed E-03 to E-06: `connecting_in`). */
export class PusherConnectingInEvent extends Event {
  static readonly type = 'pusher-connecting-in';
  /** Seconds until it. */
  readonly delay: number;
  /** When it is due, in milliseconds since 1970. */
  readonly retryAt: number | undefined;
  readonly attempt: number;

  constructor(facts: { delay: number; retryAt: number | undefined; attempt: number }) {
    super(PusherConnectingInEvent.type, told);
    this.delay = facts.delay;
    this.retryAt = facts.retryAt;
    this.attempt = facts.attempt;
  }
}

/** The connection state changed; property, attribute and custom state are the new one already (seed E-02). */
export class PusherStateChangeEvent extends Event {
  static readonly type = 'pusher-state-change';
  readonly previous: ConnectionState;
  readonly current: ConnectionState;
  readonly code: number | undefined;
  readonly reason: string | undefined;
  readonly attempt: number;
  /** When the next attempt is due, in milliseconds since 1970, if one is waiting. */
  readonly retryAt: number | undefined;

  constructor(change: StateChange) {
    super(PusherStateChangeEvent.type, told);
    this.previous = change.previous;
    this.current = change.current;
    this.code = change.code;
    this.reason = change.reason;
    this.attempt = change.attempt;
    this.retryAt = change.retryAt;
  }
}

/** Something is wrong with the connection or its configuration (seed E-08, L-02). */
export class PusherErrorEvent extends Event {
  static readonly type = 'pusher-error';
  /** Where it comes from. (`type` is the event's own.) */
  readonly errorType: ConnectionErrorType;
  /** The protocol or close code, 4004 for the connection limit; null where there is none. */
  readonly code: number | null;
  readonly message: string;
  /** Why, as a word to switch over. */
  readonly reason: PusherErrorCode;
  /** The first thing to do about it. */
  readonly remediation: string;
  /** The older shape of the same facts (seed L-03). */
  readonly data: ConnectionError['data'];
  /** The newer shape (seed L-04). */
  readonly error: ConnectionError['error'];

  constructor(facts: ConnectionError) {
    super(PusherErrorEvent.type, told);
    this.errorType = facts.type;
    this.code = facts.code;
    this.message = facts.message;
    this.reason = facts.reason;
    this.remediation = facts.remediation;
    this.data = facts.data;
    this.error = facts.error;
  }
}

/** Events may have been missed: connected (or subscribed) again after a loss. */
export class PusherGapEvent extends Event {
  static readonly type = 'pusher-gap';
  /** The channel, where a `<pusher-channel>` says so; undefined from a `<pusher-connection>`. */
  readonly channel: string | undefined;
  /** Milliseconds since 1970. */
  readonly from: number;
  /** Milliseconds since 1970. */
  readonly to: number;
  /** Seconds. */
  readonly duration: number;
  readonly reason: string;

  constructor(gap: Gap, channel?: string) {
    super(PusherGapEvent.type, told);
    this.channel = channel;
    this.from = gap.from;
    this.to = gap.to;
    this.duration = gap.duration;
    this.reason = gap.reason;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pusher-before-connect': PusherBeforeConnectEvent;
    'pusher-connected': PusherConnectedEvent;
    'pusher-disconnected': PusherDisconnectedEvent;
    'pusher-connect-failed': PusherConnectFailedEvent;
    'pusher-before-reconnect': PusherBeforeReconnectEvent;
    'pusher-connecting-in': PusherConnectingInEvent;
    'pusher-state-change': PusherStateChangeEvent;
    'pusher-error': PusherErrorEvent;
    'pusher-gap': PusherGapEvent;
  }
}
