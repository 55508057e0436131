/** When a channel is wanted: at once, once the page is idle, while it is in view, or when asked for. */
import { systemClock } from '../../src/index.js';

export type ActivationTime = 'load' | 'visible' | 'idle' | 'manual';

/** How long to wait for an idle moment where the browser does not tell of one, in milliseconds. */
const idleFallback = 200;

/** Calls `decide` with whether the channel is wanted, now or whenever that changes, until `signal` aborts. */
export function watchActivation(
  element: HTMLElement,
  when: ActivationTime,
  decide: (isWanted: boolean) => void,
  signal: AbortSignal,
): void {
  if (when === 'load') decide(true);
  else if (when === 'manual') decide(false);
  else if (when === 'idle') watchIdleness(decide, signal);
  else watchVisibility(element, decide, signal);
}

function watchIdleness(decide: (isWanted: boolean) => void, signal: AbortSignal): void {
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
 * The element has no box of its own (`display: contents`), so what is watched is its children; where it
 * has none, what it stands in.
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
    const children = [...element.children];
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
