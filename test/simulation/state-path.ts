/** The seed's diagram of states, and the reasons and times of its changes. */
import type { ConnectionState, StateChange } from '../../src/index.js';
import type { Fail } from './wire-ledger.js';

/** Each state and those that may follow it; `disconnected` may follow every one. */
const diagram: Readonly<Record<ConnectionState, readonly ConnectionState[]>> = {
  initialized: ['connecting', 'failed'],
  connecting: ['connected', 'unavailable'],
  connected: ['connecting'],
  unavailable: ['connected'],
  disconnected: ['connecting', 'failed'],
  failed: ['connecting'], // a transport has appeared
};

/** Why a client may be `disconnected`. */
export type Excuse =
  'disconnect()' | 'a fatal loss' | 'a veto' | 'automatic reconnection is off' | 'the page was hidden';

export class StatePath {
  readonly #fail: Fail;
  #last: ConnectionState = 'initialized';
  #announced: ConnectionState | undefined;
  #connectingSince = 0;
  #unavailableAfter = Infinity;
  readonly #excuses = new Set<Excuse>();

  constructor(fail: Fail) {
    this.#fail = fail;
  }

  /** The state as it was last announced. */
  get last(): ConnectionState {
    return this.#last;
  }

  excuse(excuse: Excuse): void {
    this.#excuses.add(excuse);
  }

  changed(
    { previous, current }: StateChange,
    present: ConnectionState,
    now: number,
    wokeAt: number,
    timeout: number,
  ): void {
    if (previous !== this.#last)
      this.#fail('previous is the last current', `${previous} was announced after ${this.#last}`);
    if (current !== present)
      this.#fail('the property is changed before the event', `${present}, not ${current}`);
    if (current !== 'disconnected' && !diagram[previous].includes(current))
      this.#fail('changes of state are a path of the diagram', `${previous} to ${current}`);
    if (current === previous) this.#fail('changes of state are a path of the diagram', `${current} twice`);
    if (current === 'disconnected' && this.#excuses.size === 0)
      this.#fail('disconnected only for a reason', `from ${previous}`);
    if (current === 'connecting') {
      this.#connectingSince = now;
      this.#unavailableAfter = timeout;
    }
    if (current === 'unavailable') this.#checkUnavailable(now, wokeAt);
    if (current === 'connecting' || current === 'connected') this.#excuses.clear();
    this.#last = current;
    this.#announced = current;
  }

  /** A state's own event. */
  named(state: ConnectionState): void {
    if (state !== this.#announced) this.#fail('a state is announced once, after state_change', state);
    this.#announced = undefined;
  }

  /** Everything has come to rest for now. */
  check(state: ConnectionState, now: number, wokeAt: number): void {
    if (state !== this.#last)
      this.#fail('every change of state is announced', `${state} after ${this.#last}`);
    if (this.#announced) this.#fail('a state is announced once, after state_change', this.#announced);
    // Right after a sleep no timer has run yet.
    if (state === 'connecting' && now > wokeAt && now > this.#connectingSince + this.#unavailableAfter + 1e-3)
      this.#fail('connecting becomes unavailable in time', `${now - this.#connectingSince} ms`);
  }

  #checkUnavailable(now: number, wokeAt: number): void {
    const after = now - this.#connectingSince;
    const isLate = after > this.#unavailableAfter + 1e-3 && wokeAt < this.#connectingSince;
    if (after < this.#unavailableAfter - 1e-3 || isLate)
      this.#fail(
        'connecting becomes unavailable in time',
        `after ${after} ms, not ${this.#unavailableAfter}`,
      );
  }
}
