/** One listener to numbered events, with what it is owed and what it got. */
import type { Fail } from './wire-ledger.js';

/** What every published event carries: which one it is, and on which channel. */
export interface Numbered {
  readonly n: number;
  readonly channel: string;
}

/** Counts dispatches: what is unbound while one is under way may still be called in it, and never after. */
export interface DispatchCounter {
  dispatches: number;
}

export const isSealed = (channel: string): boolean => channel.startsWith('private-encrypted-');

export class Listener {
  readonly name: string;
  /** Whether it hears every event, and not only `tick`. */
  readonly isGlobal: boolean;
  readonly #fail: Fail;
  readonly #counter: DispatchCounter;
  /** Events in the clear that are being dispatched. */
  #due: number[] = [];
  /** Encrypted events by channel, in the order of the wire; they are opened later, and may turn out to be unreadable. */
  readonly #sealed = new Map<string, { readonly n: number; isOwed: boolean }[]>();
  /** Encrypted channels whose events cannot be opened at the moment; the client says so once, until one opens again. */
  readonly #unreadable = new Set<string>();
  #diedIn: number | undefined;

  constructor(name: string, isGlobal: boolean, fail: Fail, counter: DispatchCounter, earlier?: Listener) {
    this.name = name;
    this.isGlobal = isGlobal;
    this.#fail = fail;
    this.#counter = counter;
    // What is being opened while it is bound may still reach it.
    if (!earlier) return;
    for (const channel of earlier.#unreadable) this.#unreadable.add(channel);
    for (const [channel, sealed] of earlier.#sealed)
      this.#sealed.set(
        channel,
        sealed.map(({ n }) => ({ n, isOwed: false })),
      );
  }

  /** Whether an event of this name is for it. */
  hears(event: string): boolean {
    return this.isGlobal || event === 'tick';
  }

  /** An event reaches the client while this listener is bound. */
  expect({ n, channel }: Numbered, isOwed: boolean): void {
    if (!isSealed(channel)) {
      this.#due.push(n);
      return;
    }
    const sealed = this.#sealed.get(channel) ?? [];
    this.#sealed.set(channel, sealed);
    sealed.push({ n, isOwed });
  }

  /** It is called. */
  take(value: unknown): void {
    const { n, channel } = (value ?? {}) as Partial<Numbered>;
    if (n === undefined || channel === undefined) return;
    if (this.#diedIn !== undefined) {
      if (this.#diedIn !== this.#counter.dispatches)
        this.#fail('an unbound listener is not called', `${this.name} with ${n}`);
      return;
    }
    if (isSealed(channel)) this.#takeOpened(n, channel);
    else if (this.#due.shift() !== n)
      this.#fail('each event reaches each listener once and in order', `${this.name} got ${n} on ${channel}`);
  }

  /** An encrypted event turned out to be unreadable, and the client has said so. */
  drop(channel: string): void {
    this.#unreadable.add(channel);
  }

  /** Nobody holds the channel any more, or no channel is connected any more: what is still sealed may be lost. */
  forgive(channel?: string): void {
    for (const [name, sealed] of this.#sealed)
      if (channel === undefined || name === channel) for (const item of sealed) item.isOwed = false;
  }

  /** The dispatch of an event is over. */
  checkDispatched(): void {
    if (this.#due.length === 0 || this.#diedIn !== undefined) return;
    this.#fail(
      'each event reaches each listener once and in order',
      `${this.name} missed ${this.#due.join()}`,
    );
    this.#due = [];
  }

  /** Everything has had time to be opened. */
  checkOpened(): void {
    for (const [channel, sealed] of this.#sealed) {
      const due = this.#unreadable.has(channel) ? sealed.slice(-1) : sealed;
      if (due.some(({ isOwed }) => isOwed))
        this.#fail(
          'each event reaches each listener once and in order',
          `${this.name} still waits on ${channel}`,
        );
    }
  }

  die(): void {
    this.#diedIn ??= this.#counter.dispatches;
  }

  #takeOpened(n: number, channel: string): void {
    const sealed = this.#sealed.get(channel) ?? [];
    const at = sealed.findIndex((item) => item.n === n);
    if (at < 0)
      this.#fail('each event reaches each listener once and in order', `${this.name} got ${n} on ${channel}`);
    const taken = sealed.splice(0, at + 1);
    const skipped = taken.slice(0, -1);
    // A cache channel repeats an event: where the first one may be lost, this may be either.
    if (!taken.at(-1)?.isOwed) {
      const again = sealed.find((item) => item.n === n);
      if (again) again.isOwed = false;
    }
    const mayBeLost = this.#unreadable.delete(channel);
    if (!mayBeLost && skipped.some(({ isOwed }) => isOwed))
      this.#fail(
        'each event reaches each listener once and in order',
        `${this.name} got ${n} on ${channel} before ${skipped.map((item) => item.n).join()}`,
      );
  }
}
