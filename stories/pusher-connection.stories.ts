import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { PusherBeforeReconnectEvent, PusherConnectionElement } from '../components/index.js';
import {
  connectionActions,
  drop,
  goOfflineOrOnline,
  refuse,
  slowDown,
  stopOrStart,
} from './support/actions.js';
import * as plays from './support/connection-plays.js';
import { connectionDefaults, connectionMarkup, connectionStage } from './support/connection-views.js';
import type { ConnectionArgs } from './support/connection-views.js';
import type { Fact } from './support/facts.js';
import { shownAs } from './support/usage.js';

const seconds = { control: { type: 'number', min: 0, step: 0.5 } } as const;
const meta: Meta<ConnectionArgs> = {
  title: 'Elements/pusher-connection',
  component: 'pusher-connection',
  args: connectionDefaults,
  argTypes: {
    'app-key': { control: 'text' },
    'connect-automatically': { control: 'boolean' },
    'reconnect-automatically': { control: 'boolean' },
    'reconnect-delay': seconds,
    'unavailable-timeout': seconds,
    'unavailable-retry-delay': seconds,
    'connect-timeout': seconds,
    'activity-timeout': seconds,
    'pong-timeout': seconds,
    'idle-disconnect': seconds,
    reachability: { control: 'inline-radio', options: ['auto', 'off'] },
    log: { control: 'boolean' },
  },
  parameters: shownAs(connectionMarkup),
  render: (args, context) => connectionStage(args, context),
};
export default meta;

type Story = StoryObj<ConnectionArgs>;

/** The element shows nothing: what you see is what it says of itself. Every trouble is a button. */
export const Playground: Story = {
  render: (args, context) => connectionStage(args, context, { actions: connectionActions }),
  play: plays.playConnected,
};

/** It waits for `connect()`, or for a button that needs no script. */
export const Initialized: Story = {
  args: { 'connect-automatically': false },
  play: plays.playInitialized,
};

/** The first attempt is under way. This server never answers. */
export const Connecting: Story = {
  args: { 'connect-timeout': 3600, 'unavailable-timeout': 3600 },
  render: (args, context) =>
    connectionStage(args, context, {
      setUp: (scene) => {
        scene.app.script({ handshake: { type: 'silent' } });
      },
    }),
  play: plays.playConnecting,
};

export const Connected: Story = { play: plays.playConnected };

/** After a loss it tries again: `connecting`, with the custom state `reconnecting` beside it. */
export const Reconnecting: Story = {
  args: { 'reconnect-delay': 1 },
  render: (args, context) => connectionStage(args, context, { actions: [drop, stopOrStart] }),
  play: plays.playReconnecting,
};

/** It has not worked for a while. Attempts go on, at a steady pace. */
export const Unavailable: Story = {
  args: { 'unavailable-timeout': 0, 'unavailable-retry-delay': 20 },
  render: (args, context) =>
    connectionStage(args, context, {
      actions: [stopOrStart],
      setUp: (scene) => {
        scene.stop();
      },
    }),
  play: plays.playUnavailable,
};

/** It cannot work in this browser, so nothing is tried. */
export const Failed: Story = {
  render: (args, context) =>
    connectionStage(args, context, {
      setUp: (scene) => {
        scene.transport.setSupported(false);
      },
    }),
  play: plays.playFailed,
};

/** Nothing is scheduled any more. `connect()` begins anew. */
export const Disconnected: Story = { play: plays.playDisconnected };

/** Refused with 4004, because the app has as many connections as it may have: an error, and no further attempt. */
export const ConnectionLimit: Story = {
  render: (args, context) => connectionStage(args, context, { actions: [refuse] }),
  play: plays.playLimit,
};

/** While the browser says that it is offline, attempts wait. As soon as it is online, there is one. */
export const Offline: Story = {
  args: { 'pong-timeout': 1 },
  render: (args, context) => connectionStage(args, context, { actions: [goOfflineOrOnline] }),
  play: plays.playOffline,
};

