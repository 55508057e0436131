import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { drop, publishTo } from './support/actions.js';
import { channelDefaults, channelStage, sign } from './support/channel-views.js';
import type { ChannelArgs } from './support/channel-views.js';
import * as plays from './support/kind-plays.js';
import {
  answerByPage,
  expireSession,
  forbid,
  requests,
  signedMarkup,
  tokenOfPage,
  twoPeople,
} from './support/kind-views.js';
import { shownAs } from './support/usage.js';

const tagInside = '<pusher-channel name="prices" type="private">…</pusher-channel>';
const publishPrivate = publishTo('private-prices');

/**
 * Channels for those who may: `private-` in front of the name, or `type="private"`. Before each subscription
 * the page's own server is asked for a signature, at `auth-endpoint`.
 */
const meta: Meta<ChannelArgs> = {
  title: 'Channels/Private',
  component: 'pusher-channel',
  args: { ...channelDefaults, type: 'private' },
  parameters: { ...shownAs(() => signedMarkup(tagInside)), controls: { disable: true } },
};
export default meta;

type Story = StoryObj<ChannelArgs>;

/** The endpoint signs, and events arrive. A new connection needs a new signature, which is asked for by itself. */
export const Signed: Story = {
  render: (args, context) =>
    channelStage(args, context, { actions: [publishPrivate, drop], facts: requests }),
  play: plays.playSigned,
};

/** No endpoint: a listener of `pusher-before-authorize` answers with `respondWith()`. */
export const AnsweredByThePage: Story = {
  parameters: shownAs(
    () => `<pusher-connection id="live" app-key="YOUR_KEY" cluster="eu">
  ${tagInside}
</pusher-connection>
<script>
  live.addEventListener('pusher-before-authorize', (event) => {
    event.respondWith(askMyServer(event.channel, event.socketId));
  });
</script>`,
  ),
  render: (args, context) =>
    html`<div @pusher-before-authorize=${answerByPage}>
      ${channelStage(args, context, { actions: [publishPrivate], facts: requests })}
    </div>`,
  play: plays.playAnswered,
};

/** The endpoint says 403: the subscription fails, and the event says what to look at. `--subscribe` tries again. */
export const Forbidden: Story = {
  render: (args, context) => {
    const refusal = forbid();
    return channelStage(args, context, {
      actions: [refusal],
      setUp: refusal.run,
      facts: requests,
      hasCommands: true,
    });
  },
  play: plays.playForbidden,
};

/**
 * The endpoint says 419, because the page's token is of yesterday. The page has got a new one meanwhile; it is
 * read again, the request is made once more, and the channel joins without an error.
 */
export const ExpiredSession: Story = {
  parameters: shownAs(() => `<meta name="csrf-token" content="…" />\n${signedMarkup(tagInside)}`),
  render: (args, context) =>
    html`${tokenOfPage}
    ${channelStage(args, context, { actions: [publishPrivate], setUp: expireSession, facts: requests })}`,
  play: plays.playExpired,
};

/** The endpoint takes its time. Meanwhile the state is `authorizing`, and the slot `loading` is shown. */
export const SlowEndpoint: Story = {
  render: (args, context) =>
    channelStage(args, context, {
      actions: [sign],
      setUp: ({ endpoint }) => {
        endpoint.hold();
      },
      facts: requests,
    }),
  play: plays.playSlow,
};

/**
 * Client events go from page to page, without the page's server: `trigger()` on the one element is a
 * `pusher-event` on the others. The sender does not get its own.
 */
export const ClientEvents: Story = {
  parameters: shownAs(
    () => `${signedMarkup('<pusher-channel id="chat" name="chat" type="private"></pusher-channel>')}
<script>
  chat.trigger('client-wave', { from: 'Ada' });
</script>`,
  ),
  render: () => html`<story-stage .content=${twoPeople}></story-stage>`,
  play: plays.playClientEvents,
};
