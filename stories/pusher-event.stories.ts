import type { Meta, StoryObj } from '@storybook/web-components-vite';
import * as plays from './support/event-plays.js';
import {
  asking,
  details,
  eventDefaults,
  eventMarkup,
  eventStage,
  fill,
  fillOther,
  form,
  listening,
  loseCart,
  serveCart,
} from './support/event-views.js';
import type { EventArgs } from './support/event-views.js';
import { shownAs } from './support/usage.js';

const text = { control: 'text' } as const;
const seconds = { control: { type: 'number', min: 0, step: 0.5 } } as const;

const meta: Meta<EventArgs> = {
  title: 'Elements/pusher-event',
  component: 'pusher-event',
  args: eventDefaults,
  argTypes: {
    do: {
      control: 'select',
      // Not those that would end the story.
      options: ['dispatch', 'text', 'class', 'attr', 'refetch', 'scroll', 'focus'],
    },
    field: text,
    'class-name': text,
    'class-mode': { control: 'inline-radio', options: ['add', 'remove', 'toggle', 'flash'] },
    'attr-name': text,
    'dispatch-as': text,
    'match-field': text,
    'match-value': text,
    debounce: seconds,
    jitter: seconds,
    announce: text,
  },
  parameters: shownAs(eventMarkup),
};
export default meta;

type Story = StoryObj<EventArgs>;

/** Every attribute is a control. */
export const Playground: Story = {
  args: { do: 'text', field: 'text' },
  render: (args, context) =>
    eventStage(args, context, { note: 'Change what is done, then publish.', setUp: serveCart }),
  play: plays.playWords('3 items'),
};

/** The event becomes a DOM event, which bubbles: htmx takes it as a trigger, Alpine by `@cart-changed.window`. */
export const Dispatch: Story = {
  args: { 'dispatch-as': 'cart-changed' },
  render: (args, context) =>
    eventStage(args, context, { note: 'The box listens to cart-changed.', around: listening }),
  play: plays.playWords('cart-changed: 3 items'),
};

/** A class for a second. What it looks like is the page's; with less motion wanted, only the colour changes. */
export const Flash: Story = {
  args: { do: 'class', 'class-name': 'event-flash', 'class-mode': 'flash' },
  render: (args, context) => eventStage(args, context, { note: 'Each event makes the box flash.' }),
  play: plays.playFlash,
};

/** An attribute, with `false` its absence; none that executes, styles or renames. */
export const Attribute: Story = {
  args: { do: 'attr', 'attr-name': 'open', field: 'isFull' },
  render: (args, context) =>
    eventStage(args, context, { note: 'Open while isFull is true.', around: details }),
  play: plays.playAttribute,
};

/** The event only says that something has changed; the page's own server writes the HTML. Focus and words stay. */
export const Refetch: Story = {
  args: { do: 'refetch' },
  render: (args, context) =>
    eventStage(args, context, {
      note: 'Publish, write a note, publish again: the note and the focus stay.',
      setUp: serveCart,
    }),
  play: plays.playRefetch,
};

/** The server has no such page: the old content stays, and the console says why. */
export const RefetchFails: Story = {
  args: { do: 'refetch' },
  render: (args, context) =>
    eventStage(args, context, { note: 'The page of the cart is gone.', setUp: loseCart }),
  play: plays.playNothing,
};

/** The focus moves, unless somebody is writing elsewhere. */
export const Focus: Story = {
  args: { do: 'focus' },
  render: (args, context) => eventStage(args, context, { note: 'The box takes the focus.' }),
  play: plays.playFocus,
};

/** Only a form with `data-pusher-submit`, and only to the page's own origin. */
export const Submit: Story = {
  args: { do: 'submit' },
  render: (args, context) => eventStage(args, context, { note: 'Each event sends the form.', around: form }),
  play: plays.playWords('sent "shoes"'),
};

/** `pusher-before-action` waits for an answer: `event.waitUntil(promise)`. */
export const AskFirst: Story = {
  args: { do: 'remove' },
  render: (args, context) =>
    eventStage(args, context, { note: 'The box is removed, if you agree.', around: asking }),
  play: plays.playAsking,
};

/** Only events whose `owner` is `ada`. */
export const Match: Story = {
  args: { do: 'text', field: 'text', 'match-field': 'owner', 'match-value': 'ada' },
  render: (args, context) =>
    eventStage(args, context, { note: 'Two carts, one box.', actions: [fill(), fillOther] }),
  play: plays.playMatch,
};

/** The last of several, once there was none for a second and a half. It is read out, too. */
export const Debounce: Story = {
  args: { do: 'text', field: 'text', debounce: 1.5, announce: 'true' },
  render: (args, context) => eventStage(args, context, { note: 'Publish several in a row.' }),
  play: plays.playDebounce,
};
