/** The words for a subscription that did not come about: what happened, and the first thing to do. Pure. */
import type { Channel, SubscriptionError } from './channel.js';

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** The server refused, in one of the shapes that servers use (servers.md §2). */
export function refusal(channel: string, payload: unknown): SubscriptionError {
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
  };
}

/** The server said nothing in time. */
export function subscriptionTimeout(channel: string, retryAt: number): SubscriptionError {
  const message = `The server did not answer the subscription to "${channel}" in time.`;
  return {
    type: 'TimeoutError',
    error: message,
    message,
    reason: 'timed-out',
    remediation: 'Nothing, if it passes: it is tried again by itself.',
    retryAt,
  };
}

/** Channels that need a signature. */
export function authorizationUnsupported({ name, type }: Channel): SubscriptionError {
  const message = `The ${type} channel "${name}" needs an authorization, which this version cannot ask for.`;
  return {
    type: 'AuthError',
    error: message,
    message,
    reason: 'unsupported',
    remediation: 'Use a public channel: a name without a private- or presence- prefix.',
  };
}

/** The channel that an error message says we are subscribed to already (protocol.md §5), or undefined. */
export function isDuplicateSubscription(message: string): string | undefined {
  return /^Existing subscription to channel (\S+)/.exec(message)?.[1];
}
