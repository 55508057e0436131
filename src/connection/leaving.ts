/** The two ways in which a connection ends on purpose: the application says so, or the page goes. Pure. */
import type { ConnectionModel, Effect, Facts, Step } from './connection-model.js';
import { changed, noDeadlines, stay, step } from './step.js';

/** `disconnect()`: nothing is under way any more, and nothing will be. */
export function disconnect(model: ConnectionModel, facts: Facts): Step {
  if (model.activity === 'suspended') return stay({ ...model, activity: 'resting' });
  if (model.activity === 'resting' && model.state !== 'initialized') return stay(model);
  const next: ConnectionModel = {
    ...model,
    ...noDeadlines,
    state: 'disconnected',
    activity: 'resting',
    generation: model.generation + 1, // whatever is still on its way is too late
    socketId: undefined,
    attempt: 0,
    strikes: 0,
    lostAt: model.activity === 'open' ? facts.now : model.lostAt,
  };
  const reason = 'disconnect() was called.';
  return step(next, ...leave(model, reason), ...changed(model, next, { reason }));
}

/** What goes with giving up a socket on purpose. */
function leave(model: ConnectionModel, reason: string): Effect[] {
  const effects: Effect[] = [];
  if (model.activity === 'opening' || model.activity === 'open') effects.push({ type: 'abandon' });
  if (model.activity === 'open')
    effects.push(
      { type: 'channels-lost' },
      {
        type: 'lost',
        loss: {
          wasConnected: true,
          code: undefined,
          reason,
          wasClean: true,
          error: undefined,
          isFatal: false,
          isIntentional: true,
          attempt: 0,
        },
      },
    );
  return effects;
}

/** The page goes; it will connect again when it is shown (seed C-07). */
export function pageHidden(model: ConnectionModel, facts: Facts): Step {
  if (model.activity === 'resting' || model.activity === 'suspended') return stay(model);
  const next: ConnectionModel = {
    ...model,
    ...noDeadlines,
    state: 'disconnected',
    activity: 'suspended',
    generation: model.generation + 1,
    socketId: undefined,
    attempt: 0,
    lostAt: model.activity === 'open' ? facts.now : model.lostAt,
    earliestAt: model.earliestAt,
  };
  const reason = 'The page was hidden for good, or put into the back/forward cache.';
  return step(next, ...leave(model, reason), ...changed(model, next, { reason }));
}
