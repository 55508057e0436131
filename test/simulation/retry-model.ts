/**
 * The retry table of design.md §5, written a second time and from the outside: from what the application is
 * told of a loss, it says how long the next attempt may and must wait. It shares no code with the client.
 */
import type { ConnectionLoss, ReconnectPlan } from '../../src/index.js';
import type { Fail } from './wire-ledger.js';

/** What the table depends on besides the loss. Milliseconds. */
export interface RetryFacts {
  readonly now: number;
  readonly isUnavailable: boolean;
  readonly reconnectDelay: number | undefined;
  readonly unavailableRetryDelay: number;
}

type Kind = 'at-once' | 'soon' | 'at-least-a-second' | 'encrypted' | 'never';

/** The rows of the table. */
export function kindOfLoss(
  loss: Pick<ConnectionLoss, 'code' | 'wasConnected' | 'error'>,
  usedTLS: boolean,
): Kind {
  const { code, error, wasConnected } = loss;
  if (error?.type === 'HandshakeError') return 'at-least-a-second';
  if (error?.type === 'TimeoutError') return wasConnected ? 'at-once' : 'soon';
  if (code === undefined) return 'at-least-a-second'; // a refusal without a code
  if (code >= 1002 && code <= 1004) return 'at-least-a-second';
  if (code < 4000) return 'soon';
  if (code === 4000) return usedTLS ? 'never' : 'encrypted';
  if (code < 4100) return 'never';
  if (code < 4200) return 'at-least-a-second';
  if (code < 4300) return 'at-once';
  return 'never';
}

/** Why an attempt may be made. */
interface Allowance {
  /** Not sooner than this. */
  readonly at: number;
  /** And, unless the machine sleeps, not later. */
  readonly isExact: boolean;
  readonly wasPlannedAt: number;
  /** Given while `disconnect()` is on its way: the end of that socket does not take it back. */
  readonly survivesTheEnd: boolean;
}

const tolerance = 1e-3;
/** Milliseconds between attempts once several have failed, whatever was asked for. */
const leastDelay = 100;

export class RetryModel {
  readonly #fail: Fail;
  readonly #stableAfter: number;
  /** Failures since a connection last stayed up for a while: a range, because a sleep blurs what "stayed up" means. */
  #fewest = 0;
  #most = 0;
  #connectedAt: number | undefined;
  #lossAt: number | undefined;
  #lossCode: number | undefined;
  #kind: Kind = 'soon';
  #isPlanned = false;
  /** Losses since a connection worked, for the number of the attempt. */
  #losses = 0;
  #isNumberKnown = true;
  #allowance: Allowance | undefined;
  /** When the attempt is due that has been planned and not announced. */
  #plan: number | undefined;
  /** The same, where a least wait may have made it later; undefined where nothing may be announced. */
  #planAtMost: number | undefined;
  /** What was asked for from inside a listener and has not been dealt with: each in its turn, in this order. */
  #waiting: ('attempt' | 'rest')[] = [];
  /** Counts what the application has asked for, so that a hook that asked can be told from one that did not. */
  requests = 0;

  constructor(fail: Fail, stableAfter: number) {
    this.#fail = fail;
    this.#stableAfter = stableAfter;
  }

  /** Whether an attempt is waiting for its time, as far as the application was told. */
  get plannedAt(): number | undefined {
    return this.#allowance?.isExact ? this.#allowance.at : undefined;
  }

