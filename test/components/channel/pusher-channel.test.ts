import { expect } from '@open-wc/testing';
import { nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PusherChannelElement, PusherSubscribedEvent } from '../../../components/index.js';
import { channelContext, ContextRequestEvent } from '../../../components/index.js';
import type { ChannelSource } from '../../../components/index.js';
import { createWorld, html, key, recordEvents, renderPage, warningsDuring } from '../support.js';
import type { Page } from '../support.js';

const channelEvents = [
  'pusher-subscribed',
  'pusher-unsubscribed',
  'pusher-subscription-error',
  'pusher-event',
  'pusher-subscription-count',
  'pusher-gap',
];

const channelOf = (page: Page): PusherChannelElement => page.root.querySelector('pusher-channel')!;

/** A page with a connection and what the test puts beside it. */
const render = (
  markup: TemplateResult | typeof nothing = html`<pusher-channel name="orders"></pusher-channel>`,
): Promise<Page> =>
  renderPage(
    (options) => html`
      <pusher-connection app-key=${key} reconnect-delay="1" .options=${options}></pusher-connection>
      ${markup}
    `,
  );

describe('<pusher-channel>: subscribing', () => {
  it('subscribes by itself, and says where it stands in property, attribute and state', async () => {
    const world = createWorld();
    world.app.script({ subscribe: { type: 'hold' } });
    const page = await renderPage(
      (options) => html`
        <pusher-connection app-key=${key} .options=${options}
          ><pusher-channel name="orders"></pusher-channel
        ></pusher-connection>
      `,
      world,
    );
    const channel = channelOf(page);
    const seen: string[] = [];
    channel.addEventListener('pusher-subscribed', () => {
      seen.push(
        `${channel.state} ${channel.getAttribute('state') ?? ''} ${String(channel.matches(':state(subscribed)'))}`,
      );
    });
    expect([channel.state, channel.getAttribute('state')]).to.deep.equal(['subscribing', 'subscribing']);
    world.app.acknowledge('orders');
    await world.clock.advance(0);
    expect(seen).to.deep.equal(['subscribed subscribed true']);
    expect(channel.matches(':state(subscribing)')).to.equal(false);
    expect(channel.channel!.name).to.equal('orders');
  });

  it('turns events into DOM events, with all their fields', async () => {
    const page = await render();
    const fields: unknown[] = [];
    channelOf(page).addEventListener('pusher-event', (event) => {
      const { name, channel, data, rawData, userId, cached, receivedAt, bubbles, composed, cancelable } =
        event;
      fields.push([
        name,
        channel,
        data,
        rawData,
        userId,
        cached,
        receivedAt === page.clock.now(),
        bubbles,
        composed,
        cancelable,
      ]);
    });
    page.publish('orders', 'created', { id: 1 });
    page.publish('another', 'created', { id: 2 });
    await page.clock.advance(0);
    expect(fields).to.deep.equal([
      ['created', 'orders', { id: 1 }, '{"id":1}', undefined, false, true, true, true, false],
    ]);
  });

  it('makes DOM events only of those that are listed, and of all again', async () => {
    const page = await render(
      html`<pusher-channel name="orders" events="created, deleted"></pusher-channel>`,
    );
    const names: string[] = [];
    const channel = channelOf(page);
    channel.addEventListener('pusher-event', ({ name }) => names.push(name));
    const send = async (): Promise<string> => {
      names.length = 0;
      for (const name of ['created', 'updated', 'deleted']) page.publish('orders', name);
      await page.clock.advance(0);
      return names.join();
    };
    expect(await send()).to.equal('created,deleted');
    channel.events = ['updated'];
    await channel.updateComplete;
    expect(await send()).to.equal('updated');
    channel.removeAttribute('events');
    await channel.updateComplete;
    expect(await send()).to.equal('created,updated,deleted');
    channel.setAttribute('events', '');
    await channel.updateComplete;
    expect(await send()).to.equal('created,updated,deleted');
  });

  it('shares one subscription with others of the same name, until the last has left', async () => {
    const page = await render(
      html`<pusher-channel name="orders"></pusher-channel><pusher-channel name="orders"></pusher-channel>`,
    );
    const [first, second] = [...page.root.querySelectorAll('pusher-channel')] as [
      PusherChannelElement,
      PusherChannelElement,
    ];
    expect([first.state, second.state]).to.deep.equal(['subscribed', 'subscribed']);
    expect(page.subscriptions()).to.deep.equal(['+orders']);
    first.remove();
    await page.clock.advance(5000);
    expect(second.state).to.equal('subscribed');
    expect(page.subscriptions()).to.deep.equal(['+orders']);
    second.remove();
    await page.clock.advance(5000);
    expect(page.subscriptions()).to.deep.equal(['+orders', '−orders']);
  });

  it('tells an element that comes to a confirmed subscription at once', async () => {
    const page = await render();
    const late = document.createElement('pusher-channel');
    late.name = 'orders';
    const seen = recordEvents(late, channelEvents);
    page.root.append(late);
    await page.clock.advance(0);
    expect(seen).to.deep.equal(['pusher-subscribed']);
    expect(late.state).to.equal('subscribed');
  });

  it('moves with its name, taking the new channel before it leaves the old one', async () => {
    const page = await render();
    const channel = channelOf(page);
    const heard: unknown[] = [];
    channel.bind('created', (data) => heard.push(data));
    const left: string[] = [];
    channel.addEventListener('pusher-unsubscribed', (event) => left.push(event.channel));
    channel.name = 'invoices';
    await page.clock.advance(1000);
    expect(page.subscriptions()).to.deep.equal(['+orders', '+invoices', '−orders']);
    expect(left).to.deep.equal(['orders']);
    page.publish('invoices', 'created', 9);
    await page.clock.advance(0);
    expect(heard).to.deep.equal([9]);
    channel.unbind('created');
    page.publish('invoices', 'created', 10);
    await page.clock.advance(0);
    expect(heard).to.deep.equal([9]);
  });

  it('adds the prefix of its type, once', async () => {
    const page = await render(html`
      <pusher-channel name="private-a" type="private"></pusher-channel>
      <pusher-channel name="b" type="presence"></pusher-channel>
    `);
    const names = [...page.root.querySelectorAll('pusher-channel')].map(({ channel }) => channel?.name);
    expect(names).to.deep.equal(['private-a', 'presence-b']);
  });

  it('subscribes again by itself after a loss, and tells of the gap', async () => {
    const page = await render();
    const channel = channelOf(page);
    const seen = recordEvents(channel, channelEvents);
    const subscribed: PusherSubscribedEvent[] = [];
    channel.addEventListener('pusher-subscribed', (event) => subscribed.push(event));
    page.app.connection()!.drop();
    await page.clock.advance(0);
    expect(channel.state).to.equal('idle');
    await page.clock.advance(1000);
    expect(channel.state).to.equal('subscribed');
    expect(seen).to.deep.equal(['pusher-unsubscribed', 'pusher-gap', 'pusher-subscribed']);
    expect(subscribed.map(({ resumed, gap, channel: name }) => [resumed, gap?.duration, name])).to.deep.equal(
      [[true, 1, 'orders']],
    );
  });

  it('tells how many are subscribed, zero included', async () => {
    const page = await render();
    const channel = channelOf(page);
    const counts: number[] = [];
    channel.addEventListener('pusher-subscription-count', ({ count }) => counts.push(count));
    expect(channel.subscriptionCount).to.equal(undefined);
    for (const count of [3, 0])
      page.app.connection()!.send({
        event: 'pusher_internal:subscription_count',
        channel: 'orders',
        data: { subscription_count: count },
      });
    await page.clock.advance(0);
    expect(counts).to.deep.equal([3, 0]);
    expect(channel.subscriptionCount).to.equal(0);
  });

  it('offers its channel to what is inside', async () => {
    const page = await render(html`<pusher-channel name="orders"><b></b></pusher-channel>`);
    let found: ChannelSource | undefined;
    const inner = page.root.querySelector('b')!;
    inner.dispatchEvent(new ContextRequestEvent(channelContext, inner, (source) => (found = source)));
    expect(found!.name).to.equal('orders');
    expect(found!.channel!.subscribed).to.equal(true);
    expect(found!.connection!.snapshot.state).to.equal('connected');
    let changes = 0;
    const stop = found!.subscribe(() => (changes += 1));
    page.app.connection()!.drop();
    await page.clock.advance(0);
    expect(changes).to.be.greaterThan(0);
    stop();
    const before = changes;
    await page.clock.advance(5000);
    expect(changes).to.equal(before);
  });
});

