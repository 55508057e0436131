/** The installed pusher-js, evaluated in a realm of its own whose time, sockets and requests a test moves by hand. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createContext, Script } from 'node:vm';
import { dateOf, promiseThatTells, requestsTo, webSocketOver } from './page.js';
import type { FakeDocument, Wires } from './page.js';

const require = createRequire(import.meta.url);
const scripts = new Map<string, Script>();

/** The two builds for pages. */
export type Build = 'pusher.js' | 'pusher-with-encryption.js';

/** The version that is installed. */
export const installedVersion = (require('pusher-js/package.json') as { version: string }).version;

function scriptOf(build: Build): Script {
  let script = scripts.get(build);
  if (!script) {
    const path = require.resolve(`pusher-js/dist/web/${build}`);
    script = new Script(readFileSync(path, 'utf8'), { filename: path });
    scripts.set(build, script);
  }
  return script;
}

/** What a sandbox gives back. */
export interface Sandbox {
  /** The class `Pusher`. */
  readonly Pusher: unknown;
  /** Dispatches `online` or `offline` on the window. */
  signal(type: 'online' | 'offline'): void;
  /** Calls the script callback that a jsonp answer names. */
  run(code: string): void;
  /** The listeners that the library has put on its window. */
  readonly listenerCount: number;
}

/** Loads a build. `uncaught` hears of every exception and rejection that nobody handled. */
export function loadPusherJS(
  wires: Wires,
  document: FakeDocument,
  uncaught: (error: unknown) => void,
  build: Build,
): Sandbox {
  const { clock, guard } = wires;
  const listeners: { readonly type: string; readonly callback: () => void }[] = [];
  const every = (callback: () => void, delay: number): unknown => {
    const tick = (): void => {
      handle.timer = clock.setTimeout(tick, delay);
      guard(callback);
    };
    const handle = { timer: clock.setTimeout(tick, delay) };
    return handle;
  };
  const globals: Record<string, unknown> = {
    setTimeout: (callback: () => void, delay: number = 0) =>
      clock.setTimeout(() => {
        guard(callback);
      }, delay),
    clearTimeout: (handle: unknown) => {
      clock.clearTimeout(handle);
    },
    setInterval: every,
    clearInterval: (handle: { timer: unknown } | undefined) => {
      clock.clearTimeout(handle?.timer);
    },
    Date: dateOf(clock),
    WebSocket: webSocketOver(wires),
    XMLHttpRequest: requestsTo(wires),
    Promise: promiseThatTells((error, isHandled) => {
      clock.setTimeout(() => {
        if (!isHandled()) uncaught(error);
      }, 0);
    }),
    addEventListener: (type: string, callback: () => void) => listeners.push({ type, callback }),
    removeEventListener: () => undefined,
    console: { log: () => undefined, warn: () => undefined, error: () => undefined },
    navigator: { onLine: true },
    crypto: globalThis.crypto,
    document,
  };
  globals['window'] = globals['self'] = globals;
  const context = createContext(globals);
  scriptOf(build).runInContext(context);
  return {
    Pusher: globals['Pusher'],
    signal: (type) => {
      for (const listener of listeners) if (listener.type === type) guard(listener.callback);
    },
    run: (code) => {
      guard(() => {
        new Script(code).runInContext(context);
      });
    },
    get listenerCount() {
      return listeners.length;
    },
  };
}
