/** `<pusher-value>` as elements.md §2 describes it. */
import { aTimeout, expect, nextFrame } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import type { PusherValueChangeEvent, PusherValueElement } from '../../../components/index.js';
import { createWorld, html, key, renderPage, warningsDuring, withAnswers } from '../support.js';
import type { Page, World } from '../support.js';
import { waitUntil } from '../../wait-until.js';

const render = (markup: TemplateResult, world?: World): Promise<Page> =>
  renderPage(
    (options) => html`<pusher-connection app-key=${key} .options=${options}></pusher-connection>${markup}`,
    world,
  );
const valueOf = (page: Page): PusherValueElement => page.root.querySelector('pusher-value')!;

/** Publishes, and waits until it has been written. */
async function tick(page: Page, data: unknown, event = 'tick', channel = 'prices'): Promise<void> {
  page.publish(channel, event, data);
  await page.clock.advance(0);
  await nextFrame();
  await nextFrame();
}

describe('<pusher-value>', () => {
  it('shows what is written inside until there is a value, then the field of the newest event', async () => {
    const page = await render(
      html`<pusher-value channel="prices" event="tick" field="quote.price">–</pusher-value>`,
    );
    const element = valueOf(page);
    expect(element.textContent).to.equal('–');
    expect(element.matches(':state(empty)')).to.equal(true);
    await tick(page, { quote: { price: 12.5 } });
    expect(element.textContent).to.equal('12.5');
    expect(element.value).to.equal(12.5);
    expect(element.matches(':state(empty)')).to.equal(false);
    expect(element.updatedAt).to.be.a('number');
  });

  it('is written in the format and the language of the page', async () => {
    const page = await render(
      html`<p lang="de">
        <pusher-value channel="prices" event="tick" format="currency:EUR" field="price"></pusher-value>
      </p>`,
    );
    await tick(page, { price: 1234.5 });
    expect(valueOf(page).textContent.replaceAll('\u00A0', ' ')).to.equal('1.234,50 €');
  });

  it('measures the round trip once it is connected, with source="latency"', async () => {
    // elements.md §2: `source="latency"`; a value that only a ping by somebody else fills would stay empty
    const page = await render(html`<pusher-value source="latency">–</pusher-value>`);
    await page.clock.advance(100);
    await waitUntil(() => /^\d+$/.test(valueOf(page).textContent), 'it is measured');
    const pings = page.app.record.received.filter(({ event }) => event === 'pusher:ping');
    expect(pings).to.have.length(1);
  });

  it('shows at once what another source knows', async () => {
    const page = await render(html`<pusher-value source="latency">–</pusher-value>`);
    valueOf(page).valueSource = 'state';
    await waitUntil(() => valueOf(page).textContent === 'connected', 'it is shown');
  });

  it('writes once per frame, and the last value wins', async () => {
    const page = await render(html`<pusher-value channel="prices" event="tick"></pusher-value>`);
    const element = valueOf(page);
    await tick(page, 0);
    const texts: string[] = [];
    const observer = new MutationObserver(() => texts.push(element.textContent));
    observer.observe(element, { characterData: true, childList: true, subtree: true });
    for (let count = 1; count <= 50; count += 1) page.publish('prices', 'tick', count);
    await page.clock.advance(0);
    await nextFrame();
    await nextFrame();
    expect(texts).to.deep.equal(['50']);
    observer.disconnect();
  });

  for (const [mode, initial, payloads, expected] of [
    ['increment', '128', [{}, {}, 3], '133'],
    ['decrement', '10', [{}, 4], '5'],
    ['sum', '1', [2, '3', 'four'], '6'],
    ['max', '5', [3, 9, 7], '9'],
    ['min', '5', [3, 9, 7], '3'],
    ['toggle', 'false', [{}, {}, {}], 'true'],
  ] as const)
    it(`makes ${expected} of ${initial} and ${payloads.length} events with mode="${mode}"`, async () => {
      const page = await render(
        html`<pusher-value channel="prices" event="tick" mode=${mode} initial=${initial}></pusher-value>`,
      );
      await nextFrame();
      expect(valueOf(page).textContent).to.equal(initial);
      for (const payload of payloads) await tick(page, payload);
      expect(valueOf(page).textContent).to.equal(expected);
    });

  it('takes the channel of the <pusher-channel> around it, also when that comes later', async () => {
    const page = await render(html`<pusher-value event="tick"></pusher-value>`);
    const around = document.createElement('pusher-channel');
    around.name = 'prices';
    valueOf(page).replaceWith(around);
    around.append(Object.assign(document.createElement('pusher-value'), { event: ['tick'] }));
    await around.updateComplete;
    await page.clock.advance(0);
    await tick(page, 7);
    expect(valueOf(page).textContent).to.equal('7');
    expect(page.subscriptions()).to.deep.equal(['+prices']);
    around.name = 'others';
    await around.updateComplete;
    await page.clock.advance(0);
    await tick(page, 8, 'tick', 'others');
    expect(valueOf(page).textContent).to.equal('8');
  });

  it('says each change, with the value before', async () => {
    const page = await render(html`<pusher-value channel="prices" event="tick"></pusher-value>`);
    const changes: unknown[] = [];
    page.root.addEventListener('pusher-value-change', (event: PusherValueChangeEvent) => {
      changes.push([event.previous, event.value, event.cached]);
    });
    for (const value of [1, 1, 2]) await tick(page, value);
    expect(changes).to.deep.equal([
      [undefined, 1, false],
      [1, 2, false],
    ]);
  });

  it('is stale while the subscription is lost, and not any more after the next one', async () => {
    const page = await render(html`<pusher-value channel="prices" event="tick"></pusher-value>`);
    const element = valueOf(page);
    await tick(page, 1);
    expect(element.matches(':state(stale)')).to.equal(false);
    page.app.stop();
    await page.clock.advance(10);
    expect(element.matches(':state(stale)')).to.equal(true);
    expect(element.textContent).to.equal('1');
    page.app.start();
    await page.clock.advance(60_000);
    expect(element.matches(':state(stale)')).to.equal(false);
  });

  it('is stale when nothing has come in for max-age seconds', async () => {
    const page = await render(html`<pusher-value channel="prices" event="tick" max-age="30"></pusher-value>`);
    const element = valueOf(page);
    await tick(page, 1);
    await page.clock.advance(29_999);
    expect(element.matches(':state(stale)')).to.equal(false);
    await page.clock.advance(1);
    expect(element.matches(':state(stale)')).to.equal(true);
  });

  it('flashes up and down with flash, and not for the repetition of a cache channel', async () => {
    const page = await render(html`<pusher-value channel="cache-prices" event="tick" flash></pusher-value>`);
    const element = valueOf(page);
    await tick(page, 1, 'tick', 'cache-prices');
    expect(element.matches(':state(up)')).to.equal(false);
    await tick(page, 2, 'tick', 'cache-prices');
    expect(element.matches(':state(up)')).to.equal(true);
    await tick(page, 1, 'tick', 'cache-prices');
    expect([element.matches(':state(up)'), element.matches(':state(down)')]).to.deep.equal([false, true]);
    await waitUntil(() => !element.matches(':state(down)'), 'it passes');
    page.app.connection()?.drop();
    await page.clock.advance(5000);
    await nextFrame();
    expect(element.value).to.equal(1);
    expect([element.matches(':state(up)'), element.matches(':state(down)')]).to.deep.equal([false, false]);
  });

  it('does not count what a cache channel only repeats', async () => {
    const page = await render(
      html`<pusher-value channel="cache-shop" event="sold" mode="increment" initial="5"></pusher-value>`,
    );
    await tick(page, {}, 'sold', 'cache-shop');
    page.app.connection()?.drop();
    await page.clock.advance(5000);
    await nextFrame();
    expect(valueOf(page).value).to.equal(6);
  });

  it('shows the state of the connection, and how many are subscribed', async () => {
    const world = createWorld();
    world.app.configure({ hasSubscriptionCounts: true });
    const page = await render(
      html`<pusher-value source="state"></pusher-value
        ><pusher-value channel="page" source="subscription-count"></pusher-value>`,
      world,
    );
    await page.clock.advance(10_000);
    await nextFrame();
    await nextFrame();
    expect(page.root.textContent.trim()).to.equal('connected1');
  });

  it('shows a template once there is a payload', async () => {
    const page = await render(
      html`<pusher-value channel="prices" event="tick">
        none yet<template><b data-pe-text="price"></b> <i data-pe-text="$event"></i></template>
      </pusher-value>`,
    );
    await tick(page, { price: 3 });
    await tick(page, { price: 4 });
    expect(valueOf(page).textContent).to.equal('4tick');
    expect(valueOf(page).querySelectorAll('b')).to.have.length(1);
  });

  it('keeps its value for the next page with persist="session", and forgets it with reset()', async () => {
    const markup = html`<pusher-value channel="prices" event="kept" persist="session">–</pusher-value>`;
    const first = await render(markup);
    await tick(first, 42, 'kept');
    const second = await render(markup);
    await nextFrame();
    expect(valueOf(second).textContent).to.equal('42');
    valueOf(second).reset();
    await nextFrame();
    expect(valueOf(second).textContent).to.equal('–');
    expect(Object.keys(sessionStorage).filter((name) => name.startsWith('pusher-value'))).to.deep.equal([]);
  });

  it('reads the snapshot once subscribed, and again after a gap', async () => {
    const asked: string[] = [];
    let price = 10;
    const answer = ({ pathname }: URL): unknown => {
      asked.push(pathname);
      return { data: { price } };
    };
    await withAnswers(answer, async () => {
      const page = await render(
        html`<pusher-value
          channel="prices"
          event="tick"
          field="price"
          snapshot-url="/price.json"
          snapshot-path="data.price"
        ></pusher-value>`,
      );
      await waitUntil(() => valueOf(page).textContent === '10', 'the snapshot is shown');
      price = 20;
      page.app.connection()?.drop();
      await page.clock.advance(5000);
      await waitUntil(() => valueOf(page).textContent === '20', 'it is read again');
      expect(asked).to.deep.equal(['/price.json', '/price.json']);
    });
  });

  it('takes every event of the application with event="*", and none of the protocol’s own', async () => {
    const page = await render(html`<pusher-value channel="prices" event="*"></pusher-value>`);
    await tick(page, 1, 'opened');
    await tick(page, 2, 'closed');
    page.app.connection()?.drop();
    await page.clock.advance(5000);
    await nextFrame();
    expect(valueOf(page).textContent).to.equal('2');
  });

  it('leaves its channel after it has left the page, but not for a move', async () => {
    const page = await render(
      html`<pusher-value channel="prices" event="tick"></pusher-value>
        <main></main>`,
    );
    const element = valueOf(page);
    page.root.querySelector('main')!.append(element);
    await page.clock.advance(5000);
    expect(page.subscriptions()).to.deep.equal(['+prices']);
    element.remove();
    await page.clock.advance(5000);
    expect(page.subscriptions()).to.deep.equal(['+prices', '−prices']);
  });

  describe('that is written wrongly', () => {
    it('says that it has no event', async () => {
      const said = await warningsDuring(() => render(html`<pusher-value channel="a">–</pusher-value>`));
      expect(said.join()).to.contain('<pusher-value channel="a">: it has no event');
    });

    it('says once that the path leads nowhere, and shows what is there', async () => {
      const said = await warningsDuring(async () => {
        const page = await render(
          html`<pusher-value channel="prices" event="tick" field="price.amount">–</pusher-value>`,
        );
        await tick(page, { price: 3 });
        await tick(page, { price: 4 });
        expect(valueOf(page).textContent).to.equal('–');
      });
      expect(said).to.have.length(1);
      expect(said[0]).to.contain('nothing at field="price.amount"');
    });

    it('says which format does not exist, and shows the value as it is', async () => {
      const said = await warningsDuring(async () => {
        const page = await render(
          html`<pusher-value channel="prices" event="tick" format="money"></pusher-value>`,
        );
        await tick(page, 3);
        expect(valueOf(page).textContent).to.equal('3');
      });
      expect(said).to.have.length(1);
      expect(said[0]).to.contain('"money" is not a format');
    });

    it('does not ask another origin for a snapshot', async () => {
      const said = await warningsDuring(async () => {
        await render(html`<pusher-value snapshot-url="https://elsewhere.example/a.json">–</pusher-value>`);
        await aTimeout(0);
      });
      expect(said.join()).to.contain('snapshot-url="https://elsewhere.example/a.json" is on another origin');
    });
  });
});
