/** The built files on pages that make it hard: strict policies, other copies, no storage, scripts at odd times. */
import { expect } from '@open-wc/testing';
import type { ControlledApp } from '../server/control-client.js';
import { createApp, patience, recordStates, until, where } from './page.js';
import type { FramedPage } from './page.js';
import {
  alteredFile,
  asOtherVersion,
  classicFile,
  inject,
  loaderFile,
  openPacked,
  said,
  singleFile,
} from './packed-files.js';

const value = '<pusher-value channel="prices" event="tick" field="bid">…</pusher-value>';
const subscriptions = async (app: ControlledApp): Promise<number> =>
  (await app.records()).received.filter(({ event }) => event === 'pusher:subscribe').length;

/** Publishes a price until the page shows it. */
async function showPrice(app: ControlledApp, page: FramedPage, bid: number): Promise<void> {
  await until(`${String(bid)} is shown`, async () => {
    await app.publish({ channels: 'prices', event: 'tick', data: { bid } });
    const values = [...page.root.querySelectorAll('pusher-value')];
    return values.length > 0 && values.every(({ textContent }) => textContent.trim() === String(bid));
  });
}

describe('a page with a strict policy', function () {
  this.timeout(patience);

  const nonce = 'bm9uY2U';
  /** Enough for the kit, and nothing besides (elements.md rules 17 and 18). */
  const policy = (app: ControlledApp, scripts: string): string =>
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}' ${scripts}; ` +
    `connect-src ${location.origin} ws://${app.host}:${String(app.port)} ${app.address}; ` +
    `require-trusted-types-for 'script'; trusted-types lit-html pusher-elements">`;
  const recordViolations = `<script>
    window.violations = [];
    addEventListener('securitypolicyviolation', (event) => {
      violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile + ':' + event.lineNumber);
    });
  </script>`;
  const violations = ({ window }: FramedPage): string[] =>
    (window as unknown as { violations: string[] }).violations;

  const everything = (app: ControlledApp): string => `
    <pusher-connection ${where(app)}></pusher-connection>
    <pusher-status variant="banner" countdown retry></pusher-status>
    <p>${value}</p>
    <pusher-channel name="news"><pusher-event name="headline" do="text" field="text" target="#headline"></pusher-event></pusher-channel>
    <p id="headline">none</p>
    <pusher-list channel="orders" event="created" hold announce><ul><template><li data-pe-text="id"></li></template></ul></pusher-list>
    <pusher-presence channel="prices" view="count"></pusher-presence>
    <pusher-trigger channel="private-poll" event="vote"><form><button>Vote</button></form></pusher-trigger>
    <div id="part">old</div>
    <pusher-event channel="news" name="changed" do="refetch" target="#part" refetch-url="/test/e2e/part.html" refetch-select="#part"></pusher-event>
    <pusher-toasts channel="notes" event="note" title-path="title" body-path="body" announce></pusher-toasts>`;

  const files: Record<string, [tag: string, scripts: string]> = {
    'the module': [`<script type="module" nonce="${nonce}" src="${singleFile}"></script>`, ''],
    'the classic script': [`<script nonce="${nonce}" src="${classicFile}" defer></script>`, ''],
    'the loader, whose files follow from its trust': [
      `<script type="module" nonce="${nonce}" src="${loaderFile}"></script>`,
      "'strict-dynamic'",
    ],
  };
  for (const [what, [tag, scripts]] of Object.entries(files))
    it(`has no violation to report with a nonce and Trusted Types, while everything works: ${what}`, async () => {
      const app = await createApp();
      const page = await openPacked(everything(app), recordViolations + policy(app, scripts) + tag);
      await until('connected', () => page.root.querySelector('pusher-connection[state=connected]'));
      await showPrice(app, page, 41);
      await until('the headline', async () => {
        await app.publish({
          channels: 'news',
          event: 'headline',
          data: { text: '<img src=x onerror=alert(1)>' },
        });
        return page.find('#headline').textContent === '<img src=x onerror=alert(1)>';
      });
      await until('the rows', async () => {
        await app.publish({ channels: 'orders', event: 'created', data: { id: 7 } });
        return page.root.querySelector('li')?.textContent === '7';
      });
      await until('the part that is fetched', async () => {
        await app.publish({ channels: 'news', event: 'changed', data: {} });
        return page.find('#part').textContent === 'new';
      });
      await until('a toast', async () => {
        await app.publish({
          channels: 'notes',
          event: 'note',
          data: { title: 'Sold out', body: 'All gone' },
        });
        return page
          .find('pusher-toasts')
          .shadowRoot?.querySelector('.toast')
          ?.textContent.includes('Sold out');
      });
      await app.drop();
      await until('connected again', () => page.find('pusher-connection').state === 'connected');
      const { width } = page.find('pusher-status').shadowRoot!.querySelector('.dot')!.getBoundingClientRect();
      expect(width, 'the styles are in force').to.be.within(1, 30);
      expect(violations(page)).to.deep.equal([]);
      // The policy is one: what it forbids is reported here.
      page.root.append(Object.assign(page.window.document.createElement('img'), { src: '/favicon.ico' }));
      await until('a violation', () => violations(page).length === 1);
    });
});

