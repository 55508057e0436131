import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { drop, publishTo } from './support/actions.js';
import { channelDefaults, channelStage } from './support/channel-views.js';
import type { ChannelArgs } from './support/channel-views.js';
import { playMiss, playReplay } from './support/kind-plays.js';
import { shownAs, tag } from './support/usage.js';

const publishCached = publishTo('cache-prices');

/**
 * Channels that remember their last event and repeat it to whoever subscribes: `cache-` in front of the name,
 * also in `private-cache-`, `presence-cache-` and `private-encrypted-cache-`.
 */
const meta: Meta<ChannelArgs> = {
  title: 'Channels/Cached',
  component: 'pusher-channel',
  args: { ...channelDefaults, name: 'cache-prices' },
  parameters: {
    ...shownAs(() => tag('pusher-channel', { name: 'cache-prices' }, '…')),
    controls: { disable: true },
  },
};
export default meta;

type Story = StoryObj<ChannelArgs>;

/** The price was published before the page came. It is there at once; the event says that it is `cached`. */
export const Replay: Story = {
  render: (args, context) =>
    channelStage(args, context, { actions: [publishCached, drop], setUp: publishCached.run }),
  play: playReplay,
};

/** Nothing to repeat: `pusher-cache-miss` says that the first value has to come from elsewhere. */
export const Miss: Story = {
  render: (args, context) => channelStage(args, context, { actions: [publishCached] }),
  play: playMiss,
};
