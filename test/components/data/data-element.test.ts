/** What all elements with live data have in common (issue 4 part 7, elements.md §1, N6, N9). */
import { expect, nextFrame } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import type { PusherChannelElement } from '../../../components/index.js';
import { PusherDataElement } from '../../../components/shared/data/data-element.js';
import type { DataEvent } from '../../../components/shared/data/data-element.js';
import { writeInFrame } from '../../../components/shared/frame-scheduler.js';
import type { ConnectionSource } from '../../../components/shared/connection-source.js';
import { channelContext } from '../../../components/shared/context.js';
import type { ContextRequestEvent } from '../../../components/shared/context.js';
import { createWorld, html, key, renderPage } from '../support.js';
import type { Page, World } from '../support.js';
import { waitUntil } from '../../wait-until.js';

/** Writes down what it hears. */
class ProbeElement extends PusherDataElement {
  static readonly tag: string = 'probe-data';
  readonly heard: string[] = [];
  readonly events: DataEvent[] = [];
  writes = 0;

  get isOld(): boolean {
    return this.isStale;
  }

  get people(): number | undefined {
    return this.roster?.count;
  }

  requestWrite(): void {
    writeInFrame(this, this, () => (this.writes += 1));
  }

  protected override received(event: DataEvent): void {
    this.events.push(event);
    this.heard.push(`${event.name} ${JSON.stringify(event.data)}`);
  }

  protected override connectionChanged(source: ConnectionSource | undefined): void {
    const { state } = source?.snapshot ?? {};
    if (state === 'connected' && this.heard.at(-1) !== state) this.heard.push('connected');
  }

  protected override subscribed({ isResumed }: { readonly isResumed: boolean }): void {
    this.heard.push(isResumed ? 'resumed' : 'subscribed');
  }

  protected override missed(): void {
    this.heard.push('gap');
  }

