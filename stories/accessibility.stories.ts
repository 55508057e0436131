import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { stopOrStart } from './support/actions.js';
import * as plays from './support/accessibility-plays.js';
import * as views from './support/accessibility-views.js';
import { example } from './support/example.js';

/** The examples of `accessibility.mdx`; what the page claims is checked in each of them. */
const meta: Meta = {
  title: 'Accessibility',
  tags: ['!autodocs'],
  parameters: { docs: { toc: { headingSelector: 'h2' } } },
};
export default meta;

/** Each settled state once, politely, by one of several, and never the seconds. */
export const SaidOnce: StoryObj = {
  ...example(views.status, { actions: [stopOrStart], below: views.heard }),
  play: plays.playSaidOnce,
};

/** The focus stays where it is while the row around it changes, and nothing moves under it. */
export const FocusKept: StoryObj = {
  ...example(views.orders, {
    actions: [views.newOrder, views.sendOrder],
    below: views.heardOnThePage,
  }),
  play: plays.playFocus,
};

/** The button is a button, and keeps the focus while it is tried. */
export const Keyboard: StoryObj = {
  ...example(views.form, { actions: [stopOrStart] }),
  play: plays.playKeyboard,
};

/** Measured in the browser of the reader, by the formula of WCAG 2.2. */
export const Contrast: StoryObj = {
  parameters: { docs: { source: { code: null } } },
  render: views.contrast,
  play: plays.playContrast,
};

export const Languages: StoryObj = {
  ...example(views.fourLanguages, { actions: [stopOrStart] }),
  play: plays.playLanguages,
};
