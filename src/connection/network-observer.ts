/**
 * What the browser knows about the network and the life of the page, as signals (design.md §5). The only
 * file that listens to `online` and its relatives, and only while somebody wants to know (seed R-06).
 */

/**
 * - `online`, `offline`: the browser's opinion of the network changed. Offline is reliable, online is a hint.
 * - `probe`: the page became visible or was resumed, so time may have passed unseen.
 * - `page-hidden`: the page is being left; it may come back from the back/forward cache.
 * - `page-shown`: it came back from there.
 */
export type NetworkSignal = 'online' | 'offline' | 'probe' | 'page-hidden' | 'page-shown';

/** Where signals come from. Tests give their own instead of stubbing globals. */
export interface NetworkSource {
  /** False only where the browser is sure that there is no network. */
  isOnline(): boolean;
  /** Calls `on` for every signal until the returned function is called. */
  listen(on: (signal: NetworkSignal) => void): () => void;
}

type EventSource = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

/** The browser's; does nothing where there is no page, such as in Node, and looks at no global before it is used. */
export const browserNetwork: NetworkSource = {
  isOnline: () => (globalThis as { navigator?: { onLine?: boolean } }).navigator?.onLine !== false,
  listen(on) {
    const { document } = globalThis as { document?: EventSource & { visibilityState?: string } };
    const page = globalThis as Partial<EventSource>;
    if (!page.addEventListener) return () => undefined;
    const listening = new AbortController();
    const { signal } = listening;
    const add = (
      target: Partial<EventSource> | undefined,
      type: string,
      listener: (event: Event) => void,
    ): void => target?.addEventListener?.(type, listener, { signal });
    add(page, 'online', () => {
      on('online');
    });
    add(page, 'offline', () => {
      on('offline');
    });
    add(page, 'pagehide', () => {
      on('page-hidden');
    });
    add(page, 'pageshow', (event) => {
      if ((event as PageTransitionEvent).persisted) on('page-shown');
    });
    add(document, 'resume', () => {
      on('probe');
    });
    add(document, 'visibilitychange', () => {
      if (document?.visibilityState === 'visible') on('probe');
    });
    return () => {
      listening.abort();
    };
  },
};

/** Listens to a source while it is wanted, and at most once at a time. */
export class NetworkObserver {
  readonly #source: NetworkSource;
  readonly #on: (signal: NetworkSignal) => void;
  #stop: (() => void) | undefined;

  constructor(source: NetworkSource, on: (signal: NetworkSignal) => void) {
    this.#source = source;
    this.#on = on;
  }

  /** What the browser says now. */
  get isOnline(): boolean {
    return this.#source.isOnline();
  }

  /** Starts or stops listening; saying the same twice changes nothing. */
  watch(isWanted: boolean): void {
    if (isWanted === (this.#stop !== undefined)) return;
    if (isWanted) this.#stop = this.#source.listen(this.#on);
    else {
      this.#stop?.();
      this.#stop = undefined;
    }
  }
}
