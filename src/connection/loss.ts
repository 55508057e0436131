/** The half of the machine that begins with a loss: report, clear, tell, decide, plan. Pure. */
import { closeAction, closeReason, isNormalClosure } from '../protocol/close-codes.js';
import { nextDelay } from './backoff.js';
import { closedError } from './connection-errors.js';
import type { ConnectionModel, Effect, Facts, Input, LossRecord, Step } from './connection-model.js';
import { changed, isTrying, noDeadlines, stay, step } from './step.js';

/** What a close event means here. A `pusher:error` frame with the same code has told the application already. */
export function closed(
  model: ConnectionModel,
  input: Extract<Input, { type: 'closed' }>,
): Omit<LossRecord, 'at'> {
  const { code, wasClean } = input;
  const reason = input.reason || closeReason(code);
  // Between two transports of our own: no code, because nobody has closed anything, and nothing to report.
  if (input.isMove) return { code: undefined, reason, wasClean, action: 'at-once', error: undefined };
  const action = closeAction(code, model.usesTLS);
  const { reported } = model;
  if (reported?.code === code) return { code, reason, wasClean, action, error: reported, isReported: true };
  const error = isNormalClosure(code) ? undefined : closedError(code, reason, action);
  return { code, reason, wasClean, action, error };
}

/** A socket is over, or is given up: report, clear, tell, and then decide, each in its place. */
export function attemptEnded(
  model: ConnectionModel,
  generation: number,
  facts: Facts,
  during: readonly ConnectionModel['activity'][],
  ended: Omit<LossRecord, 'at'>,
): Step {
  if (generation !== model.generation || !during.includes(model.activity)) return stay(model);
  const wasConnected = model.activity === 'open';
  const loss: LossRecord = { ...ended, at: facts.now };
  const next: ConnectionModel = {
    ...model,
    activity: 'lost',
    socketId: undefined,
    connectBy: undefined,
    stableAt: undefined,
    strikes: model.strikes + 1,
    loss,
    lostAt: wasConnected ? facts.now : model.lostAt,
    lastError: ended.error ?? model.lastError,
  };
  const effects: Effect[] = [{ type: 'abandon' }];
  if (ended.error && !ended.isReported) effects.push({ type: 'report', error: ended.error });
  if (wasConnected) effects.push({ type: 'channels-lost' });
  effects.push(
    {
      type: 'lost',
      loss: {
        wasConnected,
        code: loss.code,
        reason: loss.reason,
        wasClean: loss.wasClean,
        error: loss.error,
        isFatal: loss.action === 'fatal',
        isIntentional: false,
        attempt: model.attempt,
      },
    },
    { type: 'next', input: { type: 'decide' } },
  );
  return step(next, ...effects);
}

/** After the application has heard of a loss: what comes next, with the switches as they are now (seed R-04). */
export function decide(model: ConnectionModel, facts: Facts): Step {
  const { loss } = model;
  if (model.activity !== 'lost' || !loss) return stay(model);
  if (loss.action === 'fatal') return giveUp(model, loss.error?.message ?? loss.reason);
  if (!facts.reconnectAutomatically) return giveUp(model, 'Automatic reconnection is off.');
  const trying = keepTrying(model, loss, facts);
  if (facts.isOffline && loss.action !== 'switch-to-tls') {
    const parked: ConnectionModel = { ...trying, activity: 'parked' };
    return step(
      parked,
      ...changed(model, parked, { ...withCode(loss.code), reason: 'The browser is offline.' }),
    );
  }
  const { delay, strategy } = nextDelay({
    action: loss.action,
    strikes: model.strikes,
    isUnavailable: model.state === 'unavailable',
    reconnectDelay: facts.reconnectDelay,
    unavailableRetryDelay: facts.settings.unavailableRetryDelay,
    random: facts.random,
  });
  // The state changes only with the answer: a veto decides it (requirements §4.2).
  return step(
    { ...trying, state: model.state, unavailableAt: model.unavailableAt, activity: 'planning' },
    {
      type: 'plan',
      generation: model.generation,
      plan: { delay: delay / 1000, attempt: trying.attempt, strategy, ...withCode(loss.code) },
    },
  );
}

const withCode = (code: number | undefined): { code?: number } => (code === undefined ? {} : { code });

/** Whether the server itself ended it: only a server that speaks the protocol has such codes. */
const isAnswer = ({ code }: LossRecord): boolean => code !== undefined && code >= 4000;

/** The model, encrypted from now on where the server has just asked for it (seed O-03). */
export function withForcedTLS(model: ConnectionModel, loss: LossRecord | undefined): ConnectionModel {
  return loss?.action === 'switch-to-tls' ? { ...model, isTLSForced: true, usesTLS: true } : model;
}

/** The model of a connection that will be tried again. */
function keepTrying(model: ConnectionModel, loss: LossRecord, facts: Facts): ConnectionModel {
  const { isTLSForced, usesTLS } = withForcedTLS(model, loss);
  const alternates = facts.settings.alternatesTLS && isTrying(model.state) && !isAnswer(loss);
  return {
    ...model,
    state: model.state === 'unavailable' ? 'unavailable' : 'connecting',
    attempt: model.attempt + 1,
    isManual: false,
    unavailableAt: isTrying(model.state)
      ? model.unavailableAt
      : facts.now + facts.settings.unavailableTimeout,
    isTLSForced,
    // An attempt that got no word from the server may have been blocked for its scheme: alternate. A scheme
    // that worked, if only to be refused, is kept (requirements §3 row 2).
    usesTLS: isTLSForced || (alternates ? !usesTLS : usesTLS),
    earliestAt: loss.action === 'backoff' ? loss.at + facts.settings.backoffFloor : undefined,
  };
}

/** Nothing more is tried by itself. */
export function giveUp(model: ConnectionModel, reason: string): Step {
  const next: ConnectionModel = {
    ...model,
    ...noDeadlines,
    state: 'disconnected',
    activity: 'resting',
    attempt: 0,
  };
  return step(next, ...changed(model, next, { ...withCode(model.loss?.code), reason }));
}

/** Seconds that are kept between attempts once several have failed, whatever an option or a hook says. */
const leastDelay = 0.1;

export function planAnswered(
  model: ConnectionModel,
  input: Extract<Input, { type: 'plan-answer' }>,
  facts: Facts,
): Step {
  if (model.activity !== 'planning' || input.generation !== model.generation) return stay(model);
  if (!input.isAllowed) return giveUp(model, 'Reconnection was prevented by a hook.');
  const isEntering = !isTrying(model.state);
  // A delay of nothing, against a server that refuses at once, would be a loop without an end.
  const delay = model.strikes > 2 ? Math.max(leastDelay, input.delay) : input.delay;
  // Counted from the loss, not from the end of the hooks (seed P-07).
  const retryAt = Math.max(facts.now, (model.loss?.at ?? facts.now) + delay * 1000);
  const next: ConnectionModel = {
    ...model,
    state: isEntering ? 'connecting' : model.state,
    activity: 'waiting',
    retryAt,
    unavailableAt: isEntering ? facts.now + facts.settings.unavailableTimeout : model.unavailableAt,
  };
  const change = changed(model, next, { ...withCode(model.loss?.code), reason: model.loss?.reason ?? '' });
  if (delay > 0) return step(next, ...change, { type: 'announce', delay });
  return step(next, ...change, { type: 'next', input: { type: 'wake' } }); // E-06: nothing to announce
}