  protected override cacheMissed(): void {
    this.heard.push('cache-miss');
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
customElements.define('probe-data', ProbeElement);

const render = (markup: TemplateResult, world?: World): Promise<Page> =>
  renderPage(
    (options) => html`<pusher-connection app-key=${key} .options=${options}></pusher-connection>${markup}`,
    world,
  );
const probeOf = ({ root }: Page, selector = 'probe-data'): ProbeElement =>
  root.querySelector<ProbeElement>(selector)!;
const isStale = (element: Element): boolean => element.matches(':state(stale)');

/** Publishes, and lets it arrive. */
async function publish(page: Page, event: string, data: unknown, channel = 'news'): Promise<void> {
  page.publish(channel, event, data);
  await page.clock.advance(0);
}

describe('An element with live data', () => {
  it('subscribes to the channel it names, and takes the events it names', async () => {
    const page = await render(html`<probe-data channel="news" event="a b"></probe-data>`);
    for (const name of ['a', 'c', 'b']) await publish(page, name, name);
    expect(probeOf(page).heard).to.deep.equal(['connected', 'subscribed', 'a "a"', 'b "b"']);
    const [event] = probeOf(page).events;
    expect(event).to.include({ name: 'a', channel: 'news', data: 'a', isCached: false });
    expect(event!.receivedAt).to.be.a('number');
  });

  it('takes all events of the site with *, and none of the protocol', async () => {
    const page = await render(html`<probe-data channel="news" event="*"></probe-data>`);
    for (const name of ['a', 'b']) await publish(page, name, 1);
    expect(probeOf(page).events.map(({ name }) => name)).to.deep.equal(['a', 'b']);
  });

  it('takes other events from the moment on that its attribute names them', async () => {
    const page = await render(html`<probe-data channel="news" event="a"></probe-data>`);
    probeOf(page).setAttribute('event', 'b');
    await page.clock.advance(0);
    for (const name of ['a', 'b']) await publish(page, name, 1);
    expect(probeOf(page).events.map(({ name }) => name)).to.deep.equal(['b']);
  });

  it('uses the channel around it, and follows that to another name', async () => {
    const page = await render(
      html`<pusher-channel name="news"><probe-data event="a"></probe-data></pusher-channel>`,
    );
    await publish(page, 'a', 1);
    page.root.querySelector('pusher-channel')!.name = 'sports';
    await page.clock.advance(1000);
    await publish(page, 'a', 2, 'sports');
    expect(probeOf(page).events.map(({ channel, data }) => [channel, data])).to.deep.equal([
      ['news', 1],
      ['sports', 2],
    ]);
    expect(page.subscriptions()).to.deep.equal(['+news', '+sports', '−news']);
  });

  it('uses the channel around it with its whole name, prefix included, and knows who is there', async () => {
    const world = createWorld();
    const channelAuthorization = {
      customHandler: (_params: unknown, callback: (error: null, data: object) => void) => {
        callback(null, { auth: 'key:signature', channel_data: '{"user_id":"ada"}' });
      },
    };
    const page = await renderPage(
      (options) => html`
        <pusher-connection
          app-key=${key}
          .options=${{ ...options, channelAuthorization }}
        ></pusher-connection>
        <pusher-channel name="room" type="presence"><probe-data event="a"></probe-data></pusher-channel>
      `,
      world,
    );
    expect(page.subscriptions()).to.deep.equal(['+presence-room']);
    expect(probeOf(page).people).to.equal(1);
  });

  it('uses the connection of the channel around it', async () => {
    const page = await renderPage(
      (options) => html`
        <pusher-connection app-key="other-key" .options=${options}></pusher-connection>
        <pusher-connection id="mine" app-key=${key} .options=${options}></pusher-connection>
        <pusher-channel name="news" connection="mine"><probe-data event="a"></probe-data></pusher-channel>
      `,
    );
    await publish(page, 'a', 1);
    expect(probeOf(page).events.length).to.equal(1);
  });

  it('waits while the channel around it waits', async () => {
    const page = await render(
      html`<pusher-channel name="news" when="manual"><probe-data event="a"></probe-data></pusher-channel>`,
    );
    expect(page.subscriptions()).to.deep.equal([]);
    page.root.querySelector<PusherChannelElement>('pusher-channel')!.subscribe();
    await page.clock.advance(0);
    await publish(page, 'a', 1);
    expect(probeOf(page).events.length).to.equal(1);
  });

  it('finds a channel that is put around it later, and its own name wins over that', async () => {
    const page = await render(html`<probe-data event="a"></probe-data>`);
    const channel = document.createElement('pusher-channel');
    channel.name = 'news';
    const probe = probeOf(page);
    probe.replaceWith(channel);
    channel.append(probe);
    await page.clock.advance(0);
    await publish(page, 'a', 1);
    expect(probe.events.length).to.equal(1);
    probe.setAttribute('channel', 'sports');
    await page.clock.advance(0);
    await publish(page, 'a', 2);
    await publish(page, 'a', 3, 'sports');
    expect(probe.events.map(({ data }) => data)).to.deep.equal([1, 3]);
  });

  it('asks for the channel around it only while it has no name of its own', async () => {
    let asked = 0;
    const count = ({ context, contextTarget }: ContextRequestEvent<unknown>): void => {
      if (context === channelContext && contextTarget.localName === 'probe-data') asked += 1;
    };
    document.addEventListener('context-request', count, true);
    try {
      const page = await render(
        html`<pusher-channel name="news"
          ><probe-data event="a" channel="sports"></probe-data
        ></pusher-channel>`,
      );
      const probe = probeOf(page);
      expect(asked).to.equal(0);
      probe.removeAttribute('channel');
      await page.clock.advance(0);
      expect(asked).to.be.greaterThan(0);
      await publish(page, 'a', 1);
      await publish(page, 'a', 2, 'sports');
      expect(probe.events.map(({ channel, data }) => [channel, data])).to.deep.equal([['news', 1]]);
    } finally {
      document.removeEventListener('context-request', count, true);
    }
  });

  it('shares one subscription with others of the same channel', async () => {
    const page = await render(
      html`<probe-data channel="news" event="a"></probe-data
        ><probe-data channel="news" event="a"></probe-data>`,
    );
    await publish(page, 'a', 1);
    expect(page.subscriptions()).to.deep.equal(['+news']);
    for (const probe of page.root.querySelectorAll<ProbeElement>('probe-data'))
      expect(probe.events.length).to.equal(1);
  });

  it('keeps its subscription when it is moved, and leaves when it is removed, after its linger', async () => {
    const page = await render(html`<i></i><probe-data channel="news" event="a" linger="5"></probe-data>`);
    const probe = probeOf(page);
    page.root.querySelector('i')!.append(probe);
    await page.clock.advance(10_000);
    expect(page.subscriptions()).to.deep.equal(['+news']);
    probe.remove();
    await page.clock.advance(4000);
    expect(page.subscriptions()).to.deep.equal(['+news']);
    await page.clock.advance(1000);
    expect(page.subscriptions()).to.deep.equal(['+news', '−news']);
    page.root.append(probe);
    await page.clock.advance(0);
    await publish(page, 'a', 1);
    expect(probe.events.length).to.equal(1);
  });

  it('waits with when="manual" for subscribe(), which a move does not undo', async () => {
    const page = await render(html`<i></i><probe-data channel="news" event="a" when="manual"></probe-data>`);
    const probe = probeOf(page);
    expect(page.subscriptions()).to.deep.equal([]);
    probe.subscribe();
    await page.clock.advance(0);
    page.root.querySelector('i')!.append(probe);
    await page.clock.advance(10_000);
    expect(page.subscriptions()).to.deep.equal(['+news']);
  });

  it('is subscribed with when="visible" while it is in view', async () => {
    const page = await render(
      html`<div style="height: 5000px"></div>
        <probe-data channel="news" event="a" when="visible" style="display: block">text</probe-data>`,
    );
    await nextFrame();
    await nextFrame();
    await page.clock.advance(0);
    expect(page.subscriptions()).to.deep.equal([]);
    probeOf(page).scrollIntoView();
    await waitUntil(async () => {
      await page.clock.advance(0);
      return page.subscriptions().includes('+news');
    });
    window.scrollTo(0, 0);
    await waitUntil(async () => {
      await page.clock.advance(1000);
      return page.subscriptions().includes('−news');
    });
    expect(isStale(probeOf(page))).to.equal(true);
  });

  it('is stale while it is not subscribed any more, and hears of the gap when it is again', async () => {
    const page = await render(html`<probe-data channel="news" event="a"></probe-data>`);
    const probe = probeOf(page);
    expect(isStale(probe)).to.equal(false);
    page.connection.disconnect();
    await page.clock.advance(0);
    expect(probe.isOld).to.equal(true);
    expect(isStale(probe)).to.equal(true);
    page.connection.connect();
    await page.clock.advance(1000);
    expect(isStale(probe)).to.equal(false);
    expect(probe.heard.slice(-3)).to.deep.equal(['connected', 'gap', 'resumed']);
  });

  it('is not stale before it has been subscribed', async () => {
    const page = await render(html`<probe-data channel="news" event="a" when="manual"></probe-data>`);
    expect(isStale(probeOf(page))).to.equal(false);
  });

  it('is stale when nothing has come in for max-age seconds, and after a move just the same', async () => {
    const page = await render(html`<probe-data channel="news" event="a" max-age="30"></probe-data>`);
    const probe = probeOf(page);
    await page.clock.advance(60_000);
    expect(isStale(probe), 'before the first event there is nothing to grow old').to.equal(false);
    await publish(page, 'a', 1);
    await page.clock.advance(20_000);
    await publish(page, 'a', 2);
    page.root.append(probe);
    await page.clock.advance(29_999);
    expect(isStale(probe)).to.equal(false);
    await page.clock.advance(1);
    expect(isStale(probe)).to.equal(true);
    await publish(page, 'a', 3);
    expect(isStale(probe)).to.equal(false);
    probe.removeAttribute('max-age');
    await page.clock.advance(60_000);
    expect(isStale(probe)).to.equal(false);
  });

  it('takes a max-age that comes later for what came in before', async () => {
    const page = await render(html`<probe-data channel="news" event="a"></probe-data>`);
    const probe = probeOf(page);
    await publish(page, 'a', 1);
    await page.clock.advance(20_000);
    for (const [maxAge, expected] of [
      ['10', true],
      ['30', false],
      ['31536000', false],
    ] as const) {
      probe.setAttribute('max-age', maxAge);
      await page.clock.advance(0);
      expect(isStale(probe), maxAge).to.equal(expected);
    }
  });

  it('has a timer for its max-age only while it is on the page', async () => {
    const page = await render(html`<probe-data channel="news" event="a" max-age="30"></probe-data>`);
    const timers = page.clock.pendingTimers;
    for (let count = 0; count < 10; count += 1) await publish(page, 'a', count);
    expect(page.clock.pendingTimers).to.equal(timers + 1);
    probeOf(page).remove();
    await page.clock.advance(1000);
    expect(page.clock.pendingTimers).to.equal(timers);
  });

  it('does not write any more once it has left', async () => {
    const page = await render(html`<probe-data channel="news" event="a"></probe-data>`);
    const probe = probeOf(page);
    probe.requestWrite();
    probe.remove();
    await nextFrame();
    await nextFrame();
    expect(probe.writes).to.equal(0);
  });

  it('writes what it was asked to when it is only moved', async () => {
    const page = await render(html`<i></i><probe-data channel="news" event="a"></probe-data>`);
    const probe = probeOf(page);
    probe.requestWrite();
    page.root.querySelector('i')!.append(probe);
    await nextFrame();
    await nextFrame();
    expect(probe.writes).to.equal(1);
  });

  it('hears that a cache channel has nothing to repeat', async () => {
    const page = await render(html`<probe-data channel="cache-news" event="a"></probe-data>`, createWorld());
    await page.clock.advance(0);
    expect(probeOf(page).heard).to.include('cache-miss');
  });

  it('knows when an event is the repetition of a cache channel', async () => {
    const page = await render(html`<probe-data channel="cache-news" event="a"></probe-data>`);
    await publish(page, 'a', 1, 'cache-news');
    page.connection.disconnect();
    await page.clock.advance(0);
    page.connection.connect();
    await page.clock.advance(1000);
    expect(probeOf(page).events.map(({ isCached }) => isCached)).to.deep.equal([false, true]);
  });
});