describe('<pusher-channel>: failing', () => {
  it('says what is wrong with an impossible name, and everything else keeps working', async () => {
    const world = createWorld();
    const errors: unknown[] = [];
    let page!: Page;
    const said = await warningsDuring(async () => {
      const bad = document.createElement('pusher-channel');
      bad.name = 'a b';
      bad.addEventListener('pusher-subscription-error', (event) => {
        errors.push([event.channel, event.errorType, event.cause.remediation === event.remediation]);
      });
      page = await renderPage(
        (options) => html`
          <pusher-connection app-key=${key} .options=${options}></pusher-connection>
          ${bad}
          <pusher-channel name="orders"></pusher-channel>
        `,
        world,
      );
    });
    const [bad, good] = [...page.root.querySelectorAll('pusher-channel')] as [
      PusherChannelElement,
      PusherChannelElement,
    ];
    expect(errors).to.deep.equal([['a b', 'ConfigurationError', true]]);
    expect(said).to.have.lengthOf(1);
    expect(said[0]).to.include('<pusher-channel name="a b"').and.to.include('without spaces');
    expect([bad.state, bad.getAttribute('state')]).to.deep.equal(['failed', 'failed']);
    expect(bad.error).to.have.property('code', 'invalid-channel-name');
    expect(good.state).to.equal('subscribed');

    bad.name = 'constructor';
    await page.clock.advance(0);
    expect(bad.state).to.equal('subscribed');
    expect(bad.error).to.equal(undefined);
    page.publish('constructor', 'valueOf', 1);
    const heard: unknown[] = [];
    bad.addEventListener('pusher-event', ({ name, data }) => heard.push([name, data]));
    await page.clock.advance(0);
    expect(heard).to.deep.equal([['valueOf', 1]]);
  });

  it('cleans a pasted name', async () => {
    let page!: Page;
    const said = await warningsDuring(async () => {
      page = await render(html`<pusher-channel name="&#8203;orders&nbsp;"></pusher-channel>`);
    });
    expect(said).to.have.lengthOf(1);
    expect(channelOf(page).channel!.name).to.equal('orders');
  });

  it('says so when it has no name', async () => {
    let page!: Page;
    const said = await warningsDuring(async () => {
      page = await render(html`<pusher-channel></pusher-channel>`);
    });
    expect(said).to.have.lengthOf(1);
    expect(said[0]).to.include('name="…"');
    expect(channelOf(page).state).to.equal('idle');
    channelOf(page).setAttribute('data-name', 'orders');
    await page.clock.advance(0);
    expect(channelOf(page).state).to.equal('subscribed');
  });

  it('tells of a refusal, and tries again when told to', async () => {
    const world = createWorld();
    world.app.script({ subscribe: { type: 'error', style: 'subscription-error' } });
    const page = await renderPage(
      (options) => html`
        <pusher-connection app-key=${key} .options=${options}></pusher-connection>
        <pusher-channel name="orders"></pusher-channel>
      `,
      world,
    );
    const channel = channelOf(page);
    expect(channel.state).to.equal('failed');
    expect(channel.error).to.have.property('remediation');
    expect(page.connection.state).to.equal('connected');
    world.app.resetScript();
    channel.subscribe();
    await world.clock.advance(0);
    expect(channel.state).to.equal('subscribed');
    expect(channel.error).to.equal(undefined);
  });

  it('tells why a public channel cannot send', async () => {
    const page = await render();
    expect(() => channelOf(page).trigger('client-x', {})).to.throw('private or presence');
    expect(document.createElement('pusher-channel').trigger('client-x', {})).to.equal(false);
  });
});

