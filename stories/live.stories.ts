import { html } from 'lit';
import { expect } from 'storybook/test';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { eventually, find } from './support/looking.js';
import { orNothing, shownAs, tag } from './support/usage.js';

interface Args {
  host: string;
  port: number;
  'app-key': string;
}

const address = ({ host, port }: Args): string => `${host}:${port}`;

const meta: Meta<Args> = {
  title: 'Live',
  args: { host: '127.0.0.1', port: 6001, 'app-key': 'demo-key' },
  argTypes: {
    host: { description: 'Where the server is.', control: 'text' },
    port: { description: 'On which port.', control: { type: 'number', min: 1, max: 65535 } },
    'app-key': { description: 'The key of the app.', control: 'text' },
  },
  parameters: shownAs((args: Args) =>
    [
      tag('pusher-connection', {
        'app-key': args['app-key'],
        host: args.host,
        'ws-port': args.port,
        encrypted: 'false',
        'disabled-transports': 'wss',
      }),
      tag('pusher-status', { countdown: true, retry: true }),
      tag('pusher-channel', { name: 'prices' }),
    ].join('\n'),
  ),
  render: (args) => {
    const tell = (event: Event): void => {
      const note = (event.target as Element).closest('story-stage')?.querySelector('.reach');
      if (note)
        note.textContent =
          event.type === 'pusher-connected'
            ? `Connected to ${address(args)}. Prices arrive once a second.`
            : `No server answers at ${address(args)}. Start one with "npm start", or write another address into the controls.`;
    };
    const content = html`<p class="reach placeholder">Looking for a server at ${address(args)}…</p>
      <pusher-connection
        app-key=${orNothing(args['app-key'])}
        host=${args.host}
        ws-port=${args.port}
        encrypted="false"
        disabled-transports="wss"
      >
        <pusher-status countdown retry></pusher-status>
        <pusher-channel name="prices"><story-ticker></story-ticker></pusher-channel>
      </pusher-connection>`;
    const inside = (): unknown => content;
    return html`<story-stage
      @pusher-connect-failed=${tell}
      @pusher-connected=${tell}
      .content=${inside}
    ></story-stage>`;
  },
};
export default meta;

/**
 * Not a server in memory but the one that `npm start` starts, over a real socket. Stop it and start it again.
 */
export const LocalServer: StoryObj<Args> = {
  play: async ({ canvasElement, args }) => {
    // With or without a server there: it says which.
    const note = canvasElement.querySelector('.reach');
    await eventually(() => expect(note?.textContent).toMatch(/^(Connected to|No server answers at)/));
    await expect(note?.textContent).toContain(address(args));
    const { state } = find(canvasElement, 'pusher-connection');
    await expect(['connected', 'connecting', 'unavailable']).toContain(state);
  },
};
