import { css } from 'lit';
import type { CSSResultGroup, PropertyValues } from 'lit';
import { systemClock } from '../../src/index.js';
import { causeOf, controls, DisabledButtons, eventsOf, explainAbsence, formOf } from './controls.js';
import { prepareReset, readFields } from './fields.js';
import type { Draft } from './fields.js';
import { echo } from './echo.js';
import { Outbox } from './outbox.js';
import { Pace } from './pace.js';
import {
  PusherBeforeSendEvent,
  PusherQueuedEvent,
  PusherSendErrorEvent,
  PusherSentEvent,
} from './trigger-events.js';
import type { SendErrorCode, SendErrorFacts, SentMessage } from './trigger-events.js';
import { TriggerSettings } from './trigger-settings.js';

/** How long a page may take to bring its form, before its author is told, in milliseconds. */
const patience = 3000;

/**
 * Sends what a form or a button says: as a client event to the others on a private or presence channel, or with
 * `post-url` to the page's own server. It wraps the form, button or field, or names it with `for`.
 *
 * The payload is the fields of the form, or the name and value of the button or field; `payload` is sent instead of
 * them. Files, and on a channel passwords and tokens of the site, are left out. Servers take 10 client events in a
 * second on one connection and 10 kB in one event: what is too fast waits, what is too large is refused.
 *
 * All durations are seconds: `throttle="0.5"`. What cannot go out yet waits by `queue`, for `ttl` seconds. Sent means
 * written to the connection, or answered by the page's own server: whether anybody got it is not known.
 *
 * `post-url` sends a form-encoded POST with the fields and `socket_id`, by which the server can leave this page out
 * when it publishes, and with the CSRF token of the page. It is tried once, and neither queued nor repeated.
 *
 * Every attribute can be written `data-<name>` too.
 *
 * @tag pusher-trigger
 * @tagname pusher-trigger
 * @status experimental
 *
 * @slot - The form, button or field, and anything else.
 *
 * @attr {string} event - The name of the event; `client-` is put in front where it is missing, except with `post-url`.
 *
 * @cssstate pending - Something is about to be sent: held by `debounce` or `throttle`, or on its way to `post-url`.
 * @cssstate queued - Something waits for the subscription, or for the rate.
 * @cssstate disabled - With `disable-offline`: nothing can be sent now.
 * @cssstate error - The last one was not sent.
 * @cssstate stale - The subscription is lost.
 *
 * @fires {PusherBeforeSendEvent} pusher-before-send - Something is about to be sent; cancel it, or change `data`.
 * @fires {PusherSentEvent} pusher-sent - It was written to the connection, or the server answered with 2xx.
 * @fires {PusherQueuedEvent} pusher-queued - It cannot go out yet, and waits.
 * @fires {PusherSendErrorEvent} pusher-send-error - It was not sent; `code` says why.
 */
export class PusherTriggerElement extends TriggerSettings {
  static readonly tag: string = 'pusher-trigger';
  static override styles: CSSResultGroup = css`
    :host {
      display: contents;
    }
    :host([hidden]) {
      display: none;
    }
  `;

