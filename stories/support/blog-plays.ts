/** What the stories of the live blog check when they are opened. */
import { expect } from 'storybook/test';
import { eventually, find, part } from './looking.js';
import { hasNoScript, keysOf, press, readsWithoutScript, says, subscribed } from './page-plays.js';
import type { Play } from './page-plays.js';
import { blog } from './blog-page.js';

export const playBlog: Play = async (looking) => {
  const { canvas, canvasElement, userEvent } = looking;
  const list = find(canvasElement, 'pusher-list');
  const written = canvas.getByText('Saved on the line').closest('li');
  await subscribed(looking, 'match-9');
  await says(looking, '.readers', /Reading along: 2/);
  await says(looking, '.score', /Harbour Town 1 Hill United 0/);

  // The row that the server has written is the one that changes.
  await press(looking, 'Correct the last but one');
  await says(looking, '.posts', /and then with her hand/);
  await expect(canvas.getByText('Saved on the line').closest('li')).toBe(written);

  await press(looking, 'Write a post');
  await eventually(() => expect(keysOf(list)).toBe('67 2 1'));
  await says(looking, '.kicker', /minute 68/);

  // Nothing moves under somebody who reads by keyboard.
  canvas.getAllByRole('link', { name: 'Link to this post' })[1]?.focus();
  const { scene } = find(canvasElement, 'story-stage');
  blog.actions.find(({ label }) => label(scene) === 'Hill United scores')?.run(scene);
  await eventually(() => expect(list.matches(':state(held)')).toBe(true));
  await expect(keysOf(list)).toBe('67 2 1');
  await says(looking, '.score', /Hill United 1/);
  const more = part(list, 'new');
  await eventually(() => expect(more?.checkVisibility()).toBe(true));
  await userEvent.click(more!);
  await eventually(() => expect(keysOf(list)).toBe('goal 67 2 1'));
  await expect(list.querySelector('[data-pe-key="goal"]')).toHaveClass('goal');

  await press(looking, 'Take it back');
  await eventually(() => expect(keysOf(list)).toBe('goal 67 1'));
};

export const playBlogWithoutScript: Play = async (looking) => {
  await hasNoScript(blog.english);
  const text = readsWithoutScript(blog.english);
  for (const said of ['minute 67', 'Harbour Town 1', '61′ Saved on the line', '38′ Goal for Harbour Town'])
    await expect(text).toContain(said);
  await playBlog(looking);
};

export const playArabicBlog: Play = async (looking) => {
  const list = find(looking.canvasElement, 'pusher-list');
  await subscribed(looking, 'match-9');
  await press(looking, 'Write a post');
  await eventually(() => expect(keysOf(list)).toBe('67 2 1'));
  const [home, away] = [...looking.canvasElement.querySelectorAll('.score dd')];
  await expect(home!.getBoundingClientRect().right).toBeGreaterThan(away!.getBoundingClientRect().right);
};
