import { expect } from '@open-wc/testing';
import * as library from '../../../components/index.js';
import { connectionContext, ContextRequestEvent } from '../../../components/index.js';
import type {
  ConnectionSource,
  PusherChannelElement,
  PusherConnectionElement,
} from '../../../components/index.js';
import { Pusher } from '../../../src/index.js';
import { loadSecondCopy } from '../second-copy.js';
import { createWorld, html, key, renderPage, warningsDuring } from '../support.js';
import type { Page } from '../support.js';

/** Which app an element's channel is on; each app has one connection. */
const appOf = (element: PusherChannelElement): string | undefined =>
  element.channel &&
  [...['app-key', 'other-key']].find((name) => page.server.app(name).channel(element.channel!.name));

let page: Page;

const channelOf = (root: ParentNode): PusherChannelElement => root.querySelector('pusher-channel')!;
const connectionsOf = (root: ParentNode): PusherConnectionElement[] => [
  ...root.querySelectorAll('pusher-connection'),
];

describe('finding the connection', () => {
  it('takes the one that is named, before the nearest, before the default', async () => {
    page = await renderPage(
      (options) => html`
        <pusher-connection id="a" app-key=${key} .options=${options}></pusher-connection>
        <pusher-connection id="b" app-key="other-key" .options=${options}>
          <pusher-channel name="near"></pusher-channel>
          <pusher-channel name="named" connection="a"></pusher-channel>
        </pusher-connection>
        <pusher-channel name="default"></pusher-channel>
      `,
    );
    const { app, server } = page;
    expect(app.channels.map(({ name }) => name)).to.have.members(['named', 'default']);
    expect(server.app('other-key').channels.map(({ name }) => name)).to.have.members(['near']);
  });

  it('takes the one marked default, wherever it stands, and follows the mark', async () => {
    page = await renderPage(
      (options) => html`
        <pusher-channel name="orders"></pusher-channel>
        <pusher-connection app-key=${key} .options=${options}></pusher-connection>
        <pusher-connection app-key="other-key" default .options=${options}></pusher-connection>
      `,
    );
    const { root, clock } = page;
    const channel = channelOf(root);
    expect(appOf(channel)).to.equal('other-key');
    connectionsOf(root)[1]!.default = false;
    await clock.advance(1000);
    expect(appOf(channel)).to.equal(key);
    connectionsOf(root)[1]!.setAttribute('default', 'false');
    connectionsOf(root)[1]!.setAttribute('data-default', '');
    await clock.advance(1000);
    expect(appOf(channel)).to.equal(key);
  });

  it('takes the first in tree order without a mark, through shadow roots', async () => {
    page = await renderPage(
      (options) => html`
        <div id="host"></div>
        <pusher-connection app-key=${key} .options=${options}></pusher-connection>
        <pusher-channel name="orders"></pusher-channel>
      `,
    );
    const { root, clock, options } = page;
    const channel = channelOf(root);
    expect(appOf(channel)).to.equal(key);
    const first = document.createElement('pusher-connection');
    first.appKey = 'other-key';
    first.options = options;
    root.querySelector('#host')!.attachShadow({ mode: 'open' }).append(first);
    await clock.advance(1000);
    expect(appOf(channel)).to.equal('other-key');
    first.remove();
    await clock.advance(1000);
    expect(appOf(channel)).to.equal(key);
  });

  it('finds a provider through two shadow roots', async () => {
    page = await renderPage(
      (options) => html`
        <pusher-connection app-key=${key} .options=${options}></pusher-connection>
        <pusher-connection id="inner" app-key="other-key" .options=${options}
          ><div id="host"></div
        ></pusher-connection>
      `,
    );
    const { root, clock } = page;
    const outer = root.querySelector('#host')!.attachShadow({ mode: 'open' });
    const inner = outer.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
    const channel = document.createElement('pusher-channel');
    channel.name = 'orders';
    inner.append(channel);
    await clock.advance(0);
    expect(appOf(channel)).to.equal('other-key');
  });

  it('waits for a connection that is named and comes later, and subscribes nowhere else meanwhile', async () => {
    page = await renderPage(
      (options) => html`
        <pusher-connection app-key=${key} .options=${options}></pusher-connection>
        <pusher-channel name="orders" connection="late"></pusher-channel>
      `,
    );
    const { root, clock, options, app } = page;
    const channel = channelOf(root);
    expect(channel.state).to.equal('idle');
    const late = document.createElement('pusher-connection');
    late.appKey = 'other-key';
    late.options = options;
    root.append(late);
    await clock.advance(0);
    expect(channel.state).to.equal('idle');
    late.id = 'late';
    await clock.advance(0);
    expect(appOf(channel)).to.equal('other-key');
    expect(app.channels).to.deep.equal([]);
    // A name in another tree is not a name here.
    const host = root.appendChild(document.createElement('div'));
    host.attachShadow({ mode: 'open' }).append(channel);
    await clock.advance(1000);
    expect(channel.state).to.equal('idle');
  });

  it('moves with the element from provider to provider, and lets go outside of any', async () => {
    page = await renderPage(
      (options) => html`
        <pusher-connection id="a" app-key=${key} .options=${options}>
          <pusher-channel name="orders"></pusher-channel>
        </pusher-connection>
        <pusher-connection id="b" app-key="other-key" .options=${options}></pusher-connection>
      `,
    );
    const { root, clock } = page;
    const channel = channelOf(root);
    const [, b] = connectionsOf(root);
    b!.append(channel);
    await clock.advance(1000);
    expect(appOf(channel)).to.equal('other-key');
    for (const connection of connectionsOf(root)) connection.replaceWith(...connection.childNodes);
    await clock.advance(1000);
    expect(channel.channel).to.equal(undefined);
    expect(channel.state).to.equal('idle');
  });

  it('takes an element, a client or a source as a property', async () => {
    const world = createWorld();
    const client = new Pusher('other-key', world.options);
    page = await renderPage(
      (options) => html`
        <pusher-connection app-key=${key} .options=${options}></pusher-connection>
        <pusher-channel name="orders"></pusher-channel>
        <pusher-status .connection=${client}></pusher-status>
      `,
      world,
    );
    const { root, clock } = page;
    const channel = channelOf(root);
    channel.connection = client;
    await clock.advance(1000);
    expect(appOf(channel)).to.equal('other-key');
    [channel.connection] = connectionsOf(root);
    await clock.advance(1000);
    expect(appOf(channel)).to.equal(key);
    expect(root.querySelector('pusher-status')!.state).to.equal('connected');
    client.dispose();
    root.replaceChildren();
    await clock.advance(1000);
    expect(clock.pendingTimers).to.equal(0);
  });

  it('answers the community’s context protocol, once and to subscribers, from inside only', async () => {
    page = await renderPage(
      (options) => html` <pusher-connection app-key=${key} .options=${options}><b></b></pusher-connection> `,
    );
    const { root, connection } = page;
    const answers: [ConnectionSource, boolean][] = [];
    const ask = (from: Element, subscribe: boolean): void => {
      const request = new ContextRequestEvent(connectionContext, from, (source, unsubscribe) => {
        answers.push([source, unsubscribe !== undefined]);
        unsubscribe?.();
      });
      Object.defineProperty(request, 'subscribe', { value: subscribe });
      from.dispatchEvent(request);
    };
    ask(root.querySelector('b')!, false);
    ask(root.querySelector('b')!, true);
    ask(connection, false);
    ask(root, false);
    expect(answers.map(([, subscribed]) => subscribed)).to.deep.equal([false, true]);
    expect(answers[0]![0]).to.equal(answers[1]![0]);
    expect(answers[0]![0].snapshot.state).to.equal('connected');
    expect(Symbol.keyFor(connectionContext)).to.equal('pusher-connection/1');
  });

  it('says what is missing when no connection comes, once, and not when one comes', async () => {
    const said = await warningsDuring(async () => {
      await renderPage(
        (options) => html`
          <pusher-connection id="main" app-key=${key} .options=${options}></pusher-connection>
          <pusher-channel name="a" connection="missing"></pusher-channel>
          <pusher-channel name="b" connection="paragraph"></pusher-channel>
          <pusher-channel
            name="c"
            .connection=${document.createElement('pusher-connection')}
          ></pusher-channel>
          <pusher-channel name="d" connection="main"></pusher-channel>
          <p id="paragraph"></p>
        `,
      );
      await new Promise((resolve) => setTimeout(resolve, 3200));
    });
    expect(said).to.have.lengthOf(3);
    expect(said[0])
      .to.include('<pusher-channel name="a" connection="missing">')
      .and.to.include('id="missing"');
    expect(said[1]).to.include('id "paragraph"').and.to.include('not a <pusher-connection>');
    expect(said[2]).to.include('name="c"').and.to.include('Insert it');
  });

  // elements.md §4.6
  it('works between two copies of the library, in both directions', async () => {
    const copy = await loadSecondCopy();
    expect(copy.PusherElement).to.not.equal(library.PusherElement);
    customElements.define('copied-channel', copy.PusherChannelElement);
    customElements.define('copied-connection', copy.PusherConnectionElement);
    page = await renderPage(
      (options) => html`
        <pusher-connection app-key=${key} .options=${options}>
          <copied-channel name="ours-above"></copied-channel>
        </pusher-connection>
        <copied-connection app-key="other-key" .options=${options}>
          <pusher-channel name="theirs-above"></pusher-channel>
        </copied-connection>
        <copied-channel name="ours-by-default"></copied-channel>
      `,
    );
    const { app, server, root, clock } = page;
    expect(app.channels.map(({ name }) => name)).to.have.members(['ours-above', 'ours-by-default']);
    expect(server.app('other-key').channels.map(({ name }) => name)).to.deep.equal(['theirs-above']);

    root.querySelector('copied-connection')!.setAttribute('default', '');
    await clock.advance(1000);
    expect(server.app('other-key').channels.map(({ name }) => name)).to.have.members([
      'theirs-above',
      'ours-by-default',
    ]);
    // And a second definition by the other copy changes nothing.
    copy.safeDefine(copy.PusherChannelElement);
    expect(customElements.get('pusher-channel')).to.equal(library.PusherChannelElement);
  });
});
