/** Soft navigation by the real Turbo: pages, cached snapshots and previews (elements.md rule 16). */
import { expect } from '@open-wc/testing';
import type { ControlledApp } from '../server/control-client.js';
import { address, createApp, pause, patience, until, where } from './page.js';
import { moduleTag, singleFile } from './packed-files.js';

type SiteWindow = Window &
  typeof globalThis & { Turbo?: { visit(address: string, options?: { action: 'restore' }): void } };

const scripts = `<script type="module" src="/node_modules/@hotwired/turbo/dist/turbo.es2017-esm.js"></script>${moduleTag(singleFile)}<meta name="pusher-auth-origins" content="${address}">`;

/** A site in a frame: its pages by path, fetched by Turbo once `gate` is open. */
class Site {
  readonly pages: Record<string, string>;
  readonly frame: HTMLIFrameElement = document.createElement('iframe');
  /** What a fetch waits for. */
  gate: Promise<unknown> = Promise.resolve();

  constructor(pages: Record<string, string>) {
    this.pages = pages;
  }

  get window(): SiteWindow {
    return this.frame.contentWindow as SiteWindow;
  }

  get document(): Document {
    return this.window.document;
  }

  async open(path: string): Promise<void> {
    const { pages } = this;
    Object.assign(globalThis, {
      openTurboSite: (site: SiteWindow) => {
        const fetch = site.fetch.bind(site);
        site.fetch = async (input, init) => {
          const address = new URL(
            input instanceof site.Request ? input.url : String(input),
            site.location.href,
          );
          const body = pages[address.pathname];
          if (body === undefined) return fetch(input, init);
          await this.gate;
          const html = `<!doctype html><html lang="en"><head><title>${address.pathname}</title>${scripts}</head><body>${body}</body></html>`;
          return new site.Response(html, { headers: { 'content-type': 'text/html' } });
        };
        site.history.replaceState(null, '', path);
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- in the script of a page that is being read it is more of that page
        site.document.write(`${scripts}</head><body>${pages[path] ?? ''}`);
      },
    });
    const loaded = new Promise((resolve) => {
      this.frame.addEventListener('load', resolve, { once: true });
    });
    this.frame.src = '/test/e2e/turbo-site.html';
    document.body.append(this.frame);
    await loaded;
    await until('Turbo', () => this.window.Turbo);
  }

  /** Goes to a page and waits until it is there, whole and no preview. */
  async visit(path: string): Promise<void> {
    const done = this.rendered();
    this.window.Turbo?.visit(path);
    await done;
  }

  async back(): Promise<void> {
    const done = this.rendered();
    this.window.history.back();
    await done;
  }

  /** What going back does with a page, without the history: WebKit counts the entries of frames that are gone too. */
  async restore(path: string): Promise<void> {
    const done = this.rendered();
    this.window.Turbo?.visit(path, { action: 'restore' });
    await done;
  }

  rendered(): Promise<unknown> {
    return new Promise((resolve) => {
      this.document.addEventListener('turbo:load', resolve, { once: true });
    });
  }

  find<Tag extends keyof HTMLElementTagNameMap>(selector: Tag): HTMLElementTagNameMap[Tag] {
    const found = this.document.querySelectorAll(selector);
    if (found.length !== 1) throw new Error(`${String(found.length)} elements match ${selector}.`);
    return found[0]!;
  }

  text(selector: keyof HTMLElementTagNameMap): string {
    return this.find(selector).textContent.trim().replaceAll(/\s+/g, ' ');
  }

  rows(): string[] {
    return [...this.document.querySelectorAll('li')].map(({ textContent }) => textContent.trim());
  }

  toasts(): number {
    return this.find('pusher-toasts').shadowRoot?.querySelectorAll('.toast').length ?? 0;
  }
}

const content = `
  <pusher-status></pusher-status>
  <p><pusher-value channel="prices" event="tick" field="bid">…</pusher-value></p>
  <pusher-list channel="orders" event="created" update-event="changed" remove-event="gone">
    <ul><template><li data-pe-text="text"></li></template></ul>
  </pusher-list>
  <pusher-toasts channel="notes" event="note" title-path="title" duration="0"></pusher-toasts>
  <pusher-trigger channel="private-poll" event="vote" disable-offline><button>Vote</button></pusher-trigger>`;

