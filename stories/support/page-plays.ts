/** What the plays of whole pages share. */
import { expect } from 'storybook/test';
import type { StoryContext } from '@storybook/web-components-vite';
import type { PusherListElement, PusherToastsElement } from '../../components/index.js';
import { eventually, find } from './looking.js';

export type Play = (looking: StoryContext) => Promise<void>;

export const press = async ({ canvas, userEvent }: StoryContext, name: string): Promise<void> => {
  await userEvent.click(canvas.getByRole('button', { name }));
};

/** Waits until the server has all subscriptions of the page. */
export const subscribed = async ({ canvasElement }: StoryContext, ...channels: string[]): Promise<void> => {
  const { scene } = find(canvasElement, 'story-stage');
  for (const channel of channels)
    await eventually(() => expect(scene.app.channel(channel)?.isOccupied).toBe(true));
};

const textOf = (element: Element | null): string => element?.textContent.replace(/\s+/g, ' ').trim() ?? '';

/** Waits until what this selects says something. */
export const says = async (
  { canvasElement }: StoryContext,
  selector: string,
  text: string | RegExp,
): Promise<void> => {
  await eventually(() => expect(textOf(canvasElement.querySelector(selector))).toMatch(text));
};

/** The keys of the rows of a list, in their order. */
export const keysOf = (list: PusherListElement): string =>
  [...list.querySelectorAll('[data-pe-key]')].map((row) => row.getAttribute('data-pe-key')).join(' ');

/** The titles of the toasts that are there. */
export const toastTitles = (toasts: PusherToastsElement): string[] =>
  [...(toasts.shadowRoot?.querySelectorAll('.list [part="title"]') ?? [])].map(textOf);

/** What can be read where the script never arrives: parsed without any element being defined. */
export function readsWithoutScript(markup: string): string {
  const page = new DOMParser().parseFromString(markup, 'text/html');
  for (const unseen of page.querySelectorAll('template, [slot]')) unseen.remove();
  return textOf(page.body);
}

/** Nothing that a page's author has to write in JavaScript. */
export async function hasNoScript(markup: string): Promise<void> {
  await expect(markup).not.toMatch(/<script|\son[a-z]+=|javascript:/i);
}
