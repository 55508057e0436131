/** What shows something that tells nobody when it changes: drawn again all the time, in the page's own styles. */
import { LitElement } from 'lit';

export abstract class Redrawn extends LitElement {
  /** Milliseconds between two drawings. */
  protected readonly interval: number = 200;
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      this.requestUpdate();
    }, this.interval);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
