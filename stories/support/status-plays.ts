/** What the stories of `<pusher-status>` check when they are opened. */
import { expect } from 'storybook/test';
import type { StoryObj } from '@storybook/web-components-vite';
import type { PusherStatusElement, StatusFacet } from '../../components/index.js';
import { eventually, find, isShown, part, pass, shows, spoken, wordsOf } from './looking.js';
import { facetNames } from './situations.js';
import type { StatusArgs } from './status-views.js';

type Play = NonNullable<StoryObj<StatusArgs>['play']>;

const all = (canvas: ParentNode): PusherStatusElement[] => [...canvas.querySelectorAll('pusher-status')];

/** Writes down every state that an element shows from now on. */
function watch(element: PusherStatusElement): string[] {
  const seen: string[] = [];
  new MutationObserver(() => seen.push(element.state)).observe(element, { attributeFilter: ['state'] });
  return seen;
}

/** It shows this, in these words, with a countdown and a button where there is something to wait for or to press. */
export const playFacet =
  (facet: StatusFacet, label: string, { isCounting = false, hasButton = false } = {}): Play =>
  async ({ canvasElement }) => {
    const element = find(canvasElement, 'pusher-status');
    await shows(element, facet);
    await expect(wordsOf(element, 'label')).toBe(label);
    const countdown = isCounting ? /^Next attempt in \d+ seconds?$/ : /^$/;
    await eventually(() => expect(wordsOf(element, 'countdown')).toMatch(countdown));
    await expect(wordsOf(element, 'retry')).toBe(hasButton ? 'Try now' : '');
  };

export const playEveryState: Play = async ({ canvasElement }) => {
  const elements = all(canvasElement);
  await expect(elements).toHaveLength(facetNames.length);
  for (const [index, facet] of facetNames.entries()) await shows(elements[index]!, facet);
};

export const playVariants: Play = async ({ canvasElement }) => {
  const elements = all(canvasElement);
  for (const element of elements) await shows(element, 'unavailable');
  const [badge, dot, , banner] = elements;
  await expect(part(badge!, 'label')).toBeVisible();
  await expect(part(dot!, 'label')?.getBoundingClientRect().width).toBeLessThan(2);
  await expect(part(dot!, 'base')?.title).toBe('No connection');
  await expect(part(banner!, 'base')?.offsetWidth).toBeGreaterThan(part(badge!, 'base')!.offsetWidth);
};

export const playLossAndRecovery: Play = async ({ canvas, canvasElement, userEvent, step }) => {
  const element = find(canvasElement, 'pusher-status');
  await step('green', () => shows(element, 'connected'));
  const seen = watch(element);
  await step('amber, with a countdown', async () => {
    await userEvent.click(canvas.getByRole('button', { name: 'Stop the server' }));
    await shows(element, 'reconnecting');
    await eventually(() => expect(wordsOf(element, 'countdown')).toMatch(/^Next attempt in \d+ second/));
    await expect(spoken(element)).toBe('Reconnecting…');
  });
  await step('green again, and nothing in between', async () => {
    await userEvent.click(canvas.getByRole('button', { name: 'Start the server' }));
    await eventually(() => {
      part(element, 'retry')?.click();
      return expect(element.state).toBe('connected');
    });
    await expect(seen).toEqual(['connecting', 'connected']);
    await expect(spoken(element)).toBe('Connected');
  });
};

export const playGrace: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-status');
  const connection = find(canvasElement, 'pusher-connection');
  await shows(element, 'connected');
  const { socketId } = connection;
  const seen = watch(element);
  await userEvent.click(canvas.getByRole('button', { name: 'Drop the socket' }));
  await eventually(() => expect(connection.state).toBe('connecting'));
  await eventually(() => expect(connection.state).toBe('connected'));
  await expect(connection.socketId).not.toBe(socketId);
  await pass(800);
  await expect(seen).toEqual([]);
};

export const playRetry: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-status');
  await shows(element, 'limit');
  await userEvent.click(canvas.getByRole('button', { name: 'Accept again' }));
  const question = canvas.getByRole('checkbox', { name: 'Cancel pusher-before-retry' });
  await userEvent.click(question);
  part(element, 'retry')?.click();
  await pass(300);
  await shows(element, 'limit');
  await userEvent.click(question);
  part(element, 'retry')?.click();
  await shows(element, 'connected');
};

