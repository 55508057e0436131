/** `<pusher-toasts>` as elements.md §2 describes it. */
import { expect } from '@open-wc/testing';
import { nothing } from 'lit';
import type {
  PusherToastClickEvent,
  PusherToastDismissEvent,
  PusherToastShowEvent,
} from '../../../components/index.js';
import { html, quietly, recordEvents, warningsDuring } from '../support.js';
import type { Page } from '../support.js';
import {
  cardsOf,
  closeOf,
  drawn,
  many,
  notices,
  partOf,
  pass,
  render,
  send,
  textOf,
  textsOf,
  toastsOf,
} from './toasts-support.js';
import { waitUntil } from '../../wait-until.js';

/** The reasons for which toasts have gone, with their titles. */
function reasonsOf(page: Page): string[] {
  const said: string[] = [];
  page.root.addEventListener('pusher-toast-dismiss', ({ toast, reason }: PusherToastDismissEvent) => {
    said.push(`${toast.title}: ${reason}`);
  });
  return said;
}

describe('<pusher-toasts>', () => {
  it('shows title and text of an event, and nothing before the first one', async () => {
    const page = await render();
    expect(partOf(page, 'region')!.checkVisibility()).to.equal(false);
    await send(page, { title: 'Order 7', body: 'was paid' });
    expect(textsOf(page)).to.deep.equal(['Order 7 was paid']);
    expect(partOf(page, 'region')!.checkVisibility()).to.equal(true);
    expect(partOf(page, 'title')!.textContent.trim()).to.equal('Order 7');
    expect(partOf(page, 'body')!.textContent.trim()).to.equal('was paid');
  });

  it('reads title, text, address, level and picture where its paths say', async () => {
    const page = await render(
      html`<pusher-toasts
        channel="user"
        event="notice"
        title-path="a.title"
        body-path="a.text"
        href-path="links.0"
        level-path="kind"
        icon-path="photo"
      ></pusher-toasts>`,
    );
    await send(page, {
      a: { title: 'Hello', text: 'there' },
      links: ['/inbox'],
      kind: 'success',
      photo: 'data:image/png;base64,AAAA',
    });
    expect(textsOf(page)).to.deep.equal(['Hello there']);
    expect(partOf(page, 'link')!.getAttribute('href')).to.equal('/inbox');
    expect(partOf(page, 'level-success')).to.equal(cardsOf(page)[0]);
    // a picture that is no address shows the sign of the level
    expect(partOf(page, 'icon')!.localName).to.equal('svg');
    await send(page, { a: { title: 'With picture' }, photo: '/ada.png' });
    const picture = cardsOf(page)[1]!.querySelector('img')!;
    expect(picture.getAttribute('src')).to.equal('/ada.png');
    expect(picture.referrerPolicy).to.equal('no-referrer');
  });

  it('shows a payload that is only a text', async () => {
    const page = await render();
    await send(page, 'Back in stock', 7);
    expect(textsOf(page)).to.deep.equal(['Back in stock', '7']);
  });

  it('parses nothing as HTML, and leaves out addresses that execute', async () => {
    // elements.md rule 19; issue 4 "payloads full of markup"
    const page = await render();
    await quietly(() =>
      send(
        page,
        {
          title: '<img src=x onerror=alert(1)>',
          body: '<b>x</b>',
          href: 'javascript:alert(1)',
          icon: 'data:,x',
        },
        { title: 'T', href: ' java\nscript:alert(1)', level: 'constructor' },
        { title: { a: 1 }, body: ['b'], href: {}, level: '"><script>' },
        { title: 'odd', level: '__proto__', icon: null, href: 5 },
      ),
    );
    expect(textsOf(page)).to.deep.equal(['<img src=x onerror=alert(1)> <b>x</b>', 'T', 'odd']);
    expect(toastsOf(page).shadowRoot!.querySelectorAll('.list :is(img, b, script)')).to.have.length(0);
    expect(toastsOf(page).shadowRoot!.querySelectorAll('a:not([href="5"])')).to.have.length(0);
  });

  it('says what is about to be shown, and lets a listener change or refuse it', async () => {
    const page = await render();
    page.root.addEventListener('pusher-toast-show', (event: PusherToastShowEvent) => {
      if (event.toast.title === 'no') event.preventDefault();
      event.toast.title += '!';
      event.toast.href = 'javascript:alert(1)';
      expect(event.toast.data).to.have.property('title');
    });
    const gone = reasonsOf(page);
    await send(page, { title: 'no' }, { title: 'yes' });
    expect(textsOf(page)).to.deep.equal(['yes!']);
    expect(partOf(page, 'link')).to.equal(null);
    expect(gone).to.deep.equal([]);
  });

  it('shows, changes and closes toasts of a script', async () => {
    const page = await render(html`<pusher-toasts></pusher-toasts>`);
    const toasts = toastsOf(page);
    const said = reasonsOf(page);
    const first = toasts.show('Saved');
    const second = toasts.show({ id: 'upload', title: 'Upload', body: '10 %', duration: 0 });
    expect(second).to.equal('upload');
    await drawn(page);
    expect(textsOf(page)).to.deep.equal(['Saved', 'Upload 10 %']);
    const [, card] = cardsOf(page);
    toasts.show({ id: 'upload', title: 'Upload', body: '100 %', duration: 0 });
    await drawn(page);
    expect(textsOf(page)).to.deep.equal(['Saved', 'Upload 100 %']);
    expect(cardsOf(page)[1] === card).to.equal(true);
    toasts.dismiss(first!);
    toasts.dismiss('unknown');
    await drawn(page);
    expect(textsOf(page)).to.deep.equal(['Upload 100 %']);
    toasts.clear();
    await drawn(page);
    expect(textsOf(page)).to.deep.equal([]);
    expect(partOf(page, 'region')!.checkVisibility()).to.equal(false);
    expect(said).to.deep.equal(['Saved: script', 'Upload: script']);
  });

  it('shows what a script gave it before it came into the page', async () => {
    const page = await render(nothing);
    const toasts = document.createElement('pusher-toasts');
    toasts.show('early');
    page.root.append(toasts);
    await drawn(page);
    expect(textsOf(page)).to.deep.equal(['early']);
  });

  it('changes the toast that is there, where dedupe-key finds the same value', async () => {
    const page = await render(
      html`<pusher-toasts channel="user" event="notice" dedupe-key="build.id"></pusher-toasts>`,
    );
    await send(
      page,
      { title: 'Build 7 runs', build: { id: 7 } },
      { title: 'Build 8 runs', build: { id: 8 } },
    );
    await pass(page, 6000);
    await send(page, { title: 'Build 7 is done', build: { id: 7 } });
    expect(textsOf(page)).to.deep.equal(['Build 7 is done', 'Build 8 runs']);
    // its time begins anew
    await pass(page, 4000);
    expect(textsOf(page)).to.deep.equal(['Build 7 is done']);
    await pass(page, 4000);
    expect(textsOf(page)).to.deep.equal([]);
  });

  it('takes the replay of a cache channel for news once', async () => {
    // elements.md N5
    const page = await render(html`<pusher-toasts channel="cache-user" event="notice"></pusher-toasts>`);
    page.publish('cache-user', 'notice', { title: 'Sale' });
    await drawn(page);
    expect(textsOf(page)).to.deep.equal(['Sale']);
    toastsOf(page).clear();
    page.app.connection()!.drop();
    await pass(page, 5000);
    expect(page.app.connection()).to.not.equal(undefined);
    expect(textsOf(page)).to.deep.equal([]);
    page.publish('cache-user', 'notice', { title: 'Sale' });
    await drawn(page);
    expect(textsOf(page)).to.deep.equal(['Sale']);
  });

  describe('with a template', () => {
    const own = html`<pusher-toasts channel="user" event="notice">
      <template
        ><div class="mine">
          <b data-pe-text="who"></b> <a href="#" data-pe-attr-href="url">Open</a
          ><button type="button">Undo</button>
        </div></template
      >
    </pusher-toasts>`;

    it('shows a copy of it in each toast, in the reach of the styles of the page', async () => {
      const page = await render(own);
      await send(page, { who: 'Ada', url: '/a' }, { who: 'Bo', url: 'javascript:alert(1)' });
      const [ada, bo] = toastsOf(page).querySelectorAll<HTMLElement>('.mine');
      expect(textOf(ada!)).to.equal('Ada OpenUndo');
      expect(ada!.checkVisibility()).to.equal(true);
      expect(cardsOf(page)[0]!.contains(ada!.assignedSlot)).to.equal(true);
      expect(ada!.querySelector('a')!.getAttribute('href')).to.equal('/a');
      expect(bo!.querySelector('a')!.getAttribute('href')).to.equal('#');
      closeOf(cardsOf(page)[0]!).click();
      await drawn(page);
      expect([...toastsOf(page).querySelectorAll('.mine')].map(textOf)).to.deep.equal(['Bo OpenUndo']);
    });

    it('says which toast a button in it belongs to, and closes that', async () => {
      const page = await render(own);
      const said = reasonsOf(page);
      let pressed: unknown;
      page.root.addEventListener('pusher-toast-click', ({ toast }: PusherToastClickEvent) => {
        pressed = toast.data;
      });
      await send(page, { who: 'Ada' }, { who: 'Bo' });
      toastsOf(page).querySelectorAll<HTMLElement>('.mine button')[1]!.click();
      await drawn(page);
      expect(pressed).to.deep.equal({ who: 'Bo' });
      expect(toastsOf(page).querySelectorAll('.mine')).to.have.length(1);
      expect(said).to.deep.equal([': click']);
    });
  });

  describe('that are too many', () => {
    it('counts what comes beyond max, so that a burst is one line', async () => {
      const page = await render();
      const shown = recordEvents(page.root, ['pusher-toast-show']);
      await send(page, ...many(16));
      expect(textsOf(page)).to.deep.equal(['Order 1', 'Order 2', 'Order 3', 'Order 4']);
      expect(textOf(partOf(page, 'new')!)).to.equal('12 new');
      expect(shown).to.have.length(16);
    });

    it('shows what it has counted when that is pressed, the last 20 of it', async () => {
      const page = await render(
        html`<pusher-toasts channel="user" event="notice" max="1" duration="0"></pusher-toasts>`,
      );
      const said = reasonsOf(page);
      await send(page, ...many(23));
      expect(textOf(partOf(page, 'new')!)).to.equal('22 new');
      expect(said).to.deep.equal(['Order 2: overflow', 'Order 3: overflow']);
      partOf(page, 'new')!.click();
      await drawn(page);
      expect(textsOf(page)).to.have.length(21);
      expect(textsOf(page)[20]).to.equal('Order 23');
      expect(partOf(page, 'new')).to.equal(null);
      expect(said).to.have.length(2);
    });

    it('forgets what it has counted when its time is over, or somebody closes it', async () => {
      const page = await render(html`<pusher-toasts channel="user" event="notice" max="1"></pusher-toasts>`);
      const said = reasonsOf(page);
      await send(page, ...many(3));
      closeOf(partOf(page, 'new')!.parentElement!).click();
      await drawn(page);
      expect(said).to.deep.equal(['Order 2: user', 'Order 3: user']);
      await send(page, { title: 'later' });
      expect(textOf(partOf(page, 'new')!)).to.equal('1 new');
      await pass(page, 8000);
      expect(said.slice(2)).to.deep.equal(['Order 1: timeout', 'later: timeout']);
      expect(partOf(page, 'region')!.checkVisibility()).to.equal(false);
    });

    it('finds one that is only counted by its id, to change it and to close it', async () => {
      const page = await render(html`<pusher-toasts max="1"></pusher-toasts>`);
      const toasts = toastsOf(page);
      for (const id of ['a', 'b', 'c', 'b']) toasts.show({ id, title: id });
      await drawn(page);
      expect(textOf(partOf(page, 'new')!)).to.equal('2 new');
      toasts.dismiss('c');
      await drawn(page);
      expect(textOf(partOf(page, 'new')!)).to.equal('1 new');
      toasts.dismiss('a');
      toasts.show({ id: 'b', title: 'b2' });
      await drawn(page);
      expect(textsOf(page)).to.deep.equal(['b2']);
      expect(partOf(page, 'new')).to.equal(null);
    });

    it('gives what is urgent the place of what is not', async () => {
      const page = await render(html`<pusher-toasts channel="user" event="notice" max="2"></pusher-toasts>`);
      await send(page, ...many(2), { title: 'Paying has failed', level: 'error' });
      expect(textsOf(page)).to.deep.equal(['Order 2', 'Paying has failed']);
      expect(textOf(partOf(page, 'new')!)).to.equal('1 new');
    });
  });

  describe('with an address', () => {
    it('says that it is followed, and closes', async () => {
      const page = await render();
      const said = reasonsOf(page);
      await send(page, { title: 'Open', href: '#there' });
      partOf(page, 'link')!.click();
      await drawn(page);
      expect(location.hash).to.equal('#there');
      expect(said).to.deep.equal(['Open: click']);
      history.replaceState(null, '', location.pathname + location.search);
    });

    it('is not followed, and stays, where a listener cancels', async () => {
      const page = await render();
      await send(page, { title: 'Open', href: '#nowhere' });
      page.root.addEventListener('pusher-toast-click', (event) => {
        event.preventDefault();
      });
      partOf(page, 'link')!.click();
      await drawn(page);
      expect(location.hash).to.equal('');
      expect(textsOf(page)).to.deep.equal(['Open']);
    });
  });

  describe('that is moved or removed', () => {
    it('keeps its toasts over a move', async () => {
      const page = await render();
      await send(page, { title: 'A' });
      page.root.append(document.createElement('section'));
      page.root.lastElementChild!.append(toastsOf(page));
      await drawn(page);
      expect(textsOf(page)).to.deep.equal(['A']);
      expect(partOf(page, 'region')!.checkVisibility()).to.equal(true);
      await pass(page, 8000);
      expect(textsOf(page)).to.deep.equal([]);
    });

    it('leaves nothing behind when it goes, and begins anew when it comes back', async () => {
      const page = await render(
        html`<pusher-toasts max="1"
          ><template><p>x</p></template></pusher-toasts
        >`,
      );
      const toasts = toastsOf(page);
      toasts.show('A');
      toasts.show('B');
      await drawn(page);
      expect(page.clock.pendingTimers).to.be.greaterThan(1);
      const children = toasts.childElementCount;
      toasts.remove();
      page.connection.remove();
      await page.clock.advance(1000);
      expect(page.clock.pendingTimers).to.equal(0);
      expect(toasts.childElementCount).to.equal(children - 1);
      page.root.append(toasts);
      await drawn(page);
      expect(textsOf(page)).to.deep.equal([]);
    });
  });

  describe('that is written wrongly', () => {
    it('says that events have no text where the paths lead', async () => {
      const said = await warningsDuring(async () => {
        const page = await render();
        await send(page, { message: 'x' }, { message: 'y' }, null, []);
        expect(textsOf(page)).to.deep.equal([]);
      });
      expect(said).to.have.length(1);
      expect(said[0]).to.contain('title-path="title"');
    });

    it('says that it has a channel and no event', async () => {
      const said = await warningsDuring(() => render(html`<pusher-toasts channel="user"></pusher-toasts>`));
      expect(said.join()).to.contain('Add event="…"');
    });

    it('says what a placement and a duration may be', async () => {
      const said = await warningsDuring(() =>
        render(
          html`<pusher-toasts
            channel="a"
            event="b"
            placement="middle"
            duration="long"
            max="0"
          ></pusher-toasts>`,
        ),
      );
      expect(said).to.have.length(3);
      expect(said.join())
        .to.contain('placement="middle"')
        .and.contain('duration="long"')
        .and.contain('max="0"');
    });

    it('leaves what else is inside where it is: a page that a self-closed tag has swallowed', async () => {
      // elements.md §4.1
      const page = await render(
        html`<pusher-toasts channel="user" event="notice"><p>the rest of the page</p></pusher-toasts>`,
      );
      await send(page, { title: 'A' });
      const rest = page.root.querySelector('p')!;
      expect(rest.checkVisibility()).to.equal(true);
      expect(rest.getBoundingClientRect().height).to.be.greaterThan(0);
      expect(textsOf(page)).to.deep.equal(['A']);
    });
  });

  it('speaks the language of the page, and says what it is told instead', async () => {
    const page = await render(html`<div lang="en">${notices}</div>`);
    await send(page, ...many(5));
    const region = partOf(page, 'region')!;
    expect(region.getAttribute('aria-label')).to.equal('Notifications');
    expect(closeOf(region).getAttribute('aria-label')).to.equal('Close');
    toastsOf(page).label = 'News';
    toastsOf(page).labelClose = 'Away with it';
    await drawn(page);
    expect(region.getAttribute('aria-label')).to.equal('News');
    expect(closeOf(cardsOf(page)[0]!).getAttribute('aria-label')).to.equal('Away with it');
    toastsOf(page).label = '';
    page.root.querySelector('div')!.lang = 'de';
    await waitUntil(() => region.getAttribute('aria-label') === 'Benachrichtigungen', 'German is loaded');
    expect(textOf(partOf(page, 'new')!)).to.equal('1 neu');
  });
});
