/** `do="refetch"`: elements.md N19 and rule 19. How it gets on with Trusted Types: `trusted-types.test.ts`. */
import { expect, nextFrame } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import type { PusherEventElement } from '../../../components/index.js';
import { withFakeTime } from '../fake-time.js';
import { html, key, recordEvents, renderPage, warningsDuring, withAnswers } from '../support.js';
import type { Page } from '../support.js';
import { waitUntil } from '../../wait-until.js';

const render = (markup: TemplateResult): Promise<Page> =>
  renderPage(
    (options) => html`<pusher-connection app-key=${key} .options=${options}></pusher-connection>${markup}`,
  );
const cart = html`<div id="cart">2 items</div>
  <pusher-event
    channel="cart"
    name="changed"
    do="refetch"
    target="#cart"
    refetch-url="/cart"
  ></pusher-event>`;
const cartOf = (page: Page): HTMLElement => page.root.querySelector('#cart')!;
const eventOf = (page: Page): PusherEventElement => page.root.querySelector('pusher-event')!;
const answer = (body: string, headers: Record<string, string> = {}): Response =>
  new Response(body, { headers: { 'content-type': 'text/html; charset=utf-8', ...headers } });
const aPage = (inside: string): Response =>
  answer(`<!doctype html><html><head><title>Cart</title></head><body>
    <h1>Other</h1><div id="cart" class="theirs">${inside}</div></body></html>`);

/** Publishes, and waits until something has been done about it, or could not be. */
async function happen(page: Page, isDone?: () => boolean): Promise<void> {
  let count = 0;
  eventOf(page).addEventListener('pusher-after-action', () => (count += 1), { once: true });
  page.publish('cart', 'changed');
  await page.clock.advance(0);
  await waitUntil(isDone ?? (() => count > 0), 'fetched');
}

