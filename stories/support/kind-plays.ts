/** What the stories of the kinds of channel check when they are opened. */
import { expect } from 'storybook/test';
import type { StoryObj } from '@storybook/web-components-vite';
import type { ChannelArgs } from './channel-views.js';
import { eventually, find, loggedTypes, pass, patient, reaches } from './looking.js';
import { correspondenceOf, publishNext } from './rotation-views.js';

type Play = NonNullable<StoryObj<ChannelArgs>['play']>;
type Looking = Pick<Parameters<Play>[0], 'canvas' | 'canvasElement' | 'userEvent'>;

const press = async ({ canvas, userEvent }: Looking, name: string): Promise<void> => {
  await userEvent.click(canvas.getByRole('button', { name }));
};

/** A price that is published can be read. */
async function getsPrices(looking: Looking): Promise<void> {
  await reaches(find(looking.canvasElement, 'pusher-channel'), 'subscribed');
  await press(looking, 'Publish an event');
  await looking.canvas.findByText('BETA', {}, patient);
}

const endpointOf = (canvas: ParentNode): { readonly requestCount: number } =>
  find(canvas, 'story-stage').scene.endpoint;

export const playSigned: Play = async (looking) => {
  const { canvasElement } = looking;
  await getsPrices(looking);
  await expect(find(canvasElement, 'pusher-channel').channel?.name).toBe('private-prices');
  await expect(endpointOf(canvasElement).requestCount).toBe(1);
  await press(looking, 'Drop the socket');
  await eventually(() => expect(endpointOf(canvasElement).requestCount).toBe(2));
  await reaches(find(canvasElement, 'pusher-channel'), 'subscribed');
};

export const playAnswered: Play = async (looking) => {
  await getsPrices(looking);
  await expect(endpointOf(looking.canvasElement).requestCount).toBe(0);
};

export const playForbidden: Play = async (looking) => {
  const { canvas, canvasElement } = looking;
  const element = find(canvasElement, 'pusher-channel');
  const words = canvas.getByText('Prices cannot be had just now.');
  await reaches(element, 'failed');
  await expect(words.checkVisibility()).toBe(true);
  await expect(element.error).toMatchObject({ status: 403 });
  await press(looking, 'Allow it');
  await press(looking, '--subscribe');
  await reaches(element, 'subscribed');
  await expect(words.checkVisibility()).toBe(false);
};

export const playExpired: Play = async (looking) => {
  const { canvasElement } = looking;
  await getsPrices(looking);
  await expect(endpointOf(canvasElement).requestCount).toBe(2);
  await expect(loggedTypes(canvasElement)).not.toContain('pusher-subscription-error');
};

export const playSlow: Play = async (looking) => {
  const { canvas, canvasElement } = looking;
  const element = find(canvasElement, 'pusher-channel');
  await eventually(() => expect(endpointOf(canvasElement).requestCount).toBe(1));
  await reaches(element, 'authorizing');
  await expect(canvas.getByText('Asking for prices…').checkVisibility()).toBe(true);
  await press(looking, 'Sign it');
  await reaches(element, 'subscribed');
};

export const playClientEvents: Play = async (looking) => {
  const { canvasElement } = looking;
  for (const element of canvasElement.querySelectorAll('pusher-channel'))
    await reaches(element, 'subscribed');
  await press(looking, 'Ada waves');
  const heard = (): string[] =>
    [...canvasElement.querySelectorAll('output')].map(({ textContent }) => textContent);
  await eventually(() => expect(heard()).toEqual(['nothing yet', 'client-wave from Ada']));
};

/** How many are said to be here. */
const counts = async ({ canvasElement }: Looking, count: number): Promise<void> => {
  await eventually(() => expect(find(canvasElement, 'pusher-channel').members?.count).toBe(count));
};

