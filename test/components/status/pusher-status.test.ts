import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PusherStatusElement } from '../../../components/index.js';
import { createWorld, html, key, renderPage, warningsDuring } from '../support.js';
import type { Page } from '../support.js';

const statusOf = (page: Page): PusherStatusElement => page.root.querySelector('pusher-status')!;
const part = (status: PusherStatusElement, name: string): HTMLElement | null =>
  status.shadowRoot!.querySelector<HTMLElement>(`[part="${name}"]`);
const textOf = (status: PusherStatusElement): string => part(status, 'label')!.textContent.trim();
const regionOf = (status: PusherStatusElement): HTMLElement =>
  status.shadowRoot!.querySelector('[role="status"]')!;

/** Everything that a screen reader would be told. */
function listen(status: PusherStatusElement): string[] {
  const said: string[] = [];
  new MutationObserver(() => {
    const { textContent } = regionOf(status);
    if (textContent) said.push(textContent);
  }).observe(regionOf(status), { childList: true, characterData: true, subtree: true });
  return said;
}

const render = (
  markup: TemplateResult | typeof nothing = html`<pusher-status></pusher-status>`,
  world = createWorld(),
): Promise<Page> =>
  renderPage(
    (options) => html`
      <pusher-connection app-key=${key} reconnect-delay="5" .options=${options}></pusher-connection>
      ${markup}
    `,
    world,
  );

/** Brings a connection into a state, from being connected, for good. */
const ways: Record<string, (page: Page) => Promise<void>> = {
  initialized: async ({ connection, clock }) => {
    connection.remove();
    await clock.advance(0);
  },
  connecting: async (page) => {
    const { connection, app, clock } = page;
    app.script({ handshake: { type: 'silent' } });
    connection.appKey = 'other-key';
    page.server.app('other-key').script({ handshake: { type: 'silent' } });
    await clock.advance(2000);
  },
  reconnecting: async ({ app, clock }) => {
    app.stop();
    await clock.advance(2000);
  },
  connected: async ({ clock }) => {
    await clock.advance(0);
  },
  unavailable: async ({ app, clock }) => {
    app.stop();
    await clock.advance(31_000);
  },
  failed: async ({ connection, transport, clock }) => {
    connection.disconnect();
    transport.setSupported(false);
    connection.connect();
    await clock.advance(0);
  },
  disconnected: async ({ connection, clock }) => {
    connection.disconnect();
    await clock.advance(0);
  },
  limit: async ({ app, clock }) => {
    app.script({ handshake: { type: 'close', code: 4004 } });
    app.connection()!.drop();
    await clock.advance(6000);
  },
};

const sentences: Record<string, string> = {
  initialized: 'Not connected yet',
  connecting: 'Connecting…',
  reconnecting: 'Reconnecting…',
  connected: 'Connected',
  unavailable: 'No connection',
  failed: 'This browser cannot connect',
  disconnected: 'Disconnected',
  limit: 'Too many connections at the moment',
};

describe('<pusher-status>: what it shows', () => {
  // E-10
  for (const [facet, reach] of Object.entries(ways))
    it(`has its own sentence and shape for ${facet}, and passes axe in every variant and theme`, async () => {
      const page = await render(html`<pusher-status countdown retry details></pusher-status>`);
      const status = statusOf(page);
      await reach(page);
      if (facet === 'initialized') await new Promise((resolve) => setTimeout(resolve, 1600));
      await status.updateComplete;
      expect(textOf(status)).to.equal(sentences[facet]);
      const state = { reconnecting: 'connecting', limit: 'disconnected' }[facet] ?? facet;
      expect(status.state).to.equal(state);
      expect(status.getAttribute('state')).to.equal(state);
      for (const name of Object.keys(ways))
        expect(status.matches(`:state(${name})`), name).to.equal(name === state || name === facet);
      expect(part(status, 'dot')!.checkVisibility()).to.equal(true);
      for (const theme of ['light', 'dark'] as const)
        for (const variant of ['badge', 'dot', 'banner', 'text'] as const) {
          status.theme = theme;
          status.variant = variant;
          page.root.style.background = theme === 'dark' ? '#111' : '#fff';
          page.root.style.color = theme === 'dark' ? '#eee' : '#111';
          await status.updateComplete;
          await expect(status).to.be.accessible();
        }
    }).timeout(30_000);

  it('shows what is the case from the first render on', async () => {
    const page = await render(nothing);
    const status = document.createElement('pusher-status');
    page.root.append(status);
    await status.updateComplete;
    expect(textOf(status)).to.equal('Connected');
    expect(status.getAttribute('state')).to.equal('connected');
  });

  it('is quiet where there is no connection, and says so in the console after a while', async () => {
    let page!: Page;
    const said = await warningsDuring(async () => {
      page = await renderPage(() => html`<pusher-status></pusher-status>`);
      expect(statusOf(page).state).to.equal('initialized');
      await new Promise((resolve) => setTimeout(resolve, 3200));
    });
    expect(said).to.have.lengthOf(1);
    expect(said[0]).to.include('<pusher-status>').and.to.include('Add <pusher-connection');
    expect(statusOf(page).secondsLeft).to.equal(undefined);
    statusOf(page).retry();
    // One that comes after all is taken.
    const connection = document.createElement('pusher-connection');
    connection.appKey = key;
    connection.options = page.options;
    page.root.append(connection);
    await page.clock.advance(0);
    expect(textOf(statusOf(page))).to.equal('Connected');
  });
});

