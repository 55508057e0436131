/** What the stories of `<pusher-toasts>` check when they are opened. */
import { expect } from 'storybook/test';
import type { StoryObj } from '@storybook/web-components-vite';
import { eventually, find, loggedTypes, part } from './looking.js';
import type { ToastsArgs } from './toasts-views.js';

type Play = NonNullable<StoryObj<ToastsArgs>['play']>;
type Looking = Pick<Parameters<Play>[0], 'canvas' | 'canvasElement' | 'userEvent'>;

const press = async ({ canvas, userEvent }: Looking, name: string | RegExp): Promise<void> => {
  await userEvent.click(canvas.getByRole('button', { name }));
};

/** The toasts that are there. */
const cards = ({ canvasElement }: Looking): HTMLElement[] => [
  ...(find(canvasElement, 'pusher-toasts').shadowRoot?.querySelectorAll<HTMLElement>(
    '.list > [part~="toast"]',
  ) ?? []),
];
const titles = (looking: Looking): string[] =>
  cards(looking).map((card) => card.querySelector('[part="title"]')?.textContent.trim() ?? '');

/** Nothing comes before the channel is there. */
const isListening = ({ canvasElement }: Looking): Promise<void> =>
  eventually(() =>
    expect(
      find(canvasElement, 'story-stage').scene.app.record.received.some(
        ({ event }) => event === 'pusher:subscribe',
      ),
    ).toBe(true),
  );

/** Waits until toasts with these titles are there, and no others. */
const says = (looking: Looking, ...expected: readonly string[]): Promise<void> =>
  eventually(() => expect(titles(looking)).toEqual(expected));

/** Presses buttons until their toasts are there: a subscription takes a moment. */
async function publishes(looking: Looking, ...names: readonly string[]): Promise<void> {
  await isListening(looking);
  await new Promise((resolve) => setTimeout(resolve, 200));
  for (const name of names) await press(looking, name);
}

/** A toast comes, and goes when it is closed. */
export const playNotice: Play = async (looking) => {
  await publishes(looking, 'Publish a notice');
  await says(looking, 'Order 1042 was paid');
  await expect(cards(looking)[0]?.checkVisibility()).toBe(true);
  await expect(loggedTypes(looking.canvasElement)).toContain('pusher-toast-show');
};

export const playLevels: Play = async (looking) => {
  await publishes(looking, 'Publish "info"', 'Publish "success"', 'Publish "warning"', 'Publish "error"');
  await eventually(() => expect(cards(looking)).toHaveLength(4));
  for (const level of ['info', 'success', 'warning', 'error'])
    await expect(part(find(looking.canvasElement, 'pusher-toasts'), `level-${level}`)).not.toBeNull();
};

export const playBurst: Play = async (looking) => {
  await publishes(looking, 'Publish 16 at once');
  const element = find(looking.canvasElement, 'pusher-toasts');
  await eventually(() => expect(part(element, 'new')?.textContent.trim()).toBe('12 new'));
  await expect(cards(looking)).toHaveLength(4);
};

export const playLink: Play = async (looking) => {
  await publishes(looking, 'Publish a notice');
  await eventually(() => expect(cards(looking)).toHaveLength(1));
  part(find(looking.canvasElement, 'pusher-toasts'), 'link')?.click();
  await eventually(() => expect(cards(looking)).toHaveLength(0));
  await expect(loggedTypes(looking.canvasElement)).toContain('pusher-toast-click');
};

export const playStay: Play = async (looking) => {
  await publishes(looking, 'Publish a notice');
  await eventually(() => expect(cards(looking)).toHaveLength(1));
  const element = find(looking.canvasElement, 'pusher-toasts');
  await expect(part(element, 'progress')).toBeNull();
};

export const playStack: Play = async (looking) => {
  await publishes(looking, 'Publish "info"', 'Publish "success"', 'Publish "warning"');
  await eventually(() => expect(cards(looking)).toHaveLength(3));
};

export const playBuild: Play = async (looking) => {
  await publishes(looking, 'It begins');
  await says(looking, 'Build 7 has begun');
  await press(looking, 'It is done');
  await says(looking, 'Build 7 is done');
};

export const playTemplate: Play = async (looking) => {
  await publishes(looking, 'Publish a notice');
  await eventually(() => expect(looking.canvasElement.querySelectorAll('.message')).toHaveLength(1));
  await press(looking, 'Later');
  await eventually(() => expect(looking.canvasElement.querySelectorAll('.message')).toHaveLength(0));
  await press(looking, 'Publish a notice');
  await eventually(() => expect(looking.canvasElement.querySelectorAll('.message')).toHaveLength(1));
};

export const playMethods: Play = async (looking) => {
  await press(looking, 'Save');
  await press(looking, 'Upload a quarter');
  await says(looking, 'Saved', 'Uploading');
  await press(looking, 'Upload a quarter');
  await eventually(() => expect(cards(looking).at(-1)?.textContent).toContain('50 %'));
};

export const playDialog: Play = async (looking) => {
  await press(looking, 'Open a dialog');
  const dialog = looking.canvasElement.querySelector('dialog');
  await isListening(looking);
  await new Promise((resolve) => setTimeout(resolve, 200));
  find(looking.canvasElement, 'story-stage').scene.app.publish({
    channels: 'user-9',
    event: 'notice',
    data: { title: 'Above the dialog' },
  });
  await says(looking, 'Above the dialog');
  await expect(dialog?.contains(document.activeElement)).toBe(true);
  dialog?.close();
};

export const playPermission: Play = async (looking) => {
  const button = looking.canvas.getByRole('button', { name: /outside this page/ });
  await expect(button.getAttribute('command')).toBe('--allow-native');
};

export const playHostile: Play = async (looking) => {
  await publishes(looking, 'Publish a notice');
  await eventually(() => expect(cards(looking)).toHaveLength(1));
  await expect(cards(looking)[0]?.querySelectorAll('img, script, b, a')).toHaveLength(0);
};

export const playArabic: Play = async (looking) => {
  await publishes(looking, 'Publish a notice', 'Publish 16 at once');
  const element = find(looking.canvasElement, 'pusher-toasts');
  await eventually(() => expect(part(element, 'region')?.getAttribute('aria-label')).toBe('الإشعارات'));
};