export const playPresence: Play = async (looking) => {
  const { canvas, canvasElement } = looking;
  await reaches(find(canvasElement, 'pusher-channel'), 'subscribed');
  await counts(looking, 1);
  await press(looking, 'Somebody comes');
  await press(looking, 'Somebody comes');
  await canvas.findByText('Ada (me), Grace, Hedy', {}, patient);
  await press(looking, 'Somebody goes');
  await canvas.findByText('Ada (me), Grace', {}, patient);
  await expect(loggedTypes(canvasElement)).toContain('pusher-member-added');
  await expect(loggedTypes(canvasElement)).toContain('pusher-member-removed');
};

export const playReconciled: Play = async (looking) => {
  const { canvas, canvasElement } = looking;
  await reaches(find(canvasElement, 'pusher-channel'), 'subscribed');
  await press(looking, 'Somebody comes');
  await counts(looking, 2);
  await press(looking, 'Drop the socket');
  await counts(looking, 0);
  await counts(looking, 2);
  await canvas.findByText(/Grace/, {}, patient);
};

/** What the story says of the wire. */
const wire = (canvas: ParentNode): unknown =>
  find(canvas, 'story-stage').scene.app.record.sent.findLast(({ event }) => event === 'tick')?.data;

export const playEncrypted: Play = async (looking) => {
  await getsPrices(looking);
  await expect(wire(looking.canvasElement)).toHaveProperty('ciphertext');
  await expect(wire(looking.canvasElement)).not.toHaveProperty('price');
};

export const playUnreadable: Play = async (looking) => {
  const { canvasElement } = looking;
  await reaches(find(canvasElement, 'pusher-channel'), 'subscribed');
  await press(looking, 'Publish without sealing');
  await eventually(() => expect(wire(canvasElement)).toHaveProperty('price'));
  await press(looking, 'Publish an event');
  await eventually(() => expect(loggedTypes(canvasElement)).toContain('pusher-event'));
  await pass(200);
  const events = loggedTypes(canvasElement).filter((type) => type === 'pusher-event');
  await expect(events).toHaveLength(1);
};

export const playRotation: Play = async (looking) => {
  const { canvasElement, step } = looking;
  const element = find(canvasElement, 'pusher-channel');
  const { scene } = find(canvasElement, 'story-stage');
  const { endpoint } = scene;
  const correspondence = correspondenceOf(scene);
  const everything = (): number[] => Array.from({ length: correspondence.sent }, (_, index) => index + 1);
  await reaches(element, 'subscribed');
  publishNext(scene);
  await eventually(() => expect(correspondence.read).toContain(1));
  await expect(endpoint.requestCount).toBe(1);

  await step('what comes with a new key waits until the page has it', async () => {
    await press(looking, 'Make the endpoint wait');
    await press(looking, 'Change the key');
    const from = correspondence.sent;
    for (let count = 0; count < 5; count += 1) publishNext(scene);
    await eventually(() => expect(endpoint.requestCount).toBe(2));
    await pass(200);
    await expect(Math.max(...correspondence.read)).toBeLessThanOrEqual(from);
  });
  await step('then all of it is read, in its order, and the endpoint was asked once', async () => {
    await press(looking, 'Let the endpoint answer');
    await eventually(() => expect(correspondence.read).toEqual(everything()));
    await expect(correspondence.sent).toBeGreaterThanOrEqual(6);
    await expect(endpoint.requestCount).toBe(2);
    await expect(element.state).toBe('subscribed');
    await expect(loggedTypes(canvasElement)).not.toContain('pusher-subscription-error');
  });
};

export const playReplay: Play = async ({ canvas, canvasElement }) => {
  await reaches(find(canvasElement, 'pusher-channel'), 'subscribed');
  await canvas.findByText('BETA', {}, patient);
  await canvas.findByText(/, from the cache$/, {}, patient);
};

export const playMiss: Play = async (looking) => {
  const { canvas, canvasElement } = looking;
  await eventually(() => expect(loggedTypes(canvasElement)).toContain('pusher-cache-miss'));
  await expect(canvas.getByText('No price yet').checkVisibility()).toBe(true);
  await getsPrices(looking);
};