describe('<pusher-event do="refetch">', () => {
  it('fetches the page, and takes the content of the part that its target is', async () => {
    const page = await render(cart);
    const element = cartOf(page);
    const asked: string[] = [];
    await withAnswers(
      (url) => {
        asked.push(url.pathname);
        return aPage('<b>3 items</b>');
      },
      () => happen(page),
    );
    expect(asked).to.deep.equal(['/cart']);
    expect(element.innerHTML).to.equal('<b>3 items</b>');
    expect(element.isConnected, 'the target stays').to.equal(true);
    expect(element.className).to.equal('');
    expect(page.root.querySelector('h1'), 'and nothing else comes').to.equal(null);
  });

  it('takes another part with refetch-select, and the whole where nothing is selected', async () => {
    const page = await render(
      html`<section>
        <pusher-event channel="cart" name="changed" do="refetch" refetch-url="/cart"></pusher-event>
      </section>`,
    );
    const section = page.root.querySelector('section')!;
    await withAnswers(
      () => answer('<p>one</p><ul><li>two</li></ul>'),
      async () => {
        await happen(page);
        expect(section.querySelector('p')?.textContent).to.equal('one');
        expect(eventOf(page).parentNode, 'it is still there').to.equal(section);
        eventOf(page).refetchSelect = 'ul';
        await happen(page);
      },
    );
    expect(section.querySelector('p')).to.equal(null);
    expect(section.querySelector('li')?.textContent).to.equal('two');
  });

  it('is not there twice where the server writes it into the part as well', async () => {
    const inside =
      '<pusher-event channel="cart" name="changed" do="refetch" target="#cart" refetch-url="/cart"></pusher-event>';
    const page = await render(
      html`<div id="cart">
        2<pusher-event
          channel="cart"
          name="changed"
          do="refetch"
          target="#cart"
          refetch-url="/cart"
        ></pusher-event>
      </div>`,
    );
    const element = eventOf(page);
    for (let count = 0; count < 2; count += 1)
      await withAnswers(
        () => aPage(`<i>3</i>${inside}<b>after</b>`),
        () => happen(page),
      );
    expect([...cartOf(page).children].map(({ localName }) => localName)).to.deep.equal([
      'i',
      'pusher-event',
      'b',
    ]);
    expect(cartOf(page).children[1]).to.equal(element);
    expect(page.subscriptions()).to.deep.equal(['+cart']);
  });

  it('brings nothing that executes, styles, embeds or takes the focus', async () => {
    const page = await render(cart);
    Reflect.set(window, 'gadget', 0);
    const run = 'window.gadget += 1';
    await withAnswers(
      () =>
        aPage(`<p style="color: red">text</p>
          <script>${run}</script><script type="module">${run}</script>
          <img alt="" src="data:," onerror="${run}"><svg onload="${run}"><script>${run}</script></svg>
          <a href=" java&#10;script:${run}">a</a><svg><a xlink:href="javascript:${run}">b</a></svg>
          <svg><a><animate attributeName="href" values="javascript:${run}"></animate></a></svg>
          <form action="javascript:${run}"><button formaction="JavaScript:${run}">c</button></form>
          <iframe srcdoc="<script>parent.gadget += 1</script>"></iframe><object data="/x"></object><embed src="/x">
          <style>p { display: none }</style><link rel="stylesheet" href="/x.css"><base href="https://evil.example/">
          <meta http-equiv="refresh" content="0"><input autofocus aria-label="d">
          <template><img alt="" src="data:," onerror="${run}"><script>${run}</script></template>`),
      () => happen(page),
    );
    await nextFrame();
    await nextFrame();
    cartOf(page).addEventListener('submit', (event) => {
      event.preventDefault();
    });
    for (const element of cartOf(page).querySelectorAll<HTMLElement>('a, button'))
      element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    await nextFrame();
    expect(Reflect.get(window, 'gadget')).to.equal(0);
    Reflect.deleteProperty(window, 'gadget');
    const { innerHTML } = cartOf(page);
    expect(innerHTML).to.contain('text');
    expect(innerHTML).not.to.match(
      /<script|<iframe|<object|<embed|<style|<link|<base|<meta|<animate|onerror|onload|script:|autofocus/i,
    );
    expect(document.activeElement).to.equal(document.body);
  });

  it('keeps the focus where it was, and what somebody is writing', async () => {
    const page = await render(
      html`<div id="cart">
          <button>a</button><button>b</button><input name="note" aria-label="Note" value="old" />
          <a id="more" href="#x">more</a>
        </div>
        <pusher-event
          channel="cart"
          name="changed"
          do="refetch"
          target="#cart"
          refetch-url="/cart"
        ></pusher-event>`,
    );
    const again = (): Promise<void> =>
      withAnswers(
        () =>
          aPage(
            '<p>new</p><button>A</button><button>B</button><input name="note" aria-label="Note" value="new"><a id="more" href="#x">More</a>',
          ),
        () => happen(page),
      );
    page.root.querySelectorAll('button')[1]!.focus();
    await again();
    expect(document.activeElement?.textContent, 'the same place among its kind').to.equal('B');
    page.root.querySelector<HTMLElement>('#more')!.focus();
    await again();
    expect(document.activeElement?.textContent, 'the same id').to.equal('More');
    const input = page.root.querySelector('input')!;
    input.focus();
    input.value = 'half a word';
    input.setSelectionRange(2, 4);
    await again();
    expect(document.activeElement).to.equal(input);
    expect(input.value).to.equal('half a word');
    expect([input.selectionStart, input.selectionEnd]).to.deep.equal([2, 4]);
  });

  it('fetches once more, and not once for each, when events come while it fetches', async () => {
    const page = await render(cart);
    let count = 0;
    let release: (() => void) | undefined;
    await withAnswers(
      async () => {
        count += 1;
        if (count === 1) await new Promise<void>((resolve) => (release = resolve));
        return aPage(`${count}`);
      },
      async () => {
        for (let published = 0; published < 5; published += 1) page.publish('cart', 'changed');
        await page.clock.advance(0);
        release!();
        await waitUntil(() => cartOf(page).textContent === '2', 'the second');
        await nextFrame();
      },
    );
    expect(count).to.equal(2);
  });

  // N2: after a gap what is shown may be old, whether or not an event comes.
  it('fetches after a gap, spread over two seconds', async () => {
    const page = await render(cart);
    const names: string[] = [];
    eventOf(page).addEventListener('pusher-before-action', ({ received }) => names.push(received.name));
    await withAnswers(
      () => aPage('after the gap'),
      async () => {
        page.app.connection()!.drop();
        await page.clock.advance(60_000);
        await waitUntil(() => cartOf(page).textContent === 'after the gap', 'fetched');
      },
    );
    expect(names).to.deep.equal(['pusher-gap']);
  });

  it('tries again where the server is in trouble', async () => {
    await withFakeTime(async (time) => {
      const page = await render(cart);
      let count = 0;
      await withAnswers(
        () => {
          count += 1;
          return count < 3 ? new Response('', { status: 503 }) : aPage('3 items');
        },
        async () => {
          page.publish('cart', 'changed');
          await page.clock.advance(0);
          await waitUntil(async () => {
            await time.advance(1000);
            return cartOf(page).textContent === '3 items';
          }, 'fetched');
        },
      );
      expect(count).to.equal(3);
    });
  });

  it('lets go of what it asked for when it leaves', async () => {
    const page = await render(cart);
    const target = cartOf(page);
    const element = eventOf(page);
    let signal: AbortSignal | null | undefined;
    const { fetch } = globalThis;
    globalThis.fetch = (_input, options) => {
      signal = options?.signal;
      return new Promise<Response>((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reject(new DOMException('', 'AbortError'));
        });
      });
    };
    const warnings = await warningsDuring(async () => {
      page.publish('cart', 'changed');
      await page.clock.advance(0);
      element.remove();
      await page.clock.advance(0);
      await nextFrame();
    });
    globalThis.fetch = fetch;
    expect(signal?.aborted).to.equal(true);
    expect(warnings).to.deep.equal([]);
    expect(target.textContent).to.equal('2 items');
  });

  it('reads out the sentence of announce when it has been done', async () => {
    const page = await render(cart);
    eventOf(page).setAttribute('announce', 'The cart has changed');
    await withAnswers(
      () => aPage('3 items'),
      () => happen(page),
    );
    await waitUntil(
      () =>
        [...document.querySelectorAll('[data-pusher-announcer]')].some(
          ({ textContent }) => textContent === 'The cart has changed',
        ),
      'said',
    );
  });

  it('asks its own origin in a way that no redirection leaves', async () => {
    const page = await render(cart);
    const { fetch } = globalThis;
    let options: RequestInit | undefined;
    globalThis.fetch = (_input, given) => {
      options = given;
      return Promise.resolve(aPage('3 items'));
    };
    await happen(page);
    globalThis.fetch = fetch;
    expect(options?.mode).to.equal('same-origin');
    expect(options?.credentials).to.equal('same-origin');
  });

  describe('leaves the page as it is, says why, and goes on', () => {
    for (const [what, response, said] of [
      ['where the answer is no page', () => Response.json({ html: '<b>x</b>' }), 'text/html'],
      [
        'where it is a download',
        () => answer('<div id="cart">x</div>', { 'content-disposition': 'attachment' }),
        'text/html',
      ],
      [
        'where the server wants it in a sandbox',
        () => answer('<div id="cart">x</div>', { 'content-security-policy': 'sandbox' }),
        'text/html',
      ],
      ['where the server refuses', () => new Response('', { status: 404 }), '404'],
      ['where the part is not in it', () => answer('<div id="basket">x</div>'), 'nothing at "#cart"'],
      ['where the part is a style sheet', () => answer('<style id="cart">x</style>'), 'nothing at "#cart"'],
    ] as const)
      it(what, async () => {
        const page = await render(cart);
        const done = recordEvents(page.root, ['pusher-after-action']);
        let warnings: string[] = [];
        await withAnswers(response, async () => {
          warnings = await warningsDuring(async () => {
            page.publish('cart', 'changed');
            await page.clock.advance(0);
            for (let count = 0; count < 20; count += 1) await nextFrame();
          });
        });
        expect(warnings).to.have.lengthOf(1);
        expect(warnings[0]).to.contain('<pusher-event ').and.contain(said);
        expect(cartOf(page).textContent).to.equal('2 items');
        expect(done).to.deep.equal([]);
        await withAnswers(
          () => aPage('3 items'),
          () => happen(page),
        );
        expect(cartOf(page).textContent).to.equal('3 items');
      });

    for (const url of [
      'https://evil.example/cart',
      '//evil.example/cart',
      'javascript:alert(1)',
      'data:text/html,<div id=cart>x</div>',
      'http://[',
    ])
      it(`where refetch-url is ${url}, even for a property`, async () => {
        const page = await render(cart);
        eventOf(page).refetchUrl = url;
        let count = 0;
        let warnings: string[] = [];
        await withAnswers(
          () => {
            count += 1;
            return aPage('x');
          },
          async () => {
            warnings = await warningsDuring(async () => {
              page.publish('cart', 'changed');
              await page.clock.advance(0);
              await nextFrame();
            });
          },
        );
        expect(count).to.equal(0);
        expect(warnings.join()).to.contain('another origin');
        expect(cartOf(page).textContent).to.equal('2 items');
      });
  });
});