describe('soft navigation by Turbo', function () {
  this.timeout(patience);

  let app: ControlledApp;
  let site: Site;
  beforeEach(async () => {
    app = await createApp();
  });
  afterEach(() => {
    site.frame.remove();
    Reflect.deleteProperty(globalThis, 'openTurboSite');
  });

  const openSite = async (
    connection: string = `<pusher-connection ${where(app)} auth-endpoint="${address}/pusher/auth"></pusher-connection>`,
  ): Promise<void> => {
    const page = (name: string): string => `<h1>${name}</h1>${connection}${content}`;
    site = new Site({ '/one': page('one'), '/two': page('two'), '/three': page('three') });
    await site.open('/one');
    await showPrice(1);
  };
  const send = (channels: string, event: string, data: object): Promise<void> =>
    app.publish({ channels, event, data });
  const showPrice = (bid: number): Promise<void> =>
    until(`${String(bid)} is shown`, async () => {
      await send('prices', 'tick', { bid });
      return site.text('pusher-value') === String(bid);
    });
  const showRow = (id: string): Promise<void> =>
    until(`row ${id}`, async () => {
      await send('orders', 'created', { id, text: id });
      return site.rows().includes(id);
    });
  const sockets = async (): Promise<readonly [opened: number, open: number]> => [
    (await app.records()).upgrades.length,
    (await app.connections()).length,
  ];
  const subscriptions = async (): Promise<number> =>
    (await app.records()).received.filter(({ event }) => event === 'pusher:subscribe').length;
  const status = (): string | undefined =>
    site.find('pusher-status').shadowRoot?.querySelector('[part=label]')?.textContent.trim();

  it('keeps the connection from page to page, although each page brings its own element', async () => {
    await openSite();
    const socketId = site.find('pusher-connection').socketId;
    for (const [index, path] of ['/two', '/three', '/one'].entries()) {
      await site.visit(path);
      await showPrice(10 + index);
      expect(site.find('pusher-connection').socketId).to.equal(socketId);
      expect(status()).to.equal('Connected');
    }
    await site.back();
    await showPrice(20);
    // Longer than a removed element keeps what it had.
    await pause(500);
    await showPrice(21);
    expect(site.text('h1')).to.equal('three');
    expect(await sockets()).to.deep.equal([1, 1]);
  });

  it('keeps an element that is marked as permanent, with its listeners', async () => {
    await openSite(
      `<pusher-connection id="live" data-turbo-permanent ${where(app)} auth-endpoint="${address}/pusher/auth"></pusher-connection>`,
    );
    const connection = site.find('pusher-connection');
    const seen: string[] = [];
    connection.addEventListener('pusher-state-change', ({ current }) => seen.push(current));
    await site.visit('/two');
    await showPrice(2);
    expect(site.find('pusher-connection') === connection).to.equal(true);
    expect(seen).to.deep.equal([]);
    expect(await sockets()).to.deep.equal([1, 1]);
  });

  it('connects nothing in a preview, and the page behind it goes on with the socket that was there', async () => {
    await openSite();
    await showRow('a');
    await site.visit('/two');
    await showPrice(2);
    const subscribed = await subscriptions();
    let open!: (value?: unknown) => void;
    site.gate = new Promise((resolve) => (open = resolve));
    const real = site.visit('/one');
    await until('the preview', () => site.document.documentElement.hasAttribute('data-turbo-preview'));
    await until('its page', () => site.text('h1') === 'one');
    // Much longer than a removed element keeps what it had.
    await pause(1000);
    const { state, socketId, client } = site.find('pusher-connection');
    expect([state, socketId, client]).to.deep.equal(['initialized', undefined, undefined]);
    expect(site.find('pusher-connection').getAttribute('state')).to.equal('initialized');
    expect(site.find('pusher-connection').hasAttribute('socket-id')).to.equal(false);
    expect([site.text('pusher-value'), ...site.rows()], 'what was there is shown').to.deep.equal(['1', 'a']);
    expect(status()).to.not.equal('Connected');
    expect(await sockets()).to.deep.equal([1, 1]);
    expect(await subscriptions()).to.equal(subscribed);
    open();
    await real;
    await showPrice(3);
    await showRow('b');
    expect(site.rows()).to.deep.equal(['b']);
    expect(await sockets()).to.deep.equal([1, 1]);
  });

  it('takes over what a snapshot brings back: rows once, no toast twice, no state that is not so any more', async () => {
    await openSite();
    await showRow('a');
    await showRow('b');
    await until('a toast', async () => {
      await send('notes', 'note', { title: 'Sold' });
      return site.toasts() > 0;
    });
    await site.visit('/two');
    expect(site.toasts()).to.equal(0);
    await showPrice(2);
    await site.back();
    await until('the page', () => site.text('h1') === 'one');
    expect(site.rows()).to.deep.equal(['a', 'b']);
    expect(site.toasts()).to.equal(0);
    await showRow('c');
    await send('orders', 'changed', { id: 'a', text: 'changed' });
    await send('orders', 'gone', { id: 'b' });
    await until('the changes', () => site.rows().join() === 'changed,c');
    expect(site.find('pusher-list').length).to.equal(2);
    await send('notes', 'note', { title: 'Once' });
    await until('a toast', () => site.toasts() > 0);
    await showPrice(3);
    expect(site.toasts()).to.equal(1);
    expect(await sockets()).to.deep.equal([1, 1]);
  });

  it('brings a page back live that was left without a connection', async () => {
    await openSite();
    const isUsable = (): boolean => !site.find('button').hasAttribute('aria-disabled');
    await until('usable', isUsable);
    await app.stop();
    await until('lost', () => site.find('pusher-connection').state !== 'connected');
    await until('not usable', () => !isUsable());
    await site.visit('/two');
    await app.start();
    site.find('pusher-connection').retry();
    await showPrice(2);
    await site.restore('/one');
    await until('the page', () => site.text('h1') === 'one');
    await showPrice(3);
    await until('usable again', isUsable);
    expect(status()).to.equal('Connected');
    expect((await sockets())[1]).to.equal(1);
  });
});
