/** A promise for a state. */
import type { Connection } from './connection.js';
import type { ConnectionState } from './connection-state.js';

/** Resolves once `connection` is in `state`, at once if it is; rejects with the reason of the first signal that aborts. */
export function whenState(
  connection: Connection,
  state: ConnectionState,
  signals: readonly AbortSignal[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const fail = (): void => {
      done.abort();
      reject(signals.find(({ aborted }) => aborted)?.reason as Error);
    };
    if (signals.some(({ aborted }) => aborted)) {
      fail();
      return;
    }
    if (connection.state === state) {
      resolve();
      return;
    }
    const check = ({ current }: { current: ConnectionState }): void => {
      if (current !== state) return;
      done.abort();
      resolve();
    };
    connection.bind('state_change', check, undefined, done);
    for (const signal of signals) signal.addEventListener('abort', fail, { once: true, signal: done.signal });
  });
}
