/** A page with toasts on it, and what can be seen of them. */
import { nextFrame } from '@open-wc/testing';
import type { nothing, TemplateResult } from 'lit';
import type { PusherToastsElement } from '../../../components/index.js';
import { html, key, renderPage } from '../support.js';
import type { Page } from '../support.js';

export const notices: TemplateResult = html`<pusher-toasts channel="user" event="notice"></pusher-toasts>`;

export const render = (markup: TemplateResult | typeof nothing = notices): Promise<Page> =>
  renderPage(
    (options) => html`<pusher-connection app-key=${key} .options=${options}></pusher-connection>${markup}`,
  );

export const toastsOf = (page: Page): PusherToastsElement => page.root.querySelector('pusher-toasts')!;

/** Until everything is drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.clock.advance(0);
  await nextFrame();
  await nextFrame();
}

/** Sends events, and waits until they are drawn. */
export async function send(page: Page, ...payloads: readonly unknown[]): Promise<void> {
  for (const data of payloads) page.publish('user', 'notice', data);
  await drawn(page);
}

/** Lets time pass, and waits until what came of it is drawn. */
export async function pass(page: Page, milliseconds: number): Promise<void> {
  await page.clock.advance(milliseconds);
  await drawn(page);
}

export const partOf = <Found extends HTMLElement = HTMLElement>(page: Page, name: string): Found | null =>
  toastsOf(page).shadowRoot!.querySelector<Found>(`[part~="${name}"]`);

/** The toasts that are there, without the one that counts. */
export const cardsOf = (page: Page): HTMLElement[] => [
  ...toastsOf(page).shadowRoot!.querySelectorAll<HTMLElement>('.list > [part~="toast"]'),
];

export const textOf = (element: Element): string => element.textContent.replace(/\s+/g, ' ').trim();

/** What the toasts say that are there. */
export const textsOf = (page: Page): string[] => cardsOf(page).map(textOf);

export const closeOf = (element: Element): HTMLButtonElement =>
  element.querySelector<HTMLButtonElement>('[part~="close"]')!;

/** Many notices with numbers. */
export const many = (count: number): { title: string }[] =>
  Array.from({ length: count }, (_, index) => ({ title: `Order ${index + 1}` }));
