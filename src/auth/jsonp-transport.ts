/**
 * Authorization by a script element, for endpoints on other origins without CORS (seed O-09, O-10). Loaded only
 * when asked for. It cleans up after itself, has an end when nothing answers, and reports what forbids it.
 */
import { AuthorizationError } from './authorization.js';
import type { AuthorizationRequest } from './authorization.js';
import { encodeForm } from './fetch-transport.js';

interface ScriptElement {
  src: string;
  async: boolean;
  nonce: string;
  onerror: (() => void) | null;
  onload: (() => void) | null;
  remove(): void;
}

interface ScriptPage {
  createElement(name: 'script'): ScriptElement;
  readonly head: { append(element: ScriptElement): void };
}

type Callbacks = Record<string, (answer: unknown) => void>;

/** Where the scripts find their callback. An identifier path, because endpoints check what they echo. */
const callbacksName = 'PusherElementsJSONP';
let counter = 0;

/** Makes the request; resolves with what the script called back with, rejects with an `AuthorizationError`. */
export function jsonpAnswer(
  request: AuthorizationRequest,
  signal: AbortSignal,
  nonce: string | undefined,
): Promise<unknown> {
  const scope = globalThis as unknown as { document?: ScriptPage; [callbacksName]?: Callbacks };
  const { document: page } = scope;
  return new Promise((resolve, reject) => {
    if (!page) {
      reject(
        new AuthorizationError('jsonp needs a page to put a script into.', {
          remediation: 'Use "ajax" here.',
        }),
      );
      return;
    }
    const name = `_${String((counter += 1))}`;
    const callbacks = (scope[callbacksName] ??= Object.create(null) as Callbacks);
    const script = page.createElement('script');
    const cleanUp = (): void => {
      script.onerror = script.onload = null;
      script.remove();
      Reflect.deleteProperty(callbacks, name);
      if (Object.keys(callbacks).length === 0) Reflect.deleteProperty(scope, callbacksName);
      signal.removeEventListener('abort', abort);
    };
    const fail = (message: string, remediation: string, cause?: unknown): void => {
      cleanUp();
      reject(new AuthorizationError(message, { status: 0, isRetryable: true, remediation, cause }));
    };
    const abort = (): void => {
      // A script that is under way cannot be stopped: it will still call, and then be forgotten.
      script.remove();
      callbacks[name] = () => undefined;
      script.onload = script.onerror = cleanUp;
      reject(signal.reason as Error);
    };
    callbacks[name] = (answer) => {
      cleanUp();
      resolve(answer);
    };
    signal.addEventListener('abort', abort, { once: true });
    script.async = true;
    if (nonce !== undefined) script.nonce = nonce;
    script.onerror = () => {
      fail(
        `The script of the authorization endpoint "${request.url}" did not load.`,
        'Check the address, and that the Content-Security-Policy of the page allows scripts from there.',
      );
    };
    script.onload = () => {
      fail(
        'The authorization endpoint did not call back.',
        'Its script has to call the function named in "callback".',
      );
    };
    const query = encodeForm({ callback: `${callbacksName}.${name}`, ...request.params });
    try {
      // Trusted Types refuse this assignment where the page has not allowed it.
      script.src = `${request.url}${request.url.includes('?') ? '&' : '?'}${query}`;
      page.head.append(script);
    } catch (cause) {
      fail(
        'The page does not allow scripts from elsewhere (Trusted Types).',
        'Use "ajax", or allow it.',
        cause,
      );
    }
  });
}
