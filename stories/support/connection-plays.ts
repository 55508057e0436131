/** What the stories of `<pusher-connection>` check when they are opened. */
import { expect } from 'storybook/test';
import type { StoryObj } from '@storybook/web-components-vite';
import type { ConnectionArgs } from './connection-views.js';
import { eventually, find, loggedTypes, pass, patient, reaches } from './looking.js';

type Play = NonNullable<StoryObj<ConnectionArgs>['play']>;

export const playConnected: Play = async ({ canvasElement }) => {
  const element = find(canvasElement, 'pusher-connection');
  await reaches(element, 'connected');
  await expect(element.matches(':state(connected)')).toBe(true);
  await expect(element.getAttribute('socket-id')).toBe(element.socketId);
  await eventually(() => expect(loggedTypes(canvasElement)).toContain('pusher-connected'));
  await expect(loggedTypes(canvasElement)[0]).toBe('pusher-before-connect');
};

export const playInitialized: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-connection');
  await pass(300);
  await reaches(element, 'initialized');
  await expect(find(canvasElement, 'story-stage').scene.transport.attemptCount).toBe(0);
  await userEvent.click(canvas.getByRole('button', { name: '--connect' }));
  await reaches(element, 'connected');
};

export const playConnecting: Play = async ({ canvasElement }) => {
  const element = find(canvasElement, 'pusher-connection');
  await reaches(element, 'connecting');
  await pass(300);
  await reaches(element, 'connecting');
  await expect(element.matches(':state(reconnecting)')).toBe(false);
};

export const playReconnecting: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-connection');
  await reaches(element, 'connected');
  const { socketId } = element;
  await userEvent.click(canvas.getByRole('button', { name: 'Drop the socket' }));
  await reaches(element, 'connecting');
  await expect(element.matches(':state(reconnecting)')).toBe(true);
  await reaches(element, 'connected');
  await expect(element.socketId).not.toBe(socketId);
  const types = loggedTypes(canvasElement);
  const loss = types.slice(types.indexOf('pusher-disconnected'));
  await expect(loss.slice(0, 4)).toEqual([
    'pusher-disconnected',
    'pusher-before-reconnect',
    'pusher-state-change',
    'pusher-connecting-in',
  ]);
};

export const playUnavailable: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-connection');
  await reaches(element, 'unavailable');
  // An attempt under way is the one that a retry would make, and this one is to fail first.
  await eventually(() => expect(element.retryAt).toBeDefined());
  await userEvent.click(canvas.getByRole('button', { name: 'Start the server' }));
  await userEvent.click(canvas.getByRole('button', { name: '--retry' }));
  await reaches(element, 'connected');
};

export const playFailed: Play = async ({ canvasElement }) => {
  const element = find(canvasElement, 'pusher-connection');
  await reaches(element, 'failed');
  await expect(find(canvasElement, 'story-stage').scene.transport.attemptCount).toBe(0);
};

export const playDisconnected: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-connection');
  await reaches(element, 'connected');
  await userEvent.click(canvas.getByRole('button', { name: '--disconnect' }));
  await reaches(element, 'disconnected');
  await expect(element.hasAttribute('socket-id')).toBe(false);
  await userEvent.click(canvas.getByRole('button', { name: '--connect' }));
  await reaches(element, 'connected');
};

export const playLimit: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-connection');
  await reaches(element, 'connected');
  await userEvent.click(canvas.getByRole('button', { name: 'Refuse with 4004' }));
  await reaches(element, 'disconnected');
  await expect(element.lastError?.code).toBe(4004);
  const { attemptCount } = find(canvasElement, 'story-stage').scene.transport;
  await pass(1200);
  await expect(find(canvasElement, 'story-stage').scene.transport.attemptCount).toBe(attemptCount);
};

export const playOffline: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-connection');
  await reaches(element, 'connected');
  await userEvent.click(canvas.getByRole('button', { name: 'Go offline' }));
  await eventually(() => expect(element.reachable).toBe(false));
  await eventually(() => expect(element.state).not.toBe('connected'));
  await userEvent.click(canvas.getByRole('button', { name: 'Go online' }));
  await reaches(element, 'connected');
};

export const playSlow: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-connection');
  await reaches(element, 'connecting');
  await userEvent.click(canvas.getByRole('button', { name: 'Make it fast' }));
  await userEvent.click(canvas.getByRole('button', { name: '--disconnect' }));
  await userEvent.click(canvas.getByRole('button', { name: '--connect' }));
  await reaches(element, 'connected');
};

export const playDelay: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-connection');
  await reaches(element, 'connected');
  await userEvent.click(canvas.getByRole('button', { name: 'Drop the socket' }));
  await eventually(() => expect(element.connection.retryIn).toBeGreaterThan(1));
  await expect(element.connection.retryIn).toBeLessThanOrEqual(2);
  await reaches(element, 'connected');
};

export const playVeto: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-connection');
  await reaches(element, 'connected');
  await userEvent.click(canvas.getByRole('checkbox', { name: 'Cancel pusher-before-reconnect' }));
  await userEvent.click(canvas.getByRole('button', { name: 'Drop the socket' }));
  await reaches(element, 'disconnected');
  await userEvent.click(canvas.getByRole('checkbox', { name: 'Cancel pusher-before-reconnect' }));
  await userEvent.click(canvas.getByRole('button', { name: '--connect' }));
  await reaches(element, 'connected');
  await userEvent.click(canvas.getByRole('button', { name: 'Drop the socket' }));
  await eventually(() => expect(element.connection.retryIn).toBeGreaterThan(2));
};

export const playWithoutKey: Play = async ({ canvasElement }) => {
  const element = find(canvasElement, 'pusher-connection');
  await eventually(() => expect(loggedTypes(canvasElement)).toContain('pusher-error'));
  await reaches(element, 'initialized');
  element.appKey = 'story-key';
  await reaches(element, 'connected');
};

export const playSimulated: Play = async ({ canvas, canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-connection');
  await reaches(element, 'connected');
  await reaches(find(canvasElement, 'pusher-channel'), 'subscribed');
  await userEvent.click(canvas.getByRole('button', { name: 'simulation.publish()' }));
  await canvas.findByText('ALPHA', {}, patient);
};

export const playJavaScript: Play = async ({ canvas, canvasElement, userEvent }) => {
  await pass(300);
  await userEvent.click(canvas.getByRole('button', { name: '--connect' }));
  await reaches(find(canvasElement, 'pusher-connection'), 'connected');
  await canvas.findByText('connecting → connected', {}, patient);
};

export const playIdle: Play = async ({ canvasElement, userEvent }) => {
  const element = find(canvasElement, 'pusher-connection');
  await reaches(element, 'connected');
  await reaches(element, 'disconnected');
  await userEvent.keyboard('a');
  await reaches(element, 'connected');
};
