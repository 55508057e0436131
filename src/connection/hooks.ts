/** Asking the application before an attempt and before a reconnection (seed ). */
import { reportListenerError } from '../dispatcher.js';
import { PusherError } from '../errors.js';
import type { ConnectAttempt, ReconnectPlan } from './connection-state.js';

/** The application's switches, read again whenever they matter. */
export interface ReconnectSwitches {
  reconnectAutomatically: boolean;
  /** Milliseconds; undefined for the retry policy. */
  reconnectDelay: number | undefined;
}

/** The switches as an object that checks what is written to it, wherever that happens. */
export function createSwitches(
  reconnectAutomatically: boolean,
  reconnectDelay: number | undefined,
  check: (delay: number | undefined) => number | undefined,
): ReconnectSwitches {
  let delay = check(reconnectDelay);
  return {
    reconnectAutomatically,
    get reconnectDelay() {
      return delay;
    },
    set reconnectDelay(value) {
      delay = check(value);
    },
  };
}

/** What the application may have to say; returning false prevents. */
export interface ConnectionHooks {
  readonly beforeConnect?: ((attempt: ConnectAttempt) => unknown) | undefined;
  readonly beforeReconnect?: ((plan: ReconnectPlan) => unknown) | undefined;
}

/** Whether the attempt may be made. A hook that throws has not said no. */
export function askBeforeConnect({ beforeConnect }: ConnectionHooks, attempt: ConnectAttempt): boolean {
  return call(() => beforeConnect?.(attempt) !== false);
}

/**
 * Whether to reconnect, and after how many seconds from the loss: an explicit `plan.delay` wins, else the
 * delay setting as it is after the hook, else what was planned.
 */
export function askBeforeReconnect(
  { beforeReconnect }: ConnectionHooks,
  switches: ReconnectSwitches,
  planned: ReconnectPlan,
): { readonly isAllowed: boolean; readonly delay: number } {
  const settingBefore = switches.reconnectDelay;
  const plan = { ...planned };
  const isAllowed = call(() => beforeReconnect?.(plan) !== false) && switches.reconnectAutomatically;
  if (plan.delay !== planned.delay) {
    if (plan.delay >= 0 && plan.delay < Infinity) return { isAllowed, delay: plan.delay };
    reportListenerError(
      new PusherError(
        'invalid-option',
        `A hook set the delay to ${String(plan.delay)}.`,
        'Give seconds, 0 or more.',
      ),
    );
  }
  const { reconnectDelay } = switches;
  const isChanged = reconnectDelay !== undefined && reconnectDelay !== settingBefore;
  return { isAllowed, delay: isChanged ? reconnectDelay / 1000 : planned.delay };
}

function call(hook: () => boolean): boolean {
  try {
    return hook();
  } catch (error) {
    reportListenerError(error);
    return true;
  }
}
