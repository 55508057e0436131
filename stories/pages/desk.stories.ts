import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { pageParameters, pageStage } from '../support/page.js';
import { desk } from '../support/desk-page.js';
import * as plays from '../support/desk-plays.js';

const meta: Meta = {
  title: 'Pages/Support desk',
  parameters: pageParameters(desk),
  render: (_args, context) => pageStage(desk, context),
};
export default meta;

/**
 * Who else is on the ticket, who is writing, what was said, and what is waiting. The answer is a form, which is posted
 * with or without the script.
 */
export const SupportDesk: StoryObj = { play: plays.playDeskWithoutScript };

/** The same in the dark. */
export const InTheDark: StoryObj = { globals: { theme: 'dark' }, play: plays.playDesk };

/** In Arabic, from right to left. */
export const RightToLeft: StoryObj = {
  globals: { language: 'ar' },
  parameters: pageParameters(desk, 'ar'),
  play: plays.playTyping,
};