describe('two copies of the bundle', function () {
  this.timeout(patience);

  it('of different releases, each with a connection element of its own, open one socket (rules 23, 25)', async () => {
    const app = await createApp();
    const other = await alteredFile(singleFile, asOtherVersion);
    const page = await openPacked(
      `<pusher-connection ${where(app)}></pusher-connection>${value}`,
      `<script type="module" src="${singleFile}"></script>`,
    );
    await showPrice(app, page, 41);
    page.window.document.head.append(
      Object.assign(page.window.document.createElement('script'), {
        type: 'module',
        textContent: `import { PusherConnectionElement, safeDefine } from '${other}';
          safeDefine(PusherConnectionElement, { tag: 'newer-connection' });`,
      }),
    );
    await until('the second copy', () => page.window.customElements.get('newer-connection'));
    page.root.insertAdjacentHTML('beforeend', `<newer-connection ${where(app)}>${value}</newer-connection>`);
    await showPrice(app, page, 42);
    const versionOf = (tag: string): unknown =>
      (page.window.customElements.get(tag) as unknown as { version: string }).version;
    expect(versionOf('newer-connection')).to.equal('9.9.9');
    expect(versionOf('pusher-connection')).not.to.equal('9.9.9');
    page.find('pusher-connection').remove();
    page.root.querySelector(':scope > pusher-value')?.remove();
    // Longer than a removed connection is kept.
    await new Promise((resolve) => setTimeout(resolve, 400));
    await showPrice(app, page, 43);
    expect((await app.records()).upgrades).to.have.length(1);
    expect(await app.connections()).to.have.length(1);
    expect(said(page).filter((text) => text.startsWith('error'))).to.deep.equal([]);
  });
});

describe('a script at an odd time', function () {
  this.timeout(patience);

  for (const [what, file, type] of [
    ['the module', singleFile, 'module'],
    ['the classic script', classicFile, 'text/javascript'],
    ['the loader', loaderFile, 'module'],
  ] as const)
    it(`${what}, long after the tags, takes over what scripts have set and written meanwhile`, async () => {
      const app = await createApp();
      const page = await openPacked(`<main><pusher-connection></pusher-connection>${value}</main>`);
      const { document } = page.window;
      const connection = page.find('pusher-connection');
      const heard: string[] = [];
      connection.addEventListener('pusher-state-change', ({ current }) => heard.push(current));
      // As a framework does, which knows only names: none of it is an element of ours yet.
      Object.assign(connection, { appKey: app.key, host: app.host, wsPort: app.port, encrypted: false });
      page.find('pusher-value').setAttribute('format', 'number');
      await until('all quiet', () => document.readyState === 'complete');
      expect(page.find('pusher-value').textContent).to.equal('…');
      inject(page, file, { type });
      await showPrice(app, page, 41);
      expect(heard).to.deep.equal(['connecting', 'connected']);
      page.find('main').insertAdjacentHTML('beforeend', value);
      await showPrice(app, page, 42);
      expect((await app.records()).upgrades).to.have.length(1);
      expect(await subscriptions(app)).to.equal(1);
    });

  it('by a tag manager, which brings settings, container and script late and twice, opens one socket', async () => {
    const app = await createApp();
    const page = await openPacked('<main></main>');
    const { document } = page.window;
    // What such a container does: markup as text, and a script that is made by a script.
    const fire = (query: string): void => {
      page
        .find('main')
        .insertAdjacentHTML(
          'beforeend',
          `<div><pusher-connection ${where(app)}></pusher-connection>${value}</div>`,
        );
      const script = document.createElement('script');
      script.async = true;
      script.type = 'module';
      script.src = singleFile + query;
      (document.scripts[0]?.parentNode ?? document.head).append(script);
    };
    fire('');
    await showPrice(app, page, 41);
    fire('?again');
    await showPrice(app, page, 42);
    expect(page.root.querySelectorAll('pusher-connection')).to.have.length(2);
    expect((await app.records()).upgrades).to.have.length(1);
    expect(said(page).filter((text) => !text.startsWith('info'))).to.deep.equal([]);
  });
});

