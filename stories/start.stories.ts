import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { playStart } from './support/start-plays.js';
import { startStage, threeTags } from './support/start-views.js';
import { shownAs } from './support/usage.js';

/** The live half of the first page, which is in `start.mdx`. Not in the list of stories, but checked like one. */
const meta: Meta = {
  title: 'Start/Live',
  tags: ['!dev', '!autodocs'],
  parameters: shownAs(() => threeTags),
  render: startStage,
};
export default meta;

export const ThreeTags: StoryObj = { play: playStart };
