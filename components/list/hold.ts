/** Whether somebody is reading a list, so that it should not move under their eyes. */

/** Pixels that count as being at the start still. */
const tolerance = 8;

/** Calls `changed` when that may have changed, until `signal` aborts. */
export function watchReader(host: HTMLElement, changed: () => void, signal: AbortSignal): void {
  for (const type of ['pointerenter', 'pointerleave', 'focusin', 'focusout'])
    host.addEventListener(
      type,
      () => {
        // After the event, when the focus is where it goes.
        queueMicrotask(changed);
      },
      { signal },
    );
  // Scrolling does not bubble, so it is caught on its way down.
  host.ownerDocument.addEventListener('scroll', changed, { capture: true, passive: true, signal });
}

/** Whether the list is pointed at, has the focus in it, or is scrolled away from the end where rows come in. */
export function isBeingRead(host: HTMLElement, insert: 'append' | 'prepend'): boolean {
  return host.matches(':hover') || host.matches(':focus-within') || isScrolledAway(host, insert);
}

function isScrolledAway(host: HTMLElement, insert: 'append' | 'prepend'): boolean {
  const scroller = scrollerOf(host);
  const left = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  if (scroller !== host.ownerDocument.documentElement)
    return insert === 'prepend' ? scroller.scrollTop > tolerance : left > tolerance;
  // In the page, what counts is whether that end of the list is out of sight.
  const { top, bottom } = host.getBoundingClientRect();
  return insert === 'prepend'
    ? top < -tolerance && bottom > 0
    : bottom > scroller.clientHeight + tolerance && top < 0;
}

/** The nearest element around that scrolls, else the page. */
function scrollerOf(host: HTMLElement): Element {
  const page = host.ownerDocument.documentElement;
  for (let at: HTMLElement | null = host; at && at !== page; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if ((overflowY === 'auto' || overflowY === 'scroll') && at.scrollHeight > at.clientHeight) return at;
  }
  return page;
}
