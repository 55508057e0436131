/** `<pusher-presence>` as elements.md §2 and issue 4 item 4 describe it. */
import { expect, nextFrame } from '@open-wc/testing';
import type { PusherPresenceElement } from '../../../components/index.js';
import { installEndpoint } from '../endpoint.js';
import type { Endpoint } from '../endpoint.js';
import { html, recordEvents, warningsDuring } from '../support.js';
import { idsOf, namesOf, parts, renderPresence, textOf } from './presence-rig.js';

const memberEvents = ['pusher-member-added', 'pusher-member-removed', 'pusher-presence-change'];

describe('<pusher-presence>', () => {
  let endpoint: Endpoint;
  beforeEach(() => {
    endpoint = installEndpoint();
  });
  afterEach(() => {
    endpoint.restore();
  });

  describe('who is there', () => {
    it('shows the others, in the order in which they came, as they come and go', async () => {
      const page = await renderPresence(
        html`<pusher-presence channel="presence-room" leave-grace="0"></pusher-presence>`,
      );
      const { element } = page;
      expect([element.count, element.me?.id]).to.deep.equal([0, '7']);
      await page.come('8');
      const guest = await page.come('9');
      await page.come('10');
      expect(namesOf(element)).to.deep.equal(['N8', 'N9', 'N10']);
      expect(idsOf(element)).to.deep.equal(['8', '9', '10']);
      await guest.leave();
      expect(namesOf(element)).to.deep.equal(['N8', 'N10']);
      expect(element.count).to.equal(2);
    });

    it('shows ourselves with include-me, also when that is set later', async () => {
      const page = await renderPresence(
        html`<pusher-presence channel="presence-room" include-me></pusher-presence>`,
      );
      expect(namesOf(page.element)).to.deep.equal(['Mo']);
      page.element.includeMe = false;
      await page.element.updateComplete;
      await page.written();
      expect(namesOf(page.element)).to.deep.equal([]);
      expect(page.element.matches(':state(empty)')).to.equal(true);
    });

    it('shows a user with several pages open once', async () => {
      const page = await renderPresence(
        html`<pusher-presence channel="presence-room" leave-grace="0"></pusher-presence>`,
      );
      const first = await page.come('8');
      await page.come('8');
      expect(namesOf(page.element)).to.deep.equal(['N8']);
      await first.leave();
      expect(namesOf(page.element)).to.deep.equal(['N8']);
    });

    it('uses the channel around it where it has none of its own, and asks once for both', async () => {
      const page = await renderPresence(
        html`<pusher-channel name="room" type="presence"
          ><p><pusher-presence include-me view="count"></pusher-presence></p
        ></pusher-channel>`,
      );
      expect(textOf(page.element, 'count')).to.equal('1 person here');
      expect(page.subscriptions()).to.deep.equal(['+presence-room']);
    });

    it('orders by a path of the info: texts as a reader does, numbers by value, who has none last', async () => {
      const page = await renderPresence(
        html`<pusher-presence channel="presence-room" sort="name" view="list"></pusher-presence>`,
      );
      for (const [id, name] of ['zoe', 'Émile', undefined, 'eric', 'Team 10', 'Team 9'].entries())
        page.join(String(id), { name, points: id });
      await page.written();
      expect(namesOf(page.element)).to.deep.equal(['Émile', 'eric', 'Team 9', 'Team 10', 'zoe', '2']);
      page.element.sort = '-points';
      await page.element.updateComplete;
      await page.written();
      expect(idsOf(page.element)).to.deep.equal(['5', '4', '3', '2', '1', '0']);
    });

    it('has other members with another channel, and never mixes them', async () => {
      const page = await renderPresence(
        html`<pusher-presence channel="presence-room" view="list"></pusher-presence>`,
      );
      await page.come('8');
      const seen = recordEvents(page.element, memberEvents);
      page.element.channel = 'presence-other';
      await page.element.updateComplete;
      await page.written();
      expect(namesOf(page.element)).to.deep.equal([]);
      expect(seen).to.deep.equal(['pusher-presence-change']);
    });
  });

  describe('who leaves', () => {
    it('stays for five seconds, so that a reload of a peer does not blink', async () => {
      const page = await renderPresence(html`<pusher-presence channel="presence-room"></pusher-presence>`);
      const { element } = page;
      const guest = await page.come('8');
      const [tile] = parts(element, 'member');
      const seen = recordEvents(element, memberEvents);
      await guest.leave();
      await page.clock.advance(4000);
      expect(namesOf(element)).to.deep.equal(['N8']);
      const again = await page.come('8', { name: 'Eight' });
      await page.clock.advance(60_000);
      await page.written();
      expect(seen).to.deep.equal([]);
      expect(namesOf(element)).to.deep.equal(['Eight']);
      expect(parts(element, 'member')[0] === tile, 'the same element').to.equal(true);
      await again.leave();
      await page.clock.advance(4999);
      expect(element.count).to.equal(1);
      await page.clock.advance(1);
      await page.written();
      expect(element.count).to.equal(0);
      expect(seen).to.deep.equal(['pusher-member-removed', 'pusher-presence-change']);
    });

    it('goes after as many seconds as leave-grace says, also when it is shortened meanwhile', async () => {
      const page = await renderPresence(
        html`<pusher-presence channel="presence-room" leave-grace="1m"></pusher-presence>`,
      );
      page.join('8');
      page.join('9');
      await page.written();
      page.leave('8');
      await page.clock.advance(20_000);
      page.leave('9');
      await page.clock.advance(39_999);
      expect(idsOf(page.element)).to.deep.equal(['8', '9']);
      await page.clock.advance(1);
      expect(idsOf(page.element)).to.deep.equal(['9']);
      page.element.leaveGrace = 2;
      await page.element.updateComplete;
      expect(idsOf(page.element)).to.deep.equal([]);
    });

    it('leaves no timer behind with the element, and is gone when it comes back', async () => {
      const page = await renderPresence(html`<pusher-presence channel="presence-room"></pusher-presence>`);
      const guest = await page.come('8');
      await guest.leave();
      const { element } = page;
      const { parentElement: parent } = element;
      element.remove();
      await page.clock.advance(10_000);
      expect(idsOf(element)).to.deep.equal(['8']);
      parent!.append(element);
      await page.written();
      expect(idsOf(element)).to.deep.equal([]);
    });
  });

  describe('over a loss of the connection', () => {
    it('keeps who was there, says that it is stale, and then tells of the differences only', async () => {
      const page = await renderPresence(
        html`<pusher-presence channel="presence-room" leave-grace="5"></pusher-presence>`,
      );
      const { element, app, clock } = page;
      await page.come('8');
      const gone = await page.come('9');
      const seen: string[] = [];
      for (const type of memberEvents.slice(0, 2))
        element.addEventListener(type, (event) => {
          seen.push(`${event.type} ${(event as unknown as { member: { id: string } }).member.id}`);
        });
      app.connections[0]!.drop();
      await page.written();
      expect(element.matches(':state(stale)')).to.equal(true);
      expect(namesOf(element)).to.deep.equal(['N8', 'N9']);
      await gone.leave();
      await page.come('10');
      await clock.advance(1000);
      await page.written();
      expect(element.matches(':state(stale)')).to.equal(false);
      expect(namesOf(element)).to.deep.equal(['N8', 'N9', 'N10']);
      await clock.advance(5000);
      await page.written();
      expect(namesOf(element)).to.deep.equal(['N8', 'N10']);
      expect(seen).to.deep.equal(['pusher-member-added 10', 'pusher-member-removed 9']);
    });
  });

  describe('what it tells', () => {
    it('says who came and who went with the member, and once per frame that others are shown', async () => {
      const page = await renderPresence(
        html`<pusher-presence channel="presence-room" leave-grace="0"></pusher-presence>`,
      );
      const seen: unknown[] = [];
      page.root.addEventListener('pusher-member-added', ({ channel, member }) => {
        seen.push(['+', channel, member.id, page.element.count]);
      });
      page.root.addEventListener('pusher-member-removed', ({ member }) => {
        seen.push(['−', member.id, page.element.count]);
      });
      page.root.addEventListener('pusher-presence-change', ({ count, members, cancelable, composed }) => {
        seen.push([count, members.length, cancelable, composed]);
      });
      page.join('8');
      page.join('9');
      page.leave('8');
      await page.written();
      expect(seen).to.deep.equal([
        ['+', 'presence-room', '8', 1],
        ['+', 'presence-room', '9', 2],
        ['−', '8', 1],
        [1, 1, false, true],
      ]);
    });

    it('does not tell of each who was there before, but of the first roster', async () => {
      const seen: string[] = [];
      recordEvents(document, memberEvents, seen);
      await renderPresence(html`<pusher-presence channel="presence-room" include-me></pusher-presence>`);
      expect(seen).to.deep.equal(['pusher-presence-change']);
    });
  });

  describe('with max', () => {
    it('shows so many, and how many more there are', async () => {
      const page = await renderPresence(
        html`<pusher-presence channel="presence-room" max="2" lang="en"></pusher-presence>`,
      );
      const { element } = page;
      for (let id = 10; id < 1244; id += 1) page.join(String(id));
      await page.written();
      expect(namesOf(element)).to.deep.equal(['N10', 'N11']);
      expect(element.count).to.equal(1234);
      const [overflow] = parts(element, 'overflow');
      expect(overflow!.querySelector('[aria-hidden]')!.textContent).to.equal('+1,232');
      expect(overflow!.querySelector('.unseen')!.textContent).to.equal('1,232 more');
      element.view = 'list';
      await element.updateComplete;
      await page.written();
      expect(textOf(element, 'overflow')).to.equal('1,232 more');
      element.max = undefined;
      await element.updateComplete;
      await page.written();
      expect(parts(element, 'overflow')).to.deep.equal([]);
      expect(parts(element, 'member')).to.have.length(1234);
    });

    it('shows the slot overflow instead of the number, only where there is one', async () => {
      const page = await renderPresence(
        html`<pusher-presence channel="presence-room" max="1"
          ><b slot="overflow">and others</b></pusher-presence
        >`,
      );
      const slotted = page.root.querySelector('b')!;
      page.join('8');
      await page.written();
      expect(slotted.checkVisibility()).to.equal(false);
      page.join('9');
      await page.written();
      expect(slotted.checkVisibility()).to.equal(true);
    });
  });

  describe('before and without members', () => {
    it('shows what is inside until the members are known, and the slot empty while nobody is there', async () => {
      endpoint.status = 403;
      const page = await renderPresence(
        html`<pusher-presence channel="presence-room"
          ><i>Members only</i><b slot="empty">Only you</b></pusher-presence
        >`,
      );
      const [inside, empty] = page.element.children;
      const seen = (): boolean[] => [inside!.checkVisibility(), empty!.checkVisibility()];
      expect(seen()).to.deep.equal([true, false]);
      endpoint.status = 200;
      page.element.channel = 'presence-other';
      await page.element.updateComplete;
      await page.written();
      expect(seen()).to.deep.equal([false, true]);
      expect(page.element.matches(':state(empty)')).to.equal(true);
    });
  });

  describe('with a template', () => {
    it('makes one row for each member, where the template is, and writes it anew when the info changes', async () => {
      const page = await renderPresence(
        html`<pusher-presence channel="presence-room" max="2" leave-grace="0">
          <ul>
            <template
              ><li><b data-pe-text="name"></b> <i data-pe-text="$userId"></i></li
            ></template>
          </ul>
          <p slot="empty">Nobody</p>
        </pusher-presence>`,
      );
      const rows = (): string[] =>
        [...page.root.querySelectorAll('ul > li')].map(({ textContent }) => textContent.trim());
      const nobody = page.root.querySelector('p')!;
      expect([rows(), nobody.checkVisibility()]).to.deep.equal([[], true]);
      for (const id of ['8', '9', '10']) page.join(id);
      await page.written();
      expect([rows(), nobody.checkVisibility()]).to.deep.equal([['N8 8', 'N9 9'], false]);
      expect(textOf(page.element, 'overflow')).to.contain('1 more');
      const [, second] = page.root.querySelectorAll('li');
      page.leave('8');
      page.leave('10');
      page.leave('9');
      page.join('9', { name: 'Nine' });
      await page.written();
      expect(rows()).to.deep.equal(['Nine 9']);
      expect(page.root.querySelector('li')!.isSameNode(second!), 'the same row').to.equal(true);
    });

    it('keeps rows of the server until the members are known, and no row of another channel', async () => {
      endpoint.status = 403;
      const page = await renderPresence(
        html`<pusher-presence channel="presence-other" include-me
          ><template><p data-pe-text="name"></p></template>
          <p data-pe-key="7" data-pe-text="name">from the server</p></pusher-presence
        >`,
      );
      const rows = (): string[] => [...page.root.querySelectorAll('p')].map(({ textContent }) => textContent);
      expect(rows()).to.deep.equal(['from the server']);
      const [row] = page.root.querySelectorAll('p');
      endpoint.status = 200;
      page.element.channel = 'presence-room';
      await page.element.updateComplete;
      await page.written();
      expect(rows()).to.deep.equal(['Mo']);
      expect(page.root.querySelector('p')!.isSameNode(row!)).to.equal(true);
      endpoint.status = 403;
      page.element.channel = 'presence-elsewhere';
      await page.element.updateComplete;
      await page.written();
      expect(rows()).to.deep.equal([]);
    });

    it('shows members about whom the server says nothing', async () => {
      const page = await renderPresence(
        html`<pusher-presence channel="presence-room"
          ><template><p data-pe-text="name">somebody</p></template></pusher-presence
        >`,
      );
      page.join('8', null);
      await page.written();
      expect(page.root.querySelector('p')!.textContent).to.equal('somebody');
    });
  });

  describe('view="count"', () => {
    it('says how many in the language of the page, with its plural', async () => {
      const page = await renderPresence(
        html`<p lang="en"><pusher-presence channel="presence-room" view="count"></pusher-presence></p>`,
      );
      const { element } = page;
      const said = [textOf(element, 'count')];
      page.join('8');
      await page.written();
      said.push(textOf(element, 'count'));
      page.join('9');
      await page.written();
      said.push(textOf(element, 'count'));
      expect(said).to.deep.equal(['0 people here', '1 person here', '2 people here']);
      expect(getComputedStyle(element).display).to.equal('inline');
      // Nothing around it, so that it can stand in brackets.
      expect(parts(element, 'base')[0]!.innerText).to.equal('2 people here');
      const languages: Record<string, string> = {
        de: '2 Personen hier',
        es: '2 personas aquí',
        ar: 'شخصان هنا',
      };
      for (const [language, text] of Object.entries(languages)) {
        element.parentElement!.lang = language;
        for (let frame = 0; frame < 200 && textOf(element, 'count') !== text; frame += 1) await nextFrame();
        expect(textOf(element, 'count')).to.equal(text);
      }
    });

    it('takes label-one and label-other instead, and the slot empty for nobody', async () => {
      const page = await renderPresence(
        html`<pusher-presence
          channel="presence-room"
          view="count"
          label-one="{count} other reader"
          label-other="{count} other readers"
          ><b slot="empty">Only you</b></pusher-presence
        >`,
      );
      const { element } = page;
      expect(element.querySelector('b')!.checkVisibility()).to.equal(true);
      expect(textOf(element, 'count')).to.equal('');
      page.join('8');
      await page.written();
      expect(textOf(element, 'count')).to.equal('1 other reader');
      page.join('9');
      await page.written();
      expect(textOf(element, 'count')).to.equal('2 other readers');
      expect(element.querySelector('b')!.checkVisibility()).to.equal(false);
    });
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`passes axe in each view, with members, too many and none, on a ${colorScheme} page`, async () => {
      const page = await renderPresence(html`
        <section>
          <pusher-presence channel="presence-room" max="2"></pusher-presence>
          <pusher-presence channel="presence-room" max="2" view="list"></pusher-presence>
          <p><pusher-presence channel="presence-room" view="count"></pusher-presence></p>
          <pusher-presence channel="presence-room"><i slot="empty">Only you</i></pusher-presence>
        </section>
      `);
      const section = page.root.querySelector<HTMLElement>('section')!;
      Object.assign(section.style, { colorScheme, background: 'Canvas', color: 'CanvasText' });
      await expect(section).to.be.accessible();
      for (const id of ['8', '9', '10', '11']) page.join(id);
      await page.written();
      await expect(section).to.be.accessible();
    });

  it('is read as a list whose name is the sentence, and each avatar by its name', async () => {
    const page = await renderPresence(
      html`<pusher-presence channel="presence-room" lang="en"></pusher-presence>`,
    );
    page.join('8', { name: 'Ada' });
    page.join('9', { name: 'Grace' });
    await page.written();
    const list = page.element.shadowRoot!.querySelector('[role="list"]')!;
    expect(list.ariaLabel).to.equal('2 people here');
    const items = [...list.querySelectorAll('[role="listitem"]')];
    expect(
      items.map((item) => item.querySelector(':scope > :not([aria-hidden])')!.textContent),
    ).to.deep.equal(['Ada', 'Grace']);
  });

  it('is read out with announce: the number, not each who comes', async () => {
    const page = await renderPresence(
      html`<pusher-presence channel="presence-room" announce lang="en"></pusher-presence>`,
    );
    for (const id of ['8', '9', '10']) page.join(id);
    await page.written();
    const region = document.querySelector('[data-pusher-announcer][role="status"]')!;
    for (let frame = 0; frame < 600 && region.textContent !== '3 people here'; frame += 1) await nextFrame();
    expect(region.textContent).to.equal('3 people here');
  });

  it('writes a burst of thousands once, and what has not changed not at all', async () => {
    const page = await renderPresence(
      html`<pusher-presence channel="presence-room" sort="name" leave-grace="0" max="5"></pusher-presence>`,
    );
    const { element } = page;
    let writes = 0;
    const observer = new MutationObserver(() => {
      writes += 1;
    });
    observer.observe(element.shadowRoot!, { childList: true, subtree: true, characterData: true });
    const changes = recordEvents(element, ['pusher-presence-change']);
    for (let id = 10_000; id < 13_000; id += 1) page.join(String(id));
    for (let id = 11_000; id < 13_000; id += 1) page.leave(String(id));
    await page.written();
    expect(element.count).to.equal(1000);
    expect(changes).to.have.length(1);
    expect(writes).to.equal(1);
    // Beyond max, and with the same number: nothing to write.
    page.leave('10999');
    page.join('20000');
    await page.written();
    observer.disconnect();
    expect(writes).to.equal(1);
  });

  describe('that is written wrongly', () => {
    const said = async (act: () => Promise<PusherPresenceElement>): Promise<string> =>
      (await warningsDuring(act)).join('\n');

    it('says once that its channel does not tell who is there', async () => {
      const warning = await said(
        async () => (await renderPresence(html`<pusher-presence channel="room"></pusher-presence>`)).element,
      );
      expect(warning).to.equal(
        '[pusher-elements] <pusher-presence channel="room">: the channel "room" does not tell who is there. ' +
          'Write channel="presence-…".',
      );
    });

    it('says what view, max and leave-grace mean, and shows the usual', async () => {
      let element!: PusherPresenceElement;
      const warning = await said(async () => {
        ({ element } = await renderPresence(
          html`<pusher-presence
            channel="presence-room"
            view="faces"
            max="0"
            leave-grace="soon"
            include-me
          ></pusher-presence>`,
        ));
        return element;
      });
      for (const text of ['view="faces"', 'max="0"', 'leave-grace="soon"']) expect(warning).to.contain(text);
      expect(namesOf(element)).to.deep.equal(['Mo']);
    });
  });
});
