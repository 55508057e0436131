import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { connectionActions, drop, stopOrStart } from './support/actions.js';
import { find, shows } from './support/looking.js';
import { facetNames, situations } from './support/situations.js';
import * as plays from './support/status-plays.js';
import {
  announcements,
  elsewhere,
  everySituation,
  languages,
  retryStage,
  sides,
  stageFor,
  status,
  statusDefaults,
  statusMarkup,
  variants,
} from './support/status-views.js';
import type { StatusArgs } from './support/status-views.js';
import { shownAs } from './support/usage.js';

const text = { control: 'text' } as const;
const meta: Meta<StatusArgs> = {
  title: 'Elements/pusher-status',
  component: 'pusher-status',
  args: statusDefaults,
  argTypes: {
    situation: {
      description: 'What the connection behind the status is going through. Not an attribute.',
      control: 'select',
      options: facetNames,
      table: { category: 'story' },
    },
    variant: { control: 'inline-radio', options: ['badge', 'dot', 'banner', 'text'] },
    theme: { control: 'inline-radio', options: ['auto', 'light', 'dark'] },
    grace: { control: { type: 'number', min: 0, step: 0.5 } },
    countdown: { control: 'boolean' },
    retry: { control: 'boolean' },
    details: { control: 'boolean' },
    announce: { control: 'inline-radio', options: ['polite', 'off'] },
    'hide-when': text,
    'label-connected': text,
    'label-reconnecting': text,
    'label-unavailable': text,
    'label-limit': text,
  },
  parameters: shownAs(statusMarkup),
  render: (args, context) =>
    stageFor(args.situation, () => status(args, context), { note: situations[args.situation].story }),
};
export default meta;

type Story = StoryObj<StatusArgs>;

/** Attributes are controls, troubles are buttons. */
export const Playground: Story = {
  args: { countdown: true, retry: true },
  render: (args, context) =>
    stageFor(args.situation, () => status(args, context), {
      actions: connectionActions,
      note: situations[args.situation].story,
      hasLog: true,
    }),
  play: plays.playFacet('connected', 'Connected'),
};

/** At once, with everything that it can offer. */
const eager = { grace: 0, countdown: true, retry: true };

export const Initialized: Story = {
  args: { ...eager, situation: 'initialized' },
  play: plays.playFacet('initialized', 'Not connected yet'),
};

export const Connecting: Story = {
  args: { ...eager, situation: 'connecting' },
  play: plays.playFacet('connecting', 'Connecting…'),
};

export const Connected: Story = {
  args: { ...eager, situation: 'connected' },
  play: plays.playFacet('connected', 'Connected'),
};

/** It had been connected before, and says so. */
export const Reconnecting: Story = {
  args: { ...eager, situation: 'reconnecting' },
  play: plays.playFacet('reconnecting', 'Reconnecting…', { isCounting: true, hasButton: true }),
};

export const Unavailable: Story = {
  args: { ...eager, situation: 'unavailable' },
  play: plays.playFacet('unavailable', 'No connection', { isCounting: true, hasButton: true }),
};

export const Failed: Story = {
  args: { ...eager, situation: 'failed' },
  play: plays.playFacet('failed', 'This browser cannot connect'),
};

export const Disconnected: Story = {
  args: { ...eager, situation: 'disconnected' },
  play: plays.playFacet('disconnected', 'Disconnected', { hasButton: true }),
};

/** The connection limit of the app, code 4004, has a sentence of its own. */
export const Limit: Story = {
  args: { ...eager, situation: 'limit' },
  play: plays.playFacet('limit', 'Too many connections at the moment', { hasButton: true }),
};

/** All eight side by side. The variant is a control. */
export const EveryState: Story = {
  args: eager,
  render: everySituation,
  play: plays.playEveryState,
};

/** A badge, only its shape, plain text, or a band across the page. The shapes differ too, not only the colours. */
export const Variants: Story = {
  args: { situation: 'unavailable', grace: 0 },
  parameters: shownAs((args: StatusArgs) =>
    (['badge', 'dot', 'text', 'banner'] as const)
      .map((variant) => statusMarkup({ ...args, variant }))
      .join('\n'),
  ),
  render: variants,
  play: plays.playVariants,
};

/** A loss as a person sees it: green, amber with a countdown, green again. */
export const LossAndRecovery: Story = {
  args: { countdown: true, retry: true },
  render: (args, context) =>
    stageFor(args.situation, () => status(args, context), {
      actions: [stopOrStart],
      note: 'Stop the server and wait a moment. Start it again: it comes back by itself, or at once with "Try now".',
      hasLog: true,
    }),
  play: plays.playLossAndRecovery,
};

