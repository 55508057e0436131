/** How long to wait before the next attempt, from what happened, the policy and a random number. Pure. */
import type { CloseAction } from '../protocol/close-codes.js';
import type { ReconnectStrategy } from './connection-state.js';

/** The numbers of the retry policy, in milliseconds. */
export const backoffBase = 1000;
export const backoffCap = 10_000;
/** What a server that is over capacity may expect (protocol.md §6, 4100). */
export const backoffFloor = 1000;

/** What the wait depends on. */
export interface BackoffFacts {
  readonly action: Exclude<CloseAction, 'fatal'>;
  /** Failures since a connection last stayed up for a while, this one included: 1, 2, 3, … */
  readonly strikes: number;
  readonly isUnavailable: boolean;
  /** The application's own delay, which wins (seed P-07). */
  readonly reconnectDelay: number | undefined;
  readonly unavailableRetryDelay: number;
  /** In [0, 1). */
  readonly random: number;
}

/** The wait in milliseconds, and which rule set it. */
export interface Backoff {
  readonly delay: number;
  readonly strategy: ReconnectStrategy;
}

/** The retry policy of design.md §5, row by row. */
export function nextDelay(facts: BackoffFacts): Backoff {
  const { action, strikes, isUnavailable, reconnectDelay, unavailableRetryDelay, random } = facts;
  if (action === 'switch-to-tls' || (action === 'at-once' && strikes === 1))
    return { delay: 0, strategy: 'immediate' };
  const floor = action === 'backoff' ? backoffFloor : 0;
  if (reconnectDelay !== undefined) return { delay: Math.max(floor, reconnectDelay), strategy: 'fixed' };
  if (isUnavailable) return { delay: Math.max(floor, unavailableRetryDelay), strategy: 'unavailable' };
  // Full jitter, so that the clients of a failed server do not come back in step: 0–1 s, 0–2 s, 0–4 s, …, 0–10 s.
  const ceiling = Math.min(backoffCap, backoffBase * 2 ** Math.min(strikes - 1, 10));
  const width = floor === 0 ? ceiling : Math.min(backoffCap, ceiling * 2) - floor;
  return { delay: floor + random * width, strategy: 'backoff' };
}
