/** The channels of one connection: who may join, how the request is answered, what is still in progress. */
import type { SubscribeBehavior, SubscribeErrorStyle } from './behavior.js';
import { channelKind, isValidChannelName, userOfChannel } from './channel-kind.js';
import type { ServerApp } from './server-app.js';
import type { PresenceMember, ServerChannel } from './server-channel.js';
import type { ServerConnection } from './server-connection.js';
import { channelStringToSign } from './signatures.js';
import { isRecord, parseJson, stringMember } from './wire.js';

/** A request to subscribe whose answer is due later, or only when a test asks for it. */
interface Pending {
  readonly type: 'pending';
  readonly answer: () => void;
  /** Only a test answers it: to the client a request that got lost. Leaving the channel makes an end of it. */
  readonly isHeld?: boolean;
}

export class Subscriptions {
  readonly #connection: ServerConnection;
  readonly #app: ServerApp;
  readonly #entries = new Map<
    string,
    Pending | { readonly type: 'joined'; readonly channel: ServerChannel }
  >();

  constructor(connection: ServerConnection, app: ServerApp) {
    this.#connection = connection;
    this.#app = app;
  }

  /** The names of the channels that are joined. */
  get names(): readonly string[] {
    return [...this.#entries].filter(([, { type }]) => type === 'joined').map(([name]) => name);
  }

  /** The channel, if it is joined. */
  channel(name: string): ServerChannel | undefined {
    const entry = this.#entries.get(name);
    return entry?.type === 'joined' ? entry.channel : undefined;
  }

  /** `pusher:subscribe`. */
  request(data: unknown): void {
    const name = stringMember(data, 'channel');
    if (name === undefined) {
      this.#connection.sendError(null, 'A subscription needs a channel name');
      return;
    }
    if (!isValidChannelName(name)) {
      this.#connection.sendError(null, `Invalid channel name: ${name.slice(0, 200)}`, name);
      return;
    }
    if (this.#entries.has(name)) {
      this.#refuse(name, 'existing-subscription');
      return;
    }
    const behavior = this.#behaviorFor(name);
    if (behavior.type === 'error') {
      this.#later(name, behavior.delay, () => this.#deny(name, behavior.style, behavior.message));
      return;
    }
    const answer = (): void => this.#admit(name, data);
    if (behavior.type === 'hold') this.#entries.set(name, { type: 'pending', answer, isHeld: true });
    else this.#later(name, behavior.delay, answer);
  }

  /** `pusher:unsubscribe`. */
  cancel(data: unknown): void {
    const name = stringMember(data, 'channel');
    if (name === undefined) {
      this.#connection.sendError(null, 'Unsubscribing needs a channel name');
      return;
    }
    const entry = this.#entries.get(name);
    if (entry?.type === 'pending' && entry.isHeld) {
      this.#entries.delete(name);
      return;
    }
    const channel = this.channel(name);
    if (!channel) {
      this.#refuse(name, 'no-current-subscription');
      return;
    }
    this.#entries.delete(name);
    this.#app.leave(channel, this.#connection);
  }

  /** Answers a request that is held or delayed. False when there is none for the channel. */
  acknowledge(name: string): boolean {
    const entry = this.#entries.get(name);
    if (entry?.type !== 'pending') return false;
    entry.answer();
    return true;
  }

  /** The connection is over. */
  leaveAll(): void {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    for (const entry of entries)
      if (entry.type === 'joined') this.#app.leave(entry.channel, this.#connection);
  }

  #behaviorFor(name: string): SubscribeBehavior {
    const { subscribe, subscribeTo } = this.#connection.behavior;
    return (Object.hasOwn(subscribeTo, name) ? subscribeTo[name] : undefined) ?? subscribe;
  }

