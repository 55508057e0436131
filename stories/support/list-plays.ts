/** What the stories of `<pusher-list>` check when they are opened. */
import { expect } from 'storybook/test';
import type { StoryObj } from '@storybook/web-components-vite';
import type { PusherListElement } from '../../components/index.js';
import { eventually, find, part, reaches } from './looking.js';
import type { ListArgs } from './list-views.js';

type Play = NonNullable<StoryObj<ListArgs>['play']>;
type Looking = Pick<Parameters<Play>[0], 'canvas' | 'canvasElement' | 'userEvent'>;

const press = async ({ canvas, userEvent }: Looking, name: string): Promise<void> => {
  await userEvent.click(canvas.getByRole('button', { name }));
};
const listOf = ({ canvasElement }: Looking): PusherListElement => find(canvasElement, 'pusher-list');
const rowsOf = (looking: Looking): string[] =>
  [...listOf(looking).querySelectorAll<HTMLElement>('[data-pe-key]')].map((row) =>
    row.innerText.replace(/\s+/g, ' ').trim(),
  );
const keys = async (looking: Looking, wanted: string): Promise<void> => {
  await eventually(() =>
    expect(
      [...listOf(looking).querySelectorAll('[data-pe-key]')]
        .map((row) => row.getAttribute('data-pe-key'))
        .join(' '),
    ).toBe(wanted),
  );
};
const has = async (looking: Looking, state: string, isSo = true): Promise<void> => {
  await eventually(() => expect(listOf(looking).matches(`:state(${state})`)).toBe(isSo));
};
/** Until the server has its subscription. */
const subscribed = async ({ canvasElement }: Looking): Promise<void> => {
  await reaches(find(canvasElement, 'pusher-connection'), 'connected');
  const { scene } = find(canvasElement, 'story-stage');
  await eventually(() => expect(scene.app.channel('orders')?.isOccupied).toBe(true));
};

export const playRows: Play = async (looking) => {
  await subscribed(looking);
  await eventually(() => expect(looking.canvas.getByText('No orders yet.').checkVisibility()).toBe(true));
  await press(looking, 'New order');
  await press(looking, 'New order');
  await keys(looking, '2 1');
  await expect(looking.canvas.getByText('No orders yet.').checkVisibility()).toBe(false);
  await press(looking, 'The last is paid');
  await eventually(() => expect(listOf(looking).querySelector('[data-pe-key="2"]')).toHaveClass('paid'));
  await press(looking, 'The first is cancelled');
  await keys(looking, '1');
};

export const playEmpty: Play = async (looking) => {
  await subscribed(looking);
  await has(looking, 'empty');
  await eventually(() => expect(looking.canvas.getByText('No orders yet.').checkVisibility()).toBe(true));
};

export const playLimit: Play = async (looking) => {
  await subscribed(looking);
  for (let count = 0; count < 5; count += 1) await press(looking, 'New order');
  await keys(looking, '5 4 3');
};

export const playBurst: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'A hundred orders');
  await keys(looking, '100 99 98 97 96 95 94 93');
};

export const playSort: Play = async (looking) => {
  await subscribed(looking);
  for (let count = 0; count < 3; count += 1) await press(looking, 'New order');
  // Totals: 47, 84, 31.
  await keys(looking, '2 1 3');
};

export const playVersions: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'Version 3');
  await eventually(() => expect(rowsOf(looking)[0]).toContain('third'));
  await press(looking, 'Version 2, late');
  await press(looking, 'Deleted as of version 4');
  await keys(looking, '');
  await press(looking, 'Version 2, late');
  await press(looking, 'Version 5');
  await eventually(() => expect(rowsOf(looking)[0]).toContain('fifth'));
  const updates = looking.canvasElement.querySelectorAll('[data-type="pusher-item-updated"]');
  await expect(updates).toHaveLength(0);
};

export const playTable: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'New order');
  await keys(looking, '1');
  await expect(looking.canvas.getAllByRole('cell').map(({ textContent }) => textContent)).toEqual([
    'A-101',
    'Grace',
    '€47.00',
  ]);
};

