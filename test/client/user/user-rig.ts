/** A connected client with everything that its user tells in a list. */
import type { TestContext } from 'node:test';
import type { SigninError } from '../../../src/index.js';
import type { RigOptions } from '../support.js';
import { authRig } from '../auth/auth-rig.js';
import type { AuthRig } from '../auth/auth-rig.js';

export interface UserRig extends AuthRig {
  /** Everything the user told, as `[event, payload]`. */
  readonly told: (readonly [string, unknown])[];
  /** The errors among it. */
  readonly failures: () => readonly SigninError[];
}

export async function userRig(t: TestContext, options: RigOptions = {}): Promise<UserRig> {
  const rig = await authRig(t, options);
  const told: (readonly [string, unknown])[] = [];
  rig.pusher.user.bind_global((event, payload) => told.push([event, payload]));
  return {
    ...rig,
    told,
    failures: () =>
      told.filter(([event]) => event === 'pusher:signin_error').map(([, error]) => error) as SigninError[],
  };
}
