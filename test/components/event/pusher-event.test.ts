/** `<pusher-event>` as elements.md §2, N10 and N19 describe it. What it refuses: `refusals.test.ts`. */
import { expect, nextFrame } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import type {
  PusherAfterActionEvent,
  PusherBeforeActionEvent,
  PusherEventElement,
  ReceivedEvent,
} from '../../../components/index.js';
import { withFakeTime } from '../fake-time.js';
import { createWorld, html, key, recordEvents, renderPage, warningsDuring } from '../support.js';
import type { Page, World } from '../support.js';
import { waitUntil } from '../../wait-until.js';

const render = (markup: TemplateResult, world?: World): Promise<Page> =>
  renderPage(
    (options) => html`<pusher-connection app-key=${key} .options=${options}></pusher-connection>${markup}`,
    world,
  );
const eventOf = (page: Page): PusherEventElement => page.root.querySelector('pusher-event')!;

/** Publishes, and waits until it has been acted upon. */
async function happen(page: Page, data: unknown = {}, event = 'changed', channel = 'cart'): Promise<void> {
  page.publish(channel, event, data);
  await page.clock.advance(0);
  await nextFrame();
  await nextFrame();
}

describe('<pusher-event>', () => {
  it('draws nothing, and takes no place in a grid', async () => {
    const page = await render(
      html`<div><pusher-event channel="cart" name="changed" dispatch-as="cart-changed"></pusher-event></div>`,
    );
    expect(getComputedStyle(eventOf(page)).display).to.equal('contents');
    expect(eventOf(page).getClientRects()).to.have.lengthOf(0);
  });

  it('fires a DOM event of the given name at its parent, which bubbles up to where htmx and Alpine listen', async () => {
    const page = await render(
      html`<section>
        <pusher-event channel="cart" name="changed" dispatch-as="cart-changed"></pusher-event>
      </section>`,
    );
    const heard: [unknown, ReceivedEvent][] = [];
    const controller = new AbortController();
    document.body.addEventListener(
      'cart-changed',
      (event) => heard.push([event.target, (event as CustomEvent<ReceivedEvent>).detail]),
      { signal: controller.signal },
    );
    await happen(page, { items: 3 });
    controller.abort();
    expect(heard).to.have.lengthOf(1);
    const [target, { name, channel, data, cached }] = heard[0]!;
    expect(target).to.equal(page.root.querySelector('section'));
    expect({ name, channel, data, cached }).to.deep.equal({
      name: 'changed',
      channel: 'cart',
      data: { items: 3 },
      cached: false,
    });
    expect(eventOf(page).last?.data).to.deep.equal({ items: 3 });
  });

  for (const [attribute, value, expected] of [
    ['name', 'created removed', 2],
    ['data-name', 'created', 1],
    ['event', 'created removed', 2],
    ['name', '*', 3],
  ] as const)
    it(`acts on ${expected} of three events with ${attribute}="${value}"`, async () => {
      const page = await render(html`<p></p>`);
      const element = document.createElement('pusher-event');
      element.setAttribute('channel', 'cart');
      element.setAttribute('dispatch-as', 'cart-changed');
      element.setAttribute(attribute, value);
      page.root.append(element);
      await page.clock.advance(0);
      const heard = recordEvents(page.root, ['cart-changed']);
      for (const event of ['created', 'removed', 'other']) await happen(page, {}, event);
      expect(heard).to.have.lengthOf(expected);
    });

  it('takes the channel of the <pusher-channel> around it', async () => {
    const page = await render(
      html`<pusher-channel name="cart"
        ><p><pusher-event name="changed" do="text" field="count"></pusher-event></p
      ></pusher-channel>`,
    );
    await happen(page, { count: 4 });
    expect(page.root.querySelector('p')!.textContent).to.equal('4');
    expect(page.subscriptions()).to.deep.equal(['+cart']);
  });

  describe('with do="text"', () => {
    it('writes the text at the field into the first element that matches, as text', async () => {
      const page = await render(
        html`<p class="note">–</p>
          <p class="note">–</p>
          <pusher-event channel="cart" name="changed" do="text" target=".note" field="a.b"></pusher-event>`,
      );
      await happen(page, { a: { b: '<img src=x onerror=alert(1)>' } });
      const [first, second] = page.root.querySelectorAll('.note');
      expect(first!.textContent).to.equal('<img src=x onerror=alert(1)>');
      expect(first!.children).to.have.lengthOf(0);
      expect(second!.textContent).to.equal('–');
    });

    it('stays in the page where its parent is the target', async () => {
      const page = await render(
        html`<p>
          <b>–</b><pusher-event channel="cart" name="changed" do="text" field="count"></pusher-event>
        </p>`,
      );
      for (const count of [1, 2]) {
        await happen(page, { count });
        expect(page.root.querySelector('p')!.textContent).to.equal(String(count));
        expect(eventOf(page).isConnected).to.equal(true);
        expect(page.root.querySelector('b')).to.equal(null);
      }
    });

    it('writes once per frame, and the last text wins', async () => {
      const page = await render(
        html`<p></p>
          <pusher-event channel="cart" name="changed" do="text" target="p"></pusher-event>`,
      );
      const done = recordEvents(page.root, ['pusher-before-action', 'pusher-after-action']);
      for (let count = 1; count <= 20; count += 1) page.publish('cart', 'changed', count);
      await page.clock.advance(0);
      await nextFrame();
      await nextFrame();
      expect(page.root.querySelector('p')!.textContent).to.equal('20');
      expect(done.filter((type) => type === 'pusher-after-action')).to.have.lengthOf(1);
    });
  });

  describe('with do="class"', () => {
    for (const [mode, before, payload, after] of [
      ['add', 'a', {}, 'a new hot'],
      ['remove', 'a new hot', {}, 'a'],
      ['toggle', 'new', {}, 'hot'],
    ] as const)
      it(`makes "${after}" of "${before}" with class-mode="${mode}"`, async () => {
        const page = await render(
          html`<p class=${before}></p>
            <pusher-event
              channel="cart"
              name="changed"
              do="class"
              target="p"
              class-name="new hot"
              class-mode=${mode}
            ></pusher-event>`,
        );
        await happen(page, payload);
        expect(page.root.querySelector('p')!.className).to.equal(after);
      });

    it('follows the field with class-mode="toggle"', async () => {
      const page = await render(
        html`<p></p>
          <pusher-event
            channel="cart"
            name="changed"
            do="class"
            target="p"
            class-name="open"
            class-mode="toggle"
            field="open"
          ></pusher-event>`,
      );
      const seen: boolean[] = [];
      for (const open of [true, true, false, false]) {
        await happen(page, { open });
        seen.push(page.root.querySelector('p')!.classList.contains('open'));
      }
      expect(seen).to.deep.equal([true, true, false, false]);
    });
  });

  it('flashes a class for a second, anew with each event, and not after it has left', async () => {
    await withFakeTime(async (time) => {
      const page = await render(
        html`<p></p>
          <pusher-event
            channel="cart"
            name="changed"
            do="class"
            target="p"
            class-name="hot"
            class-mode="flash"
          ></pusher-event>`,
      );
      const target = page.root.querySelector('p')!;
      const isHot = (): boolean => target.classList.contains('hot');
      await happen(page);
      expect(isHot()).to.equal(true);
      await time.advance(600);
      await happen(page);
      await time.advance(999);
      expect(isHot(), 'begun anew').to.equal(true);
      await time.advance(1);
      expect(isHot()).to.equal(false);
      await happen(page);
      eventOf(page).remove();
      await page.clock.advance(0);
      expect(isHot(), 'left').to.equal(false);
    });
  });

  it('reads out the text at the field with announce, and is silent without', async () => {
    await withFakeTime(async (time) => {
      const page = await render(
        html`<p></p>
          <pusher-event channel="cart" name="changed" do="text" target="p" field="text"></pusher-event>`,
      );
      const said = (): string =>
        [...document.querySelectorAll('[data-pusher-announcer]')]
          .map(({ textContent }) => textContent)
          .join();
      await time.advance(20_000);
      await happen(page, { text: 'silent' });
      await time.advance(200);
      expect(said()).not.to.contain('silent');
      eventOf(page).announce = true;
      await happen(page, { text: 'three items' });
      await time.advance(200);
      expect(said()).to.contain('three items');
    });
  });

  it('writes, and with false removes, a harmless attribute with do="attr"', async () => {
    const page = await render(
      html`<meter></meter>
        <pusher-event
          channel="cart"
          name="changed"
          do="attr"
          target="meter"
          attr-name="value"
          field="load"
        ></pusher-event>`,
    );
    const meter = page.root.querySelector('meter')!;
    await happen(page, { load: 0.4 });
    expect(meter.getAttribute('value')).to.equal('0.4');
    await happen(page, { load: false });
    expect(meter.hasAttribute('value')).to.equal(false);
  });

  it('removes its target with do="remove"', async () => {
    const page = await render(
      html`<p></p>
        <pusher-event channel="cart" name="changed" do="remove" target="p"></pusher-event>`,
    );
    await happen(page);
    expect(page.root.querySelector('p')).to.equal(null);
  });

  it('brings its target into view with do="scroll"', async () => {
    const page = await render(
      html`<div class="box">
          <div class="tall"></div>
          <p>end</p>
        </div>
        <pusher-event channel="cart" name="changed" do="scroll" target="p"></pusher-event>`,
    );
    const box = page.root.querySelector<HTMLElement>('.box')!;
    Object.assign(box.style, { height: '50px', overflow: 'auto' });
    page.root.querySelector<HTMLElement>('.tall')!.style.height = '500px';
    await happen(page);
    expect(box.scrollTop).to.be.greaterThan(0);
  });

  it('focuses its target with do="focus", but not while somebody writes elsewhere', async () => {
    const page = await render(
      html`<button>Answer</button><label>Note <input /></label>
        <pusher-event channel="cart" name="changed" do="focus" target="button"></pusher-event>`,
    );
    const [button, input] = [page.root.querySelector('button')!, page.root.querySelector('input')!];
    input.focus();
    await happen(page);
    expect(document.activeElement).to.equal(input);
    input.blur();
    await happen(page);
    expect(document.activeElement).to.equal(button);
  });

  it('submits a form that says so with do="submit", checking it as a click does', async () => {
    const page = await render(
      html`<form data-pusher-submit><input name="action" aria-label="Action" required /></form>
        <pusher-event channel="cart" name="changed" do="submit" target="form"></pusher-event>`,
    );
    let count = 0;
    page.root.addEventListener('submit', (event) => {
      event.preventDefault();
      count += 1;
    });
    await happen(page);
    expect(count, 'nothing is in the field').to.equal(0);
    page.root.querySelector('input')!.value = 'save';
    await happen(page);
    expect(count).to.equal(1);
  });

  it('reloads the document that it is in with do="reload"', async () => {
    const page = await render(html`<iframe title="Page" srcdoc="&lt;p&gt;page&lt;/p&gt;"></iframe>`);
    const frame = page.root.querySelector('iframe')!;
    await waitUntil(() => frame.contentDocument?.querySelector('p'), 'the page');
    const element = document.createElement('pusher-event');
    Object.assign(element, { channel: 'cart', name: ['changed'], do: 'reload', connection: page.connection });
    page.root.append(element);
    frame.contentDocument!.body.append(element);
    await page.clock.advance(0);
    let isReloaded = false;
    frame.addEventListener('load', () => (isReloaded = true));
    await happen(page);
    await waitUntil(() => isReloaded, 'reloaded');
  });

  it('becomes a source of messages with do="stream", as Turbo takes them, and does nothing by itself', async () => {
    const page = await render(
      html`<p></p>
        <pusher-event channel="cart" name="changed" do="stream" field="html"></pusher-event>`,
    );
    const texts: unknown[] = [];
    eventOf(page).addEventListener('message', (event) => texts.push((event as MessageEvent).data));
    const above = recordEvents(page.root, ['message']);
    const before = page.root.innerHTML;
    await happen(page, { html: '<turbo-stream action="remove" target="a"></turbo-stream>' });
    expect(texts).to.deep.equal(['<turbo-stream action="remove" target="a"></turbo-stream>']);
    expect(above).to.deep.equal([]);
    expect(page.root.innerHTML).to.equal(before);
  });

  it('calls the handler of a script instead, and goes on after one that throws', async () => {
    const page = await render(
      html`<p>–</p>
        <pusher-event channel="cart" name="changed" do="text" target="p"></pusher-event>`,
    );
    const seen: unknown[] = [];
    eventOf(page).handler = ({ data }) => {
      seen.push(data);
      if (data === 1) throw new Error('theirs');
    };
    const reported: unknown[] = [];
    const { onerror } = globalThis;
    globalThis.onerror = (...values) => {
      reported.push(values[4]);
      return true;
    };
    const done = recordEvents(page.root, ['pusher-after-action']);
    for (const data of [1, 2]) await happen(page, data);
    globalThis.onerror = onerror;
    expect(seen).to.deep.equal([1, 2]);
    expect(reported).to.have.lengthOf(1);
    expect(done).to.have.lengthOf(1);
    expect(page.root.querySelector('p')!.textContent).to.equal('–');
  });

  describe('with match-field', () => {
    for (const [matchValue, payloads, expected, last] of [
      ['7', [{ id: 7 }, { id: '7' }, { id: 8 }, {}, { id: [7] }], 2, { id: '7' }],
      ['true', [{ id: true }, { id: 'true' }, { id: false }], 2, { id: 'true' }],
      ['', [{ id: '' }, { id: null }, {}], 1, { id: '' }],
      [undefined, [{ id: 7 }, { id: 0 }, { id: false }, {}, { id: 'a' }], 2, { id: 'a' }],
    ] as const)
      it(`acts ${expected} times where match-value is ${JSON.stringify(matchValue)}`, async () => {
        const page = await render(
          html`<pusher-event
            channel="cart"
            name="changed"
            dispatch-as="cart-changed"
            match-field="id"
          ></pusher-event>`,
        );
        if (matchValue !== undefined) eventOf(page).setAttribute('match-value', matchValue);
        const heard = recordEvents(page.root, ['cart-changed']);
        for (const data of payloads) await happen(page, data);
        expect(heard).to.have.lengthOf(expected);
        expect(eventOf(page).last?.data, 'what does not match is not the last').to.deep.equal(last);
      });
  });

  it('acts on the last event once none has come for debounce seconds', async () => {
    const page = await render(
      html`<pusher-event
        channel="cart"
        name="changed"
        dispatch-as="cart-changed"
        debounce="0.5"
      ></pusher-event>`,
    );
    const heard: unknown[] = [];
    page.root.addEventListener('cart-changed', (event) =>
      heard.push((event as CustomEvent<ReceivedEvent>).detail.data),
    );
    for (const data of [1, 2, 3]) {
      await happen(page, data);
      await page.clock.advance(400);
    }
    expect(heard).to.deep.equal([]);
    await page.clock.advance(100);
    expect(heard).to.deep.equal([3]);
    await page.clock.advance(10_000);
    expect(heard).to.deep.equal([3]);
  });

  it('waits up to jitter seconds, by the chance of its connection, and keeps the time for later events', async () => {
    const world = createWorld();
    const page = await render(
      html`<pusher-event
          channel="cart"
          name="changed"
          dispatch-as="cart-changed"
          debounce="1"
          jitter="2"
        ></pusher-event>
        <pusher-event channel="cart" name="changed" dispatch-as="cart-jittered" jitter="2"></pusher-event>`,
      world,
    );
    const heard = recordEvents(page.root, ['cart-changed', 'cart-jittered']);
    world.clock.useRandom(0.25);
    await happen(page, 1);
    await page.clock.advance(400);
    await happen(page, 2);
    await page.clock.advance(99);
    expect(heard).to.deep.equal([]);
    await page.clock.advance(1);
    expect(heard, 'a quarter of two seconds after the first').to.deep.equal(['cart-jittered']);
    await page.clock.advance(1399);
    expect(heard).to.have.lengthOf(1);
    await page.clock.advance(1);
    expect(heard, 'a second and a quarter of two after the second').to.deep.equal([
      'cart-jittered',
      'cart-changed',
    ]);
  });

  it('asks before it acts, and does nothing where that is cancelled', async () => {
    const page = await render(
      html`<p>–</p>
        <pusher-event channel="cart" name="changed" do="text" target="p"></pusher-event>`,
    );
    const seen: unknown[] = [];
    let isCancelled = true;
    page.root.addEventListener('pusher-before-action', (event: PusherBeforeActionEvent) => {
      seen.push([event.action, event.affected?.localName, event.received.data]);
      if (isCancelled) event.preventDefault();
    });
    page.root.addEventListener('pusher-after-action', (event: PusherAfterActionEvent) => {
      seen.push([event.affected?.textContent]);
    });
    await happen(page, 1);
    isCancelled = false;
    await happen(page, 2);
    expect(seen).to.deep.equal([['text', 'p', 1], ['text', 'p', 2], ['2']]);
  });

  it('waits for the promises of waitUntil, in the order of the events', async () => {
    const page = await render(
      html`<pusher-event channel="cart" name="changed" dispatch-as="cart-changed"></pusher-event>`,
    );
    const heard: unknown[] = [];
    page.root.addEventListener('cart-changed', (event) =>
      heard.push((event as CustomEvent<ReceivedEvent>).detail.data),
    );
    let release: (() => void) | undefined;
    page.root.addEventListener(
      'pusher-before-action',
      (event: PusherBeforeActionEvent) => {
        event.waitUntil(new Promise<void>((resolve) => (release = resolve)));
      },
      { once: true },
    );
    for (const data of [1, 2, 3]) await happen(page, data);
    expect(heard).to.deep.equal([]);
    release!();
    await happen(page, 4);
    expect(heard).to.deep.equal([1, 2, 3, 4]);
  });

  it('does nothing where a promise of waitUntil is rejected, says so, and goes on with the next event', async () => {
    const page = await render(
      html`<pusher-event channel="cart" name="changed" dispatch-as="cart-changed"></pusher-event>`,
    );
    const heard = recordEvents(page.root, ['cart-changed']);
    let late: PusherBeforeActionEvent | undefined;
    page.root.addEventListener(
      'pusher-before-action',
      (event: PusherBeforeActionEvent) => {
        late = event;
        event.waitUntil(Promise.reject(new Error('no')));
      },
      { once: true },
    );
    const [warning] = await warningsDuring(() => happen(page));
    expect(warning).to.contain('Error: no');
    expect(heard).to.deep.equal([]);
    expect(() => {
      late!.waitUntil(Promise.resolve());
    }).to.throw('too late');
    await happen(page);
    expect(heard).to.have.lengthOf(1);
  });

  it('forgets what waits when it leaves the page, and keeps it over a move', async () => {
    const page = await render(
      html`<pusher-event channel="cart" name="changed" dispatch-as="cart-changed" debounce="1"></pusher-event>
        <section></section>`,
    );
    const element = eventOf(page);
    const heard = recordEvents(page.root, ['cart-changed']);
    await happen(page);
    page.root.querySelector('section')!.append(element);
    await page.clock.advance(1000);
    expect(heard, 'moved').to.have.lengthOf(1);
    await happen(page);
    element.remove();
    await page.clock.advance(5000);
    page.root.append(element);
    await page.clock.advance(5000);
    expect(heard, 'left').to.have.lengthOf(1);
    await happen(page);
    await page.clock.advance(1000);
    expect(heard, 'back').to.have.lengthOf(2);
  });

  it('does nothing after it has left while something was waited for, and works when it is back', async () => {
    const page = await render(
      html`<pusher-event channel="cart" name="changed" dispatch-as="cart-changed"></pusher-event>`,
    );
    const element = eventOf(page);
    const heard = recordEvents(element, ['pusher-after-action']);
    let release: (() => void) | undefined;
    element.addEventListener(
      'pusher-before-action',
      (event) => {
        event.waitUntil(new Promise<void>((resolve) => (release = resolve)));
      },
      { once: true },
    );
    await happen(page);
    element.remove();
    await page.clock.advance(1000);
    page.root.append(element);
    await page.clock.advance(1000);
    release!();
    await page.clock.advance(0);
    expect(heard).to.deep.equal([]);
    await happen(page);
    expect(heard).to.have.lengthOf(1);
  });

  describe('on a cache channel', () => {
    it('takes the repetition of the last event for no news', async () => {
      const page = await render(
        html`<pusher-event channel="cache-cart" name="changed" dispatch-as="cart-changed"></pusher-event>`,
      );
      const heard = recordEvents(page.root, ['cart-changed']);
      await happen(page, { a: 1 }, 'changed', 'cache-cart');
      page.app.connection()!.drop();
      await page.clock.advance(60_000);
      expect(page.subscriptions(), 'it was subscribed again').to.have.lengthOf(2);
      expect(heard).to.have.lengthOf(1);
    });

    it('writes what was there before the page, but does not reload, submit or remove for it', async () => {
      const world = createWorld();
      world.publish('cache-cart', 'changed', 'old');
      const page = await render(
        html`<p></p>
          <i></i>
          <pusher-event channel="cache-cart" name="changed" do="text" target="p"></pusher-event>
          <pusher-event channel="cache-cart" name="changed" do="remove" target="i"></pusher-event>`,
        world,
      );
      await nextFrame();
      await nextFrame();
      expect(page.root.querySelector('p')!.textContent).to.equal('old');
      expect(page.root.querySelector('i')).not.to.equal(null);
    });
  });

  it('passes axe in light and dark', async () => {
    const page = await render(
      html`<p>–</p>
        <pusher-event channel="cart" name="changed" do="text" target="p" announce></pusher-event>`,
    );
    await happen(page, 'three items');
    for (const scheme of ['light', 'dark']) {
      page.root.style.colorScheme = scheme;
      await expect(page.root).to.be.accessible();
    }
  });
});