  /** When the server may be tried again after it asked for a second. */
  get notBefore(): number {
    if (this.#lossAt === undefined || this.#kind !== 'at-least-a-second') return -Infinity;
    return this.#lossAt + 1000;
  }

  /** The application asks for an attempt. */
  allow(now: number, isResting: boolean, survivesTheEnd: boolean): void {
    if (isResting) this.#fewest = this.#most = 0;
    this.requests += 1;
    this.#waiting.push('attempt');
    this.#isNumberKnown = false;
    this.#allowance = { at: now, isExact: false, wasPlannedAt: now, survivesTheEnd };
  }

  /** The browser says that it may be worth trying; only a client that was going to try may heed it. */
  wake(now: number): void {
    const isFull = this.#lossCode !== undefined && this.#lossCode >= 4100 && this.#lossCode < 4200;
    const earliest = isFull ? Math.max(now, this.notBefore) : now;
    const at = Math.min(earliest, this.#allowance?.at ?? Infinity);
    this.#allowance = { at, isExact: false, wasPlannedAt: now, survivesTheEnd: false };
  }

  /** Nothing may be attempted: a veto, or nothing is left to be tried. */
  forbid(): void {
    this.#allowance = undefined;
  }

  /** The hook is asked about an attempt: by hand where it is one that was asked for. */
  asked(isManual: boolean): void {
    if (isManual) this.#waiting.splice(0, this.#waiting.indexOf('attempt') + 1);
  }

  /** The hook has had its say. Another request meanwhile is nothing to an attempt that is under way (C-09). */
  answered(): void {
    while (this.#waiting[0] === 'attempt') this.#waiting.shift();
  }

  /** The answer was no; a request that came after a `disconnect()` is asked about by itself. */
  vetoed(): void {
    if (!this.#waiting.includes('attempt')) this.forbid();
  }

  /** A socket has ended, and nobody has decided yet. */
  ended(): void {
    this.#allowance = this.#allowance?.survivesTheEnd
      ? { ...this.#allowance, survivesTheEnd: false }
      : undefined;
  }

  /** The state is `disconnected`. */
  rested(): void {
    this.#fewest = 0; // where it is `disconnect()` that ended it
    this.#losses = 0;
    this.#isNumberKnown = true;
  }

  /** `disconnect()` forgets earlier failures. */
  forget(): void {
    this.requests += 1;
    this.#waiting.push('rest');
    this.forbid();
    this.#fewest = this.#most = 0;
  }

  connected(now: number): void {
    this.#connectedAt = now;
    this.#losses = 0;
    this.#isNumberKnown = true;
  }

  lost(loss: ConnectionLoss, now: number, wokeAt: number, usedTLS: boolean): void {
    if (loss.wasConnected && this.#connectedAt !== undefined) {
      const up = now - this.#connectedAt;
      if (up >= this.#stableAfter) this.#fewest = 0;
      if (up > this.#stableAfter && wokeAt < this.#connectedAt) this.#most = 0;
    }
    this.#connectedAt = undefined;
    if (loss.isIntentional) return;
    this.#fewest += 1;
    this.#most += 1;
    this.#losses += 1;
    this.#lossAt = now;
    this.#lossCode = loss.code;
    this.#kind = kindOfLoss(loss, usedTLS);
    this.#isPlanned = false;
    if (loss.isFatal !== (this.#kind === 'never'))
      this.#fail(
        'close codes mean what the table says',
        `${String(loss.code)} is fatal: ${String(loss.isFatal)}`,
      );
  }

  /** The hook is asked about a reconnection: whether the plan is what the table says. */
  planned(plan: ReconnectPlan, facts: RetryFacts): void {
    const milliseconds = plan.delay * 1000;
    if (this.#isPlanned) this.#fail('one plan for each loss', `attempt ${plan.attempt}`);
    this.#isPlanned = true;
    const isAllowed = this.#ranges(facts).some(
      ([low, high]) => milliseconds >= low - tolerance && milliseconds <= high + tolerance,
    );
    if (!isAllowed)
      this.#fail(
        'no attempt sooner or later than the policy allows',
        `planned after ${milliseconds} ms for ${this.#kind} (${String(this.#lossCode)}), failure ${this.#fewest} to ${this.#most}; ` +
          `allowed ${JSON.stringify(this.#ranges(facts))}`,
      );
    const { attempt } = plan;
    if (this.#isNumberKnown ? attempt !== this.#losses : attempt < 1 || attempt > this.#losses)
      this.#fail('attempts are counted 1, 2, 3', `attempt ${attempt} after ${this.#losses} losses`);
  }

  /** What the hook, or the setting, made of the plan: undefined where it was vetoed. */
  settled(milliseconds: number | undefined, now: number): void {
    if (milliseconds === undefined) {
      this.forbid();
      return;
    }
    const due = (wait: number): number => Math.max(now, (this.#lossAt ?? now) + wait);
    // From the third failure in a row on there is a least wait; which failure this is may not be known exactly.
    const floored = due(Math.max(leastDelay, milliseconds));
    const at = this.#fewest > 2 ? floored : due(milliseconds);
    const isExact = this.#fewest > 2 || this.#most <= 2 || milliseconds >= leastDelay;
    this.#allowance = { at, isExact, wasPlannedAt: now, survivesTheEnd: false };
    this.#plan = at > now + tolerance ? at : undefined; // nothing is announced for an attempt that is not delayed
    this.#planAtMost = isExact ? this.#plan : floored;
  }

  /** `connecting_in` is emitted; a listener that ran before may have overtaken the plan already. */
  announced(seconds: number, retryAt: number | undefined, now: number): void {
    const possible = [this.#plan, this.#planAtMost].filter((at) => at !== undefined);
    if (possible.length === 0)
      this.#fail('connecting_in comes once before each delayed attempt', 'twice, or for none');
    const tells = (at: number): boolean =>
      Math.abs(now + seconds * 1000 - at) <= tolerance && Math.abs((retryAt ?? NaN) - at) <= tolerance;
    if (possible.length > 0 && !possible.some(tells))
      this.#fail(
        'connecting_in tells the wait that follows',
        `${seconds} s, not ${possible.map((at) => (at - now) / 1000).join(' or ')}`,
      );
    this.#plan = this.#planAtMost = undefined;
  }

  /** Everything has come to rest for now. */
  check(): void {
    this.#waiting.length = 0;
    if (this.plannedAt !== undefined && this.#plan !== undefined)
      this.#fail('connecting_in comes once before each delayed attempt', 'it did not come');
  }

  /** An attempt is made. */
  attempted(now: number, wokeAt: number): void {
    const allowance = this.#allowance;
    this.#allowance = this.#plan = this.#planAtMost = undefined;
    if (!allowance) this.#fail('no attempt that nobody asked for or planned', `at ${now}`);
    else if (now < allowance.at - tolerance)
      this.#fail('no attempt sooner than the policy allows', `${allowance.at - now} ms too soon`);
    else if (allowance.isExact && now > allowance.at + tolerance && wokeAt < allowance.wasPlannedAt)
      this.#fail('an attempt is made when it is due', `${now - allowance.at} ms late`);
  }

  /** The waits that the table allows, in milliseconds. */
  #ranges(facts: RetryFacts): (readonly [number, number])[] {
    const { reconnectDelay, isUnavailable, unavailableRetryDelay } = facts;
    const kind = this.#kind;
    if (kind === 'never') return [];
    if (kind === 'encrypted') return [[0, 0]];
    const floor = kind === 'at-least-a-second' ? 1000 : 0;
    const ranges: (readonly [number, number])[] = [];
    if (kind === 'at-once' && this.#fewest === 1) ranges.push([0, 0]);
    if (kind === 'at-once' && this.#most === 1) return ranges;
    const exactly = reconnectDelay ?? (isUnavailable ? unavailableRetryDelay : undefined);
    if (exactly !== undefined) ranges.push([Math.max(floor, exactly), Math.max(floor, exactly)]);
    else ranges.push([floor, Math.min(10_000, 1000 * 2 ** (this.#most - 1) * (floor > 0 ? 2 : 1))]);
    return ranges;
  }
}
