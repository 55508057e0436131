/** `<pusher-list>` as elements.md §2 describes it. */
import { expect, nextFrame } from '@open-wc/testing';
import { nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PusherBeforeRenderEvent, PusherListElement } from '../../../components/index.js';
import { html, key, recordEvents, renderPage, warningsDuring, withAnswers } from '../support.js';
import type { Page } from '../support.js';
import { waitUntil } from '../../wait-until.js';

const render = (markup: TemplateResult | typeof nothing): Promise<Page> =>
  renderPage(
    (options) => html`<pusher-connection app-key=${key} .options=${options}></pusher-connection>${markup}`,
  );
const listOf = (page: Page): PusherListElement => page.root.querySelector('pusher-list')!;
const rowsOf = (page: Page): string[] =>
  [...page.root.querySelectorAll('[data-pe-key]')].map((row) => row.textContent.trim());

/** Until everything is written. */
async function written(page: Page): Promise<void> {
  await page.clock.advance(0);
  await nextFrame();
  await nextFrame();
}
async function publish(
  page: Page,
  ...events: readonly (readonly [event: string, data: unknown])[]
): Promise<void> {
  for (const [event, data] of events) page.publish('orders', event, data);
  await written(page);
}
const shop = html`<pusher-list channel="orders" event="created" update-event="changed" remove-event="gone">
  <ul>
    <template><li data-pe-text="name"></li></template>
  </ul>
  <p slot="empty">No orders yet.</p>
</pusher-list>`;

