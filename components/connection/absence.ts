/** Notices that nobody is there: the page is in the background, or shows no sign of its user. */
import type { Clock } from '../../src/index.js';
import type { ConnectionSettings } from './connection-settings.js';

/** After how many seconds of what; undefined: never. */
interface AbsenceLimits {
  readonly hidden: number | undefined;
  readonly idle: number | undefined;
}

const signsOfLife = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll'] as const;

/** Calls `left` when a limit is passed and `returned` with the next sign of life, until `signal` aborts. */
function watchAbsence(
  document: Document,
  limits: AbsenceLimits,
  clock: Clock,
  listeners: { readonly left: () => void; readonly returned: () => void },
  signal: AbortSignal,
): void {
  if (limits.hidden === undefined && limits.idle === undefined) return;
  let isAway = false;
  let lastSign = clock.now();
  let timer: unknown;

  const leave = (): void => {
    isAway = true;
    listeners.left();
  };
  const wait = (): void => {
    clock.clearTimeout(timer);
    const limit = document.hidden ? (limits.hidden ?? limits.idle) : limits.idle;
    if (limit !== undefined && !isAway)
      timer = clock.setTimeout(check, Math.max(0, deadline(limit) - clock.now()));
  };
  const deadline = (limit: number): number => lastSign + limit * 1000;
  // One timer, compared with the last sign when it fires: pointers move too often to set one each time.
  const check = (): void => {
    const limit = document.hidden ? (limits.hidden ?? limits.idle) : limits.idle;
    if (limit === undefined) return;
    if (clock.now() >= deadline(limit)) leave();
    else wait();
  };
  const sign = (): void => {
    lastSign = clock.now();
    if (!isAway || document.hidden) return;
    isAway = false;
    listeners.returned();
    wait();
  };
  const turned = (): void => {
    lastSign = clock.now();
    if (!document.hidden) sign();
    wait();
  };

  if (limits.idle !== undefined)
    for (const type of signsOfLife)
      document.addEventListener(type, sign, { signal, passive: true, capture: true });
  document.addEventListener('visibilitychange', turned, { signal });
  signal.addEventListener('abort', () => {
    clock.clearTimeout(timer);
  });
  wait();
}

/** Lets the client rest while nobody is there, until `signal` aborts. */
export function closeInAbsence(
  element: ConnectionSettings,
  client: { rest(): void; wake(): void },
  clock: Clock,
  signal: AbortSignal,
): void {
  const limits = { hidden: element.hiddenDisconnect, idle: element.idleDisconnect };
  const listeners = {
    left: () => {
      client.rest();
    },
    returned: () => {
      client.wake();
    },
  };
  watchAbsence(element.ownerDocument, limits, clock, listeners, signal);
}
