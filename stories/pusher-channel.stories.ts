import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { Pusher } from '../src/index.js';
import { connectionActions, drop, publish, stopOrStart } from './support/actions.js';
import * as plays from './support/channel-plays.js';
import {
  acknowledge,
  channel,
  channelDefaults,
  channelMarkup,
  channelStage,
  prices,
  publishNews,
  publishTick,
  refuseSubscriptions,
  sign,
  slottedMarkup,
} from './support/channel-views.js';
import type { ChannelArgs } from './support/channel-views.js';
import { storyChannel, storyKey } from './support/scene.js';
import { shownAs } from './support/usage.js';

const meta: Meta<ChannelArgs> = {
  title: 'Elements/pusher-channel',
  component: 'pusher-channel',
  args: channelDefaults,
  argTypes: {
    name: { control: 'text' },
    type: { control: 'inline-radio', options: ['', 'private', 'presence'] },
    when: { control: 'inline-radio', options: ['load', 'visible', 'idle', 'manual'] },
    events: { control: 'text' },
    linger: { control: { type: 'number', min: 0, step: 0.5 } },
  },
  parameters: shownAs(channelMarkup),
  render: (args, context) => channelStage(args, context),
};
export default meta;

type Story = StoryObj<ChannelArgs>;

/** Events of the channel come out as DOM events. Change the name, and the subscription moves. */
export const Playground: Story = {
  render: (args, context) =>
    channelStage(args, context, { actions: [publish, ...connectionActions], hasCommands: true }),
  play: plays.playSubscribed,
};

/** Not subscribed, because nobody has asked for it yet: `when="manual"`. */
export const Idle: Story = {
  args: { when: 'manual' },
  render: (args, context) => channelStage(args, context, { hasCommands: true }),
  play: plays.playIdle,
};

/** A private channel waits for a signature from the page's own server. This one signs when you say so. */
export const Authorizing: Story = {
  args: { type: 'private' },
  parameters: shownAs(slottedMarkup),
  render: (args, context) =>
    channelStage(args, context, {
      actions: [sign],
      setUp: ({ endpoint }) => {
        endpoint.hold();
      },
    }),
  play: plays.playAuthorizing,
};

/** The server has been asked and has not answered yet. The slot `loading` is there for that. */
export const Subscribing: Story = {
  parameters: shownAs(slottedMarkup),
  render: (args, context) =>
    channelStage(args, context, {
      actions: [acknowledge],
      setUp: (scene) => {
        scene.app.script({ subscribe: { type: 'hold' } });
      },
    }),
  play: plays.playSubscribing,
};

/** Confirmed: events arrive. */
export const Subscribed: Story = {
  render: (args, context) => channelStage(args, context, { actions: [publish] }),
  play: plays.playSubscribed,
};

/** The server has refused. The slot `error` is there for that; `--subscribe` tries again. */
export const Failed: Story = {
  parameters: shownAs(slottedMarkup),
  render: (args, context) =>
    channelStage(args, context, {
      actions: [refuseSubscriptions],
      hasCommands: true,
      setUp: refuseSubscriptions.run,
    }),
  play: plays.playFailed,
};

/** A name that no channel can have. The console says what a name may contain; everything else goes on. */
export const ImpossibleName: Story = {
  args: { name: 'my prices!' },
  play: plays.playImpossibleName,
};

/** Only the named events become DOM events; others are not even decoded. */
export const OnlyTheseEvents: Story = {
  args: { events: 'tick' },
  render: (args, context) => channelStage(args, context, { actions: [publishTick, publishNews] }),
  play: plays.playEvents,
};

/** Subscribed while it is in view. Scroll down. */
export const WhileVisible: Story = {
  args: { when: 'visible' },
  render: (args, context) =>
    channelStage(args, context, {
      content: (_scene, id) =>
        html`<div class="scroll-box" tabindex="0" role="region" aria-label="Scroll down for prices">
          <p>Prices are further down.</p>
          <div>${channel(args, id, prices)}</div>
        </div>`,
    }),
  play: plays.playVisible,
};

/** Subscribed once the page has nothing better to do. */
export const WhenIdle: Story = {
  args: { when: 'idle' },
  play: plays.playWhenIdle,
};

/** Two elements with one name share one subscription: the server was asked once. */
export const Shared: Story = {
  render: (args, context) =>
    channelStage(args, context, {
      actions: [publish],
      content: (_scene, id) =>
        html`<div class="sides">
          <div class="side">${channel(args, id, prices)}</div>
          <div class="side">${channel(args, `${id}-2`, prices)}</div>
        </div>`,
    }),
  play: plays.playShared,
};

/** Moving an element sends nothing: no unsubscribe, no subscribe, no event lost. */
export const Moved: Story = {
  render: (args, context) => {
    const move = ({ target }: Event): void => {
      const stage = (target as Element).closest('story-stage');
      const element = stage?.querySelector('pusher-channel');
      const places = [...(stage?.querySelectorAll('.side') ?? [])];
      if (element) places.find((place) => !place.contains(element))?.append(element);
    };
    return channelStage(args, context, {
      actions: [publish],
      buttons: html`<button type="button" @click=${move}>Move it</button>`,
      content: (_scene, id) =>
        html`<div class="sides">
          <div class="side">${channel(args, id, prices)}</div>
          <div class="side"></div>
        </div>`,
    });
  },
  play: plays.playMoved,
};

/** Subscribed again by itself after every loss; `pusher-gap` says for how long events may have been missed. */
export const AfterALoss: Story = {
  render: (args, context) => channelStage(args, context, { actions: [drop, stopOrStart, publish] }),
  play: plays.playAfterLoss,
};

/** How many are subscribed, where the app has counts enabled. */
export const SubscriptionCount: Story = {
  render: (args, context) => {
    const readers: Pusher[] = [];
    const come = {
      label: () => 'Another reader comes',
      run: ({ options }: { readonly options: ConstructorParameters<typeof Pusher>[1] }) => {
        const reader = new Pusher(storyKey, options);
        reader.subscribe(storyChannel);
        readers.push(reader);
      },
    };
    const go = { label: () => 'Another reader goes', run: () => readers.pop()?.dispose() };
    return channelStage(args, context, { actions: [come, go] });
  },
  play: plays.playCount,
};
