/**
 * A promise for something that will be told. `listen` starts listening and hands over what came; the signal
 * that it gets aborts as soon as the promise is settled either way. Rejects when `signal` aborts.
 */
export function until<Value>(
  listen: (resolve: (value: Value) => void, settled: AbortSignal) => void,
  signal?: AbortSignal,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const settled = new AbortController();
    signal?.addEventListener(
      'abort',
      () => {
        settled.abort();
        reject(signal.reason as Error);
      },
      { once: true, signal: settled.signal },
    );
    listen((value) => {
      settled.abort();
      resolve(value);
    }, settled.signal);
  });
}