describe('<pusher-channel>: slots', () => {
  it('shows loading while it subscribes, error when it failed, and its own content always', async () => {
    const world = createWorld();
    world.app.script({ subscribe: { type: 'hold' } });
    const page = await renderPage(
      (options) => html`
        <pusher-connection app-key=${key} .options=${options}></pusher-connection>
        <pusher-channel name="orders">
          <p id="content">content</p>
          <p slot="loading">loading</p>
          <p slot="error">error</p>
        </pusher-channel>
      `,
      world,
    );
    const shown = (): string[] =>
      [...channelOf(page).querySelectorAll('p')].filter((p) => p.checkVisibility()).map((p) => p.textContent);
    expect(getComputedStyle(channelOf(page)).display).to.equal('contents');
    expect(shown()).to.deep.equal(['content', 'loading']);
    world.app.acknowledge('orders');
    await world.clock.advance(0);
    expect(shown()).to.deep.equal(['content']);
    world.app.script({ subscribe: { type: 'error', style: 'subscription-error' } });
    channelOf(page).name = 'more';
    await world.clock.advance(0);
    expect(shown()).to.deep.equal(['content', 'error']);
    channelOf(page).hidden = true;
    expect(shown()).to.deep.equal([]);
  });
});

describe('<pusher-channel>: when', () => {
  it('waits for subscribe() with when="manual", and leaves with unsubscribe()', async () => {
    const page = await render(
      html`<pusher-channel id="manual" name="orders" when="manual"></pusher-channel>
        <button commandfor="manual" command="--subscribe">On</button>
        <button commandfor="manual" command="--unsubscribe">Off</button>`,
    );
    const channel = channelOf(page);
    await page.clock.advance(1000);
    expect(channel.state).to.equal('idle');
    channel.subscribe();
    await channel.whenSubscribed();
    channel.unsubscribe();
    expect(channel.state).to.equal('idle');
    await page.clock.advance(1000);
    const [on, off] = [...page.root.querySelectorAll('button')];
    on!.click();
    await page.clock.advance(0);
    expect(channel.state).to.equal('subscribed');
    off!.click();
    await page.clock.advance(1000);
    expect(page.subscriptions()).to.deep.equal(['+orders', '−orders', '+orders', '−orders']);
  });

  it('subscribes in an idle moment with when="idle"', async () => {
    const page = await render(html`<pusher-channel name="orders" when="idle"></pusher-channel>`);
    await channelOf(page).whenSubscribed();
    expect(page.subscriptions()).to.deep.equal(['+orders']);
  });

  it('subscribes while its content is in view with when="visible", and leaves after linger', async () => {
    const page = await render(html`
      <div style="block-size: 300vh"></div>
      <pusher-channel name="orders" when="visible" linger="2"><p>far down</p></pusher-channel>
    `);
    const channel = channelOf(page);
    const frame = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 100));
    await frame();
    expect(channel.state).to.equal('idle');
    channel.querySelector('p')!.scrollIntoView();
    await channel.whenSubscribed();
    document.documentElement.scrollTo(0, 0);
    while (channel.state !== 'idle') await frame();
    await page.clock.advance(1999);
    expect(page.subscriptions()).to.deep.equal(['+orders']);
    await page.clock.advance(1);
    expect(page.subscriptions()).to.deep.equal(['+orders', '−orders']);
    const far = document.createElement('p');
    far.style.position = 'fixed';
    far.style.insetBlockStart = '0';
    channel.append(far);
    await channel.whenSubscribed();
  });
});

