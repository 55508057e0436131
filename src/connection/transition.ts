/**
 * The connection as a pure function: (model, input, facts) → model + effects. Nothing here reads a clock,
 * opens a socket or calls an application; `connection.ts` does that, with what this returns.
 */
import { closeAction } from '../protocol/close-codes.js';
import type { ConnectionModel, Effect, Facts, Input, Step } from './connection-model.js';
import type { ConnectionState } from './connection-state.js';
import { handshakeError, serverError, timeoutError } from './connection-errors.js';
import { disconnect, pageHidden } from './leaving.js';
import { attemptEnded, closed, decide, giveUp, planAnswered, withForcedTLS } from './loss.js';
import { changed, isTrying, noDeadlines, stay, step } from './step.js';

/** The whole machine: one case per input; the compiler checks that none is missing. */
export function transition(model: ConnectionModel, input: Input, facts: Facts): Step {
  switch (input.type) {
    case 'connect':
      return connect(model, facts);
    case 'disconnect':
      return disconnect(model, facts);
    case 'connect-answer':
      return connectAnswered(model, input, facts);
    case 'established':
      return input.generation === model.generation && model.activity === 'opening'
        ? established(model, input, facts)
        : stay(model); // an older socket speaking late
    case 'refused':
      return attemptEnded(model, input.generation, facts, ['opening'], {
        code: input.code ?? undefined,
        reason: input.message,
        wasClean: true,
        action: input.code === null ? 'backoff' : closeAction(input.code, model.usesTLS),
        error: serverError(input.code, input.message, 'WebSocketError'),
      });
    case 'handshake-failed':
      return attemptEnded(model, input.generation, facts, ['opening'], {
        code: undefined,
        reason: 'The first frame was not a handshake.',
        wasClean: true,
        action: 'backoff',
        error: handshakeError(input.raw),
      });
    case 'closed':
      return attemptEnded(model, input.generation, facts, ['opening', 'open'], closed(model, input));
    case 'silent':
      return attemptEnded(model, input.generation, facts, ['open'], {
        code: undefined,
        reason: 'The server did not answer a ping.',
        wasClean: false,
        action: 'at-once', // the dead link is ours alone, more often than not (protocol.md §4)
        error: timeoutError('The server did not answer a ping.'),
      });
    case 'error-frame': {
      if (input.generation !== model.generation || model.activity !== 'open') return stay(model);
      const error = serverError(input.code, input.message, 'PusherError');
      return step({ ...model, reported: error }, { type: 'report', error });
    }
    case 'decide':
      return decide(model, facts);
    case 'plan-answer':
      return planAnswered(model, input, facts);
    case 'wake':
      return wake(model, facts);
    case 'online':
      return probe(model, facts);
    case 'offline':
      return model.activity === 'open' ? step(model, { type: 'probe' }) : stay(model);
    case 'probe':
      return probe(model, facts);
    case 'page-hidden':
      return pageHidden(model, facts);
    case 'page-shown':
      return model.activity === 'suspended' ? resume(model, facts) : probe(model, facts);
  }
}

/** Asks the hook before an attempt; the answer comes back as an input. */
function ask(model: ConnectionModel): Step {
  const generation = model.generation + 1;
  const next: ConnectionModel = { ...model, activity: 'asking', generation, retryAt: undefined };
  return step(next, {
    type: 'ask-connect',
    generation,
    usesTLS: next.usesTLS,
    attempt: next.attempt,
    isManual: next.isManual,
  });
}

function connect(model: ConnectionModel, facts: Facts): Step {
  switch (model.activity) {
    case 'resting':
    case 'suspended':
      if (!facts.isSupported) {
        const failed: ConnectionModel = { ...model, state: 'failed', activity: 'resting' };
        return step(
          failed,
          ...changed(model, failed, { reason: 'This environment has no usable transport.' }),
        );
      }
      // Plain first again, where plain is allowed at all.
      return ask({
        ...model,
        activity: 'resting',
        isManual: true,
        attempt: 0,
        strikes: 0,
        usesTLS: model.isTLSForced,
      });
    case 'lost':
      // Before it was decided what comes next; that the app takes encrypted connections only is known already.
      return ask({ ...withForcedTLS(model, model.loss), isManual: true });
    case 'waiting':
    case 'parked':
    case 'planning':
      return ask({ ...model, isManual: true });
    case 'asking':
    case 'opening':
    case 'open':
      return stay(model); // C-09
  }
}

/** A server that asked for a second gets it, whatever the page does. */
const hasToWait = (
  model: ConnectionModel,
  facts: Facts,
): model is ConnectionModel & { readonly earliestAt: number } =>
  model.earliestAt !== undefined && model.earliestAt > facts.now;

