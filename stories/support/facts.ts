/** `<story-facts>`: what can be read from an element, read again all the time. */
import { html } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { Redrawn } from './redrawn.js';
import type { StoryStage } from './stage.js';

export type Fact = readonly [name: string, value: string | number | boolean | undefined];

export class StoryFacts extends Redrawn {
  static override get properties(): PropertyDeclarations {
    return { read: { attribute: false } };
  }

  /** Reads, from inside the stage that the element stands in. */
  declare read: (stage: StoryStage) => readonly Fact[];

  constructor() {
    super();
    this.read = () => [];
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
