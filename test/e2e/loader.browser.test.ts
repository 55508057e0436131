/** dist/cdn/loader.js on pages of all kinds (elements.md §4.3 rules 11 to 16, §4.4 rules 19 to 21, §4.6). */
import { expect } from '@open-wc/testing';
import { createApp, patience, until } from './page.js';
import type { FramedPage } from './page.js';
import {
  alteredFile,
  asOtherVersion,
  dataWhere,
  fetched,
  inject,
  loaderFile,
  moduleTag,
  openPacked,
  said,
} from './packed-files.js';

const value = '<pusher-value channel="prices" event="tick" field="bid">…</pusher-value>';
const standIn = (attributes: string = '', inside: string = '…'): string =>
  `<div data-pusher="value" data-channel="prices" data-event="tick" data-field="bid" ${attributes}>${inside}</div>`;

const textOf = (page: FramedPage): string => page.find('pusher-value').textContent.trim();

const entries = (page: FramedPage): string[] =>
  fetched(page)
    .filter((file) => file.startsWith('elements/') && !file.includes('shared-'))
    .sort();

describe('the loader', function () {
  this.timeout(patience);

  it('makes a page live with one script tag and one element, and fetches no other element (rules 11, 13)', async () => {
    const app = await createApp();
    const page = await openPacked(value, moduleTag(loaderFile, `async ${dataWhere(app)}`));
    await until('the value', async () => {
      await app.publish({ channels: 'prices', event: 'tick', data: { bid: 41 } });
      return textOf(page) === '41';
    });
    expect(entries(page)).to.deep.equal(['elements/connection.js', 'elements/value.js']);
    expect((await app.records()).upgrades).to.have.length(1);
    expect(page.window.document.querySelectorAll('pusher-connection')).to.have.length(1);
    expect(said(page)).to.deep.equal([]);
  });

  it('fetches an element when the first of its kind comes (rule 12)', async () => {
    const page = await openPacked('<main></main>', moduleTag(loaderFile));
    await until('the loader', () => fetched(page).includes('loader.js'));
    expect(entries(page)).to.deep.equal([]);
    page.find('main').innerHTML = '<p><pusher-status></pusher-status></p>';
    await until('defined', () => page.find('pusher-status').matches(':defined'));
    expect(entries(page)).to.deep.equal(['elements/status.js']);
  });

  const arrangements: Record<string, (tag: string) => [markup: string, head?: string]> = {
    'in the head': (tag) => [value, tag],
    'after the elements': (tag) => [value + tag],
    twice: (tag) => [tag + value + tag, tag],
  };
  for (const [place, arrange] of Object.entries(arrangements))
    it(`works with its tag ${place}, with one connection (rule 12)`, async () => {
      const app = await createApp();
      const page = await openPacked(...arrange(moduleTag(loaderFile, dataWhere(app))));
      await until('connected', () =>
        page.window.document.querySelector('pusher-connection[state=connected]'),
      );
      expect(page.window.document.querySelectorAll('pusher-connection')).to.have.length(1);
      expect((await app.records()).upgrades).to.have.length(1);
    });

  it('works when a tag manager injects it, once more after that too (rule 12)', async () => {
    const app = await createApp();
    const page = await openPacked(value);
    const settings = {
      'data-app-key': app.key,
      'data-host': app.host,
      'data-ws-port': String(app.port),
      'data-encrypted': 'false',
    };
    inject(page, loaderFile, settings);
    await until('connected', () => page.window.document.querySelector('pusher-connection[state=connected]'));
    inject(page, `${loaderFile}?again`, settings);
    await until('fetched again', () => fetched(page).includes('loader.js?again'));
    expect(page.window.document.querySelectorAll('pusher-connection')).to.have.length(1);
    expect((await app.records()).upgrades).to.have.length(1);
  });

  it('leaves a script tag alone that waits for consent (rule 15)', async () => {
    const app = await createApp();
    const page = await openPacked(
      value,
      `<script type="text/plain" ${dataWhere(app)}></script>${moduleTag(loaderFile)}`,
    );
    await until('defined', () => page.find('pusher-value').matches(':defined'));
    expect(page.window.document.querySelector('pusher-connection')).to.equal(null);
    inject(page, loaderFile, { 'data-app-key': app.key });
    await until('a connection', () => page.window.document.querySelector('pusher-connection'));
  });

  it('says when everything that the page came with is defined, and takes the cloak away (elements.md §5)', async () => {
    const page = await openPacked(
      '<div class="pusher-cloak other"><pusher-status></pusher-status></div>',
      `<script>document.addEventListener('pusher-elements-ready', () => {
         window.found = document.querySelectorAll(':not(:defined), .pusher-cloak').length;
         window.times = (window.times ?? 0) + 1;
       })</script>${moduleTag(loaderFile)}`,
    );
    const window = page.window as unknown as { found?: number; times?: number };
    await until('ready', () => window.times);
    expect(window.found).to.equal(0);
    expect(page.find('.other').className).to.equal('other');
    page.root.insertAdjacentHTML('beforeend', `<div class="pusher-cloak">${value}</div>`);
    await until('uncloaked', () => !page.root.querySelector('.pusher-cloak'));
    expect(page.find('pusher-value').matches(':defined')).to.be.true;
    expect(window.times).to.equal(1);
  });

  it('says so when an element cannot be fetched, uncloaks the page all the same, and tries again', async () => {
    const broken = await alteredFile(loaderFile, (code) =>
      code.replace('./elements/', `${location.origin}/nowhere/`),
    );
    const page = await openPacked(`<div class="pusher-cloak">${value}</div>`, moduleTag(broken));
    const complaints = (): string[] => said(page).filter((text) => text.startsWith('error'));
    await until('said', () => complaints().length === 1);
    expect(complaints()[0]).to.contain('<pusher-value> could not be loaded');
    await until('uncloaked', () => !page.root.querySelector('.pusher-cloak'));
    expect(textOf(page)).to.equal('…');
    page.root.insertAdjacentHTML('beforeend', '<pusher-value></pusher-value>');
    await until('said again', () => complaints().length === 2);
  });

  it('says which elements there are when there is no such one, once', async () => {
    const page = await openPacked('<pusher-statsu></pusher-statsu>', moduleTag(loaderFile));
    await until('said', () => said(page).length > 0);
    expect(said(page)).to.have.length(1);
    expect(said(page)[0]).to.match(/^warn: .*<pusher-statsu> does not exist.*status/);
  });
});

