/**
 * Listeners by event name, and listeners for every event: bind, unbind, emit. What one listener does,
 * throwing included, never reaches another one or this library.
 */

/** A listener. It is called with the context it was bound with as `this`. */
// The one loose type of the public surface: names are open, and so are their payloads.
export type Callback = (...values: never[]) => unknown;

/** Options of `bind`. */
export interface BindOptions {
  /** Unbinds when it aborts. */
  signal?: AbortSignal | undefined;
}

interface Binding {
  readonly callback: (...values: unknown[]) => unknown;
  readonly context: unknown;
  /** Stops following the signal it was bound with. */
  readonly unfollow?: () => void;
}

/** Reports an exception of an application's listener as if nothing had caught it, without letting it out. */
export function reportListenerError(error: unknown): void {
  const { reportError } = globalThis as { reportError?: (error: unknown) => void };
  if (reportError) reportError(error);
  // Node has no reportError; a rejected promise is how it reports what nobody handles.
  else console.error(error);
}

/** Takes and drops bindings; the surface that pusher-js users know (reference/pusher-js.md §2.13). */
export class Dispatcher {
  /** Made with the first listener: a page may have thousands of channels, and most of them few listeners or none. */
  #named: Map<string, Binding[]> | undefined;
  #global: Binding[] | undefined;
  /** How many dispatches are under way; while there are any, lists are replaced and not changed in place. */
  #depth = 0;

