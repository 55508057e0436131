/** What the stories of `<pusher-event>` check when they are opened. */
import { expect } from 'storybook/test';
import type { StoryObj } from '@storybook/web-components-vite';
import type { EventArgs } from './event-views.js';
import { eventually, find, loggedTypes, pass, patient } from './looking.js';

type Play = NonNullable<StoryObj<EventArgs>['play']>;
type Looking = Pick<Parameters<Play>[0], 'canvas' | 'canvasElement' | 'userEvent'>;

const press = async ({ canvas, canvasElement, userEvent }: Looking, name: string): Promise<void> => {
  await eventually(() =>
    expect(find(canvasElement, 'story-stage').scene.app.channel('cart')?.isOccupied).toBe(true),
  );
  await userEvent.click(canvas.getByRole('button', { name }));
};
const fill = (looking: Looking): Promise<void> => press(looking, 'Put one into the cart');
const isDone = async ({ canvasElement }: Looking): Promise<void> => {
  await eventually(() => expect(loggedTypes(canvasElement)).toContain('pusher-after-action'));
};

/** These words appear after an event. */
export const playWords =
  (words: string): Play =>
  async (looking) => {
    await fill(looking);
    await looking.canvas.findByText(words, {}, patient);
    await isDone(looking);
  };

export const playFlash: Play = async (looking) => {
  await fill(looking);
  const box = find(looking.canvasElement, 'pusher-event').parentElement;
  await eventually(() => expect(box).toHaveClass('event-flash'));
  await eventually(() => expect(box).not.toHaveClass('event-flash'));
};

export const playAttribute: Play = async (looking) => {
  await fill(looking);
  const details = find(looking.canvasElement, 'details');
  await eventually(() => expect(details).toHaveAttribute('open'));
  await fill(looking);
  await eventually(() => expect(details).not.toHaveAttribute('open'));
};

export const playRefetch: Play = async (looking) => {
  const { canvas, userEvent } = looking;
  await fill(looking);
  await canvas.findByText('3 items', {}, patient);
  const note = canvas.getByRole('textbox', { name: 'Note' });
  await userEvent.type(note, 'no hurry');
  find(looking.canvasElement, 'story-stage').scene.app.publish({
    channels: 'cart',
    event: 'changed',
    data: {},
  });
  await canvas.findByText('4 items', {}, patient);
  await expect(note).toHaveFocus();
  await expect(note).toHaveValue('no hurry');
};

export const playNothing: Play = async (looking) => {
  await fill(looking);
  await eventually(() => expect(loggedTypes(looking.canvasElement)).toContain('pusher-before-action'));
  await pass(200);
  await expect(looking.canvas.getByText('2 items')).toBeVisible();
  await expect(loggedTypes(looking.canvasElement)).not.toContain('pusher-after-action');
};

export const playFocus: Play = async (looking) => {
  await fill(looking);
  await eventually(() => expect(find(looking.canvasElement, 'pusher-event').parentElement).toHaveFocus());
};

export const playAsking: Play = async (looking) => {
  const { canvas, userEvent } = looking;
  await fill(looking);
  await userEvent.click(await canvas.findByRole('button', { name: 'Not now' }, patient));
  await expect(canvas.getByText('2 items')).toBeVisible();
  await fill(looking);
  await userEvent.click(await canvas.findByRole('button', { name: 'Remove it' }, patient));
  await eventually(() => expect(canvas.queryByText('2 items')).toBeNull());
};

export const playMatch: Play = async (looking) => {
  await press(looking, 'Put one into another cart');
  await pass(200);
  await expect(looking.canvas.getByText('2 items')).toBeVisible();
  await fill(looking);
  await looking.canvas.findByText('3 items', {}, patient);
};

export const playDebounce: Play = async (looking) => {
  for (let count = 0; count < 3; count += 1) await fill(looking);
  await looking.canvas.findByText('5 items', {}, patient);
  await isDone(looking);
  const done = loggedTypes(looking.canvasElement).filter((type) => type === 'pusher-after-action');
  await expect(done).toHaveLength(1);
};
