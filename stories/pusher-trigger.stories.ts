import type { Meta, StoryObj } from '@storybook/web-components-vite';
import * as plays from './support/trigger-plays.js';
import {
  chatForm,
  chatMarkup,
  noteField,
  noteMarkup,
  reactionButtons,
  reactionMarkup,
  storyPost,
  takePosts,
  triggerDefaults,
  triggerMarkup,
  triggerStage,
} from './support/trigger-views.js';
import type { TriggerArgs } from './support/trigger-views.js';
import { shownAs } from './support/usage.js';

const meta: Meta<TriggerArgs> = {
  title: 'Elements/pusher-trigger',
  component: 'pusher-trigger',
  args: triggerDefaults,
  argTypes: {
    channel: { control: 'text' },
    event: { control: 'text' },
    trigger: { control: 'select', options: ['submit', 'click', 'input', 'change', 'focus', 'blur'] },
    payload: { control: 'text' },
    throttle: { control: { type: 'number', min: 0, step: 0.5 } },
    debounce: { control: { type: 'number', min: 0, step: 0.5 } },
    coalesce: { control: 'boolean' },
    queue: { control: 'inline-radio', options: ['all', 'latest', 'none'] },
    ttl: { control: { type: 'number', min: 0, step: 1 } },
    reset: { control: 'boolean' },
    echo: { control: 'boolean' },
    disableOffline: { name: 'disable-offline', control: 'boolean' },
    postUrl: { name: 'post-url', control: 'text' },
  },
  parameters: shownAs(triggerMarkup(chatMarkup)),
  render: (args) => triggerStage(args, chatForm),
};
export default meta;

type Story = StoryObj<TriggerArgs>;

/** The fields of the form go to everybody else on the channel. With `reset` the form is empty afterwards. */
export const Form: Story = { args: { reset: true }, play: plays.playForm };

/** Buttons send their name and value. `echo` delivers it to this page too, which the service does not do. */
export const Buttons: Story = {
  args: { event: 'reaction', echo: true, throttle: 1 },
  parameters: shownAs(triggerMarkup(reactionMarkup)),
  render: (args) => triggerStage(args, reactionButtons),
  play: plays.playReactions,
};

/** A field tells that somebody is writing, once in two seconds. It has no name, so that nobody reads along. */
export const Typing: Story = {
  args: { event: 'typing', throttle: 2, queue: 'none' },
  parameters: shownAs(triggerMarkup(noteMarkup)),
  render: (args) => triggerStage(args, noteField),
  play: plays.playTyping,
};

/** Without a connection it waits: everything, with `queue="latest"` the newest, for `ttl` seconds. */
export const Queued: Story = { args: { ttl: 60, reset: true }, play: plays.playQueued };

/** With `disable-offline` the button says that it is disabled, keeps the focus, and sends nothing. */
export const Disabled: Story = { args: { disableOffline: true }, play: plays.playDisabled };

/** A public channel takes nothing from pages. The form keeps what is in it; `:state(error)` shows the sentence. */
export const Refused: Story = { args: { channel: 'news', reset: true }, play: plays.playRefused };

/** With `post-url` the page's own server gets the fields and `socket_id`, and publishes to everybody else. */
export const Post: Story = {
  args: { postUrl: storyPost, event: 'said', reset: true },
  render: (args) => triggerStage(args, chatForm, { setUp: takePosts }),
  play: plays.playPost,
};