describe('<pusher-channel>: leaving, moving, returning', () => {
  it('keeps the subscription when an element is moved in one step', async () => {
    const page = await render(
      html`<div id="left"><pusher-channel name="orders"></pusher-channel></div>
        <div id="right"></div>`,
    );
    const channel = channelOf(page);
    const seen = recordEvents(page.root, channelEvents);
    const frames = page.app.record.received.length;
    page.root.querySelector('#right')!.append(channel);
    await page.clock.advance(60_000);
    expect(page.app.record.received.slice(frames)).to.deep.equal([]);
    expect(channel.matches(':state(subscribed)')).to.equal(true);
    expect(seen).to.deep.equal([]);
  });

  it('keeps it when a list is sorted, and when it is out for a moment', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const channels = names.map((name) => html`<pusher-channel name=${name}></pusher-channel>`);
    const page = await render(html`<div id="list">${channels}</div>`);
    const frames = page.app.record.received.length;
    const items = [...page.root.querySelectorAll('pusher-channel')];
    page.root.querySelector('#list')!.append(...items.reverse());
    await page.clock.advance(100);
    items[0]!.remove();
    await page.clock.advance(200);
    page.root.append(items[0]!);
    await page.clock.advance(5000);
    expect(page.app.record.received.slice(frames)).to.deep.equal([]);
    expect(items.map(({ state }) => state)).to.deep.equal(names.map(() => 'subscribed'));
  });

  it('keeps it with moveBefore, where there is one', async function () {
    const page = await render(
      html`<div id="left"><pusher-channel name="orders"></pusher-channel></div>
        <div id="right"></div>`,
    );
    const right = page.root.querySelector('#right')!;
    if (!('moveBefore' in right)) this.skip();
    const frames = page.app.record.received.length;
    const seen = recordEvents(page.root, channelEvents);
    (right as Element & { moveBefore(node: Node, child: null): void }).moveBefore(channelOf(page), null);
    await page.clock.advance(5000);
    expect(page.app.record.received.slice(frames)).to.deep.equal([]);
    expect(seen).to.deep.equal([]);
  });

  it('leaves after a while when it is removed, and subscribes again when it returns', async () => {
    const page = await render();
    const channel = channelOf(page);
    const seen = recordEvents(channel, channelEvents);
    channel.remove();
    await page.clock.advance(1000);
    expect(seen).to.deep.equal(['pusher-unsubscribed']);
    expect(channel.state).to.equal('idle');
    page.root.append(channel);
    await page.clock.advance(0);
    expect(channel.state).to.equal('subscribed');
    expect(page.subscriptions()).to.deep.equal(['+orders', '−orders', '+orders']);
  });

  it('ends quietly when it is removed before its first update', async () => {
    const page = await render(nothing);
    const channel = document.createElement('pusher-channel');
    channel.name = 'orders';
    page.root.append(channel);
    channel.remove();
    await page.clock.advance(1000);
    expect(page.subscriptions()).to.deep.equal([]);
    page.root.append(channel);
    await page.clock.advance(0);
    expect(channel.state).to.equal('subscribed');
  });

  it('does what a listener wants in the middle of a change', async () => {
    const page = await render();
    const channel = channelOf(page);
    channel.addEventListener(
      'pusher-unsubscribed',
      () => {
        channel.name = 'third';
      },
      { once: true },
    );
    channel.name = 'second';
    await page.clock.advance(1000);
    expect(channel.channel!.name).to.equal('third');
    expect(channel.state).to.equal('subscribed');
    channel.addEventListener('pusher-subscribed', () => {
      channel.remove();
    });
    channel.name = 'fourth';
    await page.clock.advance(1000);
    expect(page.app.channels.map(({ name }) => name)).to.deep.equal([]);
  });
});