describe('a frame without storage', function () {
  this.timeout(patience);

  it('is live all the same: what wants to remember does not, and says nothing of it', async () => {
    const app = await createApp();
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.srcdoc = `<!doctype html><html lang="en"><title>Sandbox</title>
      <script>
        const said = [];
        for (const kind of ['warn', 'error']) console[kind] = (text) => { said.push(String(text)); };
        for (const type of ['error', 'unhandledrejection']) addEventListener(type, (event) => { said.push(type + ': ' + (event.message || event.reason)); });
        let storage = 'allowed';
        try { void localStorage; } catch { storage = 'refused'; }
        const tell = () => {
          const [one, other] = document.querySelectorAll('pusher-value');
          const state = document.querySelector('pusher-connection').getAttribute('state');
          const status = document.querySelector('pusher-status').shadowRoot?.querySelector('[part=label]')?.textContent.trim();
          parent.postMessage({ storage, said, state, status, shown: [one.textContent.trim(), other.textContent.trim()] }, '*');
        };
        setInterval(tell, 50);
      </script>
      <pusher-connection ${where(app)}></pusher-connection><pusher-status></pusher-status>
      <pusher-value channel="prices" event="tick" field="bid" persist="session"></pusher-value>
      <pusher-value channel="prices" event="tick" field="bid" mode="sum" initial="1"></pusher-value>
      <script src="${location.origin}${classicFile}"></script></html>`;
    interface Report {
      readonly storage: string;
      readonly said: string[];
      readonly state: string | null;
      readonly status: string | undefined;
      readonly shown: string[];
    }
    let last: Report | undefined;
    const take = ({ source, data }: MessageEvent): void => {
      if (source === frame.contentWindow) last = data as Report;
    };
    addEventListener('message', take);
    document.body.append(frame);
    try {
      await until('connected', () => last?.state === 'connected');
      await until('subscribed', async () => (await subscriptions(app)) > 0);
      await until('the values', async () => {
        if (last?.shown[0] !== '41')
          await app.publish({ channels: 'prices', event: 'tick', data: { bid: 41 } });
        return last?.shown[0] === '41' && Number(last.shown[1]) % 41 === 1;
      });
      expect(last?.storage).to.equal('refused');
      expect(last?.status).to.equal('Connected');
      expect(last?.said).to.deep.equal([]);
      expect((await app.records()).upgrades).to.have.length(1);
    } finally {
      removeEventListener('message', take);
      frame.remove();
    }
  });
});

describe('a page with thirty elements', function () {
  this.timeout(patience);

  it('and one connection opens one socket, and subscribes to each channel once', async () => {
    const app = await createApp();
    const channels = ['prices', 'orders', 'news', 'notes', 'shop'];
    const kept = (): string[] => [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      document.cookie,
    ];
    const keptBefore = kept();
    const of = (channel: string): string => `
      <pusher-value channel="${channel}" event="tick" field="bid"></pusher-value>
      <pusher-value channel="${channel}" event="tick" mode="increment" initial="0"></pusher-value>
      <pusher-list channel="${channel}" event="row"><template><p data-pe-text="id"></p></template></pusher-list>
      <pusher-channel name="${channel}"><pusher-event name="tick" do="dispatch" dispatch-as="price-ticked"></pusher-event></pusher-channel>
      <pusher-status></pusher-status>`;
    const page = await openPacked(
      `<pusher-connection ${where(app)}></pusher-connection>${channels.map(of).join('')}`,
      `<script type="module" src="${singleFile}"></script>`,
    );
    const elements = [...page.root.querySelectorAll('*')].filter(({ localName }) =>
      localName.startsWith('pusher-'),
    );
    expect(elements.length - 1).to.equal(30);
    const states = recordStates(page.find('pusher-connection'));
    await until('subscribed', async () => (await subscriptions(app)) === channels.length);
    await until('connected everywhere', () =>
      [...page.root.querySelectorAll('pusher-status')].every(({ state }) => state === 'connected'),
    );
    for (const channel of channels) await app.publish({ channels: channel, event: 'tick', data: { bid: 5 } });
    const values = (): string[] =>
      [...page.root.querySelectorAll('pusher-value')].map(({ textContent }) => textContent.trim());
    await until('the values', () => values().join() === Array(channels.length).fill('5,1').join());
    await app.drop();
    await until('lost', () => states.includes('connecting') && states.at(-1) === 'connected');
    await until('subscribed again', async () => (await subscriptions(app)) === 2 * channels.length);
    const { upgrades } = await app.records();
    expect(upgrades).to.have.length(2);
    expect(kept(), 'nothing is stored where nothing asks for it (rule 14)').to.deep.equal(keptBefore);
    expect(await app.connections()).to.have.length(1);
    expect(said(page)).to.deep.equal([]);
  });
});
