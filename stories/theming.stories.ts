import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { stopOrStart } from './support/actions.js';
import { example } from './support/example.js';
import * as plays from './support/theming-plays.js';
import * as views from './support/theming-views.js';

/** The examples of `theming.mdx`: markup with its styles, which runs as it stands. */
const meta: Meta = {
  title: 'Theming',
  tags: ['!autodocs'],
  parameters: { docs: { toc: { headingSelector: 'h2' } } },
};
export default meta;

const actions = [stopOrStart];

export const CustomProperties: StoryObj = { ...example(views.colours, { actions }), play: plays.playColours };

export const Parts: StoryObj = {
  ...example(views.parts, { setUp: views.fillStudio }),
  play: plays.playParts,
};

export const States: StoryObj = {
  ...example(views.states, { actions, pulse: views.pricePulse }),
  play: plays.playStates,
};

export const LightAndDark: StoryObj = {
  ...example(views.lightAndDark, { actions }),
  play: plays.playLightAndDark,
};

export const RightToLeft: StoryObj = {
  ...example(views.rightToLeft, { actions }),
  play: plays.playRightToLeft,
};

export const OwnWords: StoryObj = { ...example(views.ownWords, { actions }), play: plays.playWords };

export const OwnLanguage: StoryObj = { ...example(views.frenchMarkup, { actions }), play: plays.playFrench };
