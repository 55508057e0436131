import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { stopOrStart } from './support/actions.js';
import * as plays from './support/presence-plays.js';
import {
  languages,
  presence,
  presenceDefaults,
  presenceMarkup,
  presenceStage,
  somebodyComes,
  somebodyGoes,
  somebodyReloads,
  template,
} from './support/presence-views.js';
import type { PresenceArgs } from './support/presence-views.js';
import { shownAs } from './support/usage.js';

const text = { control: 'text' } as const;
const meta: Meta<PresenceArgs> = {
  title: 'Elements/pusher-presence',
  component: 'pusher-presence',
  args: presenceDefaults,
  argTypes: {
    view: { control: 'inline-radio', options: ['avatars', 'list', 'count'] },
    max: { control: { type: 'number', min: 1, step: 1 } },
    'leave-grace': { control: { type: 'number', min: 0, step: 0.5 } },
    'include-me': { control: 'boolean' },
    announce: { control: 'boolean' },
    'name-path': text,
    'avatar-path': text,
    sort: text,
    'label-one': text,
    'label-other': text,
  },
  parameters: shownAs((args: PresenceArgs) => presenceMarkup(args)),
  render: (args) => presenceStage(presence(args)),
};
export default meta;

type Story = StoryObj<PresenceArgs>;

/** Attributes are controls, people are buttons. */
export const Playground: Story = { play: plays.playPlayground };

/** Names below each other. */
export const List: Story = {
  args: { view: 'list' },
  play: plays.playNames('Grace Hopper', 'Hedy Lamarr', '王小明', 'محمد علي'),
};

/** Only how many, in a sentence in the language of the page. */
export const Count: Story = { args: { view: 'count' }, play: plays.playCount('4 people here') };

/** A sentence of the page's own, with a form for one and a form for all other numbers. */
export const Labels: Story = {
  args: {
    view: 'count',
    'label-one': '{count} person is looking at this',
    'label-other': '{count} people are looking at this',
  },
  play: plays.playCount('4 people are looking at this'),
};

/** At most `max` are drawn; of the others there is the number. */
export const Overflow: Story = { args: { max: 3 }, play: plays.playOverflow };

/** A picture, or initials on a colour that somebody has on every page; also where a picture cannot be had. */
export const Pictures: Story = {
  args: { view: 'list' },
  render: (args) => presenceStage(presence(args), { people: 5 }),
  play: plays.playPictures,
};

/** The user of this page is one of them with `include-me`. */
export const IncludeMe: Story = {
  args: { view: 'list', 'include-me': true, sort: 'name' },
  render: (args) => presenceStage(presence(args), { people: 2 }),
  play: plays.playNames('Ada Lovelace', 'Grace Hopper', 'Hedy Lamarr'),
};

/** The slot `empty` is shown while nobody else is there. */
export const Empty: Story = {
  parameters: shownAs((args: PresenceArgs) => presenceMarkup(args, '<span slot="empty">Only you</span>')),
  render: (args) =>
    presenceStage(presence(args, html`<span slot="empty">Only you</span>`), {
      people: 0,
      actions: [somebodyComes, somebodyGoes],
    }),
  play: plays.playEmpty,
};

/** What is inside is there before the members are known, and where no script runs. */
export const BeforeTheMembers: Story = {
  parameters: shownAs((args: PresenceArgs) => presenceMarkup(args, 'Who is here?')),
  render: (args) => presenceStage(presence(args, html`<span>Who is here?</span>`), { isHeld: true }),
  play: plays.playBefore,
};

/** Who leaves is shown for five seconds more, so that nobody blinks who reloads a page. */
export const LeaveGrace: Story = {
  args: { view: 'list' },
  render: (args) =>
    presenceStage(presence(args), {
      actions: [somebodyReloads, somebodyGoes, somebodyComes],
      note: 'Let somebody reload their page: nothing moves. Let somebody go: they are gone after five seconds.',
    }),
  play: plays.playReload,
};

/** Over a loss who was there stays, and `:state(stale)` holds, which this page shows paler. */
export const Loss: Story = {
  args: { view: 'list' },
  parameters: shownAs(
    (args: PresenceArgs) =>
      `<style>pusher-presence:state(stale) { opacity: 0.6 }</style>\n${presenceMarkup(args)}`,
  ),
  render: (args) =>
    presenceStage(html`<div class="fading">${presence(args)}</div>`, { actions: [stopOrStart] }),
  play: plays.playLoss,
};

/** A row of the page's own for each member. Paths lead into what the server says of a member; `$userId` is the id. */
export const Template: Story = {
  parameters: shownAs((args: PresenceArgs) =>
    presenceMarkup(
      args,
      '<template><p><b data-pe-text="name"></b> <small data-pe-text="$userId"></small></p></template>',
    ),
  ),
  render: (args) => presenceStage(presence(args, template)),
  play: plays.playTemplate,
};

/** Size, space and corners by custom properties, everything else by parts. */
export const Theming: Story = {
  args: { max: 3 },
  parameters: shownAs(
    (args: PresenceArgs) => `<style>
  pusher-presence {
    --pusher-presence-size: 3.5rem;
    --pusher-presence-gap: 0.6rem;
    --pusher-presence-radius: 0.8rem;
  }
  pusher-presence::part(overflow) { font-weight: 700; }
</style>
${presenceMarkup(args)}`,
  ),
  render: (args) => presenceStage(html`<div class="large-faces">${presence(args)}</div>`),
  play: plays.playOverflow,
};

/** English, German, Spanish and Arabic. More with `setWords()`. */
export const Languages: Story = {
  args: { view: 'count' },
  render: (args) => presenceStage(languages(args)),
  play: plays.playLanguages,
};

/** From right to left. The language is in the toolbar. */
export const RightToLeft: Story = {
  args: { view: 'list', max: 3 },
  globals: { language: 'ar' },
  play: plays.playNames('Grace Hopper', 'Hedy Lamarr', '王小明'),
};
