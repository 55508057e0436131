/**
 * How a scripted server deviates from a well-behaved one (protocol.md §12). Everything here is plain
 * JSON, so that a test in a browser can send it to a server in another process.
 *
 * A behavior applies to a whole app (`app.script`), to the next connections only (`app.scriptNext`), or
 * to one live connection (`connection.script`); the narrower one wins, field by field.
 */

/** Whether the `data` of a frame is a JSON value, or a string that holds JSON (protocol.md §2.2). */
export type DataShape = 'object' | 'string';

/** What happens to a new connection once its address has passed the checks of protocol.md §1. */
export type HandshakeBehavior =
  /** Establishes: `delay` in milliseconds (0), `activityTimeout` in seconds (the app's; null leaves it out), `data` ('string'). */
  | {
      readonly type: 'accept';
      readonly delay?: number;
      readonly socketId?: string;
      readonly activityTimeout?: number | null;
      readonly data?: DataShape;
    }
  /** Upgrades, then says nothing. */
  | { readonly type: 'silent' }
  /** Upgrades, then closes. `delay` in milliseconds (0), `reason` (''). */
  | { readonly type: 'close'; readonly code: number; readonly reason?: string; readonly delay?: number }
  /**
   * Upgrades, then sends `pusher:error`. No `code`: the frame has none; null: the frame says null.
   * `closeCode`: closes with it afterwards; null stays open; left out, the code of the frame is used,
   * and a frame without one stays open. `data` ('object'), `message` ('Scripted error'), `delay` (0 ms).
   */
  | {
      readonly type: 'error';
      readonly code?: number | null;
      readonly message?: string;
      readonly data?: DataShape;
      readonly closeCode?: number | null;
      readonly delay?: number;
    }
  /** Upgrades, then sends exactly this text first, and nothing else. */
  | { readonly type: 'raw'; readonly text: string }
  /** Breaks the connection before the upgrade; a browser reports 1006. */
  | { readonly type: 'refuse' }
  /** Takes the connection and never answers the upgrade. */
  | { readonly type: 'hang' };

/** In which words a subscription is refused. */
export type SubscribeErrorStyle =
  /** `pusher:error`, code null, "Existing subscription to channel …" (protocol.md §5). */
  | 'existing-subscription'
  /** `pusher:error`, code null, "No current subscription to channel …" (protocol.md §5). */
  | 'no-current-subscription'
  /** `pusher:error`, code null, "Invalid signature: …" (protocol.md §5). */
  | 'invalid-signature'
  /** `pusher:subscription_error` that names the channel, as soketi sends it. */
  | 'subscription-error'
  /** `pusher_internal:subscription_error` with empty data, as pusher-fake sends it. */
  | 'internal-subscription-error'
  /** `pusher:error` 4009 as a string and without a channel, as Reverb sends it. */
  | 'error-without-channel';

/** How a request to subscribe is answered. `delay` is in milliseconds (0). */
export type SubscribeBehavior =
  /** As the protocol asks, signatures checked. */
  | { readonly type: 'succeed'; readonly delay?: number }
  /** Refuses. `message` replaces the usual words of the style. */
  | {
      readonly type: 'error';
      readonly style: SubscribeErrorStyle;
      readonly message?: string;
      readonly delay?: number;
    }
  /** Does not answer until `acknowledge(channel)` is called; never, if it is not. */
  | { readonly type: 'hold' };

/**
 * How a connection is turned away: a `pusher:error` frame and a close with the same code (the default);
 * only the close, which is what protocol 6 and later documents; the frame and a dropped connection, as
 * Reverb does; or the frame alone.
 */
export type RejectionStyle = 'frame-and-close' | 'close-only' | 'frame-and-drop' | 'frame-only';

/** Everything that can be scripted. */
export interface Behavior {
  /** New connections. Default: `{ type: 'accept' }`. */
  readonly handshake: HandshakeBehavior;
  /** Rejections, by the checks of protocol.md §1 and by a failed sign-in. Default: `frame-and-close`. */
  readonly rejection: RejectionStyle;
  /** The `data` of every `pusher:error`. Default: `object`. */
  readonly errorData: DataShape;
  /** What a client's `pusher:ping` gets. Default: `answer`. */
  readonly ping: 'answer' | 'ignore';
  /** Whether idle clients are pinged, and closed with 4201 when they do not answer. Default: true. */
  readonly pingsIdleClients: boolean;
  /** Requests to subscribe. Default: `{ type: 'succeed' }`. */
  readonly subscribe: SubscribeBehavior;
  /** Requests to subscribe to particular channels, by exact name; before `subscribe`. Default: none. */
  readonly subscribeTo: Readonly<Record<string, SubscribeBehavior>>;
}

/** A server that does what the protocol says. */
export const wellBehaved: Behavior = {
  handshake: { type: 'accept' },
  rejection: 'frame-and-close',
  errorData: 'object',
  ping: 'answer',
  pingsIdleClients: true,
  subscribe: { type: 'succeed' },
  subscribeTo: {},
};

/** Something that a correct server never sends (protocol.md §12.4). */
export type FaultyFrame =
  /** Text that is not JSON. */
  | 'garbage'
  /** A JSON array. */
  | 'array'
  /** A JSON object without an event. */
  | 'no-event'
  /** An event of the reserved `pusher:` namespace that nobody knows. */
  | 'unknown-pusher-event'
  /** An event for a channel that nobody subscribed to. */
  | 'unknown-channel'
  /** A binary frame. */
  | 'binary'
  /** One event with a payload of a million characters. */
  | 'huge';

/** The bytes of a faulty frame. */
export function faultyFrame(fault: FaultyFrame): string | Uint8Array {
  switch (fault) {
    case 'garbage':
      return '{"event":"tick",';
    case 'array':
      return '["tick",{"bid":41}]';
    case 'no-event':
      return '{"channel":"prices","data":"{}"}';
    case 'unknown-pusher-event':
      return '{"event":"pusher:from_the_future","data":{}}';
    case 'unknown-channel':
      return '{"event":"tick","channel":"nobody-subscribed","data":"{}"}';
    case 'binary':
      return Uint8Array.of(0x7b, 0x00, 0xff, 0x7d);
    case 'huge':
      return JSON.stringify({ event: 'huge', channel: 'prices', data: 'x'.repeat(1_000_000) });
  }
}
