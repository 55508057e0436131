import { css } from 'lit';
import type { CSSResultGroup, PropertyValues } from 'lit';
import type { Gap } from '../../src/index.js';
import { announce, prepareAnnouncer } from '../shared/announcer.js';
import type { DataEvent } from '../shared/data/data-element.js';
import { formatValue } from '../shared/format/format.js';
import { readPath } from '../shared/template/paths.js';
import { isThere } from '../shared/template/bindings.js';
import { ActionQueue } from './action-queue.js';
import { actions, findTarget } from './actions.js';
import { PusherAfterActionEvent, PusherBeforeActionEvent } from './event-events.js';
import type { ActionFacts, ReceivedEvent } from './event-events.js';
import { EventSettings } from './event-settings.js';

/** Seconds by which asking after a gap is spread, where `jitter` does not say. */
const gapJitter = 2;

/** What a script can do with an event. The action is over once the promise is fulfilled, if it returns one. */
export type EventHandler = (received: ReceivedEvent) => unknown;

/**
 * Does something when an event comes in: fires a DOM event, writes a text, a class or an attribute, fetches a part
 * of a page of the site again, reloads, scrolls, focuses, submits, removes. Draws nothing.
 *
 * What an event brings is text: none of it is parsed as HTML. `script`, `style`, `iframe` and their like cannot be
 * targets, only pages of the site's own origin are fetched, and only a form with `data-pusher-submit` is submitted.
 *
 * Durations are seconds. While `debounce` or `jitter` makes an event wait, a later one takes its place. The
 * repetition of the last event, as cache channels send it after each reconnection, is no news; and what a cache
 * channel had before the page was there only dispatches or writes. With `do="refetch"`, events that may have been
 * missed are a reason to fetch too.
 *
 * With `do="stream"` each text becomes a `message` event on this element, so that a script can make it a source of
 * Turbo Streams by `Turbo.connectStreamSource(element)`. By itself it does nothing with the text.
 *
 * Every attribute can be written `data-<name>` too.
 *
 * @tag pusher-event
 * @tagname pusher-event
 * @status experimental
 *
 * @cssstate stale - Events may have been missed: the subscription is lost, or nothing came in for `max-age` seconds.
 *
 * @fires {PusherBeforeActionEvent} pusher-before-action - It is about to act: cancel, or make it wait with `waitUntil(promise)`.
 * @fires {PusherAfterActionEvent} pusher-after-action - It has acted.
 * @fires {MessageEvent} message - With `do="stream"`: the text of an event. Does not bubble.
 */
export class PusherEventElement extends EventSettings {
  static readonly tag: string = 'pusher-event';
  static override styles: CSSResultGroup = css`
    :host {
      display: contents;
    }
    :host([hidden]) {
      display: none;
    }
  `;

  /** Does something else than `do` says. */
  declare handler: EventHandler | undefined;

  #last: ReceivedEvent | undefined;
  #next: ReceivedEvent | undefined;
  #stopWaiting: (() => void) | undefined;
  /** From being put into the page to leaving it. A move is no leave. */
  #stay: AbortController | undefined;
  #queue: ActionQueue<ReceivedEvent> | undefined;

