/** What the first page promises. */
import { expect } from 'storybook/test';
import type { StoryContext } from '@storybook/web-components-vite';
import { eventually, find, shows, wordsOf } from './looking.js';
import { publishPrice, threeTags } from './start-views.js';

export const playStart = async ({ canvas, canvasElement, userEvent }: StoryContext): Promise<void> => {
  const root = find(canvasElement, 'story-example').shadowRoot!;
  const { scene } = find(canvasElement, 'story-stage');
  const status = find(root, 'pusher-status');
  const value = find(root, 'pusher-value');
  // The tags that run are those that are shown.
  for (const { localName } of root.children) await expect(threeTags).toContain(`<${localName}`);
  await shows(status, 'connected');
  await eventually(() => expect(value.textContent).toMatch(/^€\d\d\.\d\d$/));

  await userEvent.click(canvas.getByRole('button', { name: 'Cut the connection' }));
  await shows(status, 'reconnecting');
  await eventually(() => expect(wordsOf(status, 'countdown')).toMatch(/^Next attempt in \d+ second/));
  await expect(value.matches(':state(stale)')).toBe(true);

  await userEvent.click(canvas.getByRole('button', { name: 'Mend the connection' }));
  await shows(status, 'connected');
  const { updatedAt = 0 } = value;
  publishPrice(scene);
  await eventually(() => expect(value.updatedAt).toBeGreaterThan(updatedAt));
  await expect(value.matches(':state(stale)')).toBe(false);
};
