/** Frames of channels on their way in: to the registry what concerns a subscription, to listeners what they asked for. */
import { decodePayload } from '../protocol/codec.js';
import { CACHE_MISS, ERROR, INTERNAL_PREFIX, SERVICE_PREFIX } from '../protocol/event-names.js';
import type { ErrorFrame, EventFrame, InboundFrame } from '../protocol/frames.js';
import type { FrameNames } from '../protocol/peek.js';
import type { EventMetadata, SubscriptionError } from './channel.js';
import type { Entry, RegistryParts } from './channel-entry.js';
import { isCacheChannel } from './channel-type.js';
import { PresenceChannel } from './presence-channel.js';
import { channelOfError, refusal } from './subscription-errors.js';

/** The protocol's code for too many client events (protocol.md §6). */
const TOO_MANY_CLIENT_EVENTS = 4301;
/** The protocol's code for who may not do what they asked for. */
const UNAUTHORIZED = 4009;

/** What the router tells the registry. */
export interface RouterOwner {
  entry(name: string): Entry | undefined;
  /** The subscription with a signature that waits for an answer, where it is the only one. */
  onlySigned(): Entry | undefined;
  confirmed(entry: Entry, payload: unknown): void;
  /** A confirmation for a channel that nobody holds or waits for. */
  confirmedLate(channel: string): void;
  refused(entry: Entry, error: SubscriptionError & { isRetryable: boolean }): void;
  tooManyClientEvents(): void;
}

/** One per registry. */
export class EventRouter {
  readonly #parts: RegistryParts;
  readonly #owner: RouterOwner;

  constructor(parts: RegistryParts, owner: RouterOwner) {
    this.#parts = parts;
    this.#owner = owner;
  }

  /** Whether anybody would learn of an event, or has to know that there was one. */
  hears({ event, channel }: FrameNames): boolean {
    const entry = this.#owner.entry(channel);
    return (
      this.#parts.hears(event) ||
      channel.startsWith('#') || // the user's own
      (entry !== undefined &&
        (entry.expectsReplay || entry.inbox !== undefined || entry.channel.hears(event)))
    );
  }

  /**
   * One frame to where it belongs; a frame for a channel that nobody knows may race an unsubscribe, and is dropped.
   * False for an event that nobody listened to.
   */
  route(frame: InboundFrame, receivedAt: number): boolean {
    switch (frame.kind) {
      case 'event':
        return this.#event(frame, receivedAt);
      case 'error':
        this.#serverError(frame.message, frame.channel, frame.code);
        this.#tellClient(frame, receivedAt);
        return true;
      case 'subscription-succeeded':
      case 'subscription-error':
      case 'subscription-count':
      case 'member-added':
      case 'member-removed': {
        const entry = this.#owner.entry(frame.channel);
        if (entry) this.#channelFrame(entry, frame);
        else if (frame.kind === 'subscription-succeeded') this.#owner.confirmedLate(frame.channel);
        return true;
      }
      default:
        return true; // the connection's own
    }
  }

  #channelFrame(entry: Entry, frame: Exclude<Extract<InboundFrame, { channel: string }>, EventFrame>): void {
    const { channel } = entry;
    switch (frame.kind) {
      case 'subscription-succeeded':
        this.#owner.confirmed(entry, decodePayload(frame.rawData));
        return;
      case 'subscription-error':
        this.#owner.refused(entry, refusal(channel.name, decodePayload(frame.rawData)));
        return;
      case 'subscription-count':
        channel.count(frame.count);
        return;
      case 'member-added':
        if (channel instanceof PresenceChannel) channel.memberAdded(decodePayload(frame.rawData));
        return;
      case 'member-removed':
        if (channel instanceof PresenceChannel) channel.memberRemoved(decodePayload(frame.rawData));
        return;
    }
  }

  /** An error frame concerns a channel where it names one, in a field or in its text (protocol.md §5). */
  #serverError(message: string, named: string | undefined, code: number | null): void {
    if (code === TOO_MANY_CLIENT_EVENTS) this.#owner.tooManyClientEvents();
    const { channel, isConfirmation, isRefusal } = channelOfError(message, named);
    const entry = channel === undefined ? this.#nameless(code) : this.#owner.entry(channel);
    // A refusal may come after "Existing subscription" was taken for a confirmation.
    if (!entry || !(entry.wire === 'pending' || (isRefusal && entry.wire === 'subscribed'))) return;
    // "Existing subscription": our first request was taken after all, and its answer was lost.
    // A presence channel still needs its roster: the answer is waited for, or asked for again.
    if (isConfirmation && entry.channel instanceof PresenceChannel) return;
    if (isConfirmation) this.#owner.confirmed(entry, {});
    else this.#owner.refused(entry, refusal(entry.channel.name, { message, status: code }));
  }

  /** Reverb refuses a signature without naming the channel (servers.md §2): who alone waits for an answer is meant. */
  #nameless(code: number | null): Entry | undefined {
    if (code !== UNAUTHORIZED || this.#parts.user.isSigningIn) return undefined;
    const entry = this.#owner.onlySigned();
    if (entry) entry.isUncertain = true; // it is a guess: the server may have taken the request all the same
    return entry;
  }

  /** Applications of pusher-js bind it on the client, besides `error` on the connection. */
  #tellClient({ code, message }: ErrorFrame, receivedAt: number): void {
    const rawData = { code, message };
    if (this.#parts.hears(ERROR)) this.#parts.deliver(ERROR, rawData, { rawData, receivedAt, cached: false });
  }

  /** The message path. */
  #event(frame: EventFrame, receivedAt: number): boolean {
    const { event } = frame;
    if (event.startsWith(INTERNAL_PREFIX)) return true;
    if (frame.channel === undefined) return this.#deliver(undefined, frame, receivedAt, false);
    const entry = this.#owner.entry(frame.channel);
    if (!entry || entry.leases === 0) return false;
    let isReplay = false;
    if (entry.expectsReplay) {
      // Right after subscribing, a cache channel repeats its last event, or says that there is none.
      isReplay = event !== CACHE_MISS && isCacheChannel(frame.channel);
      entry.expectsReplay = false;
    }
    if (!entry.inbox || event.startsWith(SERVICE_PREFIX))
      return this.#deliver(entry, frame, receivedAt, isReplay);
    entry.inbox.push(frame, isReplay);
    return true;
  }

  /** An event whose payload was encrypted, in clear. */
  deliverOpened(entry: Entry, frame: EventFrame, isReplay: boolean): void {
    if (entry.leases > 0) this.#deliver(entry, frame, this.#parts.clock.now(), isReplay);
  }

  /** To listeners; the payload is decoded once, and only if somebody listens. */
  #deliver(entry: Entry | undefined, frame: EventFrame, receivedAt: number, cached: boolean): boolean {
    const { event, rawData, userId } = frame;
    const { hears, deliver } = this.#parts;
    const channel = entry?.channel.hears(event) ? entry.channel : undefined;
    const clientHears = hears(event);
    if (!channel && !clientHears) return false;
    const payload = decodePayload(rawData);
    const metadata: EventMetadata =
      userId === undefined
        ? { rawData, receivedAt, cached }
        : { rawData, receivedAt, cached, user_id: userId };
    channel?.deliver(event, payload, metadata);
    if (clientHears) deliver(event, payload, metadata);
    return true;
  }
}
