/** What all elements of this library have in common. */
import { ReactiveElement } from 'lit';
import { clientVersion } from '../src/index.js';
import { takeAssignedText } from './shared/assigned-text.js';
import { readAttributeOf } from './shared/attributes.js';
import { announceConnections } from './shared/connection-directory.js';
import { warnOnce } from './shared/dev-warning.js';

/**
 * The base: aliases of attributes, output state, events, warnings. Inputs are Lit properties; outputs are
 * getters whose attribute and custom state are written here and never read back.
 */
export abstract class PusherElement extends ReactiveElement {
  /** The version of this library that the class comes from. */
  static readonly version: string = clientVersion;

  /** Every attribute can be written `data-<name>` too, for editors that keep no others. */
  static override get observedAttributes(): string[] {
    const own = super.observedAttributes;
    return [...own, ...own.map((name) => `data-${name}`)];
  }

  /** Lit makes the accessors here, once for each class. */
  protected static override finalize(): void {
    const isFirst = !Object.hasOwn(this, 'finalized');
    super.finalize();
    if (isFirst) takeAssignedText(this.prototype, this.elementProperties);
  }

  readonly #internals: ElementInternals | undefined;
  #states: readonly string[] = [];

  constructor() {
    super();
    try {
      this.#internals = this.attachInternals();
    } catch {
      // No custom states then; the attribute says the same.
    }
  }

  override attributeChangedCallback(name: string, previous: string | null, value: string | null): void {
    readAttributeOf(this, () => {
      if (name.startsWith('data-')) {
        // The plain one wins.
        const plain = name.slice('data-'.length);
        if (!this.hasAttribute(plain)) super.attributeChangedCallback(plain, previous, value);
      } else super.attributeChangedCallback(name, previous, value ?? this.getAttribute(`data-${name}`));
    });
  }

  /** A move that keeps the element's state. What it finds may be different at the new place. */
  connectedMoveCallback(): void {
    announceConnections(this.ownerDocument);
  }

  /** Writes the `state` attribute and the custom states: the state, and facts beside it. */
  protected writeState(state: string, facts: readonly string[] = []): void {
    this.writeOutput('state', state);
    this.writeStates([state, ...facts]);
  }

  /** Writes the custom states, all of them. */
  protected writeStates(states: readonly string[]): void {
    const before = this.#states;
    this.#states = states;
    // Only what has changed: the browser looks for styles again after each.
    for (const old of before) if (!states.includes(old)) this.#internals?.states.delete(old);
    for (const name of states) if (!before.includes(name)) this.#addState(name);
  }

  /** Writes an output attribute; undefined removes it. */
  protected writeOutput(name: string, value: string | undefined): void {
    if (value === undefined) this.removeAttribute(name);
    else if (this.getAttribute(name) !== value) this.setAttribute(name, value);
  }

  /** Dispatches an event; false where a listener has cancelled it. */
  protected emit(event: Event): boolean {
    return this.dispatchEvent(event);
  }

  /** Tells the author of the page, once, what is wrong with this element and what to do. */
  protected warn(message: string): void {
    warnOnce(this, message);
  }

  #addState(name: string): void {
    try {
      this.#internals?.states.add(name);
    } catch {
      // Browsers before `:state()` take names with dashes only, or none.
    }
  }
}
