/** The client that a `<pusher-connection>` asks for, as far as its attributes and properties say. */
import type { PusherError, PusherOptions } from '../../src/index.js';
import { systemClock } from '../../src/index.js';
import { authorizationOptions } from './authorization.js';
import { clientIdentity, clientOptions } from './client-options.js';
import { sharingTerms } from './client-terms.js';
import type { ConnectionSettings } from './connection-settings.js';
import { isPreview } from './preview.js';
import { findProblem } from './refusals.js';
import { simulatedKey } from './simulation.js';
import type { Simulator } from './simulation.js';

/** What client an element wants. Plain, because it is compared with those of other copies of this library. */
export interface ClientPlan {
  readonly key: string;
  /** Without hooks: those ask everybody who uses the client. */
  readonly options: PusherOptions;
  /** What makes it this client: another value here, and it is replaced. */
  readonly identity: readonly unknown[];
  /** What elements have to agree on besides, to use one client together; undefined: it is for this one alone. */
  readonly terms: readonly unknown[] | undefined;
  /** Options that take time to get. */
  readonly prepare: (() => Promise<PusherOptions>) | undefined;
}

/** A plan; or why there can be none; or undefined where there shall be none. */
export function planClient(
  element: ConnectionSettings,
  simulator: Simulator,
): ClientPlan | PusherError | undefined {
  if (isPreview(element.ownerDocument)) return undefined;
  const { simulate, options: given } = element;
  const key = element.appKey || (simulate ? simulatedKey : '');
  const problem = findProblem(element, key);
  if (problem) return problem;
  return {
    key,
    identity: clientIdentity(element, key),
    // The server in the page is scripted through its element.
    terms: simulate ? undefined : sharingTerms(element),
    prepare: simulate ? () => simulator.prepare(key, given?.clock ?? systemClock) : undefined,
    options: { ...clientOptions(element), ...authorizationOptions(element, simulator) },
  };
}
