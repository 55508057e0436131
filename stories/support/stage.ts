/**
 * `<story-stage>`: a story's elements above, and below them what one can do to their server, and the log of
 * the DOM events that come out. It owns the scene, so that a change of controls keeps the connection, and
 * everything ends with it. In light DOM, where play functions and the accessibility check find it.
 */
import { html, LitElement, nothing } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import type { PusherConnectionElement } from '../../components/index.js';
import type { PusherOptions } from '../../src/index.js';
import { eventTypes, describeEvent } from './event-words.js';
import { Scene } from './scene.js';
import type { Action } from './actions.js';

interface LogLine {
  readonly type: string;
  readonly text: string;
}

const logLength = 40;

export class StoryStage extends LitElement {
  static override get properties(): PropertyDeclarations {
    return {
      content: { attribute: false },
      actions: { attribute: false },
      setUp: { attribute: false },
      pulse: { attribute: false },
      connected: { attribute: false },
      options: { attribute: false },
      buttons: { attribute: false },
      note: { attribute: false },
      hasLog: { attribute: false },
    };
  }

  /** The story. */
  declare content: (scene: Scene) => unknown;
  declare actions: readonly Action[];
  /** Prepares the scene before anything connects. */
  declare setUp: ((scene: Scene) => void) | undefined;
  /** What happens once a second, for as long as the stage is on the page. */
  declare pulse: ((scene: Scene) => void) | undefined;
  /** Called after the first connection. */
  declare connected: ((scene: Scene, connection: PusherConnectionElement) => void) | undefined;
  /** More options for the client, read once. */
  declare options: PusherOptions | undefined;
  /** More buttons, beside those of the actions. */
  declare buttons: TemplateResult | undefined;
  /** A sentence about what to try. */
  declare note: string;
  declare hasLog: boolean;

  #scene: Scene | undefined;
  #listening: AbortController | undefined;
  #lines: readonly LogLine[] = [];
  #wasConnected = false;
  #pulsing: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.content = () => nothing;
    this.actions = [];
    this.note = '';
    this.hasLog = true;
  }

  /** The server and the network of this story. */
  get scene(): Scene {
    if (!this.#scene) {
      this.#scene = new Scene(this.options);
      this.setUp?.(this.#scene);
    }
    return this.#scene;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#pulsing = setInterval(() => {
      this.#beat();
    }, 1000);
    for (const type of eventTypes)
      this.addEventListener(
        type,
        (event) => {
          this.#write(event);
        },
        { signal },
      );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening?.abort();
    clearInterval(this.#pulsing);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { scene } = this;
    const hasDesk = this.actions.length > 0 || this.buttons !== undefined || this.hasLog;
    return html`
      <div class="stage-view">${this.content(scene)}</div>
      ${hasDesk ? html`<div class="stage-desk" lang="en" dir="ltr">${this.#renderDesk(scene)}</div>` : nothing}
    `;
  }

  #renderDesk(scene: Scene): TemplateResult {
    return html`
      ${this.note ? html`<p class="stage-note">${this.note}</p>` : nothing} ${this.#renderButtons(scene)}
      ${this.hasLog ? this.#renderLog() : nothing}
    `;
  }

  #renderButtons(scene: Scene): TemplateResult | typeof nothing {
    if (this.actions.length === 0 && this.buttons === undefined) return nothing;
    const buttons = this.actions.map((action) => {
      const run = (): void => {
        action.run(scene);
        this.requestUpdate();
      };
      return html`<button type="button" @click=${run}>${action.label(scene)}</button>`;
    });
    return html`<div class="stage-actions" role="group" aria-label="What happens to the connection">
      ${buttons} ${this.buttons ?? nothing}
    </div>`;
  }

  #renderLog(): TemplateResult {
    const lines = this.#lines.map(
      ({ type, text }) => html`<li data-type=${type}><b>${type}</b> <span>${text}</span></li>`,
    );
    return html`
      <div class="stage-log" role="log" aria-live="off" aria-label="DOM events" tabindex="0">
        <ol>
          ${lines.length > 0 ? lines : html`<li>DOM events appear here, the newest first.</li>`}
        </ol>
      </div>
    `;
  }

  #beat(): void {
    if (!this.pulse) return;
    this.pulse(this.scene);
    this.requestUpdate();
  }

  #write(event: Event): void {
    this.#lines = [{ type: event.type, text: describeEvent(event) }, ...this.#lines].slice(0, logLength);
    if (event.type === 'pusher-connected' && !this.#wasConnected) {
      this.#wasConnected = true;
      const connection = this.querySelector('pusher-connection');
      // After the event has reached everybody.
      if (connection) queueMicrotask(() => this.connected?.(this.scene, connection));
    }
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'story-stage': StoryStage;
  }
}
