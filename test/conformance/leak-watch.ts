/**
 * Counts what elements may forget to give back: listeners on anything, timers, observers. It watches the
 * page's own functions from `start` to `stop`; what was there before is not counted.
 */

type AnyFunction = (...values: never[]) => unknown;

export class LeakWatch {
  readonly #listeners = new Map<EventTarget, Map<unknown, string>>();
  readonly #timers = new Set<unknown>();
  readonly #observers = new Set<unknown>();
  readonly #restore: (() => void)[] = [];

  start(): void {
    this.#watchListeners();
    this.#watchTimers();
    for (const name of ['MutationObserver', 'IntersectionObserver', 'ResizeObserver'] as const)
      this.#watchObserver(globalThis[name].prototype);
  }

  stop(): void {
    for (const restore of this.#restore.splice(0)) restore();
  }

  /** Listeners on everything that outlives an element: window, document, the body, and the like. */
  get listeners(): number {
    let count = 0;
    for (const [target, listeners] of this.#listeners)
      if (target instanceof Node ? target.isConnected : true) count += listeners.size;
    return count;
  }

  get timers(): number {
    return this.#timers.size;
  }

  get observers(): number {
    return this.#observers.size;
  }

  get all(): { listeners: number; timers: number; observers: number } {
    const { listeners, timers, observers } = this;
    return { listeners, timers, observers };
  }

  #watchListeners(): void {
    const all = this.#listeners;
    const identify = (type: string, listener: unknown, capture: boolean): string => {
      let id = ids.get(listener);
      if (id === undefined) ids.set(listener, (id = ids.get(ids) ?? 0));
      ids.set(ids, (ids.get(ids) ?? 0) + 1);
      return `${type} ${capture} ${id}`;
    };
    const ids = new Map<unknown, number>();
    const captures = (options: unknown): boolean =>
      typeof options === 'object' && options !== null
        ? (options as { capture?: boolean }).capture === true
        : options === true;
    this.#replace(
      EventTarget.prototype,
      'addEventListener',
      (original) =>
        function (this: EventTarget | undefined, type: string, listener: unknown, options?: unknown) {
          const target = this ?? globalThis;
          Reflect.apply(original, target, [type, listener, options]);
          const { signal, once } = (
            typeof options === 'object' && options ? options : {}
          ) as AddEventListenerOptions;
          if (!listener || once || signal?.aborted || target instanceof AbortSignal) return;
          const own = all.get(target) ?? new Map<unknown, string>();
          all.set(target, own);
          const id = identify(type, listener, captures(options));
          own.set(id, type);
          if (signal) Reflect.apply(originalAdd, signal, ['abort', () => own.delete(id)]);
        },
    );
    this.#replace(
      EventTarget.prototype,
      'removeEventListener',
      (original) =>
        function (this: EventTarget | undefined, type: string, listener: unknown, options?: unknown) {
          const target = this ?? globalThis;
          Reflect.apply(original, target, [type, listener, options]);
          const id = ids.get(listener);
          if (id !== undefined) all.get(target)?.delete(`${type} ${captures(options)} ${id}`);
        },
    );
  }

  #watchTimers(): void {
    const timers = this.#timers;
    this.#replace(
      globalThis,
      'setTimeout',
      (original) =>
        function (callback: unknown, ...more: unknown[]) {
          const handle = Reflect.apply(original, globalThis, [
            (...values: unknown[]) => {
              timers.delete(handle);
              if (typeof callback === 'function') Reflect.apply(callback, globalThis, values);
            },
            ...more,
          ]) as unknown;
          timers.add(handle);
          return handle;
        },
    );
    this.#replace(
      globalThis,
      'clearTimeout',
      (original) =>
        function (handle: unknown) {
          timers.delete(handle);
          Reflect.apply(original, globalThis, [handle]);
        },
    );
  }

  #watchObserver(prototype: object): void {
    const observers = this.#observers;
    this.#replace(
      prototype,
      'observe',
      (original) =>
        function (this: object, ...values: unknown[]) {
          observers.add(this);
          return Reflect.apply(original, this, values) as unknown;
        },
    );
    this.#replace(
      prototype,
      'disconnect',
      (original) =>
        function (this: object) {
          observers.delete(this);
          return Reflect.apply(original, this, []) as unknown;
        },
    );
  }

  #replace(owner: object, name: string, make: (original: AnyFunction) => unknown): void {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name);
    const original = Reflect.get(owner, name) as AnyFunction;
    Object.defineProperty(owner, name, { configurable: true, writable: true, value: make(original) });
    this.#restore.push(() => {
      if (descriptor) Object.defineProperty(owner, name, descriptor);
      else Reflect.deleteProperty(owner, name);
    });
  }
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its target below
const originalAdd = EventTarget.prototype.addEventListener;
