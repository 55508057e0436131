import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { pageParameters, pageStage } from '../support/page.js';
import { blog } from '../support/blog-page.js';
import * as plays from '../support/blog-plays.js';

const meta: Meta = {
  title: 'Pages/Live blog',
  parameters: pageParameters(blog),
  render: (_args, context) => pageStage(blog, context),
};
export default meta;

/**
 * Posts that the server has written are taken over by their key; new ones come on top, and wait behind a button while
 * somebody reads. The score and the minute are values of the same channel.
 */
export const LiveBlog: StoryObj = { play: plays.playBlogWithoutScript };

/** The same in the dark. */
export const InTheDark: StoryObj = { globals: { theme: 'dark' }, play: plays.playBlog };

/** In Arabic, from right to left. */
export const RightToLeft: StoryObj = {
  globals: { language: 'ar' },
  parameters: pageParameters(blog, 'ar'),
  play: plays.playArabicBlog,
};