export const playServerRows: Play = async (looking) => {
  await keys(looking, '2 1');
  const first = looking.canvas.getByText('Grace').closest('li');
  await subscribed(looking);
  await press(looking, 'Grace marries');
  await eventually(() => expect(rowsOf(looking)).toEqual(['A-102 Hedy', 'A-101 Grace Hopper']));
  await expect(looking.canvas.getByText('Grace Hopper').closest('li')).toBe(first);
  await press(looking, 'A third');
  await keys(looking, '3 2 1');
};

export const playSnapshot: Play = async (looking) => {
  await has(looking, 'loading');
  const words = looking.canvas.getByText('Asking for orders…');
  await eventually(() => expect(words.checkVisibility()).toBe(true));
  await press(looking, 'An order meanwhile');
  await press(looking, 'Let the server answer');
  await keys(looking, '9 2 1');
  await has(looking, 'loading', false);
};

export const playGone: Play = async (looking) => {
  await subscribed(looking);
  await has(looking, 'empty');
  await press(looking, 'New order');
  await keys(looking, '1');
};

export const playGap: Play = async (looking) => {
  await keys(looking, '2 1');
  await press(looking, 'Lose an event');
  await has(looking, 'stale');
  await keys(looking, '3 2');
  await has(looking, 'stale', false);
};

export const playHold: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'A hundred orders');
  await eventually(() => expect(rowsOf(looking)).toHaveLength(100));
  const box = looking.canvasElement.querySelector('.scroll-list')!;
  box.scrollTop = 200;
  await press(looking, 'New order');
  await has(looking, 'held');
  await expect(rowsOf(looking)).toHaveLength(100);
  await eventually(() => expect(part(listOf(looking), 'new')?.checkVisibility()).toBe(true));
  part(listOf(looking), 'new')?.click();
  await eventually(() => expect(rowsOf(looking)).toHaveLength(101));
  await has(looking, 'held', false);
};

export const playAnnounce: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'New order');
  await press(looking, 'New order');
  await eventually(() =>
    expect(
      [...document.querySelectorAll('[role="status"]')].map((region) => region.textContent),
    ).toContainEqual(expect.stringMatching(/^\d+ new$/)),
  );
};

export const playGrammar: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'With everything');
  await press(looking, 'With nothing');
  await eventually(() =>
    expect(rowsOf(looking)).toEqual(['A-2 Somebody not paid', 'A-1 Ada page Tea; Milk;']),
  );
  await press(looking, 'With a bad address');
  await keys(looking, '3 2 1');
  await expect(listOf(looking).querySelector('[data-pe-key="3"] a')?.getAttribute('href')).not.toMatch(
    /javascript/,
  );
};

export const playCurly: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'New order');
  await eventually(() => expect(rowsOf(looking)).toEqual(['A-101 for Grace']));
  await expect(listOf(looking).querySelector('li')?.title).toBe('Order A-101');
};

export const playItems: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'Three in one event');
  await keys(looking, '3 2 1');
};

export const playFiltered: Play = async (looking) => {
  await subscribed(looking);
  for (let count = 0; count < 3; count += 1) await press(looking, 'New order');
  await keys(looking, '2');
};

export const playMethods: Play = async (looking) => {
  await press(looking, 'add()');
  await keys(looking, '2 1');
  await press(looking, 'set()');
  await eventually(() => expect(rowsOf(looking)[1]).toContain('Somebody else'));
  await press(looking, 'remove()');
  await keys(looking, '2');
  await press(looking, 'clear()');
  await keys(looking, '');
};

export const playHostile: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'Publish markup');
  await eventually(() => expect(rowsOf(looking)[0]).toContain('<img src=x onerror=alert(1)>'));
  await expect(listOf(looking).querySelector('img')).toBe(null);
};

export const playNoTemplate: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'New order');
  await eventually(() => expect(listOf(looking).length).toBe(1));
  await expect(looking.canvas.getByText('What was here stays here.').checkVisibility()).toBe(true);
};

export const playNoKey: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'Without a key');
  await press(looking, 'New order');
  await keys(looking, '1');
};

export const playArabic: Play = async (looking) => {
  await subscribed(looking);
  await press(looking, 'New order');
  await keys(looking, '1');
  const [number, customer] = [...listOf(looking).querySelectorAll('li > *')];
  await expect(number!.getBoundingClientRect().right).toBeGreaterThan(
    customer!.getBoundingClientRect().right,
  );
};
