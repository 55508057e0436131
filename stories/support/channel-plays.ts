/** What the stories of `<pusher-channel>` check when they are opened. */
import { expect } from 'storybook/test';
import type { StoryObj } from '@storybook/web-components-vite';
import { framesOf } from './channel-views.js';
import type { ChannelArgs } from './channel-views.js';
import { eventually, find, loggedTypes, pass, patient, reaches } from './looking.js';

type Play = NonNullable<StoryObj<ChannelArgs>['play']>;

export const playSubscribed: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-channel');
  await reaches(element, 'subscribed');
  await expect(element.matches(':state(subscribed)')).toBe(true);
  await userEvent.click(canvas.getByRole('button', { name: 'Publish an event' }));
  await canvas.findByText('BETA', {}, patient);
  await eventually(() => expect(element.subscriptionCount).toBe(1));
};

export const playIdle: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-channel');
  await reaches(find(canvasElement, 'pusher-connection'), 'connected');
  await reaches(element, 'idle');
  await userEvent.click(canvas.getByRole('button', { name: '--subscribe' }));
  await reaches(element, 'subscribed');
  await userEvent.click(canvas.getByRole('button', { name: '--unsubscribe' }));
  await reaches(element, 'idle');
};

export const playAuthorizing: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-channel');
  await reaches(element, 'authorizing');
  await expect(canvas.getByText('Asking for prices…').checkVisibility()).toBe(true);
  await userEvent.click(canvas.getByRole('button', { name: 'Sign it' }));
  await reaches(element, 'subscribed');
  await expect(element.channel?.name).toBe('private-prices');
};

export const playSubscribing: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-channel');
  await reaches(element, 'subscribing');
  await eventually(() => expect(framesOf(find(canvasElement, 'story-stage').scene)).toBe(1));
  await expect(canvas.getByText('Asking for prices…').checkVisibility()).toBe(true);
  await userEvent.click(canvas.getByRole('button', { name: 'Let the server answer' }));
  await reaches(element, 'subscribed');
  await expect(canvas.getByText('Asking for prices…').checkVisibility()).toBe(false);
};

export const playFailed: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-channel');
  await reaches(element, 'failed');
  await expect(canvas.getByText('Prices cannot be had just now.').checkVisibility()).toBe(true);
  await expect(loggedTypes(canvasElement)).toContain('pusher-subscription-error');
  await userEvent.click(canvas.getByRole('button', { name: 'Let it in' }));
  await userEvent.click(canvas.getByRole('button', { name: '--subscribe' }));
  await reaches(element, 'subscribed');
  await expect(canvas.getByText('Prices cannot be had just now.').checkVisibility()).toBe(false);
};

export const playImpossibleName: Play = async ({ canvasElement }) => {
  const element = find(canvasElement, 'pusher-channel');
  await reaches(element, 'failed');
  await expect(element.error?.message).toContain('my prices!');
  await reaches(find(canvasElement, 'pusher-connection'), 'connected');
};

export const playEvents: Play = async ({ canvas, canvasElement, userEvent }) => {
  await reaches(find(canvasElement, 'pusher-channel'), 'subscribed');
  const count = (): number => loggedTypes(canvasElement).filter((type) => type === 'pusher-event').length;
  await userEvent.click(canvas.getByRole('button', { name: 'Publish "news"' }));
  await userEvent.click(canvas.getByRole('button', { name: 'Publish "tick"' }));
  await eventually(() => expect(count()).toBe(1));
  await pass(200);
  await expect(count()).toBe(1);
};

export const playVisible: Play = async ({ canvasElement }) => {
  const element = find(canvasElement, 'pusher-channel');
  const box = canvasElement.querySelector('.scroll-box')!;
  await reaches(find(canvasElement, 'pusher-connection'), 'connected');
  await pass(300);
  await reaches(element, 'idle');
  box.scrollTo({ top: box.scrollHeight });
  await reaches(element, 'subscribed');
  box.scrollTo({ top: 0 });
  await reaches(element, 'idle');
};

export const playWhenIdle: Play = async ({ canvasElement }) => {
  await reaches(find(canvasElement, 'pusher-channel'), 'subscribed');
};

export const playShared: Play = async ({ canvas, canvasElement, userEvent }) => {
  const { scene } = find(canvasElement, 'story-stage');
  const channels = [...canvasElement.querySelectorAll('pusher-channel')];
  for (const element of channels) await reaches(element, 'subscribed');
  await expect(framesOf(scene)).toBe(1);
  await userEvent.click(canvas.getByRole('button', { name: 'Publish an event' }));
  await eventually(() => expect(canvas.getAllByText('BETA')).toHaveLength(2));
};

export const playMoved: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-channel');
  const { scene } = find(canvasElement, 'story-stage');
  await reaches(element, 'subscribed');
  const place = element.parentElement;
  await userEvent.click(canvas.getByRole('button', { name: 'Move it' }));
  await expect(element.parentElement).not.toBe(place);
  await pass(600);
  await reaches(element, 'subscribed');
  await expect(framesOf(scene)).toBe(1);
  await userEvent.click(canvas.getByRole('button', { name: 'Publish an event' }));
  await canvas.findByText('BETA', {}, patient);
};

export const playAfterLoss: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-channel');
  await reaches(element, 'subscribed');
  await userEvent.click(canvas.getByRole('button', { name: 'Drop the socket' }));
  await eventually(() => expect(loggedTypes(canvasElement)).toContain('pusher-unsubscribed'));
  await eventually(() => expect(loggedTypes(canvasElement)).toContain('pusher-gap'));
  await reaches(element, 'subscribed');
  await userEvent.click(canvas.getByRole('button', { name: 'Publish an event' }));
  await canvas.findByText('BETA', {}, patient);
};

export const playCount: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-channel');
  await reaches(element, 'subscribed');
  await userEvent.click(canvas.getByRole('button', { name: 'Another reader comes' }));
  await eventually(() => expect(element.subscriptionCount).toBe(2));
  await userEvent.click(canvas.getByRole('button', { name: 'Another reader goes' }));
  await eventually(() => expect(element.subscriptionCount).toBe(1));
};
