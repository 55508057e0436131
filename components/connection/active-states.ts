/** States in which something is connected, under way or scheduled. */
import type { ConnectionState } from '../../src/index.js';

export function isActive(state: ConnectionState): boolean {
  return state === 'connecting' || state === 'connected' || state === 'unavailable';
}