/** The page is back (seed C-07). */
function resume(model: ConnectionModel, facts: Facts): Step {
  if (!hasToWait(model, facts)) return ask({ ...model, isManual: false });
  const next: ConnectionModel = {
    ...model,
    state: 'connecting',
    activity: 'waiting',
    isManual: false,
    retryAt: model.earliestAt,
    unavailableAt: facts.now + facts.settings.unavailableTimeout,
  };
  return step(next, ...changed(model, next));
}

function connectAnswered(
  model: ConnectionModel,
  input: Extract<Input, { type: 'connect-answer' }>,
  facts: Facts,
): Step {
  if (model.activity !== 'asking' || input.generation !== model.generation) return stay(model);
  if (!input.isAllowed) {
    // Nothing is scheduled any more, so a retry that is prevented ends in `disconnected`; a first attempt changes nothing.
    // `connected` is only left of a loss that is still being told.
    const isOver = isTrying(model.state) || model.state === 'connected';
    const state: ConnectionState = isOver ? 'disconnected' : model.state;
    const next: ConnectionModel = {
      ...model,
      ...noDeadlines,
      state,
      activity: 'resting',
      attempt: 0,
      strikes: 0,
    };
    return step(next, ...changed(model, next, { reason: 'The attempt was prevented by a hook.' }));
  }
  const isEntering = !isTrying(model.state);
  const next: ConnectionModel = {
    ...model,
    state: isEntering ? 'connecting' : model.state,
    activity: 'opening',
    connectBy: facts.now + facts.settings.connectTimeout,
    unavailableAt: isEntering ? facts.now + facts.settings.unavailableTimeout : model.unavailableAt,
    earliestAt: undefined,
  };
  return step(next, ...changed(model, next), {
    type: 'open',
    generation: next.generation,
    usesTLS: next.usesTLS,
  });
}

function established(
  model: ConnectionModel,
  input: Extract<Input, { type: 'established' }>,
  facts: Facts,
): Step {
  const next: ConnectionModel = {
    ...model,
    ...noDeadlines,
    state: 'connected',
    activity: 'open',
    socketId: input.socketId,
    attempt: 0,
    isManual: false,
    stableAt: facts.now + facts.settings.stableAfter,
    reported: undefined,
    loss: undefined,
    lostAt: undefined,
    lastError: undefined,
    hasBeenConnected: true,
  };
  const effects: Effect[] = [
    { type: 'start-heartbeat', generation: next.generation, activityTimeout: input.activityTimeout },
    ...changed(model, next),
  ];
  if (model.lostAt !== undefined)
    effects.push({
      type: 'gap',
      gap: {
        from: model.lostAt,
        to: facts.now,
        duration: (facts.now - model.lostAt) / 1000,
        reason: model.loss?.reason ?? 'The connection was closed on purpose.',
      },
    });
  effects.push({ type: 'channels-ready' });
  return step(next, ...effects);
}

/** A deadline may have passed: the one timer fired, or the machine slept. */
function wake(model: ConnectionModel, facts: Facts): Step {
  const isDue = (at: number | undefined): boolean => at !== undefined && at <= facts.now;
  if (isDue(model.stableAt))
    return step({ ...model, stableAt: undefined, strikes: 0 }, { type: 'next', input: { type: 'wake' } });
  if (isDue(model.unavailableAt)) {
    const next: ConnectionModel = { ...model, state: 'unavailable', unavailableAt: undefined };
    return step(next, ...changed(model, next, { reason: 'No connection could be made for a while.' }), {
      type: 'next',
      input: { type: 'wake' },
    });
  }
  if (isDue(model.connectBy))
    return attemptEnded(model, model.generation, facts, ['opening'], {
      code: undefined,
      reason: 'The attempt was not answered in time.',
      wasClean: false,
      action: 'retry',
      error: timeoutError('The server did not complete the handshake in time.'),
    });
  if (model.activity === 'waiting' && isDue(model.retryAt)) return askAgain(model, facts);
  return stay(model);
}

/** The next attempt, unless the application has switched that off since it was planned (seed R-04). */
const askAgain = (model: ConnectionModel, facts: Facts): Step =>
  facts.reconnectAutomatically ? ask(model) : giveUp(model, 'Automatic reconnection is off.');

/** Something says that the network may be there again, or that time has passed unseen (design.md §5). */
function probe(model: ConnectionModel, facts: Facts): Step {
  if (model.activity === 'open') return step(model, { type: 'probe' });
  if (model.activity !== 'waiting' && model.activity !== 'parked') return stay(model);
  if (model.activity === 'parked' && facts.isOffline) return stay(model);
  if (hasToWait(model, facts))
    return stay({
      ...model,
      activity: 'waiting',
      retryAt: Math.min(model.retryAt ?? Infinity, model.earliestAt),
    });
  return askAgain(model, facts);
}
