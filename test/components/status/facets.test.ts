import { expect } from '@open-wc/testing';
import { delayBefore, facetOf, facets } from '../../../components/status/facets.js';
import type { StatusFacet } from '../../../components/status/facets.js';
import type { ConnectionSnapshot } from '../../../components/index.js';

const snapshot: ConnectionSnapshot = {
  state: 'connected',
  isReconnecting: false,
  isLimited: false,
  attempt: 0,
  retryAt: undefined,
  lastError: undefined,
};

describe('facets of a status', () => {
  it('are the six states, reconnecting and the limit', () => {
    expect(Object.keys(facets)).to.have.members([
      'initialized',
      'connecting',
      'reconnecting',
      'connected',
      'unavailable',
      'failed',
      'disconnected',
      'limit',
    ]);
    expect(facetOf(snapshot)).to.equal('connected');
    expect(facetOf({ ...snapshot, state: 'connecting', isReconnecting: true })).to.equal('reconnecting');
    expect(facetOf({ ...snapshot, state: 'disconnected', isLimited: true })).to.equal('limit');
  });

  it('have shapes that differ wherever their sentences do, so that colour is never the only sign', () => {
    const shapes = Object.entries(facets).filter(([name]) => name !== 'reconnecting');
    expect(new Set(shapes.map(([, { shape }]) => shape)).size).to.equal(shapes.length);
  });

  it('wait as long as the table says', () => {
    const grace = 1500;
    const rows: [shown: StatusFacet, next: StatusFacet, shownFor: number, delay: number][] = [
      // Good news at once.
      ['initialized', 'connected', 0, 0],
      // Trouble that may pass by itself, after the grace.
      ['connected', 'reconnecting', 9e9, grace],
      ['connected', 'unavailable', 9e9, grace],
      ['connected', 'initialized', 9e9, grace],
      ['initialized', 'connecting', 0, grace],
      // Trouble that does not, at once.
      ['connected', 'disconnected', 0, 0],
      ['connected', 'failed', 0, 0],
      ['connected', 'limit', 0, 0],
      // Worse news replaces bad news at once.
      ['reconnecting', 'unavailable', 0, 0],
      ['disconnected', 'connecting', 0, 0],
      // Bad news stays long enough to be read.
      ['reconnecting', 'connected', 100, 500],
      ['reconnecting', 'connected', 600, 0],
      ['unavailable', 'connected', 9e9, 0],
    ];
    for (const [shown, next, shownFor, delay] of rows)
      expect(delayBefore(shown, next, grace, shownFor), `${shown} → ${next}`).to.equal(delay);
    expect(delayBefore('reconnecting', 'connected', 0, 0), 'no grace at all').to.equal(0);
  });
});
