/** The markup of our elements after content systems have been at it works, or says what is wrong (issue 4; elements.md §4.1). */
import { expect, nextFrame } from '@open-wc/testing';
import type { PusherConnectionElement } from '../../../components/index.js';
import { upgrade } from '../../../components/loader/upgrade.js';
import { createWorld, key, warningsDuring } from '../support.js';
import type { World } from '../support.js';
import { drupal, kses, parse, selfClosed, untouched, wpautop, wptexturize } from './pipelines.js';
import { classic, filtered } from './wordpress.js';
import { waitUntil } from '../../wait-until.js';

/** A page with this markup, in one connection, once everything in it is settled. */
async function show(markup: string, world: World = createWorld()): Promise<HTMLElement & { world: World }> {
  const content = document.importNode(parse(markup), true);
  let connection: PusherConnectionElement | null = content.querySelector('pusher-connection');
  const root = document.createElement('div');
  root.append(content);
  if (!connection) {
    connection = document.createElement('pusher-connection');
    connection.appKey = key;
    root.prepend(connection);
  }
  customElements.upgrade(root);
  connection.options = world.options;
  document.body.append(root);
  await settle(world);
  return Object.assign(root, { world });
}

async function settle({ clock }: World): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await clock.advance(0);
    await nextFrame();
  }
}

const channelMarkup = `<pusher-channel name="prices"><b>Prices</b></pusher-channel>`;
const statusMarkup = `<p>It is <pusher-status grace="0" label-connected="live"></pusher-status></p>`;
const valueMarkup = `<p>Bid <pusher-value channel="prices" event="tick" field="bid">…</pusher-value></p>`;
const dataValue = `<p>Bid <pusher-value data-channel="prices" data-event="tick" data-field="bid">…</pusher-value></p>`;
const listMarkup = `<pusher-list channel="prices" event="tick" item-key="bid">
  <template>
    <p class="row"><b data-pe-text="bid"></b></p>
  </template>
</pusher-list>`;
const spacedList = `<pusher-list channel="prices" event="tick" item-key="bid">

<template><b data-pe-text="bid"></b></template>

</pusher-list>`;
const paragraphList = spacedList
  .replace('<template>', '<p><template>')
  .replace('</template>', '</template></p>');
const connectionMarkup = `<pusher-connection app-key="${key}" cluster="eu"></pusher-connection>`;

type Check = (root: HTMLElement) => boolean;
const isSubscribed: Check = (root) => root.querySelector('pusher-channel')?.state === 'subscribed';
const isLive: Check = (root) =>
  root.querySelector('pusher-status')?.shadowRoot?.querySelector('[part~=label]')?.textContent.trim() ===
  'live';
const hasValue: Check = (root) => root.querySelector('pusher-value')?.textContent === '41';
const hasRow: Check = (root) =>
  root.querySelector('pusher-list [data-pe-key="41"]')?.textContent.trim() === '41';
const isConnected: Check = (root) => root.querySelector('pusher-connection')?.state === 'connected';
const ours = [
  'pusher-value',
  'pusher-list',
  'pusher-channel',
  'pusher-status',
  'pusher-connection',
  'template',
];
const allowed = (markup: string): string => kses(markup, ours);
const asData = (markup: string): string => markup.replaceAll(/ (?!data-)([a-z-]+)=/g, ' data-$1=');

/** What is written, what is done to it, and what is right afterwards. */
const works: readonly (readonly [
  what: string,
  markup: string,
  pipeline: (markup: string) => string,
  check: Check,
])[] = [
  ['a value as it was written', valueMarkup, untouched, hasValue],
  ['a value in a paragraph of the classic editor', valueMarkup, wptexturize, hasValue],
  ['a value in a sentence of the classic editor', valueMarkup.replaceAll(/<\/?p>/g, ''), wpautop, hasValue],
  ['a value in a Drupal text format', valueMarkup, drupal, hasValue],
  ['a value by data attributes, of an author whose tags are allowed', dataValue, allowed, hasValue],
  ['a pretty-printed list in the classic editor', listMarkup, wpautop, hasRow],
  ['a list with its template in a paragraph', paragraphList, untouched, hasRow],
  ['a list with curled texts', listMarkup, wptexturize, hasRow],
  ['a list in a Drupal text format', listMarkup, drupal, hasRow],
  [
    'a list by data attributes, of an author whose tags are allowed',
    listMarkup.replace(/<pusher-list[^>]*>/, asData),
    allowed,
    hasRow,
  ],
  ['a status in the classic editor', statusMarkup, wpautop, isLive],
  ['a status in a Drupal text format', statusMarkup, drupal, isLive],
  ['a status by data attributes', asData(statusMarkup), allowed, isLive],
  ['a channel in the classic editor', `${channelMarkup}\n\nText`, wpautop, isSubscribed],
  ['a channel in a Drupal text format', channelMarkup, drupal, isSubscribed],
  ['a channel by data attributes', asData(channelMarkup), allowed, isSubscribed],
  [
    'a self-closing channel, around what follows',
    `<p><pusher-channel name="prices" /> Text</p>`,
    untouched,
    isSubscribed,
  ],
  ['a connection in the classic editor', `${connectionMarkup}\n\nText`, wpautop, isConnected],
  ['a connection in a Drupal text format', connectionMarkup, drupal, isConnected],
  ['a connection by data attributes', asData(connectionMarkup), allowed, isConnected],
  [
    'a self-closing connection, around what follows',
    `${connectionMarkup}${channelMarkup}`,
    selfClosed,
    isSubscribed,
  ],
];