  /** The last event that matched; undefined before there is one. */
  get last(): ReceivedEvent | undefined {
    return this.#last;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#stopWaiting?.();
      this.#stay?.abort();
      this.#stay = undefined;
      this.#queue = undefined;
    });
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    root.append(this.ownerDocument.createElement('slot'));
    return root;
  }

  protected override get eventNames(): readonly string[] {
    return [...(this.name ?? []), ...(this.event ?? [])];
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.announce) prepareAnnouncer(this.ownerDocument);
    if (this.eventNames.length === 0)
      this.warn('it has no name, so it does nothing. Write name="…" with the name of an event.');
    const missing = this.#missing;
    if (missing) this.warn(`do="${this.do}" does nothing without ${missing}="…".`);
    if (this.querySelector(':scope > :not(p:empty, br)'))
      this.warn('what is inside it does not belong there. Close it with </pusher-event>.');
  }

  protected override received({ isCached: cached, ...facts }: DataEvent): void {
    const received: ReceivedEvent = { ...facts, cached };
    const { matchField, matchValue = null } = this;
    if (matchField) {
      const value = readPath(received.data, matchField);
      const isMatch = matchValue === null ? isThere(value) : textOf(value) === matchValue;
      if (!isMatch) return;
    }
    const isKnown = cached && JSON.stringify(this.#last?.data) === JSON.stringify(received.data);
    this.#last = received;
    if (isKnown || (cached && !/^(?:dispatch|text|class|attr|stream)$/.test(this.do))) return;
    this.#await(received, this.jitter);
  }

  protected override missed(gap: Gap): void {
    if (this.do !== 'refetch' || this.handler) return;
    const { name: channel = '' } = this.heldChannel ?? {};
    const receivedAt = this.clock.now();
    const facts = { name: 'pusher-gap', channel, data: gap, userId: undefined, cached: false, receivedAt };
    this.#await(facts, this.jitter ?? gapJitter);
  }

  /** The attribute that the action cannot do without. */
  get #missing(): string | undefined {
    if (this.handler) return undefined;
    const { do: action } = this;
    if (action === 'dispatch' && !this.dispatchAs) return 'dispatch-as';
    if (action === 'class' && !this.classNames?.length) return 'class-name';
    if (action === 'attr' && !this.attrName) return 'attr-name';
    return action === 'refetch' && !this.refetchUrl ? 'refetch-url' : undefined;
  }

  /** Acts at once, or when the time has come. */
  #await(received: ReceivedEvent, jitter = 0): void {
    const { debounce = 0 } = this;
    this.#next = received;
    // With jitter alone, the time stays and the event is exchanged.
    if (this.#stopWaiting && !debounce) return;
    this.#stopWaiting?.();
    const act = (): void => {
      this.#stopWaiting = undefined;
      const { signal } = (this.#stay ??= new AbortController());
      this.#queue ??= new ActionQueue((next) => this.#act(next, signal));
      if (this.#next) this.#queue.push(this.#next, this.do === 'refetch');
    };
    if (!debounce && !jitter) {
      act();
      return;
    }
    const { clock } = this;
    const timer = clock.setTimeout(act, (debounce + clock.random() * jitter) * 1000);
    this.#stopWaiting = () => {
      clock.clearTimeout(timer);
      this.#stopWaiting = undefined;
    };
  }

  #act(received: ReceivedEvent, signal: AbortSignal): unknown {
    const { handler } = this;
    const action = handler ? 'handler' : this.do;
    if (signal.aborted || this.#missing) return undefined;
    const needsNone = /^(?:reload|stream|handler)$/.test(action);
    const affected = needsNone ? undefined : findTarget(this, this.#warn);
    if (!affected && !needsNone) return undefined;
    const facts: ActionFacts = { received, action, affected };
    const promises: PromiseLike<unknown>[] = [];
    const before = new PusherBeforeActionEvent(facts, (promise) => promises.push(promise));
    if (!this.emit(before)) return undefined;
    if (promises.length === 0) return this.#perform(facts, signal);
    return Promise.all(promises).then(
      () => (signal.aborted ? undefined : this.#perform(facts, signal)),
      (error: unknown) => {
        this.warn(`nothing was done, because what it had to wait for has failed (${String(error)}).`);
      },
    );
  }

  #perform(facts: ActionFacts, signal: AbortSignal): unknown {
    const { received, action, affected = this } = facts;
    const value = readPath(received.data, this.field);
    const done = (): void => {
      this.emit(new PusherAfterActionEvent(facts));
      const { announce: sentence } = this;
      const text = sentence === true ? formatValue(value, undefined, this) : sentence;
      if (text) announce(this.ownerDocument, text, { key: this });
    };
    if (action === 'handler') return this.#handle(received, done);
    return (
      actions[action]({ host: this, received, value, affected, signal, done, warn: this.#warn }) ?? undefined
    );
  }

  /** What a script does wrong is the script's; later events are handled all the same. */
  async #handle(received: ReceivedEvent, done: () => void): Promise<void> {
    try {
      await this.handler?.(received);
      done();
    } catch (error) {
      reportError(error);
    }
  }

  readonly #warn = (message: string): void => {
    this.warn(message);
  };
}

/** A value as it would be written into an attribute. */
const textOf = (value: unknown): unknown => (typeof value === 'string' ? value : JSON.stringify(value));
