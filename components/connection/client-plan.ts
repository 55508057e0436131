/** The client that a `<pusher-connection>` asks for, as far as its attributes and properties say. */
import type { Pusher, PusherError } from '../../src/index.js';
import { systemClock } from '../../src/index.js';
import { askBeforeAuthorize, authorizationOptions } from './authorization.js';
import { clientIdentity, clientOptions } from './client-options.js';
import type { ClientPlan } from './client-owner.js';
import { PusherBeforeConnectEvent, PusherBeforeReconnectEvent } from './connection-events.js';
import type { ConnectionSettings } from './connection-settings.js';
import { isPreview } from './preview.js';
import { findProblem } from './refusals.js';
import { simulatedKey } from './simulation.js';
import type { Simulator } from './simulation.js';

/** A plan; or why there can be none; or undefined where there shall be none. */
export function planClient(
  element: ConnectionSettings & { readonly client: Pusher | undefined },
  simulator: Simulator,
  connectAutomatically: boolean,
  emit: (event: Event) => boolean,
): ClientPlan | PusherError | undefined {
  if (isPreview(element.ownerDocument)) return undefined;
  const { simulate, options: given } = element;
  const key = element.appKey || (simulate ? simulatedKey : '');
  const problem = findProblem(element, key);
  if (problem) return problem;
  return {
    key,
    identity: clientIdentity(element, key),
    prepare: simulate ? () => simulator.prepare(key, given?.clock ?? systemClock) : undefined,
    options: {
      ...clientOptions(element),
      ...authorizationOptions(element, simulator),
      connectAutomatically,
      beforeConnect: (attempt) =>
        emit(new PusherBeforeConnectEvent(attempt)) && element.options?.beforeConnect?.(attempt) !== false,
      beforeReconnect: (plan) => {
        const event = new PusherBeforeReconnectEvent(plan);
        const isAllowed = emit(event);
        plan.delay = event.delay;
        return isAllowed && element.options?.beforeReconnect?.(plan) !== false;
      },
      beforeAuthorize: (authorization) => {
        askBeforeAuthorize(element, authorization);
      },
    },
  };
}
