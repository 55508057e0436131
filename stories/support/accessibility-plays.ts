/** What the page about accessibility claims, checked. */
import { expect } from 'storybook/test';
import type { StoryContext } from '@storybook/web-components-vite';
import { eventually, find, part, pass, shows, wordsOf } from './looking.js';

const inside = (canvasElement: ParentNode): ShadowRoot => find(canvasElement, 'story-example').shadowRoot!;

const press = async ({ canvas, userEvent }: StoryContext, name: string): Promise<void> => {
  await userEvent.click(canvas.getByRole('button', { name }));
};

export const playSaidOnce = async (looking: StoryContext): Promise<void> => {
  const { canvasElement, step } = looking;
  const status = find(inside(canvasElement), 'pusher-status');
  const hearing = find(canvasElement, 'story-hearing');
  await shows(status, 'connected');
  await pass(400);
  // Where connecting takes so long that it is shown, that and its end are news.
  const atFirst = [...hearing.heard];
  await step('that it works from the start is no news', () =>
    expect([[], ['Connecting…', 'Connected']]).toContainEqual(atFirst),
  );
  await step('a loss is said once, by one of two, and the seconds are not', async () => {
    await press(looking, 'Stop the server');
    await shows(status, 'reconnecting');
    const seconds = new Set<string>();
    await eventually(() => {
      seconds.add(wordsOf(status, 'countdown'));
      return expect(seconds.size).toBeGreaterThan(3);
    });
    await expect(hearing.heard).toEqual([...atFirst, 'Reconnecting…']);
  });
  await step('so is that it works again', async () => {
    await press(looking, 'Start the server');
    await eventually(() => {
      part(status, 'retry')?.click();
      return expect(status.state).toBe('connected');
    });
    await eventually(() => expect(hearing.heard).toEqual([...atFirst, 'Reconnecting…', 'Connected']));
  });
  await step('politely', () =>
    expect(status.shadowRoot?.querySelector('[role="alert"], [aria-live="assertive"]')).toBe(null),
  );
};

const rowTexts = (root: ParentNode): string[] =>
  [...root.querySelectorAll('li')].map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());

export const playFocus = async (looking: StoryContext): Promise<void> => {
  const { canvasElement, step } = looking;
  const root = inside(canvasElement);
  const list = find(root, 'pusher-list');
  const { scene } = find(canvasElement, 'story-stage');
  await eventually(() => expect(scene.app.channel('orders')?.isOccupied).toBe(true));
  const link = root.querySelector('a')!;
  const send = (event: string, id: number, stage: string): void => {
    const data = { id, number: `A-${String(100 + id)}`, url: `#order-${String(id)}`, stage };
    scene.app.publish({ channels: 'orders', event, data });
  };
  await step('the row that has the focus changes, and keeps it', async () => {
    link.focus();
    send('changed', 2, 'sent');
    await eventually(() => expect(rowTexts(root)).toEqual(['A-102 sent', 'A-101 packed']));
    await expect(root.activeElement).toBe(link);
  });
  await step('what is new waits, and nothing moves', async () => {
    const { top } = link.getBoundingClientRect();
    send('created', 3, 'new');
    await eventually(() => expect(list.pending).toBe(1));
    await expect(rowTexts(root)).toHaveLength(2);
    await expect(root.activeElement).toBe(link);
    await expect(link.getBoundingClientRect().top).toBeGreaterThanOrEqual(top);
  });
  await step('the button that shows it is reached by keyboard, and pressed by it', async () => {
    const button = part(list, 'new')!;
    await eventually(() => expect(button.checkVisibility()).toBe(true));
    await expect(button.localName).toBe('button');
    await expect(button.tabIndex).toBe(0);
    button.focus();
    await expect(list.shadowRoot?.activeElement).toBe(button);
    await looking.userEvent.keyboard('{Enter}');
    await eventually(() => expect(rowTexts(root)[0]).toBe('A-103 new'));
  });
};

export const playKeyboard = async (looking: StoryContext): Promise<void> => {
  const { canvasElement } = looking;
  const trigger = find(inside(canvasElement), 'pusher-trigger');
  const button = trigger.querySelector('button')!;
  await eventually(() => expect(button.hasAttribute('aria-disabled')).toBe(false));
  button.focus();
  find(canvasElement, 'story-stage').scene.stop();
  await eventually(() => expect(button.getAttribute('aria-disabled')).toBe('true'));
  // It says why nothing happens, and whoever is on it stays on it.
  await expect(button.disabled).toBe(false);
  await expect(inside(canvasElement).activeElement).toBe(button);
  find(canvasElement, 'story-stage').scene.start();
  await eventually(() => expect(button.hasAttribute('aria-disabled')).toBe(false));
  await expect(inside(canvasElement).activeElement).toBe(button);
};

export const playContrast = async ({ canvasElement }: StoryContext): Promise<void> => {
  const table = find(canvasElement, 'story-contrast');
  await eventually(() => {
    const missing = table.measured.filter(({ light, dark }) => light === undefined || dark === undefined);
    return expect(missing.map(({ name }) => name)).toEqual([]);
  });
  await expect(table.measured.length).toBeGreaterThan(8);
  for (const { light, dark, needed } of table.measured) {
    await expect(light).toBeGreaterThanOrEqual(needed);
    await expect(dark).toBeGreaterThanOrEqual(needed);
  }
};

export const playLanguages = async (looking: StoryContext): Promise<void> => {
  const elements = [...inside(looking.canvasElement).querySelectorAll('pusher-status')];
  for (const element of elements) await shows(element, 'connected');
  await eventually(() =>
    expect(elements.map((element) => wordsOf(element, 'label'))).toEqual([
      'Connected',
      'Verbunden',
      'Conectado',
      'متصل',
    ]),
  );
};
