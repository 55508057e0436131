import { html, nothing, render } from 'lit';
import type { CSSResultGroup, PropertyValues, TemplateResult } from 'lit';
import type { ConnectionState } from '../../src/index.js';
import { systemClock } from '../../src/index.js';
import { ConnectionController } from '../shared/connection-controller.js';
import { StatusAnnouncer } from '../shared/status-announcer.js';
import type { SpokenWords } from '../shared/words/words.js';
import { checkClosed } from '../shared/unclosed.js';
import { WordsController } from '../shared/words/words-controller.js';
import { Countdown } from './countdown.js';
import { facetOf, facets } from './facets.js';
import type { StatusFacet } from './facets.js';
import { countsSeconds, describeCountdown, fillSeconds } from './labels.js';
import { styles } from './pusher-status.styles.js';
import { ShownFacet } from './shown-facet.js';
import { PusherBeforeRetryEvent } from './status-events.js';
import { StatusSettings } from './status-settings.js';

/** How long temporary trouble may last before it is shown, in seconds: an outage of a second shows nothing. */
const defaultGrace = 1.5;

/**
 * What people see of the connection: whether it works, and when it will be tried again.
 *
 * It follows the connection that it finds anywhere on the page and shows it with a shape, a colour and a
 * sentence in the language of the page. Good news appears at once; trouble that may pass by itself appears
 * after `grace`, and then stays long enough to be read. A screen reader hears each settled state once,
 * politely; the countdown is for the eyes. `state`, as property, attribute and custom state, is what is
 * shown, so that styles do not flicker either; the state of the connection itself is on `<pusher-connection>`.
 *
 * Every attribute can be written `data-<name>` too.
 *
 * @tag pusher-status
 * @tagname pusher-status
 * @status experimental
 *
 * @slot icon - Replaces the shape.
 * @slot initialized - Replaces the text before anything was tried.
 * @slot connecting - Replaces the text while connecting for the first time.
 * @slot reconnecting - Replaces the text while connecting after having been connected.
 * @slot connected - Replaces the text while connected.
 * @slot unavailable - Replaces the text while it has not worked for a while.
 * @slot failed - Replaces the text where it cannot work in this browser.
 * @slot disconnected - Replaces the text while nothing is tried.
 * @slot limit - Replaces the text after a refusal because the app has too many connections.
 * @slot retry - Replaces the text on the retry button.
 *
 * @csspart base - The whole.
 * @csspart dot - The shape.
 * @csspart label - The sentence.
 * @csspart countdown - The time until the next attempt.
 * @csspart details - What went wrong, with `details`.
 * @csspart retry - The button.
 *
 * @cssprop --pusher-status-online - Colour while connected.
 * @cssprop --pusher-status-warning - Colour of temporary trouble.
 * @cssprop --pusher-status-danger - Colour of trouble that does not pass by itself.
 * @cssprop --pusher-status-radius - Radius of the corners.
 *
 * @attr {string} state - (read-only) What is shown: one of the six states of a connection.
 *
 * @cssstate initialized - Shows that nothing has been tried yet, or that there is no connection on the page.
 * @cssstate connecting - Shows that it is being tried, for the first time or again.
 * @cssstate reconnecting - Beside `connecting`: it had been connected before.
 * @cssstate connected - Shows that it works.
 * @cssstate unavailable - Shows that it has not worked for a while.
 * @cssstate failed - Shows that it cannot work in this browser.
 * @cssstate disconnected - Shows that nothing is tried.
 * @cssstate limit - Beside `disconnected`: refused because the app has too many connections (seed L-01).
 *
 * @fires {PusherBeforeRetryEvent} pusher-before-retry - The retry button was pressed; cancel it and nothing is tried.
 */
export class PusherStatusElement extends StatusSettings {
  static readonly tag: string = 'pusher-status';
  static override styles: CSSResultGroup = styles;

  readonly #connection: ConnectionController;
  readonly #words: WordsController;
  readonly #shown: ShownFacet;
  readonly #countdown: Countdown;
  readonly #announcer: StatusAnnouncer;
  #spoken: StatusFacet | undefined;
  #isChecked = false;