/** Handshakes that take four seconds. */
export const Slow: Story = {
  render: (args, context) =>
    connectionStage(args, context, {
      actions: [slowDown],
      setUp: (scene) => {
        scene.slowDown(true);
      },
    }),
  play: plays.playSlow,
};

/** Exactly so many seconds from a loss to the next attempt, instead of a delay that grows. */
export const ReconnectDelay: Story = {
  args: { 'reconnect-delay': 2 },
  render: (args, context) => connectionStage(args, context, { actions: [drop, stopOrStart] }),
  play: plays.playDelay,
};

/** `pusher-before-reconnect` can be cancelled, and its `delay` can be written: three seconds here. */
export const BeforeReconnecting: Story = {
  parameters: shownAs(
    () => `<pusher-connection id="live" app-key="YOUR_KEY"></pusher-connection>
<script>
  live.addEventListener('pusher-before-reconnect', (event) => {
    event.delay = 3;
    if (isClosing) event.preventDefault();
  });
</script>`,
  ),
  render: (args, context) => {
    let isCancelled = false;
    const decide = (event: PusherBeforeReconnectEvent): void => {
      event.delay = 3;
      if (isCancelled) event.preventDefault();
    };
    const choose = ({ target }: Event): void => {
      isCancelled = (target as HTMLInputElement).checked;
    };
    return html`<div @pusher-before-reconnect=${decide}>
      ${connectionStage(args, context, {
        actions: [drop],
        buttons: html`<label
          ><input type="checkbox" @change=${choose} /> Cancel pusher-before-reconnect</label
        >`,
      })}
    </div>`;
  },
  play: plays.playVeto,
};

/** Without a key nothing is opened; an event and the console say so. Give it one in the controls. */
export const WithoutKey: Story = {
  args: { 'app-key': '' },
  play: plays.playWithoutKey,
};

/** `simulate` brings a server along: no key, no network. For demos, for tests, for the preview of an editor. */
export const Simulated: Story = {
  parameters: shownAs(
    () => `<pusher-connection simulate>
  <pusher-channel name="prices">…</pusher-channel>
</pusher-connection>`,
  ),
  render: () => {
    const publish = ({ target }: Event): void => {
      const element = (target as Element).closest('story-stage')?.querySelector('pusher-connection');
      const data = { symbol: 'ALPHA', price: 101.5 };
      element?.simulation?.publish({ channels: 'prices', event: 'tick', data });
    };
    const content = html`<pusher-connection simulate>
      <pusher-channel name="prices"><story-ticker></story-ticker></pusher-channel>
    </pusher-connection>`;
    const button = html`<button type="button" @click=${publish}>simulation.publish()</button>`;
    const inside = (): unknown => content;
    return html`<story-stage .content=${inside} .buttons=${button}></story-stage>`;
  },
  play: plays.playSimulated,
};

/** The element is also the object that pusher-js users know. What is bound to it stays bound, whatever happens. */
export const FromJavaScript: Story = {
  name: 'From JavaScript',
  parameters: shownAs(
    () => `<pusher-connection id="pusher" app-key="YOUR_KEY"></pusher-connection>
<script>
  pusher.connection.bind('state_change', ({ previous, current }) => { … });
  pusher.subscribe('prices').bind('tick', (data) => { … });
</script>`,
  ),
  render: (args, context) => {
    const said: string[] = [];
    let bound: PusherConnectionElement | null = null;
    const read = (stage: Element): readonly Fact[] => {
      const element = stage.querySelector('pusher-connection');
      if (element && element !== bound) {
        bound = element;
        element.connection.bind('state_change', ({ previous, current }) => {
          said.unshift(`${previous} → ${current}`);
        });
      }
      return [['connection.bind("state_change")', said[0]]];
    };
    return connectionStage({ ...args, 'connect-automatically': false }, context, {
      actions: [drop],
      content: html`<story-facts .read=${read}></story-facts>`,
    });
  },
  play: plays.playJavaScript,
};

/** After so many seconds without a sign of the user, it closes. The next sign connects again. */
export const IdleDisconnect: Story = {
  args: { 'idle-disconnect': 2 },
  play: plays.playIdle,
};