  // Once only, whoever comes first: the timer or a test's `acknowledge`.
  #later(name: string, delay: number | undefined, answer: () => void): void {
    if (delay === undefined) {
      answer();
      return;
    }
    const pending: Pending = { type: 'pending', answer };
    this.#entries.set(name, pending);
    this.#connection.after(delay, () => {
      if (this.#entries.get(name) === pending) answer();
    });
  }

  #admit(name: string, data: unknown): void {
    const member = this.#memberFor(name, data);
    if (member === 'missing') {
      this.#deny(name, 'invalid-signature', 'Invalid channel_data: a user_id is needed');
      return;
    }
    const verdict = this.#isAuthorized(name, data);
    if (typeof verdict === 'boolean') {
      this.#settle(name, data, member, verdict);
      return;
    }
    const pending: Pending = { type: 'pending', answer: () => undefined };
    this.#entries.set(name, pending);
    void verdict.then((isAuthorized) => {
      if (this.#entries.get(name) === pending) this.#settle(name, data, member, isAuthorized);
    });
  }

  #settle(name: string, data: unknown, member: PresenceMember | undefined, isAuthorized: boolean): void {
    if (!isAuthorized) {
      const auth = stringMember(data, 'auth') ?? '';
      const text = channelStringToSign(
        this.#connection.socketId ?? '',
        name,
        stringMember(data, 'channel_data'),
      );
      const message = `Invalid signature: Expected HMAC SHA256 hex digest of ${text}, but got ${auth}`;
      this.#deny(name, 'invalid-signature', message);
      return;
    }
    const channel = this.#app.openChannel(name);
    this.#entries.set(name, { type: 'joined', channel });
    channel.join(this.#connection, member, this.#app.settings.hasSubscriptionCounts);
  }

  #isAuthorized(name: string, data: unknown): boolean | Promise<boolean> {
    const { access } = channelKind(name);
    if (access === 'public') return true;
    if (access === 'server-to-user') return userOfChannel(name) === this.#connection.user?.id;
    const channelData = access === 'presence' ? stringMember(data, 'channel_data') : undefined;
    const text = channelStringToSign(this.#connection.socketId ?? '', name, channelData);
    return this.#app.isSigned(text, stringMember(data, 'auth'));
  }

  // A signed-in user may be present without `channel_data` (protocol.md §7.8).
  #memberFor(name: string, data: unknown): PresenceMember | 'missing' | undefined {
    if (channelKind(name).access !== 'presence') return undefined;
    const channelData = stringMember(data, 'channel_data');
    if (channelData === undefined) {
      const { user } = this.#connection;
      return user ? { userId: user.id, userInfo: user.userInfo } : 'missing';
    }
    const parsed = parseJson(channelData);
    const userId = isRecord(parsed) ? parsed['user_id'] : undefined;
    if (!isRecord(parsed) || (typeof userId !== 'string' && typeof userId !== 'number')) return 'missing';
    return { userId: String(userId), userInfo: parsed['user_info'] };
  }

  // The request itself is over; `#refuse` alone leaves an earlier one as it is.
  #deny(name: string, style: SubscribeErrorStyle, message?: string): void {
    this.#entries.delete(name);
    this.#refuse(name, style, message);
  }

  #refuse(name: string, style: SubscribeErrorStyle, message?: string): void {
    const words = message ?? usualWords(style, name, this.#connection.socketId ?? '');
    switch (style) {
      case 'subscription-error': {
        this.#connection.send({
          event: 'pusher:subscription_error',
          channel: name,
          data: { type: 'AuthError', error: words, status: 401 },
        });
        return;
      }
      case 'internal-subscription-error': {
        this.#connection.send({
          event: 'pusher_internal:subscription_error',
          channel: name,
          data: '{}',
        });
        return;
      }
      case 'error-without-channel': {
        this.#connection.send({
          event: 'pusher:error',
          data: JSON.stringify({ code: 4009, message: words }),
        });
        return;
      }
      case 'existing-subscription':
      case 'no-current-subscription':
      case 'invalid-signature': {
        this.#connection.sendError(null, words);
        return;
      }
    }
  }
}

function usualWords(style: SubscribeErrorStyle, name: string, socketId: string): string {
  switch (style) {
    case 'existing-subscription':
      return `Existing subscription to channel ${name}`;
    case 'no-current-subscription':
      return `No current subscription to channel ${name}, or subscription in progress`;
    case 'invalid-signature':
      return `Invalid signature: Expected HMAC SHA256 hex digest of ${socketId}:${name}, but got nothing`;
    case 'subscription-error':
    case 'internal-subscription-error':
    case 'error-without-channel':
      return `Connection is unauthorized to subscribe to ${name}`;
  }
}