describe('the settings on the script tag', function () {
  this.timeout(patience);
  const connections = ({ window }: FramedPage): Element[] => [
    ...window.document.querySelectorAll('pusher-connection'),
  ];

  it('are for a page that has no connection set up: its own wins', async () => {
    const app = await createApp();
    const page = await openPacked(
      '<pusher-connection app-key="own" connect-automatically="false"></pusher-connection><pusher-status></pusher-status>',
      moduleTag(loaderFile, dataWhere(app)),
    );
    await until('defined', () => page.find('pusher-status').matches(':defined'));
    expect(connections(page)).to.have.length(1);
    expect(page.find('pusher-connection').appKey).to.equal('own');
    expect((await app.records()).upgrades).to.have.length(0);
  });

  it('complete a connection that has no key', async () => {
    const app = await createApp();
    const page = await openPacked(
      `<pusher-connection data-ws-path="kept" log></pusher-connection>${value}`,
      moduleTag(loaderFile, dataWhere(app)),
    );
    await until('a key', () => page.find('pusher-connection').appKey === app.key);
    expect(page.find('pusher-connection').wsPath).to.equal('kept');
    expect(connections(page)).to.have.length(1);
  });

  it('give way to a connection that comes later', async () => {
    const app = await createApp();
    const page = await openPacked(value, moduleTag(loaderFile, dataWhere(app)));
    await until('made', () => connections(page).length === 1);
    const [made] = connections(page);
    page.root.insertAdjacentHTML('beforeend', '<pusher-connection simulate></pusher-connection>');
    await until('gone', () => !made?.isConnected);
    expect(connections(page)).to.have.length(1);
  });

  it('outlive soft navigation, which replaces the body: one socket for the whole visit (rule 16)', async () => {
    const app = await createApp();
    const page = await openPacked(value, moduleTag(loaderFile, dataWhere(app)));
    const { document } = page.window;
    await until('connected', () => document.querySelector('pusher-connection[state=connected]'));
    const next = document.createElement('body');
    next.innerHTML = standIn();
    document.body.replaceWith(next);
    const shown = (): string => document.querySelector('pusher-value')?.textContent.trim() ?? '';
    await until('the value', async () => {
      await app.publish({ channels: 'prices', event: 'tick', data: { bid: 42 } });
      return shown() === '42';
    });
    expect(connections(page)).to.have.length(1);
    expect((await app.records()).upgrades).to.have.length(1);
  });

  it('come back when something takes the connection out of the page', async () => {
    const page = await openPacked(value, moduleTag(loaderFile, 'data-app-key="k" data-simulate'));
    await until('made', () => connections(page).length === 1);
    connections(page)[0]?.remove();
    await until('back', () => connections(page).length === 1);
  });

  it('open nothing when they publish a secret, and say so (rule 21)', async () => {
    const app = await createApp();
    const page = await openPacked(value, moduleTag(loaderFile, `${dataWhere(app)} data-secret="hush"`));
    await until('said', () => said(page).some((text) => text.includes('publishes the secret')));
    expect(said(page).join()).not.to.contain('hush');
    expect((await app.records()).upgrades).to.have.length(0);
  });
});

