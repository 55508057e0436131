/** `<story-ticker>`: the last price of each symbol, from the `pusher-event`s of the channel it stands in. */
import { html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import type { PusherEvent } from '../../components/index.js';
import type { Price } from './scene.js';

const isPrice = (data: unknown): data is Price =>
  typeof data === 'object' && data !== null && 'symbol' in data && 'price' in data;

const money = new Intl.NumberFormat('en', { minimumFractionDigits: 2 });

export class StoryTicker extends LitElement {
  readonly #prices = new Map<string, number>();
  #listening: AbortController | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.closest('pusher-channel')?.addEventListener('pusher-event', this.#take, { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening?.abort();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const prices = [...this.#prices];
    return html`<ul class="ticker" aria-label="Prices">
      ${
        prices.length > 0
          ? prices.map(
              ([symbol, price]) => html`<li><b>${symbol}</b> <span>${money.format(price)}</span></li>`,
            )
          : html`<li class="nothing">No price yet</li>`
      }
    </ul>`;
  }

  readonly #take = ({ data }: PusherEvent): void => {
    if (!isPrice(data)) return;
    this.#prices.set(data.symbol, data.price);
    this.requestUpdate();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'story-ticker': StoryTicker;
  }
}
