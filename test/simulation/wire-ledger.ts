/** What may cross the wire, and when: the rules of protocol.md §3, §4, §7.2 and §7.4, kept for each socket. */
import { signedSocket } from './vault.js';
import { member } from './wire.js';
import type { Link, Read } from './wire.js';

/** How a broken rule is reported. */
export type Fail = (invariant: string, detail: string) => void;

/** One channel on one socket. */
interface Request {
  at: number;
  /** How long the client waits for the answer. */
  readonly timeout: number;
  state: 'pending' | 'confirmed' | 'refused' | 'left';
}

/** Channels whose subscribe needs a signature. */
const isSigned = (channel: string): boolean => /^(?:private|presence)-/.test(channel);

export class WireLedger {
  readonly #fail: Fail;
  readonly #requests = new WeakMap<Link, Map<string, Request>>();
  readonly #clientEvents = new WeakMap<Link, number[]>();
  /** The client events that were sent, or never may be. */
  readonly #spent = new Set<number>();
  readonly #lastOf = new Map<string, number>();

  constructor(fail: Fail) {
    this.#fail = fail;
  }

  /** The client has sent a frame. */
  sent(link: Link, frame: Read, now: number, subscriptionTimeout: number): void {
    const { event } = frame;
    if (link.socketId === undefined)
      this.#fail('nothing is sent before the handshake', `${event} on socket ${link.number}`);
    if (event === 'pusher:subscribe') this.#subscribe(link, frame, now, subscriptionTimeout);
    else if (event === 'pusher:unsubscribe')
      this.#unsubscribe(link, String(member(frame.payload, 'channel')));
    else if (event === 'pusher:ping') link.pingedAt ??= now;
    else if (event === 'pusher:signin')
      this.#checkSignature(link, String(member(frame.payload, 'auth')), 'a sign-in');
    else if (event.startsWith('client-')) this.#clientEvent(link, frame.channel ?? '', frame.payload, now);
  }

  /** The client has said that it will not send this client event. */
  refuse(k: number): void {
    this.#spend(k);
  }

  /** A frame reaches the client. */
  delivered(link: Link, frame: Read | undefined): void {
    if (!frame) return;
    const { event, payload } = frame;
    const channel = frame.channel ?? channelInWords(payload);
    if (event === 'pusher:connection_established' && link.socketId === undefined) {
      const id = member(payload, 'socket_id');
      if (typeof id === 'string') link.socketId = id;
    } else if (event === 'pusher_internal:subscription_succeeded') this.#answer(link, channel, 'confirmed');
    else if (event.endsWith(':subscription_error')) this.#answer(link, channel, 'refused');
    else if (event === 'pusher:error')
      this.#answer(link, channel, isExisting(payload) ? 'confirmed' : 'refused');
  }

  #spend(k: number): void {
    if (this.#spent.has(k))
      this.#fail('a client event is sent once, and not after it was refused', String(k));
    this.#spent.add(k);
  }

  #of(link: Link): Map<string, Request> {
    const requests = this.#requests.get(link) ?? new Map<string, Request>();
    this.#requests.set(link, requests);
    return requests;
  }

  #answer(link: Link, channel: string | undefined, state: 'confirmed' | 'refused'): void {
    const request = channel === undefined ? undefined : this.#of(link).get(channel);
    if (request && request.state !== 'left') request.state = state;
  }

  #subscribe(link: Link, { payload }: Read, now: number, timeout: number): void {
    const channel = String(member(payload, 'channel'));
    const auth = String(member(payload, 'auth'));
    if (isSigned(channel)) this.#checkSignature(link, auth, channel);
    const before = this.#of(link).get(channel);
    const isOver =
      before &&
      (before.state === 'pending' ? now - before.at >= before.timeout : before.state !== 'confirmed');
    if (before && !isOver)
      this.#fail(
        'one subscribe for each socket id and channel, unless it timed out or was left',
        `a second subscribe to ${channel} on socket ${link.number} while ${before.state}`,
      );
    this.#of(link).set(channel, { at: now, timeout, state: 'pending' });
  }

  #checkSignature(link: Link, auth: string, what: string): void {
    const signedFor = signedSocket(auth);
    if (signedFor !== undefined && signedFor !== link.socketId)
      this.#fail(
        'no signature for another socket id',
        `${what} on ${String(link.socketId)} with a signature for ${signedFor}`,
      );
  }

  #unsubscribe(link: Link, channel: string): void {
    const request = this.#of(link).get(channel);
    if (!request)
      this.#fail('only what was subscribed is unsubscribed', `${channel} on socket ${link.number}`);
    else request.state = 'left';
  }

  #clientEvent(link: Link, channel: string, payload: unknown, now: number): void {
    const k = Number(member(payload, 'k'));
    this.#spend(k);
    if (k < (this.#lastOf.get(channel) ?? 0))
      this.#fail('client events keep their order', `${k} on ${channel}`);
    this.#lastOf.set(channel, k);
    if (this.#of(link).get(channel)?.state !== 'confirmed')
      this.#fail('a client event is sent only where it is subscribed', channel);
    const times = this.#clientEvents.get(link) ?? [];
    this.#clientEvents.set(link, times);
    times.push(now);
    const eleventh = times.at(-11);
    if (eleventh !== undefined && now - eleventh < 1000)
      this.#fail('ten client events in any second at most', `eleven within ${now - eleventh} ms`);
  }
}

const isExisting = (payload: unknown): boolean =>
  String(member(payload, 'message')).startsWith('Existing subscription');

/** The channel that an error message is about (protocol.md §5). */
function channelInWords(payload: unknown): string | undefined {
  const message = String(member(payload, 'message'));
  return (
    /^Existing subscription to channel (\S+)/.exec(message)?.[1] ??
    /^Invalid signature: Expected HMAC SHA256 hex digest of [\d.]+:([^:\s,]+)/.exec(message)?.[1]
  );
}
