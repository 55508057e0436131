import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { drop } from './support/actions.js';
import { channel, channelDefaults, channelStage } from './support/channel-views.js';
import type { ChannelArgs } from './support/channel-views.js';
import { playPresence, playReconciled } from './support/kind-plays.js';
import { comeAndGo, presence, signedMarkup } from './support/kind-views.js';
import { shownAs } from './support/usage.js';

/**
 * Channels that know who is there: `presence-` in front of the name, or `type="presence"`. The page's own
 * server says who somebody is, with the signature.
 */
const meta: Meta<ChannelArgs> = {
  title: 'Channels/Presence',
  component: 'pusher-channel',
  args: { ...channelDefaults, name: 'lobby', type: 'presence' },
  parameters: {
    ...shownAs(() => signedMarkup('<pusher-channel name="lobby" type="presence">…</pusher-channel>')),
    controls: { disable: true },
  },
  render: (args, context) =>
    channelStage(args, context, {
      actions: [...comeAndGo(), drop],
      facts: presence,
      content: (_scene, id) => channel(args, id, ''),
    }),
};
export default meta;

type Story = StoryObj<ChannelArgs>;

/** `members` of the element is who is there, `me` is ourselves; two events say who came and who left. */
export const WhoIsHere: Story = { play: playPresence };

/** After a loss the members are those of the new roster, whoever came or left meanwhile. */
export const AfterALoss: Story = { play: playReconciled };