  readonly #pace = new Pace<Draft>(
    () => ({
      clock: this.clock,
      debounce: (this.debounce ?? 0) * 1000,
      throttle: (this.throttle ?? 0) * 1000,
      coalesces: this.coalesce,
    }),
    (draft) => this.#send(draft),
    () => {
      this.#show();
    },
  );
  readonly #outbox = new Outbox(this, {
    sent: (message) => {
      this.#sent(message);
    },
    queued: (message) => {
      this.#show();
      this.emit(new PusherQueuedEvent(message));
    },
    failed: (message, code, facts) => this.#fail(message, code, facts),
  });
  readonly #buttons = new DisabledButtons();
  #hasFailed = false;
  #listening: AbortController | undefined;

  /** Whether something is held by `debounce` or `throttle`, or on its way to `post-url`. */
  get pending(): boolean {
    return this.#pace.isHolding || this.#outbox.posting > 0;
  }

  /** How many wait for the subscription or for the rate. */
  get queued(): number {
    return this.#outbox.queued;
  }

  /** What would be sent now. */
  get data(): unknown {
    return this.#draft().data;
  }

  /**
   * Sends now, without `throttle` and `debounce`: the fields, or `data`. False where it was cancelled or refused;
   * true where it was sent, waits, or is on its way.
   */
  send(data?: unknown): boolean {
    return this.#send(data === undefined ? this.#draft() : { data });
  }

  /** Sends what `debounce` or `throttle` holds, now. */
  flush(): void {
    this.#pace.flush();
  }

  /** Gives up everything that was not sent yet. */
  cancel(): void {
    this.#outbox.abort();
    this.#drop();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening?.abort();
    this.#buttons.show(null, false);
    // A move is no reason to forget anything; and a request that is under way is left to itself.
    queueMicrotask(() => {
      if (!this.isConnected) this.#drop();
    });
  }

  /** Nothing is taken: it only sends. */
  protected override get eventNames(): readonly string[] {
    return [];
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    const slot = this.ownerDocument.createElement('slot');
    slot.addEventListener('slotchange', () => {
      this.#show();
    });
    root.append(slot);
    return root;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has('for') || changed.has('trigger') || !this.#listening) this.#listen();
    if (!this.event?.length && !this.postUrl)
      this.warn('it has no event, so it sends nothing. Write event="…" with a name for what is sent.');
    this.#show();
  }

  protected override connectionChanged(): void {
    this.#show();
  }

  protected override subscribed(): void {
    const { name, type } = this.heldChannel ?? {};
    if ((type === 'public' || type === 'encrypted') && !this.postUrl)
      this.warn(
        `the ${type} channel "${String(name)}" takes no events from pages. Use a private or presence channel, or post-url="…".`,
      );
  }

  /** Called whenever the channel or the connection has changed, and for what changes here. */
  protected override writeStates(states: readonly string[]): void {
    const isDisabled = this.#isDisabled;
    const facts = {
      pending: this.pending,
      queued: this.queued > 0,
      disabled: isDisabled,
      error: this.#hasFailed,
    };
    super.writeStates([...states, ...Object.entries(facts).flatMap(([name, isSo]) => (isSo ? [name] : []))]);
    this.#buttons.show(this.isConnected ? this.#scope : null, isDisabled);
  }

  #show(): void {
    this.writeFacts([]);
  }

  /** Gives up what waits here. */
  #drop(): void {
    this.#outbox.drop();
    this.#pace.cancel();
  }

  /** What is being listened to: the element that `for` names, or this one. */
  get #scope(): Element | null {
    return this.for ? (this.getRootNode() as Document | ShadowRoot).getElementById(this.for) : this;
  }

  /** Whether `disable-offline` forbids it now. */
  get #isDisabled(): boolean {
    if (!this.disableOffline || !this.isConnected) return false;
    const { heldChannel: channel, source } = this;
    return channel || !this.postUrl ? !channel?.subscribed : source?.snapshot.state !== 'connected';
  }

  /** Listens where the events pass by, so that a form may come late and be replaced. */
  #listen(): void {
    this.#listening?.abort();
    if (!this.isConnected) return;
    const { signal } = (this.#listening = new AbortController());
    const root = this.for ? this.getRootNode() : this;
    for (const type of eventsOf(this.trigger)) root.addEventListener(type, this.#hear, { signal });
    const timer = systemClock.setTimeout(() => {
      const problem = explainAbsence(this.for, this.#scope);
      if (problem) this.warn(problem);
    }, patience);
    signal.addEventListener('abort', () => {
      systemClock.clearTimeout(timer);
    });
  }

  readonly #hear = (event: Event): void => {
    const scope = this.#scope;
    const cause = scope && !event.defaultPrevented && causeOf(event, scope, this.trigger);
    if (!cause) return;
    const { source, isSubmission } = cause;
    const isPress = isSubmission || event.type === 'click';
    const isDisabled = this.#isDisabled;
    // What is sent here is not sent by the browser as well; a form in a dialog still closes it.
    if (isSubmission ? source.getAttribute('method') !== 'dialog' : isPress && isDisabled)
      event.preventDefault();
    const draft = this.#read(source, (event as Partial<SubmitEvent>).submitter);
    if (!isDisabled) {
      // One request of a form at a time: a second press of the button means the same one.
      if (!isSubmission || this.#outbox.posting === 0) this.#pace.offer(draft);
    } else if (isPress) this.#fail(this.#messageOf(draft.data), 'offline');
  };

  /** What is there now, without an event. */
  #draft(): Draft {
    const scope = this.#scope;
    return this.#read(formOf(scope) ?? (scope === this ? scope.querySelector(controls) : scope));
  }

  #read(source: Element | null, submitter: HTMLElement | null = null): Draft {
    const data = this.payload
      ? // Whoever changes it in `pusher-before-send` changes this message only.
        (JSON.parse(JSON.stringify(this.payload)) as unknown)
      : readFields(this, source, submitter, !this.postUrl);
    return source instanceof HTMLFormElement ? { data, form: source } : { data };
  }

  #messageOf(data: unknown): SentMessage {
    const name = this.event?.[0] ?? '';
    return {
      channel: this.heldChannel?.name ?? this.channel,
      event: this.postUrl || name.startsWith('client-') ? name : `client-${name}`,
      data,
    };
  }

  #send(draft: Draft): boolean {
    const before = new PusherBeforeSendEvent(this.#messageOf(draft.data));
    if (!this.emit(before)) return false;
    this.#hasFailed = false;
    const { channel, event, data } = before;
    const message = { channel, event, data };
    const taken = this.reset ? prepareReset(draft) : (): void => undefined;
    const isOut = this.postUrl
      ? this.#outbox.post(message, this.source?.client?.connection.socket_id, taken)
      : this.#outbox.trigger(message, this.heldChannel, taken);
    this.#show();
    return isOut;
  }

  #fail(message: SentMessage, code: SendErrorCode, facts?: SendErrorFacts): false {
    this.#hasFailed = true;
    this.#show();
    this.emit(new PusherSendErrorEvent(message, code, facts));
    return false;
  }

  #sent(message: SentMessage): void {
    this.#show();
    this.emit(new PusherSentEvent(message));
    if (this.echo && this.heldChannel) echo(this.heldChannel, message, this.clock.now());
  }
}
