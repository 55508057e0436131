/**
 * `<story-example>`: markup with its styles, exactly as the documentation shows it, in a tree of its own, so
 * that its styles reach nothing else. What the page around it would bring is in `paper`.
 */
import { css, html } from 'lit';
import type { CSSResult, TemplateResult } from 'lit';
import type { StoryContext } from '@storybook/web-components-vite';
import type { Action } from './actions.js';
import { storyKey } from './scene.js';
import type { Scene } from './scene.js';
import { shownAs } from './usage.js';

/** What a page has before anybody writes a style for an example. */
const paper = css`
  :host {
    color: inherit;
    display: grid;
    gap: 0.9rem;
    inline-size: 100%;
  }
  :host > *,
  * {
    max-inline-size: 100%;
  }
  p,
  ul,
  dl {
    margin: 0;
  }
  a {
    color: light-dark(#4338ca, #a5a0ff);
  }
  button,
  input {
    background: light-dark(#fff, #14141c);
    border: 1px solid light-dark(#8a8aa8, #6d6d8c);
    border-radius: 0.5rem;
    color: inherit;
    font: inherit;
    min-block-size: 2.4rem;
    padding-inline: 0.85rem;
  }
  [aria-disabled='true'] {
    opacity: 0.65;
  }
  :focus-visible {
    outline: 3px solid light-dark(#4338ca, #a5a0ff);
    outline-offset: 2px;
  }
`;

/** Elements that have a theme of their own, and cannot know of the one in the toolbar. */
const themed = 'pusher-status, pusher-toasts';

export class StoryExample extends HTMLElement {
  /** The server that a `<pusher-connection>` in the markup talks to. */
  scene: Scene | undefined;
  /** The theme of the toolbar. */
  theme: string = 'auto';
  /** What else the page around it would bring. */
  look: CSSResult | undefined;
  #markup = '';

  /** What is shown, and runs. */
  get markup(): string {
    return this.#markup;
  }

  set markup(markup: string) {
    if (markup === this.#markup) return;
    this.#markup = markup;
    if (this.isConnected) this.#write();
  }

  connectedCallback(): void {
    if (!this.shadowRoot) this.#write();
  }

  #write(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [paper, this.look].flatMap((styles) => styles?.styleSheet ?? []);
    const content = document.createRange().createContextualFragment(this.#markup);
    for (const connection of content.querySelectorAll('pusher-connection'))
      Object.assign(connection, { appKey: storyKey, options: this.scene?.options });
    if (this.theme !== 'auto')
      for (const element of content.querySelectorAll(themed)) element.setAttribute('theme', this.theme);
    root.replaceChildren(content);
  }
}

/** What stands around an example. */
export interface ExampleParts {
  readonly actions?: readonly Action[];
  readonly setUp?: (scene: Scene) => void;
  readonly pulse?: (scene: Scene) => void;
  readonly note?: string;
  /** Styles that are not part of the example. */
  readonly look?: CSSResult;
  /** Below the example. */
  readonly below?: TemplateResult;
}

/** An example that runs. Where its markup has no connection of its own, one is around it. */
export function exampleStage(
  markup: string,
  { globals }: Pick<StoryContext, 'globals'>,
  { actions = [], setUp, pulse, note = '', look, below }: ExampleParts = {},
): TemplateResult {
  const inside = (scene: Scene): TemplateResult => {
    const example = html`<story-example
        .scene=${scene}
        .theme=${String(globals['theme'])}
        .look=${look}
        .markup=${markup}
      ></story-example
      >${below}`;
    if (markup.includes('<pusher-connection')) return example;
    return html`<pusher-connection app-key=${storyKey} .options=${scene.options}
      >${example}</pusher-connection
    >`;
  };
  return html`<story-stage
    .setUp=${setUp}
    .pulse=${pulse}
    .content=${inside}
    .actions=${actions}
    .note=${note}
    .hasLog=${false}
  ></story-stage>`;
}

/** A story of one example: what is shown is what runs. */
export const example = (markup: string, parts: ExampleParts = {}): object => ({
  parameters: shownAs(() => markup),
  render: (_args: unknown, context: StoryContext) => exampleStage(markup, context, parts),
});

declare global {
  interface HTMLElementTagNameMap {
    'story-example': StoryExample;
  }
}
