/** What the stories of `<pusher-value>` check when they are opened. */
import { expect } from 'storybook/test';
import type { StoryObj } from '@storybook/web-components-vite';
import { eventually, find, pass, reaches } from './looking.js';
import { formats, modes } from './value-views.js';
import type { ValueArgs } from './value-views.js';

type Play = NonNullable<StoryObj<ValueArgs>['play']>;
type Looking = Pick<Parameters<Play>[0], 'canvas' | 'canvasElement' | 'userEvent'>;

const press = async ({ canvas, userEvent }: Looking, name: string): Promise<void> => {
  await userEvent.click(canvas.getByRole('button', { name }));
};
const all = (canvas: ParentNode): string[] =>
  [...canvas.querySelectorAll('pusher-value')].map(({ textContent }) => textContent.trim());
const says = async ({ canvasElement }: Looking, text: string | RegExp): Promise<void> => {
  await eventually(() => expect(find(canvasElement, 'pusher-value').textContent.trim()).toMatch(text));
};
const has = async ({ canvasElement }: Looking, state: string, isSo = true): Promise<void> => {
  await eventually(() => expect(find(canvasElement, 'pusher-value').matches(`:state(${state})`)).toBe(isSo));
};
/** Until the server has its subscription. */
export const subscribed = async ({ canvasElement }: Pick<Looking, 'canvasElement'>, name = 'prices') => {
  await reaches(find(canvasElement, 'pusher-connection'), 'connected');
  const { scene } = find(canvasElement, 'story-stage');
  await eventually(() => expect(scene.app.channel(name)?.isOccupied).toBe(true));
};

/** The text before, then a price. */
export const playPrice: Play = async (looking) => {
  await says(looking, '…');
  await has(looking, 'empty');
  await subscribed(looking);
  await press(looking, 'Publish an event');
  await says(looking, '€154.21');
  await has(looking, 'empty', false);
};

export const playFlash: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'Up to 120');
  await says(looking, '€120.00');
  await press(looking, 'Down to 90');
  await has(looking, 'down');
  await press(looking, 'Up to 120');
  await has(looking, 'up');
  await has(looking, 'up', false);
};

export const playFormats: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'Publish');
  await eventually(() => expect(all(looking.canvasElement)).not.toContain('…'));
  const shown = all(looking.canvasElement);
  await expect(shown).toHaveLength(formats.length);
  await expect(shown.slice(0, 6)).toEqual([
    'as it came',
    '1,234.5',
    '1,234.50',
    '26%',
    '€1,234.50',
    expect.stringMatching(/4\.8.?MB/),
  ]);
};

export const playModes: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'Publish 5');
  await press(looking, 'Publish 2');
  await eventually(() =>
    expect(all(looking.canvasElement)).toEqual(['2', '17', '3', '17', '10', '2', 'true']),
  );
  await expect(all(looking.canvasElement)).toHaveLength(modes.length);
};

export const playStale: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'Publish an event');
  await says(looking, '€154.21');
  await has(looking, 'stale', false);
  await press(looking, 'Stop the server');
  await has(looking, 'stale');
  await says(looking, '€154.21');
};

export const playMaxAge: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'Publish an event');
  await says(looking, '€154.21');
  await has(looking, 'stale');
  await press(looking, 'Publish an event');
  await has(looking, 'stale', false);
};

export const playSources: Play = async (looking) => {
  await subscribed(looking, 'presence-lobby');
  await eventually(() =>
    expect(all(looking.canvasElement)).toEqual(['1', '1', 'connected', expect.stringMatching(/^\d+$/)]),
  );
  await press(looking, 'Somebody comes');
  await eventually(() => expect(all(looking.canvasElement)[1]).toBe('2'));
};

export const playCached: Play = async (looking) => {
  await says(looking, '€154.21');
  await press(looking, 'Drop the socket');
  await has(looking, 'stale');
  await has(looking, 'stale', false);
  await pass(200);
  // What is repeated is no news.
  await has(looking, 'up', false);
  const changes = looking.canvasElement.querySelectorAll('[data-type="pusher-value-change"]');
  await expect(changes).toHaveLength(1);
};

export const playSnapshot: Play = async (looking) => {
  await says(looking, '€41.00');
  await subscribed(looking);
  await press(looking, 'Publish an event');
  await says(looking, '€154.21');
};

export const playTemplate: Play = async (looking) => {
  await says(looking, 'No price yet');
  await subscribed(looking);
  await press(looking, 'Publish an event');
  await eventually(() => expect(looking.canvasElement.querySelector('pusher-value b')).not.toBe(null));
  await says(looking, /BETA\s+€154\.21/);
};

export const playAnnounce: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'Publish an event');
  await eventually(() =>
    expect([...document.querySelectorAll('[role="status"]')].map((region) => region.textContent)).toContain(
      '€154.21',
    ),
  );
};

export const playPersist: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'Publish 7');
  await says(looking, '€7.00');
  const first = find(looking.canvasElement, 'pusher-value');
  await press(looking, 'Open the next page');
  await eventually(() => expect(find(looking.canvasElement, 'pusher-value')).not.toBe(first));
  await says(looking, '€7.00');
  find(looking.canvasElement, 'pusher-value').reset();
};

export const playMethods: Play = async (looking) => {
  await says(looking, '€12.00');
  await press(looking, 'set(99.5)');
  await says(looking, '€99.50');
  await press(looking, 'reset()');
  await says(looking, '€12.00');
};

export const playMistakes: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'Publish an event');
  await eventually(() =>
    expect(all(looking.canvasElement)).toEqual(['no price', 'no price', '154.21', 'no price']),
  );
};

export const playHostile: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'Publish markup');
  await says(looking, '<img src=x onerror=alert(1)>');
  await expect(looking.canvasElement.querySelector('pusher-value img')).toBe(null);
};

export const playArabic: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'Publish an event');
  await says(looking, /€/);
  const [word, figure] = [...looking.canvasElement.querySelectorAll('.price > *')];
  await expect(word!.getBoundingClientRect().right).toBeGreaterThan(figure!.getBoundingClientRect().right);
};