  /** Whether anybody would be called for this event. The message path asks before it decodes a payload. */
  hears(event: string): boolean {
    return Boolean(this.#global?.length) || (this.#named !== undefined && this.#named.has(event));
  }

  /** Whether anybody listens to anything. */
  get isSilent(): boolean {
    return !this.#global?.length && !this.#named?.size;
  }

  /**
   * Calls `callback` for every `event` from now on, but not in a dispatch that is under way. The same
   * function may be bound more than once. `options.signal` unbinds it.
   */
  bind(event: string, callback: Callback, context?: unknown, options?: BindOptions): void {
    if (options?.signal?.aborted) return;
    const binding = toBinding(callback, context, options?.signal, () => {
      this.#filter(event, (other) => other !== binding);
    });
    this.#named ??= new Map();
    this.#named.set(event, this.#appended(this.#named.get(event) ?? [], binding));
  }

  /** Removes the bindings that match every given part; with no part, all that name an event. */
  unbind(event?: string | null, callback?: Callback | null, context?: unknown): void {
    const keep = ({ callback: c, context: x }: Binding): boolean =>
      (callback != null && c !== (callback as unknown)) || (context != null && x !== context);
    if (event != null) this.#filter(event, keep);
    else for (const name of [...(this.#named?.keys() ?? [])]) this.#filter(name, keep);
  }

  /** Calls `callback` for every event, before those that name it. */
  bindGlobal(callback: Callback, context?: unknown, options?: BindOptions): void {
    if (options?.signal?.aborted) return;
    const binding = toBinding(callback, context, options?.signal, () => {
      this.#global = kept(this.#global ?? [], (other) => other !== binding);
    });
    this.#global = this.#appended(this.#global ?? [], binding);
  }

  /** Removes one global listener, or all of them. */
  unbindGlobal(callback?: Callback | null): void {
    this.#global = kept(
      this.#global ?? [],
      (binding) => callback != null && binding.callback !== (callback as unknown),
    );
  }

  /** Removes everything. */
  unbindAll(): void {
    this.unbind();
    this.unbindGlobal();
  }

  /** Calls the global listeners with `(event, value, extra)`, then those of the event with `(value, extra)`. */
  emit(event: string, value?: unknown, extra?: unknown): void {
    const global = this.#global;
    // Taken before anybody runs: a listener that is added meanwhile waits for the next event.
    const named = this.#named?.get(event);
    if (global?.length) {
      this.#depth += 1;
      for (const { callback, context } of global)
        try {
          callback.call(context, event, value, extra);
        } catch (error) {
          reportListenerError(error);
        }
      this.#depth -= 1;
    }
    if (named) this.#call(named, value, extra);
  }

  /** Calls only the listeners of the event: for a second name of the same thing. */
  emitNamed(event: string, value?: unknown): void {
    const named = this.#named?.get(event);
    if (named) this.#call(named, value, undefined);
  }

  #call(bindings: readonly Binding[], value: unknown, extra: unknown): void {
    this.#depth += 1;
    for (const { callback, context } of bindings)
      try {
        callback.call(context, value, extra);
      } catch (error) {
        reportListenerError(error);
      }
    this.#depth -= 1;
  }

  /** A list with one more; in place unless somebody is walking over it (pusher-js lets such a listener run at once). */
  #appended(list: Binding[], binding: Binding): Binding[] {
    if (this.#depth > 0) return [...list, binding];
    list.push(binding);
    return list;
  }

  #filter(event: string, keep: (binding: Binding) => boolean): void {
    const left = kept(this.#named?.get(event) ?? [], keep);
    if (left.length > 0) this.#named?.set(event, left);
    else this.#named?.delete(event);
  }
}

/** The bindings to keep, in a list of their own; the others stop following their signals. */
function kept(list: readonly Binding[], keep: (binding: Binding) => boolean): Binding[] {
  return list.filter((binding) => {
    const stays = keep(binding);
    if (!stays) binding.unfollow?.();
    return stays;
  });
}

function toBinding(
  callback: Callback,
  context: unknown,
  signal: AbortSignal | undefined,
  remove: () => void,
): Binding {
  if (typeof callback !== 'function') throw new TypeError('bind needs a function to call.');
  const called = callback as unknown as Binding['callback'];
  if (!signal) return { callback: called, context };
  signal.addEventListener('abort', remove, { once: true });
  return {
    callback: called,
    context,
    unfollow: () => {
      signal.removeEventListener('abort', remove);
    },
  };
}

/** What an event carries: what is listed for it, or else what the listener says. */
export type PayloadOf<Events, Name, Payload> = Name extends keyof Events ? Events[Name] : Payload;

/**
 * The public face of a dispatcher, as pusher-js users know it. `Events` says what the events that are known
 * carry; any other name may be bound too, with a payload that the annotation of the listener says.
 */
export class Bindable<Events extends object = object, Metadata = undefined> {
  /** @internal */
  readonly dispatcher: Dispatcher = new Dispatcher();

  /** Listens to one event: `callback(payload, metadata)`. */
  bind<Payload = unknown, Name extends string = string>(
    event: Name,
    callback: (payload: PayloadOf<Events, Name, Payload>, metadata: Metadata) => unknown,
    context?: unknown,
    options?: BindOptions,
  ): this {
    this.dispatcher.bind(event, callback, context, options);
    return this;
  }

  /** Removes the bindings that match every given part; with no part, all that name an event. */
  unbind(event?: string | null, callback?: Callback | null, context?: unknown): this {
    this.dispatcher.unbind(event, callback, context);
    return this;
  }

  /** Listens to every event: `callback(event, payload, metadata)`. Called before those that name it. */
  bind_global(
    callback: (event: string, payload: unknown, metadata: Metadata) => unknown,
    context?: unknown,
    options?: BindOptions,
  ): this {
    this.dispatcher.bindGlobal(callback, context, options);
    return this;
  }

  /** Removes one global listener, or all. */
  unbind_global(callback?: Callback | null): this {
    this.dispatcher.unbindGlobal(callback);
    return this;
  }

  /** Calls the listeners here as if the event had come in; nothing is sent. */
  emit(event: string, payload?: unknown, metadata?: Metadata): this {
    this.dispatcher.emit(event, payload, metadata);
    return this;
  }

  /** Removes every listener. */
  unbind_all(): this {
    this.dispatcher.unbindAll();
    return this;
  }
}
