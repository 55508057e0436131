import type { Meta, StoryObj } from '@storybook/web-components-vite';
import * as plays from './support/toasts-plays.js';
import {
  build,
  burst,
  dialogButton,
  hostile,
  message,
  messageMarkup,
  orderPaid,
  ownButtons,
  permissionButton,
  publish,
  publishLevels,
  shownInFrame,
  toastsDefaults,
  toastsMarkup,
  toastsStage,
} from './support/toasts-views.js';
import type { ToastsArgs } from './support/toasts-views.js';

const text = { control: 'text' } as const;
const meta: Meta<ToastsArgs> = {
  title: 'Elements/pusher-toasts',
  component: 'pusher-toasts',
  args: toastsDefaults,
  argTypes: {
    channel: { control: false },
    event: { control: false },
    placement: {
      control: 'select',
      options: ['bottom-end', 'bottom', 'bottom-start', 'top-end', 'top', 'top-start'],
    },
    theme: { control: 'inline-radio', options: ['auto', 'light', 'dark'] },
    duration: { control: { type: 'number', min: 0, step: 1 } },
    max: { control: { type: 'number', min: 1, step: 1 } },
    stack: { control: 'boolean' },
    native: { control: 'boolean' },
    'assertive-levels': text,
    label: text,
    'label-close': text,
  },
  parameters: shownInFrame((args) => toastsMarkup(args)),
  render: (args, context) => toastsStage(args, context),
};
export default meta;

type Story = StoryObj<ToastsArgs>;

/** Attributes are controls, notices are buttons. A toast waits while it is pointed at or has the keyboard's focus. */
export const Playground: Story = {
  render: (args, context) =>
    toastsStage(args, context, {
      actions: [publish(orderPaid), ...publishLevels, burst],
      note: 'Publish something, and point at it: its time stands still.',
    }),
  play: plays.playNotice,
};

/** Each level has a sign and a colour. Errors interrupt what a screen reader says; `assertive-levels` decides which do. */
export const Levels: Story = {
  args: { duration: 0 },
  render: (args, context) => toastsStage(args, context, { actions: publishLevels }),
  play: plays.playLevels,
};

/** With an address the whole toast is a link. Addresses that would execute something are left out. */
export const Link: Story = {
  args: { 'href-path': 'url' },
  render: (args, context) =>
    toastsStage(args, context, {
      actions: [publish({ ...orderPaid, url: '#order-1042' })],
      note: 'A press says pusher-toast-click first; a page that goes there by script cancels it.',
    }),
  play: plays.playLink,
};

/** At most `max` are there. What comes beyond that is one line with a number, whose button shows it. */
export const Burst: Story = {
  args: { duration: 0 },
  render: (args, context) =>
    toastsStage(args, context, {
      actions: [burst, ...publishLevels.slice(-1)],
      note: 'An error is never only counted: it takes the place of a toast that is less urgent.',
    }),
  play: plays.playBurst,
};

/** `duration="0"`: until somebody closes it, with the button or with Escape. */
export const UntilClosed: Story = {
  args: { duration: 0 },
  play: plays.playStay,
};

/** On each other, the newest in front, until they are pointed at or have the focus. */
export const Stack: Story = {
  args: { stack: true, duration: 0 },
  render: (args, context) => toastsStage(args, context, { actions: [...publishLevels, burst] }),
  play: plays.playStack,
};

/** At the top. The newest comes last, so that nothing moves that somebody reads. */
export const AtTheTop: Story = {
  args: { placement: 'top', duration: 0 },
  render: (args, context) => toastsStage(args, context, { actions: publishLevels }),
  play: plays.playLevels,
};

/** Notices with the same value at `dedupe-key` are one toast that changes. */
export const OneThatChanges: Story = {
  args: { 'dedupe-key': 'build' },
  render: (args, context) => toastsStage(args, context, { actions: build }),
  play: plays.playBuild,
};

/** A `<template>` instead of title and text. Links and buttons in it say `pusher-toast-click`, and close the toast. */
export const Template: Story = {
  args: { duration: 0 },
  parameters: shownInFrame((args) => toastsMarkup(args, messageMarkup)),
  render: (args, context) =>
    toastsStage(args, context, {
      content: message,
      actions: [publish({ from: 'Grace', text: 'The compiler works.', url: '#grace' })],
    }),
  play: plays.playTemplate,
};

/** By script: `show()`, `dismiss()`, `clear()`. The same `id` again changes the toast that is there. */
export const ByScript: Story = {
  render: (args, context) => toastsStage(args, context, { actions: [], beside: ownButtons }),
  play: plays.playMethods,
};

/** Toasts are above a modal dialog, and leave the focus where it is. */
export const AboveADialog: Story = {
  args: { placement: 'top-end', duration: 0 },
  render: (args, context) => toastsStage(args, context, { beside: dialogButton }),
  play: plays.playDialog,
};

/** With `native`, and once somebody has permitted it with a button, notices are shown outside the page while nobody sees it. */
export const Native: Story = {
  args: { native: true },
  parameters: shownInFrame(
    (args) => `<button commandfor="toasts" command="--allow-native">Tell me outside this page too</button>
${toastsMarkup(args).replace('<pusher-toasts', '<pusher-toasts id="toasts"')}`,
  ),
  render: (args, context) =>
    toastsStage(args, context, {
      beside: () => permissionButton(context),
      note: 'Permit it, publish, and look at another tab meanwhile.',
    }),
  play: plays.playPermission,
};

/** Payloads are text. Markup is shown as it is, and what would execute is left out. */
export const HostilePayload: Story = {
  args: { duration: 0 },
  render: (args, context) => toastsStage(args, context, { actions: [publish(hostile)] }),
  play: plays.playHostile,
};

/** From right to left. The language is in the toolbar. */
export const RightToLeft: Story = {
  args: { duration: 0 },
  globals: { language: 'ar' },
  render: (args, context) =>
    toastsStage(args, context, {
      actions: [publish({ title: 'تم دفع الطلب 1042', body: 'Ada Lovelace', level: 'success' }), burst],
    }),
  play: plays.playArabic,
};
