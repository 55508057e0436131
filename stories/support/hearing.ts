/**
 * `<story-hearing>`: what a screen reader would be told in this story, sentence by sentence. It watches the
 * live regions themselves, so it shows what is said and how often, not what should be.
 */
import { html, LitElement } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';

/** Milliseconds between two looks for regions that have come. */
const interval = 200;

const live = '[role="status"], [role="alert"]';

/** Every live region below `root`, in shadow trees too. */
function* regionsIn(root: ParentNode): Generator<Element> {
  yield* root.querySelectorAll(live);
  for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) yield* regionsIn(shadowRoot);
}

export class StoryHearing extends LitElement {
  static override get properties(): PropertyDeclarations {
    return { hasPage: { attribute: false } };
  }

  /** Whether to listen to the region that the elements of one page share, too. */
  declare hasPage: boolean;
  /** What was said, the oldest first. */
  readonly heard: string[] = [];
  readonly #known = new Set<Element>();
  #observer: MutationObserver | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.hasPage = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new MutationObserver((records) => {
      const changed = new Set(records.map(({ target }) => regionOf(target)));
      for (const region of changed) this.#hear(region);
    });
    this.#timer = setInterval(() => {
      this.#look();
    }, interval);
    this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#known.clear();
    clearInterval(this.#timer);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const lines = this.heard.map((sentence) => html`<li>${sentence}</li>`);
    return html`<p class="hearing-title" id="hearing-title">Said to screen readers</p>
      <ol class="hearing" aria-labelledby="hearing-title">
        ${lines.length > 0 ? lines : html`<li class="nothing">Nothing yet.</li>`}
      </ol>`;
  }

  #look(): void {
    const around = this.closest('story-stage') ?? this.parentElement;
    const found = around ? [...regionsIn(around)] : [];
    if (this.hasPage) found.push(...document.querySelectorAll('[data-pusher-announcer]'));
    for (const region of found) {
      if (this.#known.has(region)) continue;
      this.#known.add(region);
      this.#observer?.observe(region, { childList: true, characterData: true, subtree: true });
      this.#hear(region);
    }
  }

  #hear(region: Element | null): void {
    const sentence = region?.textContent.replace(/\s+/g, ' ').trim();
    if (!sentence) return;
    this.heard.push(sentence);
    this.requestUpdate();
  }
}

const regionOf = (node: Node): Element | null =>
  (node instanceof Element ? node : node.parentElement)?.closest(live) ?? null;

declare global {
  interface HTMLElementTagNameMap {
    'story-hearing': StoryHearing;
  }
}
