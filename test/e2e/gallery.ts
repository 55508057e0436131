/** One page with every element on it, each showing something. */
import type { Page } from 'puppeteer-core';
import type { DrivenPages } from './driven-pages.js';
import { until } from './driven-pages.js';

const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const people = [
  'Ada Lovelace',
  'Grace Hopper',
  'Katherine Johnson',
  'Hedy Lamarr',
  'Mary Shelley',
  'Joan Clarke',
];

/** Somebody who is signed in, on a connection of his or her own. */
const somebody = (where: string, name: string): string => {
  const additions = JSON.stringify({ user_id: name, user_info: JSON.stringify({ name }) });
  return `<pusher-connection ${where} auth-params='${additions}'><pusher-channel name="presence-shop"></pusher-channel></pusher-connection>`;
};

const markup = (where: string): string => `
  <pusher-connection ${where} auth-params='{"user_id":"me","user_info":"{\\"name\\":\\"Me\\"}"}'></pusher-connection>
  <pusher-status variant="banner" id="banner" retry></pusher-status>
  <main>
    <h1>Shop</h1>
    <p>Status <pusher-status id="badge"></pusher-status> <pusher-status variant="dot" id="dot"></pusher-status>
      <pusher-status variant="text" id="text" details></pusher-status></p>
    <p>Price <pusher-value id="price" channel="prices" event="tick" field="price" format="currency:EUR" lang="en"></pusher-value>
      for <pusher-value id="name" channel="prices" event="tick" field="name"></pusher-value></p>
    <pusher-channel name="news"><p>Headline: <span id="headline">none</span>
      <pusher-event name="headline" do="text" field="text" target="#headline"></pusher-event></p></pusher-channel>
    <pusher-list id="orders" channel="orders" event="created" hold>
      <ul><template><li><b data-pe-text="id"></b> <span data-pe-text="text"></span></li></template></ul>
      <p slot="empty">No orders yet.</p>
    </pusher-list>
    <pusher-presence id="avatars" channel="presence-shop" view="avatars" max="4" include-me></pusher-presence>
    <pusher-presence id="people" channel="presence-shop" view="list" include-me></pusher-presence>
    <p><pusher-presence id="count" channel="presence-shop" view="count" include-me></pusher-presence></p>
    <pusher-trigger channel="private-poll" event="vote" disable-offline>
      <form><label>Your vote <input name="vote" size="10"></label> <button>Vote</button></form>
    </pusher-trigger>
  </main>
  <pusher-toasts channel="notes" event="note" title-path="title" body-path="body" level-path="level" href-path="url"
    placement="bottom-end" duration="0" max="3"></pusher-toasts>
  ${people.map((name) => somebody(where, name)).join('')}`;

const style =
  '<style>body { margin: 0; font-family: sans-serif; } main { padding: 0 16px; overflow-wrap: anywhere; }</style>';

/** Opens the page and waits until everything is shown. `before` may prepare the tab. */
export async function openGallery(
  pages: DrivenPages,
  { dir = 'ltr', before }: { dir?: 'ltr' | 'rtl'; before?: (page: Page) => Promise<unknown> } = {},
): Promise<Page> {
  const page = await pages.tab();
  await before?.(page);
  const { app } = pages;
  const head = `${style}<script>document.documentElement.dir = '${dir}'</script>`;
  await page.goto(pages.write('/gallery', markup(pages.where), head));
  await until('everybody is subscribed', async () =>
    page.evaluate(
      () =>
        [...document.querySelectorAll('pusher-status')].every(({ state }) => state === 'connected') &&
        document.querySelector('#count')?.shadowRoot?.textContent.includes('7'),
    ),
  );
  await until('every channel', () =>
    ['prices', 'news', 'orders', 'notes'].every((name) => app.channel(name)?.isOccupied),
  );
  pages.publish('prices', 'tick', { price: 1_234_567.8, name: long });
  pages.publish('news', 'headline', { text: `Everything is cheaper today, ${long}` });
  pages.publish('orders', 'created', { id: 1, text: 'Two kettles, one of them blue' });
  pages.publish('orders', 'created', { id: 2, text: long });
  for (const level of ['info', 'warning', 'error'])
    pages.publish('notes', 'note', {
      title: `A message of the kind ${level}`,
      body: 'The parcel that you have been waiting for is on its way, and will be with you tomorrow before noon.',
      level,
      url: '/orders',
    });
  await until('everything is shown', async () =>
    page.evaluate(
      () =>
        document.querySelector('#price')?.textContent.includes('1,234,567.80') &&
        document.querySelectorAll('#orders li').length === 2 &&
        document.querySelector('#headline')?.textContent !== 'none' &&
        document.querySelector('pusher-toasts')?.shadowRoot?.querySelectorAll('.list > *').length === 3,
    ),
  );
  return page;
}
