/** What the examples of theming check when they are opened: that the styles that are shown are those that hold. */
import { expect } from 'storybook/test';
import type { StoryContext } from '@storybook/web-components-vite';
import { eventually, find, part, shows, wordsOf } from './looking.js';

/** Where the example is. */
const inside = (canvasElement: ParentNode): ShadowRoot => find(canvasElement, 'story-example').shadowRoot!;

const press = async ({ canvas, userEvent }: StoryContext, name: string): Promise<void> => {
  await userEvent.click(canvas.getByRole('button', { name }));
};

export const playColours = async (looking: StoryContext): Promise<void> => {
  const status = find(inside(looking.canvasElement), 'pusher-status');
  await shows(status, 'connected');
  const style = getComputedStyle(part(status, 'base')!);
  await expect(style.borderRadius).toBe('4px');
  const online = style.borderColor;
  await expect(['rgb(0, 87, 125)', 'rgb(124, 200, 240)']).toContain(online);
  await press(looking, 'Stop the server');
  await shows(status, 'reconnecting');
  await expect(['rgb(122, 31, 162)', 'rgb(219, 166, 240)']).toContain(style.borderColor);
};

export const playParts = async ({ canvasElement }: StoryContext): Promise<void> => {
  const status = find(inside(canvasElement), 'pusher-status');
  const people = find(inside(canvasElement), 'pusher-presence');
  await shows(status, 'connected');
  await expect(getComputedStyle(part(status, 'label')!).fontWeight).toBe('700');
  await eventually(() => expect(people.count).toBe(5));
  await eventually(() => expect(getComputedStyle(part(people, 'avatar')!).borderRadius).toBe('30%'));
  await expect(part(people, 'avatar')!.offsetWidth).toBe(44);
};

export const playStates = async (looking: StoryContext): Promise<void> => {
  const value = find(inside(looking.canvasElement), 'pusher-value');
  const note = inside(looking.canvasElement).querySelector('.old')!;
  await eventually(() => expect(value.textContent).toMatch(/^€\d\d\.\d\d$/));
  await eventually(() => expect(value.matches(':is(:state(up), :state(down))')).toBe(true));
  await expect(note.checkVisibility()).toBe(false);
  await press(looking, 'Stop the server');
  await eventually(() => expect(note.checkVisibility()).toBe(true));
  await press(looking, 'Start the server');
  await eventually(() => expect(note.checkVisibility()).toBe(false));
};

export const playLightAndDark = async ({ canvasElement }: StoryContext): Promise<void> => {
  const [light, dark] = inside(canvasElement).querySelectorAll('pusher-status');
  await shows(light!, 'connected');
  await shows(dark!, 'connected');
  const ground = (element: Element): string => getComputedStyle(part(element, 'base')!).backgroundColor;
  await expect(ground(light!)).not.toBe(ground(dark!));
};

export const playRightToLeft = async ({ canvasElement }: StoryContext): Promise<void> => {
  const status = find(inside(canvasElement), 'pusher-status');
  await shows(status, 'connected');
  await eventually(() => expect(wordsOf(status, 'label')).toBe('متصل'));
  const right = (name: string): number => part(status, name)!.getBoundingClientRect().right;
  await expect(right('dot')).toBeGreaterThan(right('label'));
};

export const playWords = async (looking: StoryContext): Promise<void> => {
  const [byAttribute, bySlot] = inside(looking.canvasElement).querySelectorAll('pusher-status');
  await shows(byAttribute!, 'connected');
  await expect(wordsOf(byAttribute!, 'label')).toBe('Prices are live.');
  await shows(bySlot!, 'connected');
  await expect(wordsOf(bySlot!, 'label')).toBe('Open and live');
  await press(looking, 'Stop the server');
  await eventually(() =>
    expect(wordsOf(byAttribute!, 'label')).toMatch(/^Prices are paused\. Trying in \d+ seconds?\.$/),
  );
};

export const playFrench = async (looking: StoryContext): Promise<void> => {
  const status = find(inside(looking.canvasElement), 'pusher-status');
  await shows(status, 'connected');
  await eventually(() => expect(wordsOf(status, 'label')).toBe('Connecté'));
  await press(looking, 'Stop the server');
  await eventually(() => expect(wordsOf(status, 'retry')).toBe('Réessayer'));
};