describe('data-pusher', function () {
  this.timeout(patience);

  it('becomes the element: attributes copied, children moved, and it is live (N13)', async () => {
    const app = await createApp();
    const page = await openPacked(
      standIn('id="bid" class="big" title="Bid" lang="de" style="color: red"', '<b>none</b>'),
      `<script>addEventListener('DOMContentLoaded', () => { window.child = document.querySelector('b'); })</script>` +
        moduleTag(loaderFile, dataWhere(app)),
    );
    const element = page.find('pusher-value');
    expect(page.root.querySelector('[data-pusher]')).to.equal(null);
    expect([element.id, element.className, element.title, element.lang]).to.deep.equal([
      'bid',
      'big',
      'Bid',
      'de',
    ]);
    expect(element.style.color).to.equal('red');
    await until('the value', async () => {
      await app.publish({ channels: 'prices', event: 'tick', data: { bid: 41 } });
      return textOf(page) === '41';
    });
  });

  it('keeps the very nodes inside, with their slots, and also when it comes later', async () => {
    const page = await openPacked('<main></main>', moduleTag(loaderFile));
    await until('the loader', () => fetched(page).includes('loader.js'));
    const main = page.find('main');
    main.innerHTML = '<div data-pusher="status"><span data-slot="unavailable">Away</span></div>';
    const child = page.find('span');
    await until('upgraded', () => main.firstElementChild?.localName === 'pusher-status');
    expect(page.find('span')).to.equal(child);
    expect(child.slot).to.equal('unavailable');
    main.innerHTML = '<p>A</p>';
    page.find('p').dataset['pusher'] = 'status';
    await until('upgraded', () => main.firstElementChild?.localName === 'pusher-status');
  });

  it('takes over no script and no header (rules 19, 20)', async () => {
    const page = await openPacked(
      standIn('onclick="0" auth-header-a="1" data-auth-header-b="2" data-auth-headers="{}"'),
      moduleTag(loaderFile),
    );
    await until('upgraded', () => page.root.querySelector('pusher-value'));
    expect(page.find('pusher-value').getAttributeNames()).to.deep.equal([
      'data-channel',
      'data-event',
      'data-field',
    ]);
  });

  it('stays as it is in text that is being edited', async () => {
    const page = await openPacked(`<div contenteditable>${standIn()}</div>${value}`, moduleTag(loaderFile));
    await until('defined', () => page.find('pusher-value').matches(':defined'));
    expect(page.root.querySelectorAll('[data-pusher]')).to.have.length(1);
  });

  it('needs the word of the site to be a connection, which decides where everything comes from (rule 19)', async () => {
    const connection = '<div data-pusher="connection" data-simulate>still here</div>';
    const refused = await openPacked(connection, moduleTag(loaderFile));
    await until('said', () => said(refused).length > 0);
    expect(said(refused).join()).to.contain('pusher-allow');
    expect(refused.find('[data-pusher]').textContent).to.equal('still here');
    const allowed = await openPacked(
      connection,
      `<meta name="pusher-allow" content="elements=connection,value">${moduleTag(loaderFile)}`,
    );
    await until('upgraded', () => allowed.root.querySelector('pusher-connection'));
  });
});

