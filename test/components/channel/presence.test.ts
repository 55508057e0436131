import { expect } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import type { PusherChannelElement, PusherSubscribedEvent } from '../../../components/index.js';
import { Pusher } from '../../../src/index.js';
import { installEndpoint } from '../endpoint.js';
import type { Endpoint } from '../endpoint.js';
import { createWorld, html, key, recordEvents, renderPage } from '../support.js';
import type { Page } from '../support.js';

const channelOf = (page: Page): PusherChannelElement => page.root.querySelector('pusher-channel')!;

const render = (markup: TemplateResult): Promise<Page> =>
  renderPage(
    (options) => html`
      <pusher-connection app-key=${key} reconnect-delay="1" .options=${options}></pusher-connection>
      ${markup}
    `,
  );

describe('<pusher-channel>: presence', () => {
  let endpoint: Endpoint;
  beforeEach(() => {
    endpoint = installEndpoint();
  });
  afterEach(() => {
    endpoint.restore();
  });

  /** Somebody else on the same server. */
  const visitor = async (page: Page, id: string): Promise<Pusher> => {
    const answer = {
      auth: `${key}:x`,
      channel_data: JSON.stringify({ user_id: id, user_info: { name: `N${id}` } }),
    };
    const client = new Pusher(key, {
      ...page.options,
      channelAuthorization: { customHandler: () => Promise.resolve(answer) },
    });
    client.subscribe('presence-room');
    await page.clock.advance(0);
    return client;
  };

  it('knows who is there and who we are, and tells of it when it is subscribed', async () => {
    const page = await render(
      html`<pusher-channel name="room" type="presence" when="manual"></pusher-channel>`,
    );
    const channel = channelOf(page);
    const told: unknown[] = [];
    channel.addEventListener('pusher-subscribed', ({ members }: PusherSubscribedEvent) => {
      told.push(members?.count, members === channel.members, channel.me?.id);
    });
    expect([channel.members, channel.me]).to.deep.equal([undefined, undefined]);
    const other = await visitor(page, '8');
    channel.subscribe();
    await page.clock.advance(0);
    expect(told).to.deep.equal([2, true, '7']);
    expect([...channel.members!].map(({ id }) => id).sort()).to.deep.equal(['7', '8']);
    expect(channel.me).to.deep.equal({ id: '7', info: { name: 'Mo' } });
    other.dispose();
  });

  it('tells of everybody who comes and goes, once for each element', async () => {
    const page = await render(html`<pusher-channel name="presence-room"></pusher-channel>`);
    const channel = channelOf(page);
    const seen: unknown[] = [];
    page.root.addEventListener('pusher-member-added', (event) => {
      seen.push(['+', event.channel, event.member, channel.members!.count, event.composed]);
    });
    page.root.addEventListener('pusher-member-removed', (event) => {
      seen.push(['−', event.channel, event.member, channel.members!.count, event.cancelable]);
    });
    const other = await visitor(page, '8');
    other.dispose();
    await page.clock.advance(0);
    const member = { id: '8', info: { name: 'N8' } };
    expect(seen).to.deep.equal([
      ['+', 'presence-room', member, 2, true],
      ['−', 'presence-room', member, 1, false],
    ]);
  });

  it('knows nobody after a loss, and the present members after it, without telling of each', async () => {
    const page = await render(html`<pusher-channel name="presence-room"></pusher-channel>`);
    const channel = channelOf(page);
    const seen = recordEvents(channel, ['pusher-member-added', 'pusher-member-removed', 'pusher-subscribed']);
    channel.addEventListener('pusher-unsubscribed', () => {
      seen.push(`${channel.members?.count} left`);
    });
    page.app.connection()!.drop();
    await page.clock.advance(0);
    expect(channel.me).to.equal(undefined);
    await page.clock.advance(1000);
    expect(channel.me?.id).to.equal('7');
    expect(seen).to.deep.equal(['0 left', 'pusher-subscribed']);
  });

  it('has no members on other channels', async () => {
    const page = await render(html`<pusher-channel name="private-a"></pusher-channel>`);
    const { state, members, me } = channelOf(page);
    expect([state, members, me]).to.deep.equal(['subscribed', undefined, undefined]);
  });
});

describe('<pusher-channel>: cache channels', () => {
  it('says when there is no event to repeat, and which event is a repeated one', async () => {
    const world = createWorld();
    const template = (options: object): TemplateResult => html`
      <pusher-connection app-key=${key} .options=${options}></pusher-connection>
      <pusher-channel name="cache-a"></pusher-channel>
    `;
    const seen: unknown[] = [];
    const hear = (event: Event): void => {
      seen.push([
        event.type,
        'cached' in event ? event.cached : (event as unknown as { channel: string }).channel,
      ]);
    };
    document.addEventListener('pusher-cache-miss', hear);
    document.addEventListener('pusher-event', hear);
    try {
      const page = await renderPage(template, world);
      page.publish('cache-a', 'tick', 1);
      await page.clock.advance(0);
      page.app.connection()!.drop();
      await page.clock.advance(5000);
    } finally {
      document.removeEventListener('pusher-cache-miss', hear);
      document.removeEventListener('pusher-event', hear);
    }
    expect(seen).to.deep.equal([
      ['pusher-cache-miss', 'cache-a'],
      ['pusher-event', false],
      ['pusher-event', true],
    ]);
  });
});
