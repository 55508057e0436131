/** The two ways in which a connection ends on purpose: the application says so, or the page goes. Pure. */
import type { ConnectionModel, Effect, Facts, Step } from './connection-model.js';
import { changed, noDeadlines, stay, step } from './step.js';

/** `disconnect()`: nothing is under way any more, and nothing will be. */
export function disconnect(model: ConnectionModel, facts: Facts): Step {
  if (model.activity === 'suspended') return stay({ ...model, activity: 'resting' });
  if (model.activity === 'resting' && model.state !== 'initialized') return stay(model);
  return end(model, facts, 'disconnect() was called.', { activity: 'resting', strikes: 0 });
}

/** The page goes; it will connect again when it is shown (seed C-07). */
export function pageHidden(model: ConnectionModel, facts: Facts): Step {
  if (model.activity === 'resting' || model.activity === 'suspended') return stay(model);
  const { earliestAt } = model; // a server that asked for a second gets it all the same
  return end(model, facts, 'The page was hidden for good, or put into the back/forward cache.', {
    activity: 'suspended',
    earliestAt,
  });
}

function end(model: ConnectionModel, facts: Facts, reason: string, rest: Partial<ConnectionModel>): Step {
  const next: ConnectionModel = {
    ...model,
    ...noDeadlines,
    state: 'disconnected',
    generation: model.generation + 1, // whatever is still on its way is too late
    socketId: undefined,
    attempt: 0,
    lostAt: model.activity === 'open' ? facts.now : model.lostAt,
    ...rest,
  };
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