describe('<pusher-status>: calm', () => {
  // E-10: no flicker on a 1 s outage
  it('shows nothing of an outage of a second, and says nothing', async () => {
    const page = await render(html`<pusher-status></pusher-status>`);
    page.connection.reconnectDelay = 1;
    const status = statusOf(page);
    const said = listen(status);
    const seen: string[] = [];
    const note = (): void => void seen.push(`${status.getAttribute('state') ?? ''} ${textOf(status)}`);
    const observer = new MutationObserver(note);
    observer.observe(status, { attributes: true });
    observer.observe(status.shadowRoot!, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    page.app.connection()!.drop();
    for (let step = 0; step < 30; step += 1) await page.clock.advance(100);
    observer.disconnect();
    expect(page.upgrades()).to.have.lengthOf(2);
    expect(page.connection.state).to.equal('connected');
    expect(seen).to.deep.equal([]);
    expect(said).to.deep.equal([]);
  });

  it('shows a longer one after the grace, and good news at once; each is said once', async () => {
    const page = await render(html`<pusher-status></pusher-status>`);
    const status = statusOf(page);
    const said = listen(status);
    page.app.connection()!.drop();
    await page.clock.advance(1499);
    expect(textOf(status)).to.equal('Connected');
    await page.clock.advance(1);
    expect(textOf(status)).to.equal('Reconnecting…');
    expect(status.matches(':state(reconnecting)')).to.equal(true);
    await page.clock.advance(3500);
    expect(textOf(status)).to.equal('Connected');
    await page.clock.advance(60_000);
    expect(said).to.deep.equal(['Reconnecting…', 'Connected']);
  });

  it('keeps bad news long enough to be read', async () => {
    const page = await render(html`<pusher-status grace="1"></pusher-status>`);
    page.connection.reconnectDelay = 1.1;
    const status = statusOf(page);
    page.app.connection()!.drop();
    await page.clock.advance(1100);
    expect(page.connection.state).to.equal('connected');
    expect(textOf(status)).to.equal('Reconnecting…');
    await page.clock.advance(499);
    expect(textOf(status)).to.equal('Reconnecting…');
    await page.clock.advance(1);
    expect(textOf(status)).to.equal('Connected');
  });

  it('does not begin the grace anew with each change', async () => {
    const page = await render(html`<pusher-status grace="10"></pusher-status>`);
    page.connection.unavailableTimeout = 4;
    await page.clock.advance(0);
    page.app.stop();
    await page.clock.advance(9999);
    expect(statusOf(page).state).to.equal('connected');
    await page.clock.advance(1);
    expect(statusOf(page).state).to.equal('unavailable');
  });

  it('shows everything at once with grace="0"', async () => {
    const page = await render(html`<pusher-status grace="0"></pusher-status>`);
    page.app.stop();
    await page.clock.advance(0);
    expect(statusOf(page).state).to.equal('connecting');
    page.app.start();
    await page.clock.advance(5000);
    expect(statusOf(page).state).to.equal('connected');
  });

  it('does not flicker while the element or its connection is moved', async () => {
    const page = await render(
      html`<pusher-status></pusher-status>
        <section></section>`,
    );
    const status = statusOf(page);
    const seen: string[] = [];
    const observer = new MutationObserver(() => seen.push(status.state));
    observer.observe(status, { attributes: true });
    page.root.querySelector('section')!.append(status, page.connection);
    page.root.prepend(page.root.querySelector('section')!);
    await page.clock.advance(100);
    expect(seen).to.deep.equal([]);
    expect(status.state).to.equal('connected');
  });
});

describe('<pusher-status>: countdown', () => {
  it('counts the seconds to the next attempt for the eyes only, with one timer', async () => {
    const page = await render(html`<pusher-status countdown></pusher-status>`);
    const status = statusOf(page);
    const said = listen(status);
    page.app.stop();
    await page.clock.advance(2000);
    const timers = page.clock.pendingTimers;
    const shown: string[] = [];
    for (let second = 0; second < 3; second += 1) {
      shown.push(part(status, 'countdown')!.textContent);
      await page.clock.advance(1000);
    }
    // T-07
    expect(shown).to.deep.equal([
      'Next attempt in 3 seconds',
      'Next attempt in 2 seconds',
      'Next attempt in 1 second',
    ]);
    expect(status.secondsLeft).to.equal(5);
    expect(page.clock.pendingTimers).to.equal(timers);
    expect(said).to.deep.equal(['Reconnecting…']);
    expect(regionOf(status).contains(part(status, 'countdown'))).to.equal(false);
    page.app.start();
    await page.clock.advance(5000);
    expect(part(status, 'countdown')).to.equal(null);
    status.remove();
    await page.clock.advance(5000);
    page.root.replaceChildren();
    await page.clock.advance(1000);
    expect(page.clock.pendingTimers).to.equal(0);
  });

  it('puts the seconds into labels that ask for them', async () => {
    const page = await render(
      html`<pusher-status label-reconnecting="Again in {seconds} s"></pusher-status>`,
    );
    const status = statusOf(page);
    page.app.stop();
    await page.clock.advance(2000);
    expect(textOf(status)).to.equal('Again in 3 s');
    await page.clock.advance(1000);
    expect(textOf(status)).to.equal('Again in 2 s');
    expect(part(status, 'countdown')).to.equal(null);
  });

  it('has no timer where nothing counts', async () => {
    const page = await render(html`<pusher-status></pusher-status>`);
    page.app.stop();
    await page.clock.advance(2000);
    await page.clock.advance(6000);
    const before = page.clock.pendingTimers;
    statusOf(page).countdown = true;
    await page.clock.advance(0);
    expect(page.clock.pendingTimers).to.equal(before + 1);
    statusOf(page).countdown = false;
    await page.clock.advance(0);
    expect(page.clock.pendingTimers).to.equal(before);
  });
});

describe('<pusher-status>: retry', () => {
  it('tries at once when the button is pressed, unless a listener prevents it', async () => {
    const page = await render(html`<pusher-status retry></pusher-status>`);
    const status = statusOf(page);
    expect(part(status, 'retry')).to.equal(null);
    page.app.stop();
    await page.clock.advance(2000);
    const attempts = page.transport.attemptCount;
    status.addEventListener(
      'pusher-before-retry',
      (event) => {
        expect(event.cancelable && event.bubbles && event.composed).to.equal(true);
        event.preventDefault();
      },
      { once: true },
    );
    const button = part(status, 'retry') as HTMLButtonElement;
    expect(button.localName).to.equal('button');
    button.click();
    await page.clock.advance(0);
    expect(page.transport.attemptCount).to.equal(attempts);
    page.app.start();
    button.click();
    await page.clock.advance(0);
    expect(page.connection.state).to.equal('connected');
  });

  it('offers it after giving up and after a refusal, but not where it could do nothing', async () => {
    for (const [facet, offered] of [
      ['disconnected', true],
      ['limit', true],
      ['unavailable', true],
      ['failed', false],
      ['connected', false],
    ] as const) {
      const page = await render(html`<pusher-status retry></pusher-status>`);
      await ways[facet]!(page);
      await statusOf(page).updateComplete;
      expect(part(statusOf(page), 'retry') !== null, facet).to.equal(offered);
      page.root.replaceChildren();
    }
  });

  it('keeps the focus on the button while it is tried', async () => {
    const page = await render(html`<pusher-status retry countdown></pusher-status>`);
    const status = statusOf(page);
    page.app.stop();
    await page.clock.advance(2000);
    part(status, 'retry')!.focus();
    part(status, 'retry')!.click();
    await page.clock.advance(40_000);
    expect(status.shadowRoot!.activeElement).to.equal(part(status, 'retry'));
    expect(status.state).to.equal('unavailable');
  });
});

describe('<pusher-status>: speaking', () => {
  it('has its live region from the first render on, and empties it after a while', async () => {
    const page = await render(html`<pusher-status></pusher-status>`);
    const region = regionOf(statusOf(page));
    expect(region.textContent).to.equal('');
    page.app.stop();
    await page.clock.advance(2000);
    expect(regionOf(statusOf(page))).to.equal(region);
    expect(region.textContent).to.equal('Reconnecting…');
    await page.clock.advance(6000);
    expect(region.textContent).to.equal('');
  });

  it('says each settled state once, and nothing about working from the start', async () => {
    const world = createWorld();
    world.app.script({ handshake: { type: 'accept', delay: 1000 } });
    const page = await render(html`<pusher-status countdown></pusher-status>`, world);
    const said = listen(statusOf(page));
    await page.clock.advance(5000);
    expect(said).to.deep.equal([]);
    page.app.stop();
    await page.clock.advance(120_000);
    expect(said).to.deep.equal(['Reconnecting…', 'No connection']);
    page.app.start();
    await page.clock.advance(20_000);
    expect(said).to.deep.equal(['Reconnecting…', 'No connection', 'Connected']);
  });

  it('speaks with one voice where several show the same connection', async () => {
    const page = await render(html`
      <pusher-status hidden></pusher-status>
      <pusher-status announce="off"></pusher-status>
      <pusher-status variant="dot"></pusher-status>
      <pusher-status></pusher-status>
    `);
    const all = [...page.root.querySelectorAll('pusher-status')];
    const said = all.map(listen);
    page.app.stop();
    await page.clock.advance(2000);
    expect(said).to.deep.equal([[], [], ['Reconnecting…'], []]);
    all[2]!.remove();
    await page.clock.advance(40_000);
    expect(said[3]).to.deep.equal(['No connection']);
  });

  it('says what the page has put in place of the label', async () => {
    const page = await render(html`
      <pusher-status label-unavailable="Later">
        <span slot="reconnecting">Prices may be <b>old</b>.</span>
      </pusher-status>
    `);
    const said = listen(statusOf(page));
    page.app.stop();
    await page.clock.advance(40_000);
    expect(said).to.deep.equal(['Prices may be old.', 'Later']);
    expect(textOf(statusOf(page))).to.equal('Later');
  });

  it('speaks while what it shows is hidden', async () => {
    const page = await render(html`<pusher-status variant="banner" hide-when="connected"></pusher-status>`);
    const status = statusOf(page);
    const said = listen(status);
    expect(part(status, 'base')!.checkVisibility()).to.equal(false);
    await ways['reconnecting']!(page);
    expect(part(status, 'base')!.checkVisibility()).to.equal(true);
    page.app.start();
    await page.clock.advance(10_000);
    expect(part(status, 'base')!.checkVisibility()).to.equal(false);
    expect(said).to.deep.equal(['Reconnecting…', 'Connected']);
  });
});

describe('<pusher-status>: appearance', () => {
  it('hides in the states that are listed, and before the first of others', async () => {
    const world = createWorld();
    world.app.script({ handshake: { type: 'accept', delay: 1000 } });
    const page = await render(
      html`<pusher-status variant="banner" hide-when="connected connecting"></pusher-status>`,
      world,
    );
    const status = statusOf(page);
    const isShown = (): boolean => part(status, 'base')!.checkVisibility();
    for (let step = 0; step < 20; step += 1) {
      expect(isShown()).to.equal(false);
      await page.clock.advance(100);
    }
    page.app.stop();
    await page.clock.advance(2000);
    expect(isShown(), 'reconnecting is connecting').to.equal(false);
    await page.clock.advance(40_000);
    expect(isShown()).to.equal(true);
    status.hideWhen = undefined;
    await status.updateComplete;
    expect(isShown()).to.equal(true);
  });

  it('can stick to the page as a banner', async () => {
    const page = await render(html`
      <pusher-status variant="banner"></pusher-status>
      <div style="block-size: 300vh"></div>
    `);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('pusher-status::part(base) { position: sticky; inset-block-start: 0 }');
    document.adoptedStyleSheets.push(sheet);
    document.documentElement.scrollTo(0, 500);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(part(statusOf(page), 'base')!.getBoundingClientRect().top).to.equal(0);
    document.documentElement.scrollTo(0, 0);
    document.adoptedStyleSheets.pop();
  });

  it('keeps its text for screen readers and as a tooltip as a dot', async () => {
    const page = await render(html`<pusher-status variant="dot"></pusher-status>`);
    const status = statusOf(page);
    expect(textOf(status)).to.equal('Connected');
    expect(part(status, 'label')!.getBoundingClientRect().width).to.be.at.most(1);
    expect(part(status, 'base')!.title).to.equal('Connected');
  });

  it('takes its icon and texts from slots', async () => {
    const page = await render(html`
      <pusher-status retry>
        <i slot="icon">*</i><b slot="disconnected">Off</b><u slot="retry">On</u><b slot="connected">Live</b>
      </pusher-status>
    `);
    const shown = (): string[] =>
      [...statusOf(page).children]
        .filter((child) => child.checkVisibility())
        .map((child) => child.textContent);
    expect(shown()).to.deep.equal(['*', 'Live']);
    page.connection.disconnect();
    await page.clock.advance(0);
    expect(shown()).to.deep.equal(['*', 'Off', 'On']);
    expect(part(statusOf(page), 'dot')!.checkVisibility()).to.equal(false);
  });

  it('keeps shape and sentence side by side where there is little room', async () => {
    const page = await render(html`<pusher-status retry countdown></pusher-status>`);
    page.root.style.inlineSize = '120px';
    await ways['limit']!(page);
    const [dot, label] = ['dot', 'label'].map((name) => part(statusOf(page), name)!.getBoundingClientRect());
    expect(dot!.right).to.be.at.most(label!.left);
    expect(dot!.bottom).to.be.greaterThan(label!.top);
    expect(dot!.top).to.be.lessThan(label!.bottom);
    expect(label!.right).to.be.at.most(page.root.getBoundingClientRect().right);
  });

  it('turns only the ring that stands for trying', async () => {
    const page = await render(html`<pusher-status></pusher-status>`);
    const turns = (): boolean => part(statusOf(page), 'base')!.classList.contains('turning');
    await ways['reconnecting']!(page);
    expect(turns()).to.equal(true);
    await page.clock.advance(40_000);
    expect(statusOf(page).state).to.equal('unavailable');
    expect(turns()).to.equal(false);
  });

  it('shows what went wrong with details', async () => {
    const page = await render(html`<pusher-status details></pusher-status>`);
    await ways['limit']!(page);
    expect(part(statusOf(page), 'details')!.textContent).to.equal(page.connection.lastError!.message);
  });

  it('writes no style attribute, so that a strict content security policy is enough', async () => {
    const page = await render(html`<pusher-status countdown retry details></pusher-status>`);
    page.app.stop();
    await page.clock.advance(2000);
    expect(statusOf(page).shadowRoot!.querySelector('[style]')).to.equal(null);
    expect(statusOf(page).hasAttribute('style')).to.equal(false);
  });

  it('takes colours and corners from custom properties', async () => {
    const page = await render(html`<pusher-status></pusher-status>`);
    const status = statusOf(page);
    status.style.setProperty('--pusher-status-online', 'rgb(1, 2, 3)');
    status.style.setProperty('--pusher-status-radius', '3px');
    expect(getComputedStyle(part(status, 'dot')!).color).to.equal('rgb(1, 2, 3)');
    expect(getComputedStyle(part(status, 'base')!).borderRadius).to.equal('3px');
  });
});

describe('<pusher-status>: what the user prefers', () => {
  const media = (feature: string): boolean => matchMedia(`(${feature})`).matches;

  afterEach(async function () {
    if (navigator.userAgent.includes('Chrome'))
      await emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
  });

  it('is light or dark, or what it is told', async function () {
    if (!navigator.userAgent.includes('Chrome')) this.skip(); // only there can a test change it
    const page = await render(html`<pusher-status></pusher-status>`);
    const status = statusOf(page);
    const colour = (): string => getComputedStyle(part(status, 'base')!).backgroundColor;
    await emulateMedia({ colorScheme: 'light' });
    const light = colour();
    await emulateMedia({ colorScheme: 'dark' });
    expect(media('prefers-color-scheme: dark')).to.equal(true);
    const dark = colour();
    expect(dark).to.not.equal(light);
    await expect(status).to.be.accessible();
    status.theme = 'light';
    await status.updateComplete;
    expect(colour()).to.equal(light);
    await emulateMedia({ colorScheme: 'light' });
    status.theme = 'dark';
    await status.updateComplete;
    expect(colour()).to.equal(dark);
  });

  it('does not move where that is not wanted', async function () {
    if (!navigator.userAgent.includes('Chrome')) this.skip();
    const page = await render(html`<pusher-status></pusher-status>`);
    await ways['reconnecting']!(page);
    const animation = (): string => getComputedStyle(part(statusOf(page), 'dot')!).animationName;
    expect(animation()).to.equal('turn');
    await emulateMedia({ reducedMotion: 'reduce' });
    expect(animation()).to.equal('none');
  });
});

describe('<pusher-status>: languages', () => {
  const inLanguage = async (markup: ReturnType<typeof html>): Promise<Page> => {
    const page = await render(markup);
    page.app.stop();
    await page.clock.advance(2000);
    // Words come as modules, over the real network of the test server.
    for (let step = 0; step < 50 && textOf(statusOf(page)) === 'Reconnecting…'; step += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return page;
  };

  it('speaks German, Spanish and Arabic where the page does', async () => {
    for (const [lang, sentence, countdown, direction] of [
      ['de-AT', 'Verbindung wird wiederhergestellt …', 'Nächster Versuch in 3 Sekunden', 'ltr'],
      ['es', 'Reconectando…', 'Próximo intento dentro de 3 segundos', 'ltr'],
      ['ar', 'جارٍ إعادة الاتصال…', undefined, 'rtl'],
    ] as const) {
      const page = await inLanguage(html`<div lang=${lang}><pusher-status countdown></pusher-status></div>`);
      const status = statusOf(page);
      expect(textOf(status)).to.equal(sentence);
      if (countdown) expect(part(status, 'countdown')!.textContent).to.equal(countdown);
      else
        expect(part(status, 'countdown')!.textContent).to.include(
          new Intl.RelativeTimeFormat('ar', { numeric: 'always' }).format(3, 'second'),
        );
      expect(getComputedStyle(part(status, 'base')!).direction).to.equal(direction);
      page.root.replaceChildren();
    }
  });

  it('mirrors itself from right to left', async () => {
    const page = await inLanguage(html`<pusher-status lang="ar" variant="banner" retry></pusher-status>`);
    const status = statusOf(page);
    const left = (name: string): number => part(status, name)!.getBoundingClientRect().left;
    expect(left('dot')).to.be.greaterThan(left('label'));
    expect(left('label')).to.be.greaterThan(left('retry'));
    await expect(status).to.be.accessible();
  });

  it('follows a language switch of the page and of any host around it', async () => {
    const page = await inLanguage(
      html`<div lang="de" id="outer"></div>
        <div lang="de"><pusher-status></pusher-status></div>`,
    );
    const status = statusOf(page);
    status.parentElement!.lang = 'en';
    await page.clock.advance(0);
    expect(textOf(status)).to.equal('Reconnecting…');
    const outer = page.root.querySelector('#outer')!;
    outer.attachShadow({ mode: 'open' }).append(status);
    await page.clock.advance(2000);
    expect(textOf(status)).to.equal('Verbindung wird wiederhergestellt …');
  });

  it('falls back to English for languages it does not know, and for what is no language', async () => {
    for (const lang of ['tlh', '', '!!', 'constructor']) {
      const page = await render(html`<div lang=${lang}><pusher-status countdown></pusher-status></div>`);
      page.app.stop();
      await page.clock.advance(2000);
      expect(textOf(statusOf(page)), lang).to.equal('Reconnecting…');
      expect(part(statusOf(page), 'countdown')!.textContent).to.equal('Next attempt in 3 seconds');
      page.root.replaceChildren();
    }
  });

  it('takes other words, and words of other languages, from the page', async () => {
    const { setWords } = await import('../../../components/index.js');
    const page = await render(html`<pusher-status lang="fr"></pusher-status>`);
    setWords('fr', { connected: 'Connecté' });
    await page.clock.advance(0);
    expect(textOf(statusOf(page))).to.equal('Connecté');
    const swiss = await render(html`<pusher-status lang="de-CH"></pusher-status>`);
    setWords('de-CH', { connected: 'Verbunde' });
    await swiss.clock.advance(0);
    expect(textOf(statusOf(swiss))).to.equal('Verbunde');
  });
});