describe('what the site permits', function () {
  this.timeout(patience);
  const rule = (content: string): string => `<meta name="pusher-allow" content="${content}">`;

  it('are the elements that it lists, as tags and as data-pusher; a connection tag is its own (rule 19)', async () => {
    const page = await openPacked(
      `<pusher-connection simulate></pusher-connection><pusher-status></pusher-status>${value}<i data-pusher="status"></i>`,
      rule('elements=value, list') + moduleTag(loaderFile),
    );
    await until('defined', () => page.find('pusher-value').matches(':defined'));
    expect(page.find('pusher-status').matches(':defined')).to.be.false;
    expect(page.find('[data-pusher]').localName).to.equal('i');
    expect(said(page)).to.have.length(2);
  });

  it('are the channels that it lists (rule 19)', async () => {
    const app = await createApp();
    const page = await openPacked(
      ['news-1', 'news', 'prices', 'private-news-1']
        .map(
          (name) =>
            `<pusher-value channel="${name}" event="tick"></pusher-value><pusher-channel name="${name}"></pusher-channel>`,
        )
        .join(''),
      rule('channels=news-*,prices elements=value,channel') + moduleTag(loaderFile, dataWhere(app)),
    );
    const subscribed = async (): Promise<unknown[]> =>
      (await app.records()).received
        .filter(({ event }) => event === 'pusher:subscribe')
        .map(({ data }) => (data as { channel: string }).channel)
        .sort();
    await until('subscribed', async () => (await subscribed()).length >= 2);
    await until('said', () => said(page).length >= 4);
    expect(await subscribed()).to.deep.equal(['news-1', 'prices']);
    expect(said(page).filter((text) => text.includes('"news"'))).to.have.length(2);
  });

  it('is not for those to say who write the content: only the head of the page counts', async () => {
    const page = await openPacked(
      rule('elements=value,connection') + '<i data-pusher="connection"></i>',
      moduleTag(loaderFile),
    );
    await until('said', () => said(page).length > 0);
    expect(page.find('i').localName).to.equal('i');
  });

  it('is never a channel for an element that publishes a secret (rule 21)', async () => {
    const app = await createApp();
    const page = await openPacked(
      '<pusher-value channel="prices" event="tick" app-secret="hush"></pusher-value><pusher-channel name="other"></pusher-channel>',
      moduleTag(loaderFile, dataWhere(app)),
    );
    await until('the other', () => page.find('pusher-channel').matches(':state(subscribed)'));
    await until('said', () => said(page).some((text) => text.includes('publishes the secret')));
    expect((await app.records()).received.filter(({ event }) => event === 'pusher:subscribe')).to.have.length(
      1,
    );
  });
});

describe('two loaders from different releases', function () {
  this.timeout(patience);

  it('do the work once, on one socket, and name both versions once (rules 22, 23)', async () => {
    const app = await createApp();
    const other = await alteredFile(loaderFile, asOtherVersion);
    const page = await openPacked(
      value + standIn(),
      moduleTag(loaderFile, dataWhere(app)) + moduleTag(other, dataWhere(app)),
    );
    await until('connected', () => page.window.document.querySelector('pusher-connection[state=connected]'));
    await until('said', () => said(page).length > 0);
    expect(said(page)).to.have.length(1);
    expect(said(page)[0]).to.match(/^info: .*\d+\.\d+\.\d+.*9\.9\.9/);
    expect(page.window.document.querySelectorAll('pusher-connection')).to.have.length(1);
    expect((await app.records()).upgrades).to.have.length(1);
  });

  it('share the elements: the second brings those that the first does not know', async () => {
    const older = await alteredFile(loaderFile, (code) =>
      asOtherVersion(code).replace(/(?<=[[,])"status",?/, ''),
    );
    const page = await openPacked(
      '<pusher-status></pusher-status><pusher-value></pusher-value>',
      moduleTag(older),
    );
    await until('defined', () => page.find('pusher-value').matches(':defined'));
    expect(page.find('pusher-status').matches(':defined')).to.be.false;
    inject(page, loaderFile);
    await until('defined', () => page.find('pusher-status').matches(':defined'));
  });
});
