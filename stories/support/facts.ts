/** `<story-facts>`: what can be read from an element, read again all the time. */
import { html, LitElement } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import type { StoryStage } from './stage.js';

export type Fact = readonly [name: string, value: string | number | boolean | undefined];

/** Milliseconds between two readings. */
const interval = 200;

export class StoryFacts extends LitElement {
  static override get properties(): PropertyDeclarations {
    return { read: { attribute: false } };
  }

  /** Reads, from inside the stage that the element stands in. */
  declare read: (stage: StoryStage) => readonly Fact[];
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.read = () => [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      this.requestUpdate();
    }, interval);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const stage = this.closest('story-stage');
    const facts = stage ? this.read(stage) : [];
    const rows = facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value === undefined || value === '' ? '–' : String(value)}</dd>
        </div>`,
    );
    return html`<dl class="facts">${rows}</dl>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'story-facts': StoryFacts;
  }
}
