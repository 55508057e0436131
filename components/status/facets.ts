/**
 * What a status shows of a connection, and when. Pure.
 *
 * Good news is shown at once. Bad news that may pass by itself is shown after a grace, and once shown stays
 * long enough to be read, so that an outage of a second shows nothing and none flickers. News that will not
 * pass by itself is shown at once.
 */
import type { ConnectionState } from '../../src/index.js';
import type { ConnectionSnapshot } from '../shared/connection-source.js';

/** The six states, and two cases of them that have their own sentence. */
export type StatusFacet = ConnectionState | 'reconnecting' | 'limit';

/** How serious a facet is; it decides the colour, while the shape is each facet's own. */
export type StatusTone = 'neutral' | 'online' | 'warning' | 'danger';

interface FacetTraits {
  readonly state: ConnectionState;
  readonly tone: StatusTone;
  /** Outline of the sign in a square of 16: each can be told from the others without colour. */
  readonly shape: string;
  /** Whether another attempt may be under way or waiting. */
  readonly isTrying: boolean;
}

const ring = 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Z';
const openRing = 'M8 1a7 7 0 1 0 7 7h-2.5A4.5 4.5 0 1 1 8 3.5Z';

export const facets: Readonly<Record<StatusFacet, FacetTraits>> = {
  initialized: { state: 'initialized', tone: 'neutral', isTrying: false, shape: 'M2 6.75h12v2.5H2Z' },
  connecting: { state: 'connecting', tone: 'warning', isTrying: true, shape: openRing },
  reconnecting: { state: 'connecting', tone: 'warning', isTrying: true, shape: openRing },
  connected: {
    state: 'connected',
    tone: 'online',
    isTrying: false,
    shape: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z',
  },
  unavailable: { state: 'unavailable', tone: 'warning', isTrying: true, shape: 'M8 1 16 15H0Z' },
  failed: {
    state: 'failed',
    tone: 'danger',
    isTrying: false,
    shape: 'M3.8 2 8 6.2 12.2 2 14 3.8 9.8 8l4.2 4.2-1.8 1.8L8 9.8 3.8 14 2 12.2 6.2 8 2 3.8Z',
  },
  disconnected: { state: 'disconnected', tone: 'neutral', isTrying: false, shape: ring },
  limit: { state: 'disconnected', tone: 'danger', isTrying: false, shape: 'M8 0l8 8-8 8-8-8Z' },
};

/** How long bad news that was shown stays at least, in milliseconds. */
const readingTime = 600;

/** What is true of a connection. */
export function facetOf({ state, isReconnecting, isLimited }: ConnectionSnapshot): StatusFacet {
  if (isLimited) return 'limit';
  return isReconnecting ? 'reconnecting' : state;
}

/** Nothing that anybody has to know. */
export function isCalm(facet: StatusFacet): boolean {
  return facet === 'initialized' || facet === 'connected';
}

/** Milliseconds until `next` may be shown instead of `shown`. `grace` and `shownFor` are milliseconds too. */
export function delayBefore(shown: StatusFacet, next: StatusFacet, grace: number, shownFor: number): number {
  if (isCalm(shown)) return next !== 'connected' && (isCalm(next) || facets[next].isTrying) ? grace : 0;
  return isCalm(next) ? Math.max(0, Math.min(grace, readingTime) - shownFor) : 0;
}
