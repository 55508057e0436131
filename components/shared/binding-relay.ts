/**
 * Listeners that outlive what they are bound to. They are kept here and bound to whatever is attached, so
 * that a listener bound before there is a client, or before the client is replaced, is never lost.
 */

/** As everywhere in this library: names are open, and so are their payloads. */
export type Callback = (...values: never[]) => unknown;

/** What listeners can be bound to. */
export interface BindTarget {
  bind(event: string, callback: Callback): unknown;
  unbind(event: string, callback: Callback): unknown;
  bind_global(callback: Callback): unknown;
  unbind_global(callback: Callback): unknown;
}

/** Options of `bind`. */
export interface RelayBindOptions {
  /** Unbinds when it aborts. */
  signal?: AbortSignal | undefined;
}

interface Binding {
  /** Undefined: every event. */
  readonly event: string | undefined;
  readonly callback: Callback;
  readonly context: unknown;
  /** What is bound to the target: a function of its own for each binding, so that it can be unbound exactly. */
  readonly relayed: (...values: unknown[]) => void;
  readonly unfollow: (() => void) | undefined;
}

/** May change what a listener gets; undefined: it gets nothing this time. */
export type RelayFilter = (event: string, payload: unknown) => readonly [unknown] | undefined;

export class BindingRelay {
  readonly #filter: RelayFilter;
  #bindings: Binding[] = [];
  #target: BindTarget | undefined;

  constructor(filter: RelayFilter = (_event, payload) => [payload]) {
    this.#filter = filter;
  }

  /** Binds everything to `target` instead of what it was bound to. */
  attach(target: BindTarget | undefined): void {
    if (target === this.#target) return;
    for (const binding of this.#bindings) this.#release(binding);
    this.#target = target;
    for (const binding of this.#bindings) this.#hold(binding);
  }

  bind(event: string | undefined, callback: Callback, context?: unknown, options?: RelayBindOptions): void {
    if (typeof callback !== 'function') throw new TypeError('bind needs a function to call.');
    const signal = options?.signal;
    if (signal?.aborted) return;
    const remove = (): void => {
      this.#remove((other) => other === binding);
    };
    const call = callback as (this: unknown, ...values: unknown[]) => unknown;
    const binding: Binding = {
      event,
      callback,
      context,
      relayed:
        event === undefined
          ? (name, payload, ...more) => {
              const kept = this.#filter(String(name), payload);
              if (kept) call.call(context, name, ...kept, ...more);
            }
          : (payload, ...more) => {
              const kept = this.#filter(event, payload);
              if (kept) call.call(context, ...kept, ...more);
            },
      unfollow:
        signal &&
        (() => {
          signal.removeEventListener('abort', remove);
        }),
    };
    signal?.addEventListener('abort', remove, { once: true });
    this.#bindings.push(binding);
    this.#hold(binding);
  }

  /** Removes the bindings of named events that match every given part. */
  unbind(event?: string | null, callback?: Callback | null, context?: unknown): void {
    this.#remove(
      (binding) =>
        binding.event !== undefined &&
        (event == null || binding.event === event) &&
        (callback == null || binding.callback === callback) &&
        (context == null || binding.context === context),
    );
  }

  unbindGlobal(callback?: Callback | null): void {
    this.#remove(
      (binding) => binding.event === undefined && (callback == null || binding.callback === callback),
    );
  }

  unbindAll(): void {
    this.#remove(() => true);
  }

  /** Calls the listeners of `event` for something that happened outside any target. */
  deliver(event: string, payload: unknown): void {
    for (const binding of [...this.#bindings])
      try {
        if (binding.event === undefined) binding.relayed(event, payload);
        else if (binding.event === event) binding.relayed(payload);
      } catch (error) {
        reportError(error);
      }
  }

  #remove(matches: (binding: Binding) => boolean): void {
    this.#bindings = this.#bindings.filter((binding) => {
      if (!matches(binding)) return true;
      binding.unfollow?.();
      this.#release(binding);
      return false;
    });
  }

  #hold({ event, relayed }: Binding): void {
    if (event === undefined) this.#target?.bind_global(relayed);
    else this.#target?.bind(event, relayed);
  }

  #release({ event, relayed }: Binding): void {
    if (event === undefined) this.#target?.unbind_global(relayed);
    else this.#target?.unbind(event, relayed);
  }
}
