/** What the stories of the support desk check when they are opened. */
import { expect } from 'storybook/test';
import { eventually, find } from './looking.js';
import {
  hasNoScript,
  keysOf,
  press,
  readsWithoutScript,
  says,
  subscribed,
  toastTitles,
} from './page-plays.js';
import type { Play } from './page-plays.js';
import { desk } from './desk-page.js';

export const playDesk: Play = async (looking) => {
  const { canvas, canvasElement, userEvent } = looking;
  const [messages, tickets] = [...canvasElement.querySelectorAll('pusher-list')];
  await subscribed(looking, 'presence-ticket-1042', 'private-desk');
  const team = find(canvasElement, 'pusher-presence');
  await eventually(() => expect(team.count).toBe(2));
  await press(looking, 'Katherine comes');
  await eventually(() => expect(team.count).toBe(3));

  const typing = canvasElement.querySelector('.typing')!;
  await press(looking, 'Grace is writing');
  await says(looking, '.typing', 'Grace Hopper is writing…');
  await expect(typing).toBeVisible();

  await press(looking, 'Hedy answers');
  await eventually(() => expect(keysOf(messages!)).toBe('1 2 3'));
  await userEvent.type(canvas.getByRole('textbox', { name: 'Your answer' }), 'It comes at four.');
  await press(looking, 'Send');
  await eventually(() => expect(keysOf(messages!)).toBe('1 2 3 4'));
  await expect(messages!.querySelector('[data-pe-key="4"]')).toHaveClass('ours');
  await eventually(() => expect(canvas.getByRole('textbox', { name: 'Your answer' })).toHaveValue(''));

  await press(looking, 'A ticket comes in');
  await eventually(() => expect(keysOf(tickets!)).toBe('1043 1044 1045'));
  await eventually(() =>
    expect(toastTitles(find(canvasElement, 'pusher-toasts'))).toEqual(['A button is missing']),
  );
  await press(looking, 'A ticket is closed');
  await eventually(() => expect(keysOf(tickets!)).toBe('1044 1045'));
  await says(looking, '.bar', /Open: 2/);

  // Whoever has stopped writing is no longer writing.
  await eventually(() => expect(typing).not.toBeVisible());
};

/** What we write, the others are told of. */
export const playTyping: Play = async (looking) => {
  const { canvas, canvasElement, userEvent } = looking;
  await subscribed(looking, 'presence-ticket-1042', 'private-desk');
  await eventually(() => expect(find(canvasElement, 'pusher-presence').count).toBe(2));
  await userEvent.type(canvas.getByRole('textbox'), 'ok');
  const { record } = find(canvasElement, 'story-stage').scene.app;
  await eventually(() =>
    expect(record.received.filter(({ event }) => event === 'client-typing')).toHaveLength(1),
  );
};

export const playDeskWithoutScript: Play = async (looking) => {
  await hasNoScript(desk.english);
  const text = readsWithoutScript(desk.english);
  for (const said of [
    'Open: 3',
    'Also here: nobody yet',
    'Do you know where it is?',
    '1044 Invoice for March',
  ])
    await expect(text).toContain(said);
  await expect(text).not.toContain('is writing');
  await playDesk(looking);
};
