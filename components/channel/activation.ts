/** When a channel is wanted: at once, once the page is idle, while it is in view, or when asked for. */
import { systemClock } from '../../src/index.js';
import { oneOf } from '../shared/attributes.js';

export type ActivationTime = 'load' | 'visible' | 'idle' | 'manual';

/** The attribute `when`. */
export const activationTime: ReturnType<typeof oneOf<ActivationTime>> = oneOf('when', [
  'load',
  'visible',
  'idle',
  'manual',
]);

/** Whether an element is wanted by its `when`; says so whenever that may have changed. */
export class Activation {
  readonly #host: HTMLElement & { readonly when: ActivationTime };
  readonly #changed: () => void;
  #isWatching = false;
  /** Ends what `idle` and `visible` wait for; the other two wait for nothing. */
  #watch: AbortController | undefined;
  #when: ActivationTime | undefined;
  isActive = false;

  constructor(host: HTMLElement & { readonly when: ActivationTime }, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
  }

  get isWatching(): boolean {
    return this.#isWatching;
  }

  start(): void {
    this.stop();
    this.#isWatching = true;
    const { when } = this.#host;
    this.#when = when;
    if (when === 'load' || when === 'manual') {
      this.#decide(when === 'load');
      return;
    }
    const { signal } = (this.#watch = new AbortController());
    (when === 'idle' ? watchIdleness : watchVisibility)(this.#host, this.#decide, signal);
  }

  stop(): void {
    this.#isWatching = false;
    this.#watch?.abort();
    this.#watch = undefined;
  }

  /** After every update of the host, and of `when` with it. */
  update(): void {
    if (this.#host.isConnected && (!this.#isWatching || this.#host.when !== this.#when)) this.start();
    else this.#changed();
  }

  readonly #decide = (isActive: boolean): void => {
    this.isActive = isActive;
    this.#changed();
  };
}

/** How long to wait for an idle moment where the browser does not tell of one, in milliseconds. */
const idleFallback = 200;

/** Calls `decide` once the page has a moment, unless `signal` aborts before. */
function watchIdleness(
  _element: HTMLElement,
  decide: (isWanted: boolean) => void,
  signal: AbortSignal,
): void {
  const activate = (): void => {
    decide(true);
  };
  // Safari has no requestIdleCallback.
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(activate, { timeout: 2000 });
    signal.addEventListener('abort', () => {
      cancelIdleCallback(handle);
    });
  } else {
    const timer = systemClock.setTimeout(activate, idleFallback);
    signal.addEventListener('abort', () => {
      systemClock.clearTimeout(timer);
    });
  }
}

/**
 * Calls `decide` with whether it is in view, now and whenever that changes, until `signal` aborts. An element
 * without a box of its own (`display: contents`) is seen where its children are; where it has none, where it
 * stands.
 */
function watchVisibility(
  element: HTMLElement,
  decide: (isWanted: boolean) => void,
  signal: AbortSignal,
): void {
  const visible = new Set<Element>();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries)
      if (isIntersecting) visible.add(target);
      else visible.delete(target);
    decide(visible.size > 0);
  });
  const observe = (): void => {
    observer.disconnect();
    visible.clear();
    const hasBox = getComputedStyle(element).display !== 'contents';
    const children = hasBox ? [element] : [...element.children];
    const targets =
      children.length > 0 ? children : [element.parentElement ?? element.ownerDocument.documentElement];
    for (const target of targets) observer.observe(target);
  };
  observe();
  element.shadowRoot?.addEventListener('slotchange', observe, { signal });
  signal.addEventListener('abort', () => {
    observer.disconnect();
  });
}
