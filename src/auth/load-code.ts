/** Code that is loaded when needed. */
import { AuthorizationError } from './authorization.js';

/**
 * What `code` brings. Where it cannot be had, that is a network error like any other, and may pass: rejects with one
 * that is tried again. Some browsers remember a failed import by its address; others do not.
 *
 * @param what It, as the error says it: `The code that … could not be loaded.`
 */
export async function loadCode<Code>(code: Promise<Code>, what: string): Promise<Code> {
  try {
    return await code;
  } catch (cause) {
    throw new AuthorizationError(`The code ${what} could not be loaded.`, {
      status: 0,
      isRetryable: true,
      cause,
      remediation: 'Nothing, if it passes: it is tried again by itself.',
    });
  }
}