describe('after a content system', () => {
  afterEach(() => {
    document.querySelectorAll('body > div').forEach((root) => {
      if (root.querySelector('pusher-connection')) root.remove();
    });
  });

  for (const [what, markup, pipeline, check] of works)
    it(`works and complains of nothing: ${what}`, async () => {
      const said = await warningsDuring(async () => {
        const root = await show(pipeline(markup));
        root.world.publish('prices', 'tick', { bid: 41 });
        await settle(root.world);
        await waitUntil(() => check(root), root.innerHTML);
      });
      expect(said).to.deep.equal([]);
    });

  describe('WordPress, as it ran', () => {
    const isTorn = (what: string): boolean => what.startsWith('a list after a paragraph that ends with');
    const isRight = (root: HTMLElement): boolean => {
      const tags = [...root.querySelectorAll('pusher-value, pusher-list, pusher-status, pusher-channel')];
      return tags.every((tag) =>
        tag.localName === 'pusher-value'
          ? tag.textContent === '41'
          : tag.localName === 'pusher-list'
            ? tag.querySelector('[data-pe-key="41"]')?.textContent.trim() === '41'
            : tag.localName === 'pusher-status'
              ? tag.matches(':state(connected)')
              : isSubscribed(root),
      );
    };
    /** What the loader does with `data-pusher`. */
    const load = (markup: string): string => {
      const root = document.createElement('div');
      root.append(parse(markup));
      for (const source of root.querySelectorAll<HTMLElement>('[data-pusher]'))
        upgrade(source, source.dataset['pusher']!);
      return root.innerHTML;
    };
    const becomesLive = async (root: Awaited<ReturnType<typeof show>>): Promise<void> => {
      root.world.publish('prices', 'tick', { bid: 41, url: '/41' });
      await settle(root.world);
      await waitUntil(() => isRight(root), root.innerHTML);
    };

    for (const { what, shown } of classic.filter(({ what }) => !isTorn(what)))
      it(`of the classic editor works: ${what}`, async () => {
        const said = await warningsDuring(async () => {
          await becomesLive(await show(shown));
        });
        expect(said).to.deep.equal([]);
      });

    it('of the classic editor says what is wrong with a list that was put into a paragraph', async () => {
      const { shown = '' } = classic.find(({ what }) => isTorn(what)) ?? {};
      const said = await warningsDuring(() => show(shown));
      expect(said.join('\n')).to.contain('It is in a <p>, which ends where a list or a table begins');
    });

    for (const { what, shown } of filtered)
      it(`works for an author who may not write all HTML: ${what}`, async () => {
        const markup = load(shown);
        expect(markup).to.contain('<pusher-');
        const said = await warningsDuring(async () => {
          const root = await show(markup);
          await becomesLive(root);
          expect(root.textContent).not.to.contain('None yet');
        });
        expect(said).to.deep.equal([]);
      });
  });

  it('the text stays where an author’s tags are not allowed', async () => {
    const root = await show(kses(valueMarkup));
    expect(root.textContent).to.equal('Bid …');
    expect(kses(statusMarkup)).to.equal('<p>It is </p>');
  });

  it('an allowed tag whose attributes were taken away says what it lacks', async () => {
    const said = await warningsDuring(() => show(allowed(`${valueMarkup}${channelMarkup}`)));
    expect(said.join('\n')).to.match(/<pusher-value>: it has no event, .*Write event="…"/);
    expect(said.join('\n')).to.match(/<pusher-channel>: it has no name, .*Write name="…"/);
  });

  it('a list whose template was taken away says so, and keeps what is inside', async () => {
    const markup = kses(listMarkup, ['pusher-list']);
    const said = await warningsDuring(() => show(markup));
    expect(said.join('\n')).to.contain('it has no <template>, so nothing is shown.');
  });

  it('a list that a blank line has torn apart in the classic editor says that its template is gone', async () => {
    // The first paragraph ends right behind the tag, and so does the list.
    const said = await warningsDuring(() => show(wpautop(spacedList)));
    expect(said.join('\n')).to.contain('it has no <template>, so nothing is shown.');
  });

  it('a label keeps its colon in Drupal where it is written data-label-…', async () => {
    const label =
      '<pusher-status label-connected="State: live" data-label-connected="State: live"></pusher-status>';
    const [plain] = /label-connected="[^"]*"/.exec(drupal(label)) ?? [];
    expect(plain).to.equal('label-connected=" live"');
    const root = await show(drupal(label.replace(' label-connected="State: live"', '')));
    await waitUntil(
      () =>
        root
          .querySelector('pusher-status')!
          .shadowRoot!.querySelector('[part~=label]')!
          .textContent.includes('State: live'),
      'the label is whole',
    );
  });

  for (const [what, markup] of [
    [
      'a value that holds the rest of its sentence',
      '<p>Bid <pusher-value channel="prices" event="tick" field="bid" /> EUR</p>',
    ],
    [
      'a value that holds another one',
      `<p>${'<pusher-value channel="prices" event="tick" field="bid"></pusher-value>'.repeat(2)}</p>`,
    ],
    ['a status that holds the rest of its sentence', '<p>It is <pusher-status /> as you see</p>'],
    ['a status that holds what follows', '<pusher-status></pusher-status><p>Text</p>'],
  ] as const)
    it(`self-closing says what is wrong: ${what}`, async () => {
      const said = await warningsDuring(() => show(selfClosed(markup)));
      expect(said.join('\n')).to.match(
        /<(pusher-\w+).*>: it holds what comes after it\. Close it with <\/\1>/,
      );
    });

  it('complains of nothing where a text is the author’s own', async () => {
    const said = await warningsDuring(() =>
      show(`<p>Bid <pusher-value channel="prices" event="tick" field="bid">no price</pusher-value></p>
        <p>It is <pusher-status>unknown</pusher-status></p>
        <p><pusher-status><b slot="connected">live</b></pusher-status></p>`),
    );
    expect(said).to.deep.equal([]);
  });
});
