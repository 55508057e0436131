/** The DOM events of `<pusher-trigger>`. Which rules they follow: `components/events.ts`. */
import type { PusherErrorCode } from '../../src/index.js';

/** What is sent, and where to. */
export interface SentMessage {
  /** The channel; empty where there is none, which a POST does not need. */
  readonly channel: string;
  /** The name on the wire, such as `client-vote`; for a POST as the attribute has it. */
  readonly event: string;
  readonly data: unknown;
}

/** Why something was not sent. Beside those of the client: */
export type SendErrorCode =
  | PusherErrorCode
  /** There is no channel, or no connection for it. */
  | 'not-connected'
  /** The channel is not subscribed, and the event may not wait. */
  | 'not-subscribed'
  /** Ten went out in this second already, and the event may not wait. */
  | 'rate-limited'
  /** Too many wait already. */
  | 'queue-full'
  /** It has waited longer than `ttl`. */
  | 'expired'
  /** The channel was left while it waited. */
  | 'dropped'
  /** `disable-offline`: there is no subscription now. */
  | 'offline'
  /** `post-url` is on another origin, or the site does not permit the element. */
  | 'not-allowed'
  /** The server answered with another status than 2xx; `status` has it. */
  | 'http'
  /** The server could not be reached. */
  | 'network';

/** What more is known of an error. */
export interface SendErrorFacts {
  readonly status?: number;
  readonly error?: unknown;
}

abstract class MessageEvent extends Event implements SentMessage {
  declare static readonly type: string;
  readonly channel: string;
  readonly event: string;
  readonly data: unknown;

  constructor({ channel, event, data }: SentMessage, cancelable = false) {
    super(new.target.type, { bubbles: true, composed: true, cancelable });
    this.channel = channel;
    this.event = event;
    this.data = data;
  }
}

/** Something is about to be sent. Cancelled: it is not. */
export class PusherBeforeSendEvent extends MessageEvent {
  static override readonly type = 'pusher-before-send';
  /** What is here when all listeners have been called is sent. */
  declare data: unknown;

  constructor(message: SentMessage) {
    super(message, true);
  }
}

/** Written to the connection, or taken by the page's own server. Whether anybody got it is not known. */
export class PusherSentEvent extends MessageEvent {
  static override readonly type = 'pusher-sent';
}

/** It cannot go out yet, and waits. */
export class PusherQueuedEvent extends MessageEvent {
  static override readonly type = 'pusher-queued';
}

/** It was not sent, and will not be. */
export class PusherSendErrorEvent extends MessageEvent {
  static override readonly type = 'pusher-send-error';
  /** Why, as a word to switch over. */
  readonly code: SendErrorCode;
  /** The status of the answer, with the code `http`. */
  readonly status: number | undefined;
  /** The error behind it, where there is one. */
  readonly error: unknown;

  constructor(message: SentMessage, code: SendErrorCode, { status, error }: SendErrorFacts = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.error = error;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pusher-before-send': PusherBeforeSendEvent;
    'pusher-sent': PusherSentEvent;
    'pusher-queued': PusherQueuedEvent;
    'pusher-send-error': PusherSendErrorEvent;
  }
}
