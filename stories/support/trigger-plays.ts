/** What the stories of `<pusher-trigger>` check when they are opened. */
import { expect } from 'storybook/test';
import type { StoryObj } from '@storybook/web-components-vite';
import { eventually, find, loggedTypes, pass } from './looking.js';
import type { TriggerArgs } from './trigger-views.js';

type Play = NonNullable<StoryObj<TriggerArgs>['play']>;
type Looking = Pick<Parameters<Play>[0], 'canvas' | 'canvasElement' | 'userEvent'>;

/** What a page has heard, the newest first. */
const heardBy = (canvas: ParentNode, title = 'The other page hears'): (string | null)[] =>
  [...canvas.querySelectorAll(`[aria-label="${title}"] li`)].map((line) => line.textContent);

/** Waits until both pages are on the channel. */
async function isReady({ canvasElement }: Looking): Promise<void> {
  const { scene } = find(canvasElement, 'story-stage');
  await eventually(() => expect(scene.app.channel('private-room')?.subscriptionCount).toBe(2));
  await eventually(() => expect(canvasElement.querySelector('pusher-trigger:state(disabled)')).toBe(null));
}

async function say(looking: Looking, text: string): Promise<void> {
  const { canvas, userEvent } = looking;
  await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), text);
  await userEvent.click(canvas.getByRole('button', { name: 'Send' }));
}

export const playForm: Play = async (looking) => {
  const { canvas, canvasElement } = looking;
  await isReady(looking);
  await say(looking, 'Hello');
  await eventually(() => expect(heardBy(canvasElement)).toEqual(['client-say {"text":"Hello"}']));
  await expect(loggedTypes(canvasElement)).toContain('pusher-sent');
  await expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveValue('');
};

export const playReactions: Play = async (looking) => {
  const { canvas, canvasElement, userEvent } = looking;
  await isReady(looking);
  await userEvent.click(canvas.getByRole('button', { name: 'Bad' }));
  const line = 'client-reaction {"kind":"bad"}';
  await eventually(() => expect(heardBy(canvasElement)).toEqual([line]));
  await expect(heardBy(canvasElement, 'This page hears')).toEqual([line]);
};

export const playTyping: Play = async (looking) => {
  const { canvas, canvasElement, userEvent } = looking;
  await isReady(looking);
  await userEvent.type(canvas.getByRole('textbox', { name: 'Note' }), 'abc');
  await eventually(() => expect(heardBy(canvasElement)).toEqual(['client-typing {}']));
};

export const playQueued: Play = async (looking) => {
  const { canvas, canvasElement, userEvent } = looking;
  await isReady(looking);
  await userEvent.click(canvas.getByRole('button', { name: 'Stop the server' }));
  const element = find(canvasElement, 'pusher-trigger');
  await eventually(() => expect(element.matches(':state(stale)')).toBe(true));
  await say(looking, 'Later');
  await expect(element.queued).toBe(1);
  await userEvent.click(canvas.getByRole('button', { name: 'Start the server' }));
  // The other page may be back after the message: then it has missed it, as pages do.
  await eventually(() => expect(element.queued).toBe(0));
  await expect(loggedTypes(canvasElement)).toContain('pusher-sent');
};

export const playDisabled: Play = async (looking) => {
  const { canvas, canvasElement, userEvent } = looking;
  await isReady(looking);
  const send = canvas.getByRole('button', { name: 'Send' });
  await expect(send).not.toHaveAttribute('aria-disabled');
  await userEvent.click(canvas.getByRole('button', { name: 'Go offline' }));
  await eventually(() => expect(send).toHaveAttribute('aria-disabled', 'true'));
  send.focus();
  await expect(document.activeElement).toBe(send);
  await say(looking, 'Too late');
  await pass(100);
  await expect(heardBy(canvasElement)).toEqual([]);
};

export const playRefused: Play = async (looking) => {
  const { canvas, canvasElement } = looking;
  await eventually(() =>
    expect(find(canvasElement, 'story-stage').scene.app.channel('news')?.subscriptionCount).toBe(2),
  );
  await say(looking, 'Hello');
  await eventually(() => expect(loggedTypes(canvasElement)).toContain('pusher-send-error'));
  await expect(canvas.getByText('This was not sent.').checkVisibility()).toBe(true);
};

export const playPost: Play = async (looking) => {
  const { canvasElement } = looking;
  await isReady(looking);
  await say(looking, 'Hello');
  await eventually(() => expect(heardBy(canvasElement)).toEqual(['said {"text":"Hello"}']));
  await expect(loggedTypes(canvasElement)).toContain('pusher-sent');
};
