/** The words for a subscription that did not come about: what happened, and the first thing to do. Pure. */
import { PusherError } from '../errors.js';
import type { SubscriptionError } from './channel.js';

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** An error, and whether trying again may help. */
type Failure = SubscriptionError & { readonly isRetryable: boolean };

/** The server refused, in one of the shapes that servers use (servers.md §2). */
export function refusal(channel: string, payload: unknown): Failure {
  const said = [field(payload, 'message'), field(payload, 'error'), payload].find(
    (value): value is string => typeof value === 'string' && value !== '',
  );
  const type = field(payload, 'type');
  const status = field(payload, 'status');
  const message = said ?? `The server refused the channel "${channel}".`;
  return {
    type: typeof type === 'string' && type !== '' ? type : 'SubscriptionError',
    error: message,
    ...(typeof status === 'number' ? { status } : undefined),
    message,
    reason: 'subscription-failed',
    remediation:
      'Read the message: it comes from the server. It is tried again with the next connection, or with retry().',
    isRetryable: false,
  };
}

/** The server said nothing in time. */
export function subscriptionTimeout(channel: string): Failure {
  const message = `The server did not answer the subscription to "${channel}" in time.`;
  return {
    type: 'TimeoutError',
    error: message,
    message,
    reason: 'timed-out',
    remediation: 'Nothing, if it passes: it is tried again by itself.',
    isRetryable: true,
  };
}

/** There is no signature (seed O-06). */
export function authorizationFailed(channel: string, cause: unknown): Failure {
  const { status, isRetryable = false } = cause as { status?: number; isRetryable?: boolean };
  const { message, remediation } = cause as Partial<PusherError>;
  const said = message ?? `There is no signature for the channel "${channel}".`;
  return {
    type: 'AuthError',
    error: said,
    ...(status === undefined ? undefined : { status }),
    message: said,
    reason: 'authorization-failed',
    remediation: remediation ?? 'Check the authorization endpoint.',
    cause,
    isRetryable,
  };
}

/** What whoever waits for a subscription is told when the channel is left instead. */
export const left = (channel: string): PusherError =>
  new PusherError(
    'subscription-failed',
    `The channel "${channel}" was left before it was subscribed.`,
    'Nothing, if it was meant; otherwise subscribe to it again.',
  );

/** Milliseconds to the next try: from one second up to a random point below a ceiling that doubles up to 30 seconds. */
export function retryDelay(strikes: number, random: number): number {
  const ceiling = Math.min(30_000, 1000 * 2 ** Math.min(strikes, 10));
  return 1000 + random * (ceiling - 1000);
}

/**
 * The channel that an error message of the hosted service is about (protocol.md §5), and whether it says that
 * we are subscribed already, or can only mean that we are not.
 */
export function channelOfError(
  message: string,
  named: string | undefined,
): { readonly channel: string | undefined; readonly isConfirmation: boolean; readonly isRefusal: boolean } {
  const existing = /^Existing subscription to channel ([^\s]+)/.exec(message)?.[1];
  if (existing !== undefined) return { channel: existing, isConfirmation: true, isRefusal: false };
  // "Invalid signature: Expected HMAC SHA256 hex digest of 710.442:private-orders, but got …"
  const unsigned =
    /^Invalid signature: Expected HMAC SHA256 hex digest of [\d.]+:([^:\s]+?)(?::|, but got )/.exec(
      message,
    )?.[1];
  return { channel: named ?? unsigned, isConfirmation: false, isRefusal: unsigned !== undefined };
}
