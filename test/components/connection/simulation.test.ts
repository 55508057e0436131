import { expect, fixture } from '@open-wc/testing';
import { installEndpoint } from '../endpoint.js';
import type { Endpoint } from '../endpoint.js';
import { html } from '../support.js';
import { waitUntil } from '../../wait-until.js';

describe('<pusher-connection simulate>: signatures', () => {
  let endpoint: Endpoint;
  beforeEach(() => {
    endpoint = installEndpoint();
  });
  afterEach(() => {
    endpoint.restore();
  });

  it('joins private, presence and encrypted channels and signs in without any endpoint', async () => {
    const root = await fixture<HTMLElement>(html`
      <div>
        <pusher-connection simulate signin></pusher-connection>
        <pusher-channel name="private-a"></pusher-channel>
        <pusher-channel name="presence-a"></pusher-channel>
        <pusher-channel name="private-encrypted-a"></pusher-channel>
      </div>
    `);
    const connection = root.querySelector('pusher-connection')!;
    const channels = [...root.querySelectorAll('pusher-channel')];
    await waitUntil(() => channels.every(({ state }) => state === 'subscribed'));
    await waitUntil(() => connection.user?.id !== undefined);
    const { me, members } = channels[1]!;
    expect(members!.count).to.equal(1);
    expect(me!.id).to.equal(connection.user!.id);
    expect((me!.info as { name: string }).name).to.match(/^[A-Z][a-z]+$/);
    expect(endpoint.requests).to.deep.equal([]);
    const { id } = me!;
    connection.simulation!.app().connection()!.drop();
    await waitUntil(() => channels[1]!.state !== 'subscribed');
    await waitUntil(() => channels[1]!.me !== undefined, 'joins again');
    expect(channels[1]!.me!.id).to.equal(id);
  });

  it('leaves the answer to a listener, or to a handler in options, that gives one', async () => {
    const answer = (id: string): { auth: string; channel_data: string } => ({
      auth: 'simulated:x',
      channel_data: JSON.stringify({ user_id: id }),
    });
    const listen = (event: HTMLElementEventMap['pusher-before-authorize']): void => {
      event.respondWith(answer('listener'));
    };
    const customHandler = (): Promise<object> => Promise.resolve(answer('handler'));
    const root = await fixture<HTMLElement>(html`
      <div>
        <pusher-connection simulate .options=${{ channelAuthorization: { customHandler } }}>
          <pusher-channel name="presence-a"></pusher-channel>
          <pusher-channel name="presence-b" @pusher-before-authorize=${listen}></pusher-channel>
        </pusher-connection>
      </div>
    `);
    const channels = [...root.querySelectorAll('pusher-channel')];
    await waitUntil(() => channels.every(({ state }) => state === 'subscribed'));
    expect(channels.map(({ me }) => me?.id)).to.deep.equal(['handler', 'listener']);
  });
});
