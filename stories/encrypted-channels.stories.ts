import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { channelDefaults, channelStage } from './support/channel-views.js';
import type { ChannelArgs } from './support/channel-views.js';
import { playEncrypted, playRotation, playUnreadable } from './support/kind-plays.js';
import { encryptedName, onTheWire, publishSealed, signedMarkup } from './support/kind-views.js';
import { publishTo } from './support/actions.js';
import { rotationStage } from './support/rotation-views.js';
import { shownAs } from './support/usage.js';

/**
 * Channels whose payloads only their subscribers can read, not the service between: `private-encrypted-` in
 * front of the name. The key comes with the signature. The code that opens payloads is loaded when it is needed.
 */
const meta: Meta<ChannelArgs> = {
  title: 'Channels/Encrypted',
  component: 'pusher-channel',
  args: { ...channelDefaults, name: encryptedName },
  parameters: {
    ...shownAs(() => signedMarkup(`<pusher-channel name="${encryptedName}">…</pusher-channel>`)),
    controls: { disable: true },
  },
};
export default meta;

type Story = StoryObj<ChannelArgs>;

/** A sealed payload on the wire, a readable one in the page: nothing else is different. */
export const Readable: Story = {
  render: (args, context) => channelStage(args, context, { actions: [publishSealed], facts: onTheWire }),
  play: playEncrypted,
};

/** What does not open with the key is dropped, and the console says so. What can be read arrives. */
export const Unreadable: Story = {
  render: (args, context) =>
    channelStage(args, context, {
      actions: [{ ...publishTo(encryptedName), label: () => 'Publish without sealing' }, publishSealed],
      facts: onTheWire,
    }),
  play: playUnreadable,
};

/**
 * The key of the channel changes while prices arrive, as after a leak or on the first of the month. The page asks
 * its endpoint for the new one by itself; nothing is lost, nothing comes twice, and no event says that it failed.
 */
export const KeyChanges: Story = { render: rotationStage, play: playRotation };