export const playDetails: Play = async ({ canvasElement }) => {
  const element = find(canvasElement, 'pusher-status');
  await shows(element, 'limit');
  await expect(wordsOf(element, 'details')).toMatch(/\w+/);
};

export const playHideWhen: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-status');
  await shows(element, 'connected');
  await expect(isShown(element)).toBe(false);
  await userEvent.click(canvas.getByRole('button', { name: 'Stop the server' }));
  await shows(element, 'reconnecting');
  await expect(isShown(element)).toBe(true);
};

export const playLabels: Play = async ({ canvasElement }) => {
  const element = find(canvasElement, 'pusher-status');
  await shows(element, 'reconnecting');
  await eventually(() =>
    expect(wordsOf(element, 'label')).toMatch(/^Prices are paused\. Trying in \d+ seconds\.$/),
  );
  await eventually(() => expect(wordsOf(element, 'label')).toContain('18'));
};

export const playSlots: Play = async ({ canvasElement }) => {
  const element = find(canvasElement, 'pusher-status');
  await shows(element, 'unavailable');
  await expect(wordsOf(element, 'label')).toBe('You are offline. Prices may be out of date.');
  await expect(wordsOf(element, 'retry')).toBe('Ask again');
  await expect(part(element, 'dot')?.checkVisibility()).toBe(false);
};

export const playParts: Play = async ({ canvasElement }) => {
  const element = find(canvasElement, 'pusher-status');
  await shows(element, 'reconnecting');
  await expect(getComputedStyle(part(element, 'base')!).borderRadius).toBe('4px');
  await expect(getComputedStyle(part(element, 'label')!).fontWeight).toBe('700');
};

export const playThemes: Play = async ({ canvasElement }) => {
  const [light, dark] = all(canvasElement);
  await shows(light!, 'unavailable');
  await shows(dark!, 'unavailable');
  const colour = (element: Element): string => getComputedStyle(part(element, 'base')!).color;
  await expect(colour(light!)).not.toBe(colour(dark!));
};

/** The first words of each language, and the direction of the last. */
export const playLanguages: Play = async ({ canvasElement }) => {
  const elements = all(canvasElement);
  for (const element of elements) await shows(element, 'unavailable');
  const [english, german, spanish, arabic] = elements;
  await eventually(() => expect(wordsOf(english!, 'countdown')).toMatch(/^Next attempt in \d+ seconds?$/));
  await eventually(() => expect(wordsOf(german!, 'countdown')).toMatch(/in \d+ Sekunden?/));
  await eventually(() => expect(wordsOf(spanish!, 'countdown')).toMatch(/dentro de \d+ segundos?/));
  await eventually(() => expect(wordsOf(arabic!, 'label')).toBe('لا يوجد اتصال'));
  await expect(getComputedStyle(part(arabic!, 'base')!).direction).toBe('rtl');
};

export const playArabic: Play = async ({ canvasElement }) => {
  const element = find(canvasElement, 'pusher-status');
  await shows(element, 'reconnecting');
  await eventually(() => expect(wordsOf(element, 'retry')).toBe('حاول الآن'));
  const right = (name: string): number => part(element, name)?.getBoundingClientRect().right ?? 0;
  // The first thing to read is on the right.
  await expect(right('dot')).toBeGreaterThan(right('label'));
  await expect(right('label')).toBeGreaterThan(right('retry'));
};

export const playAnnouncements: Play = async ({ canvas, canvasElement, userEvent }) => {
  const [first, second] = all(canvasElement);
  await shows(first!, 'connected');
  // That it works from the start is no news.
  await expect(spoken(first!)).toBe('');
  await userEvent.click(canvas.getByRole('button', { name: 'Stop the server' }));
  await shows(first!, 'reconnecting');
  await eventually(() => expect(spoken(first!)).toBe('Reconnecting…'));
  await expect(spoken(second!)).toBe('');
};

export const playElsewhere: Play = async ({ canvasElement }) => {
  const [outside] = all(canvasElement);
  await shows(outside!, 'connected');
  await expect(outside!.closest('pusher-connection')).toBe(null);
};

export const playAlone: Play = async ({ canvasElement }) => {
  const element = find(canvasElement, 'pusher-status');
  await shows(element, 'initialized');
  await expect(wordsOf(element, 'label')).toBe('Not connected yet');
};