  constructor() {
    super();
    this.#words = new WordsController(this);
    this.#shown = new ShownFacet(() => {
      this.#writeState();
      this.requestUpdate();
    });
    this.#countdown = new Countdown(() => {
      this.requestUpdate();
    });
    this.#announcer = new StatusAnnouncer(() =>
      this.renderRoot.querySelector<HTMLElement>('[role="status"]'),
    );
    this.#connection = new ConnectionController(this, () => {
      this.#follow();
      this.requestUpdate();
    });
  }

  /** What is shown. */
  get state(): ConnectionState {
    return facets[this.#shown.value].state;
  }

  /** Whole seconds until the next attempt; undefined while none is scheduled. */
  get secondsLeft(): number | undefined {
    const left = this.#connection.value?.retryIn;
    return left === undefined ? undefined : Math.ceil(left);
  }

  /** Attempts now. */
  retry(): void {
    this.#connection.value?.retry();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#writeState();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#countdown.stop();
    // A move changes nothing. Where there was no connection, nobody else tells that there is nothing to wait for.
    queueMicrotask(() => {
      if (!this.isConnected) this.#follow();
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('grace')) this.#follow();
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    render(this.#render(), this.renderRoot, { host: this });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!this.#isChecked) checkClosed(this, (this.#isChecked = true));
    const source = this.announce === 'off' ? undefined : this.#connection.value;
    this.#announcer.speakAbout(source, source?.clock);
    this.#speak();
  }

  #follow(): void {
    const source = this.#connection.value;
    const grace = (this.grace ?? defaultGrace) * 1000;
    if (source) this.#shown.follow(facetOf(source.snapshot), grace, source.clock);
    else if (this.isConnected) this.#shown.follow('initialized', grace, systemClock);
    else {
      this.#shown.stop();
      this.#spoken = undefined;
    }
  }

  #writeState(): void {
    const facet = this.#shown.value;
    const { state } = facets[facet];
    this.writeState(state, facet === state ? [] : [facet]);
  }

  #render(): TemplateResult {
    const facet = this.#shown.value;
    const { state, tone, shape, isTrying } = facets[facet];
    const words = this.#words.value;
    const label = this.labelOf(facet, words);
    const secondsLeft = isTrying ? this.secondsLeft : undefined;
    const text = fillSeconds(label, secondsLeft, words.language);
    const isDot = this.variant === 'dot';
    const isHidden = this.#isHidden(facet);
    const isCounting = secondsLeft !== undefined && !isDot && (this.countdown || countsSeconds(label));
    const source = this.#connection.value;
    if (isCounting && !isHidden && this.isConnected && source)
      this.#countdown.show(source.retryIn ?? 0, source.clock);
    else this.#countdown.stop();
    const classes = [
      'base',
      isDot ? 'dot-only' : this.variant,
      this.theme,
      tone,
      state === 'connecting' ? 'turning' : '',
    ];
    return html`
      <div
        class=${classes.join(' ')}
        part="base"
        dir=${words.words.isRightToLeft ? 'rtl' : nothing}
        title=${isDot ? text : nothing}
        ?hidden=${isHidden}
      >
        <span class="main">
          <slot name="icon">
            <svg class="dot" part="dot" viewBox="0 0 16 16" aria-hidden="true"><path d=${shape}></path></svg>
          </slot>
          <span class=${isDot ? 'unseen' : 'label'} part="label"><slot name=${facet}>${text}</slot></span>
        </span>
        ${isCounting && this.countdown ? this.#renderCountdown(secondsLeft, words) : nothing}
        ${this.details && source ? this.#renderDetails(source.snapshot.lastError?.message) : nothing}
        ${this.#offersRetry(facet) ? this.#renderRetry(words) : nothing}
      </div>
      <span class="unseen" role="status"></span>
    `;
  }

  #renderCountdown(seconds: number, words: SpokenWords): TemplateResult {
    return html`<span class="countdown" part="countdown">${describeCountdown(seconds, words)}</span>`;
  }

  #renderDetails(message: string | undefined): TemplateResult | typeof nothing {
    return message ? html`<span class="details" part="details" dir="auto">${message}</span>` : nothing;
  }

  #renderRetry({ words }: SpokenWords): TemplateResult {
    return html`<button part="retry" type="button" @click=${this.#pressed}>
      <slot name="retry">${words.retry}</slot>
    </button>`;
  }

  readonly #pressed = (): void => {
    if (this.emit(new PusherBeforeRetryEvent())) this.retry();
  };

  #isHidden(facet: StatusFacet): boolean {
    const { hideWhen } = this;
    if (!hideWhen?.length) return false;
    // A page that hides good news does not want to hear that nothing has happened yet.
    return facet === 'initialized' || hideWhen.includes(facet) || hideWhen.includes(facets[facet].state);
  }

  /** Where a press can do something. The first attempt of all is under way already. */
  #offersRetry(facet: StatusFacet): boolean {
    if (!this.hasRetry || this.variant === 'dot') return false;
    if (facet === 'connecting') return this.secondsLeft !== undefined;
    return facets[facet].isTrying || facets[facet].state === 'disconnected';
  }

  /** Once for each settled state; that it works from the start is no news. */
  #speak(): void {
    const facet = this.#shown.value;
    if (facet === this.#spoken || facet === 'initialized') return;
    const isNews = facet !== 'connected' || this.#spoken !== undefined;
    this.#spoken = facet;
    if (isNews) this.#announcer.say(this.#sentence(facet));
  }

  /** What the label says, also where the author of the page has put something of their own in its place. */
  #sentence(facet: StatusFacet): string {
    const slot = this.renderRoot.querySelector<HTMLSlotElement>(`slot[name="${facet}"]`);
    const slotted = slot?.assignedNodes({ flatten: true }) ?? [];
    const own = slotted
      .map((node) => node.textContent)
      .join(' ')
      .trim();
    const words = this.#words.value;
    return own || fillSeconds(this.labelOf(facet, words), this.secondsLeft, words.language);
  }
}