describe('<pusher-list>', () => {
  it('adds, changes and removes rows by key, where the template is', async () => {
    const page = await render(shop);
    expect(listOf(page).matches(':state(empty)')).to.equal(true);
    await publish(page, ['created', { id: 1, name: 'A' }], ['created', { id: 2, name: 'B' }]);
    expect(rowsOf(page)).to.deep.equal(['A', 'B']);
    expect(page.root.querySelectorAll('ul > li')).to.have.length(2);
    expect(listOf(page).matches(':state(empty)')).to.equal(false);
    const [first] = page.root.querySelectorAll('li');
    await publish(page, ['changed', { id: 1, name: 'A2' }], ['changed', { id: 9, name: 'unknown' }]);
    expect(rowsOf(page)).to.deep.equal(['A2', 'B']);
    expect(page.root.querySelector('li') === first).to.equal(true);
    await publish(page, ['gone', { id: 1 }], ['gone', 2]);
    expect(rowsOf(page)).to.deep.equal([]);
  });

  it('shows what was added before it was on the page', async () => {
    const page = await render(nothing);
    const list = document.createElement('pusher-list');
    list.innerHTML = '<template><p data-pe-text="id"></p></template>';
    list.channel = 'orders';
    list.event = ['created'];
    list.add({ id: 1 });
    await written(page);
    page.root.append(list);
    await list.updateComplete;
    await publish(page, ['created', { id: 2 }]);
    expect(rowsOf(page)).to.deep.equal(['1', '2']);
    list.add({ id: 1, name: 'again' });
    await written(page);
    expect(rowsOf(page)).to.deep.equal(['1', '2']);
  });

  it('puts new rows first with insert="prepend", and keeps only the newest within its limit', async () => {
    const page = await render(
      html`<pusher-list channel="orders" event="created" insert="prepend" limit="2">
        <template><p data-pe-text="id"></p></template>
      </pusher-list>`,
    );
    await publish(page, ...[1, 2, 3].map((id) => ['created', { id }] as const));
    expect(rowsOf(page)).to.deep.equal(['3', '2']);
  });

  it('orders by a path, the largest first with a minus', async () => {
    const page = await render(
      html`<pusher-list channel="orders" event="created" sort="-total">
        <template><p data-pe-text="total"></p></template>
      </pusher-list>`,
    );
    await publish(page, ...[5, 10, 7].map((total) => ['created', { id: total, total }] as const));
    expect(rowsOf(page)).to.deep.equal(['10', '7', '5']);
    await publish(page, ['created', { id: 5, total: 20 }]);
    expect(rowsOf(page)).to.deep.equal(['20', '10', '7']);
  });

  it('does not replace a version by an older one, nor bring back what a newer one removed', async () => {
    const page = await render(
      html`<pusher-list channel="orders" event="created" remove-event="gone" version-path="v">
        <template><p data-pe-text="name"></p></template>
      </pusher-list>`,
    );
    await publish(page, ['created', { id: 1, v: 2, name: 'new' }], ['created', { id: 1, v: 1, name: 'old' }]);
    expect(rowsOf(page)).to.deep.equal(['new']);
    await publish(page, ['gone', { id: 1, v: 3 }], ['created', { id: 1, v: 2, name: 'late' }]);
    expect(rowsOf(page)).to.deep.equal([]);
  });

  it('says how many rows are new, with announce, also without a snapshot', async () => {
    // elements.md §2: `announce`
    const page = await render(
      html`<pusher-list channel="orders" event="created" announce lang="en">
        <template><p data-pe-text="id"></p></template>
      </pusher-list>`,
    );
    await publish(page, ['created', { id: 1 }], ['created', { id: 2 }]);
    await waitUntil(
      () =>
        [...document.querySelectorAll('[role=status]')].some(({ textContent }) => textContent === '2 new'),
      'it is said',
    );
  });

  it('is valid in a table', async () => {
    const page = await render(
      html`<pusher-list channel="orders" event="created"
        ><table>
          <tbody>
            <template
              ><tr>
                <td data-pe-text="id"></td></tr
            ></template>
          </tbody></table
      ></pusher-list>`,
    );
    await publish(page, ['created', { id: 4 }]);
    expect(page.root.querySelector('tbody > tr > td')!.textContent).to.equal('4');
  });

  it('takes over the rows of the server, and writes into them', async () => {
    const page = await render(
      html`<pusher-list channel="orders" event="created" remove-event="gone">
        <ul>
          <template><li data-pe-text="name"></li></template>
          <li data-pe-key="1" data-pe-text="name">from the server</li>
          <li data-pe-key="2">plain</li>
        </ul>
      </pusher-list>`,
    );
    expect(listOf(page).length).to.equal(2);
    expect(rowsOf(page)).to.deep.equal(['from the server', 'plain']);
    await publish(page, ['created', { id: 1, name: 'changed' }], ['created', { id: 3, name: 'new' }]);
    expect(rowsOf(page)).to.deep.equal(['changed', 'plain', 'new']);
    await publish(page, ['gone', 2]);
    expect(rowsOf(page)).to.deep.equal(['changed', 'new']);
  });

  it('takes many items in one payload, and the path to them', async () => {
    const page = await render(
      html`<pusher-list channel="orders" event="created" items-path="data.orders" item-key="ref.no">
        <template><p data-pe-text="ref.no"></p></template>
      </pusher-list>`,
    );
    await publish(page, ['created', { data: { orders: [{ ref: { no: 7 } }, { ref: { no: 8 } }] } }]);
    expect(rowsOf(page)).to.deep.equal(['7', '8']);
  });

  it('says what happens, and lets a listener change or refuse what comes in', async () => {
    const page = await render(shop);
    const said = recordEvents(page.root, ['pusher-item-added', 'pusher-item-updated', 'pusher-item-removed']);
    page.root.addEventListener('pusher-before-render', (event: PusherBeforeRenderEvent) => {
      const [item] = event.items as { id: number; name: string }[];
      if (item!.id === 2) event.preventDefault();
      else event.items[0] = { ...item, name: item!.name.toUpperCase() };
    });
    await publish(
      page,
      ['created', { id: 1, name: 'a' }],
      ['created', { id: 2, name: 'b' }],
      ['changed', { id: 1, name: 'c' }],
    );
    expect(rowsOf(page)).to.deep.equal(['C']);
    await publish(page, ['gone', 1]);
    expect(said).to.deep.equal(['pusher-item-added', 'pusher-item-updated', 'pusher-item-removed']);
  });

  it('can be filled by script', async () => {
    const page = await render(shop);
    const list = listOf(page);
    list.add({ id: 1, name: 'A' });
    list.set({ id: 1, name: 'B' });
    list.set({ id: 2, name: 'C' });
    await written(page);
    expect(rowsOf(page)).to.deep.equal(['B']);
    expect(list.items).to.deep.equal([{ id: 1, name: 'B' }]);
    list.remove('1');
    list.add({ id: 3, name: 'D' });
    list.clear();
    await written(page);
    expect(rowsOf(page)).to.deep.equal([]);
    list.remove();
    expect(list.isConnected).to.equal(false);
  });

  it('keeps the focus in a row that moves', async () => {
    const page = await render(
      html`<pusher-list channel="orders" event="created" sort="rank">
        <template><button data-pe-text="id">row</button></template>
      </pusher-list>`,
    );
    await publish(page, ['created', { id: 'a', rank: 1 }], ['created', { id: 'b', rank: 2 }]);
    const [first] = page.root.querySelectorAll('button');
    first!.focus();
    await publish(page, ['created', { id: 'b', rank: 0 }]);
    expect(rowsOf(page)).to.deep.equal(['b', 'a']);
    expect(document.activeElement === first).to.equal(true); // not the elements: a message about them never ends
  });

  describe('with hold', () => {
    const held = html`<pusher-list
      channel="orders"
      event="created"
      remove-event="gone"
      insert="prepend"
      hold
      lang="en"
    >
      <template><button data-pe-text="id">row</button></template>
    </pusher-list>`;
    const buttonOf = (page: Page): HTMLButtonElement =>
      listOf(page).shadowRoot!.querySelector<HTMLButtonElement>('[part=new]')!;

    it('holds new rows back while somebody is reading, and shows them when they are asked for', async () => {
      const page = await render(held);
      await publish(page, ['created', { id: 1 }]);
      page.root.querySelector<HTMLElement>('[data-pe-key]')!.focus();
      await publish(page, ['created', { id: 2 }], ['created', { id: 3 }]);
      expect(rowsOf(page)).to.deep.equal(['1']);
      expect(listOf(page).pending).to.equal(2);
      expect(listOf(page).matches(':state(held)')).to.equal(true);
      expect(buttonOf(page).hidden).to.equal(false);
      expect(buttonOf(page).textContent.trim()).to.equal('2 new');
      buttonOf(page).click();
      await written(page);
      expect(rowsOf(page)).to.deep.equal(['3', '2', '1']);
      expect(buttonOf(page).hidden).to.equal(true);
    });

    it('forgets what is removed before it was shown, and shows the rest when nobody reads any more', async () => {
      const page = await render(held);
      await publish(page, ['created', { id: 1 }]);
      const row = page.root.querySelector<HTMLElement>('[data-pe-key]')!;
      row.focus();
      await publish(page, ['created', { id: 2 }], ['created', { id: 3 }], ['gone', 2]);
      expect(listOf(page).pending).to.equal(1);
      row.blur();
      await written(page);
      expect(rowsOf(page)).to.deep.equal(['3', '1']);
    });

    it('holds the newest version of a row back, and none that is too old to be shown', async () => {
      const page = await render(held);
      listOf(page).versionPath = 'v';
      await publish(page, ['created', { id: 1, v: 1 }], ['gone', { id: 9, v: 5 }]);
      page.root.querySelector<HTMLElement>('[data-pe-key]')!.focus();
      await publish(page, ['created', { id: 2, v: 3 }], ['created', { id: 2, v: 2 }]);
      await publish(page, ['created', { id: 9, v: 4 }]);
      expect(listOf(page).pending).to.equal(1);
      listOf(page).release();
      expect(listOf(page).items).to.deep.equal([
        { id: 2, v: 3 },
        { id: 1, v: 1 },
      ]);
    });

    it('keeps no more than the limit will show, the newest of them, however long somebody reads', async () => {
      const page = await render(held);
      const list = listOf(page);
      list.limit = 3;
      list.versionPath = 'v';
      await publish(page, ['created', { id: 0, v: 1 }]);
      page.root.querySelector<HTMLElement>('[data-pe-key]')!.focus();
      for (let id = 1; id <= 500; id += 1) list.add({ id, v: 2 });
      await written(page);
      expect(list.pending).to.equal(3);
      expect(buttonOf(page).textContent.trim()).to.equal('3 new');
      list.add({ id: 7, v: 1 });
      expect(list.pending, 'an old version of what is gone is not news').to.equal(3);
      list.release();
      await written(page);
      expect(rowsOf(page)).to.deep.equal(['500', '499', '498']);
    });

    it('holds back only what the order leaves a place for', async () => {
      const page = await render(held);
      const list = listOf(page);
      Object.assign(list, { limit: 3, sort: '-rank' });
      await publish(page, ['created', { id: 'a', rank: 9 }], ['created', { id: 'b', rank: 5 }]);
      page.root.querySelector<HTMLElement>('[data-pe-key]')!.focus();
      for (const rank of [1, 8, 2, 7, 3]) list.add({ id: `r${rank}`, rank });
      expect(list.pending).to.equal(2);
      list.add({ id: 'r6', rank: 6 });
      expect(list.pending).to.equal(2);
      list.release();
      await written(page);
      expect(rowsOf(page)).to.deep.equal(['a', 'r8', 'r7']);
    });
  });

  describe('with a snapshot', () => {
    const synced = html`<pusher-list
      channel="orders"
      event="created"
      remove-event="gone"
      version-path="v"
      snapshot-url="/orders.json"
      snapshot-path="orders"
    >
      <template><p data-pe-text="name"></p></template>
    </pusher-list>`;

    it('merges what comes in while it is read, by key and version', async () => {
      // the ordering trouble of elements.md N2: the snapshot may be older or newer than an event
      let answer!: (body: unknown) => void;
      await withAnswers(
        () => new Promise((resolve) => (answer = resolve)),
        async () => {
          const page = await render(synced);
          await waitUntil(() => Boolean(answer), 'it is asked for');
          expect(listOf(page).matches(':state(loading)')).to.equal(true);
          await publish(
            page,
            ['created', { id: 1, v: 5, name: 'live' }],
            ['created', { id: 2, v: 1, name: 'too old' }],
            ['created', { id: 3, v: 1, name: 'only live' }],
            ['gone', { id: 4, v: 2 }],
          );
          answer({
            orders: [
              { id: 1, v: 4, name: 'stored' },
              { id: 2, v: 2, name: 'stored later' },
              { id: 4, v: 1, name: 'is gone' },
            ],
          });
          await waitUntil(() => !listOf(page).matches(':state(loading)'), 'it is read');
          await written(page);
          expect(rowsOf(page)).to.deep.equal(['live', 'stored later', 'only live']);
        },
      );
    });

    it('is read again after a gap, and what is not in it any more goes', async () => {
      let orders = [{ id: 1, v: 1, name: 'A' }];
      await withAnswers(
        () => ({ orders }),
        async () => {
          const page = await render(synced);
          await waitUntil(() => rowsOf(page).join() === 'A', 'it is shown');
          orders = [{ id: 2, v: 1, name: 'B' }];
          page.app.connection()?.drop();
          await page.clock.advance(5000);
          await waitUntil(() => rowsOf(page).join() === 'B', 'it is read again');
        },
      );
    });

    it('that fails leaves the live rows, and is said once', async () => {
      const said = await warningsDuring(() =>
        withAnswers(
          () => new Response('no', { status: 404 }),
          async () => {
            const page = await render(synced);
            await publish(page, ['created', { id: 1, v: 1, name: 'live' }]);
            await waitUntil(() => rowsOf(page).join() === 'live', 'the event is shown');
          },
        ),
      );
      expect(said).to.have.length(1);
      expect(said[0]).to.contain('snapshot-url="/orders.json" could not be read');
    });
  });

  describe('that is written wrongly', () => {
    it('says that there is no template', async () => {
      const said = await warningsDuring(async () => {
        const page = await render(html`<pusher-list channel="orders" event="created">text</pusher-list>`);
        await publish(page, ['created', { id: 1 }]);
        expect(listOf(page).textContent).to.equal('text');
      });
      expect(said.join()).to.contain('it has no <template>');
    });

    it('says once that items have no key, and leaves them out', async () => {
      const said = await warningsDuring(async () => {
        const page = await render(shop);
        await publish(page, ['created', { name: 'A' }], ['created', 'text'], ['created', null]);
        expect(rowsOf(page)).to.deep.equal([]);
      });
      expect(said).to.have.length(1);
      expect(said[0]).to.contain('an item has no key at item-key="id"');
    });

    it('leaves the rows of a list inside a list to that one', async () => {
      const page = await render(
        html`<pusher-list channel="orders" event="created">
          <template><p data-pe-text="id"></p></template>
          <pusher-list channel="others" event="created"
            ><i data-pe-key="x">inner</i><template><i></i></template
          ></pusher-list>
        </pusher-list>`,
      );
      expect(listOf(page).length).to.equal(0);
      expect(listOf(page).querySelector('pusher-list')!.length).to.equal(1);
    });
  });
});
