/** Reasons not to make a client at all, and how they are told. */
import type { ConnectionError } from '../../src/index.js';
import { PusherError } from '../../src/index.js';
import { findSecret } from '../shared/secrets.js';

/** What is wrong with an element before anything is tried. */
export function findProblem(element: Element, key: string): PusherError | undefined {
  const secret = findSecret(element);
  if (secret !== undefined)
    return new PusherError(
      'invalid-option',
      `The attribute ${secret} publishes the secret of the app to everybody who opens the page.`,
      'Remove it, and make a new secret in the dashboard: this one is known now. Only app-key belongs here.',
    );
  if (key === '')
    return new PusherError(
      'invalid-app-key',
      'There is no application key, so nothing is opened.',
      'Write app-key="…" with the key from the dashboard of your app; setting it later connects.',
    );
  return undefined;
}

export const borrowedDisposed = (): PusherError =>
  new PusherError(
    'disposed',
    'The client that was set has been disposed of.',
    'Set one that is in use, made with new Pusher(); or none, and an app key instead.',
  );

/** The payload of an `error` event for something that no server had a part in. */
export function configurationError(error: PusherError): ConnectionError {
  const { code: reason, message, remediation } = error;
  const data = { code: null, message };
  return {
    type: 'ConfigurationError',
    code: null,
    message,
    reason,
    remediation,
    data,
    error: { type: 'PusherError', data },
  };
}