/** An outage of a second shows nothing. How long trouble may last unseen is the attribute `grace`. */
export const Grace: Story = {
  args: { countdown: true },
  render: (args, context) =>
    stageFor(args.situation, () => status(args, context), {
      actions: [drop, stopOrStart],
      note: 'Drop the socket: it is back before anybody has to know. The log shows that something did happen.',
      hasLog: true,
    }),
  play: plays.playGrace,
};

/** The button attempts at once, unless the page cancels `pusher-before-retry`. */
export const RetryButton: Story = {
  args: { ...eager, situation: 'limit' },
  render: retryStage,
  play: plays.playRetry,
};

/** What went wrong, for those who have to repair it. */
export const Details: Story = {
  args: { ...eager, situation: 'limit', details: true },
  play: plays.playDetails,
};

/** Only bad news: the usual banner. */
export const HideWhen: Story = {
  args: { ...eager, variant: 'banner', 'hide-when': 'connected' },
  render: (args, context) =>
    stageFor(args.situation, () => status(args, context), {
      actions: [stopOrStart],
      note: 'All is well, so there is nothing to see. Stop the server.',
    }),
  play: plays.playHideWhen,
};

/** Sentences by attribute. `{seconds}` is replaced, every second. */
export const CustomLabels: Story = {
  args: {
    grace: 0,
    situation: 'reconnecting',
    'label-connected': 'Prices are live.',
    'label-reconnecting': 'Prices are paused. Trying in {seconds} seconds.',
  },
  play: plays.playLabels,
};

const slots = html`<span slot="icon" aria-hidden="true">⚡</span
  ><span slot="unavailable">You are offline. <em>Prices may be out of date.</em></span
  ><span slot="retry">Ask again</span>`;

/** Markup instead of sentences: one slot for each state, the shape and the button. */
export const Slots: Story = {
  args: { ...eager, situation: 'unavailable', countdown: false },
  parameters: shownAs(
    () => `<pusher-status retry>
  <span slot="icon" aria-hidden="true">⚡</span>
  <span slot="unavailable">You are offline. <em>Prices may be out of date.</em></span>
  <span slot="retry">Ask again</span>
</pusher-status>`,
  ),
  render: (args, context) => stageFor(args.situation, () => status(args, context, slots)),
  play: plays.playSlots,
};

/** Colours and corners by custom properties, everything else by parts. */
export const Theming: Story = {
  args: { ...eager, situation: 'reconnecting' },
  parameters: shownAs(
    () => `<style>
  pusher-status {
    --pusher-status-warning: #7a1fa2;
    --pusher-status-radius: 4px;
  }
  pusher-status::part(base) { background: #f6ecfb; color: #2c0b3d; padding: 0.6em 1em; }
  pusher-status::part(label) { font-weight: 700; }
</style>
<pusher-status countdown retry></pusher-status>`,
  ),
  render: (args, context) =>
    stageFor(args.situation, () => html`<div class="themed">${status(args, context)}</div>`),
  play: plays.playParts,
};

/** Light and dark: by default what the reader prefers, else what `theme` says. */
export const Themes: Story = {
  args: { ...eager, situation: 'unavailable' },
  render: (args, context) => stageFor(args.situation, () => sides(args, context)),
  play: plays.playThemes,
};

/** The language of the page around it: English, German, Spanish and Arabic. More with `setWords()`. */
export const Languages: Story = {
  args: { ...eager, situation: 'unavailable' },
  render: (args, context) => stageFor(args.situation, () => languages(args, context)),
  play: plays.playLanguages,
};

/** From right to left. The language is in the toolbar. */
export const RightToLeft: Story = {
  args: { ...eager, variant: 'banner', situation: 'reconnecting' },
  globals: { language: 'ar' },
  play: plays.playArabic,
};

/** What a screen reader is told: each settled state once, by one of several, and never the seconds. */
export const Announcements: Story = {
  args: { countdown: true, retry: true },
  render: announcements,
  play: plays.playAnnouncements,
};

/** Anywhere on the page: by id, else the nearest connection around it, else the first of the page. */
export const ElsewhereOnThePage: Story = {
  parameters: shownAs(
    () => `<pusher-connection id="shop" app-key="…"></pusher-connection>
<pusher-status connection="shop"></pusher-status>`,
  ),
  render: elsewhere,
  play: plays.playElsewhere,
};

/** Without any connection, it says that nothing has happened yet; after a while the console says what to do. */
export const WithoutConnection: Story = {
  parameters: shownAs(() => '<pusher-status connection="nobody"></pusher-status>'),
  render: () => html`<pusher-status connection="nobody"></pusher-status>`,
  play: async ({ canvasElement }) => {
    await shows(find(canvasElement, 'pusher-status'), 'initialized');
  },
};
