/** The small words that the two halves of the machine are written in. Pure. */
import type { ConnectionModel, Effect, Step } from './connection-model.js';
import type { ConnectionState, StateChange } from './connection-state.js';

/** The input changes nothing. */
export const stay = (model: ConnectionModel): Step => ({ model, effects: [] });
/** The new model, and what to do. */
export const step = (model: ConnectionModel, ...effects: Effect[]): Step => ({ model, effects });

/** Nothing to wait for. */
export const noDeadlines: Pick<
  ConnectionModel,
  'retryAt' | 'unavailableAt' | 'connectBy' | 'stableAt' | 'earliestAt'
> = {
  retryAt: undefined,
  unavailableAt: undefined,
  connectBy: undefined,
  stableAt: undefined,
  earliestAt: undefined,
};

/** Whether an attempt is under way or will follow. */
export const isTrying = (state: ConnectionState): boolean =>
  state === 'connecting' || state === 'unavailable';

/** The record of a change, as an effect; none where nothing changed. */
export function changed(
  previous: ConnectionModel,
  next: ConnectionModel,
  why: { code?: number; reason?: string } = {},
): Effect[] {
  if (previous.state === next.state) return [];
  const change: StateChange = {
    previous: previous.state,
    current: next.state,
    attempt: next.attempt,
    ...(why.code === undefined ? undefined : { code: why.code }),
    ...(why.reason ? { reason: why.reason } : undefined),
    ...(next.retryAt === undefined ? undefined : { retryAt: next.retryAt }),
  };
  return [{ type: 'changed', change }];
}
