/** What `<pusher-event>` refuses (elements.md rule 19, issue 4 "Bad input"): one warning, and the page as it was. */
import { expect, nextFrame } from '@open-wc/testing';
import type { PusherEventElement } from '../../../components/index.js';
import { html, key, recordEvents, renderPage, warningsDuring } from '../support.js';
import type { Page } from '../support.js';

/** A page with these elements and a `<pusher-event>`, after an event with `data`; and what was said meanwhile. */
async function after(
  markup: string,
  settings: Readonly<Record<string, string>>,
  data: unknown = {},
): Promise<{ page: Page; element: PusherEventElement; warnings: string[]; done: string[] }> {
  const page = await renderPage(
    (options) =>
      html`<pusher-connection app-key=${key} .options=${options}></pusher-connection>
        <div id="page"></div>`,
  );
  const place = page.root.querySelector('#page')!;
  place.innerHTML = markup;
  const element = document.createElement('pusher-event');
  const done = recordEvents(page.root, ['pusher-after-action']);
  const warnings = await warningsDuring(async () => {
    for (const [name, value] of Object.entries({ channel: 'cart', name: 'changed', ...settings }))
      element.setAttribute(name, value);
    place.append(element);
    await page.clock.advance(0);
    for (let count = 0; count < 2; count += 1) {
      page.publish('cart', 'changed', data);
      await page.clock.advance(0);
      await nextFrame();
      await nextFrame();
    }
  });
  return { page, element, warnings, done };
}

describe('<pusher-event> refuses', () => {
  for (const tag of ['script', 'iframe', 'object', 'embed', 'style', 'link', 'meta', 'base', 'frame'])
    for (const action of ['text', 'attr', 'class', 'dispatch', 'remove', 'refetch'])
      it(`<${tag}> as the target of do="${action}"`, async () => {
        const target = document.createElement(tag);
        target.id = 'forbidden';
        const before = target.outerHTML;
        const { warnings, done } = await (async () => {
          document.body.append(target);
          try {
            return await after(
              '',
              {
                do: action,
                target: '#forbidden',
                'attr-name': 'title',
                'class-name': 'a',
                'dispatch-as': 'a-b',
                'refetch-url': '/cart',
              },
              'x',
            );
          } finally {
            expect(target.isConnected).to.equal(true);
            expect(target.outerHTML).to.equal(before);
            target.remove();
          }
        })();
        expect(warnings).to.have.lengthOf(1);
        expect(warnings[0]).to.contain(`<${tag}> cannot be a target`);
        expect(done).to.deep.equal([]);
      });

  it('<svg:script> as a target', async () => {
    const { page, warnings } = await after(
      '<svg><script id="inner"></script></svg>',
      { do: 'text', target: '#inner' },
      'alert(1)',
    );
    expect(warnings.join()).to.contain('cannot be a target');
    expect(page.root.querySelector('#inner')!.textContent).to.equal('');
  });

  for (const name of [
    'onclick',
    'ONCLICK',
    'style',
    'srcdoc',
    'id',
    'name',
    'class',
    'is',
    'action',
    'formaction',
    'target',
    'data-pusher-submit',
    'data-pe-text',
    'hx-get',
  ])
    it(`the attribute ${name} with do="attr"`, async () => {
      const { page, warnings, done } = await after(
        '<a class="t">x</a>',
        {
          do: 'attr',
          target: 'a',
          'attr-name': name,
        },
        'alert(1)',
      );
      expect(page.root.querySelector('#page > a')!.outerHTML).to.equal('<a class="t">x</a>');
      expect(warnings).to.have.lengthOf(1);
      expect(done).to.deep.equal([]);
    });

  for (const address of ['javascript:alert(1)', ' java\nscript:alert(1)', 'data:text/html,x', 'vbscript:x'])
    it(`the address ${JSON.stringify(address)}`, async () => {
      const { page, warnings, done } = await after(
        '<a href="/ok">x</a>',
        { do: 'attr', target: 'a', 'attr-name': 'href', field: 'url' },
        { url: address },
      );
      expect(page.root.querySelector('a')!.getAttribute('href')).to.equal('/ok');
      expect(warnings).to.have.lengthOf(1);
      expect(done).to.deep.equal([]);
    });

  it('to tell another element of the library where its data goes', async () => {
    const { page, warnings } = await after(
      '<pusher-connection id="other" connect-automatically="off"></pusher-connection>',
      { do: 'attr', target: '#other', 'attr-name': 'auth-endpoint' },
      'https://evil.example/',
    );
    expect(page.root.querySelector('#other')!.hasAttribute('auth-endpoint')).to.equal(false);
    expect(warnings.join()).to.contain('auth-endpoint');
  });

  // A script that listens to clicks would take it for one.
  for (const name of [
    'click',
    'submit',
    'focusin',
    'DOMContentLoaded',
    'turbo:load',
    'pusher-gap',
    '-',
    'a b',
  ])
    it(`to dispatch an event of the name "${name}"`, async () => {
      const heard: string[] = [];
      const listen = (event: Event): void => void heard.push(event.type);
      document.addEventListener(name, listen);
      const { warnings, done } = await after('', { 'dispatch-as': name });
      document.removeEventListener(name, listen);
      expect(warnings).to.have.lengthOf(1);
      expect(heard).to.deep.equal([]);
      expect(done).to.deep.equal([]);
    });

  for (const [what, markup] of [
    ['a form that does not say that it may be', '<form></form>'],
    ['a form that goes to another origin', '<form data-pusher-submit action="https://evil.example/"></form>'],
    ['what is no form', '<form-like class="form" data-pusher-submit></form-like>'],
  ] as const)
    it(`to submit ${what}`, async () => {
      let count = 0;
      const listen = (event: Event): void => {
        event.preventDefault();
        count += 1;
      };
      document.addEventListener('submit', listen);
      const { warnings, done } = await after(markup, { do: 'submit', target: '#page > form, .form' });
      document.removeEventListener('submit', listen);
      expect(count).to.equal(0);
      expect(warnings).to.have.lengthOf(1);
      expect(done).to.deep.equal([]);
    });

  for (const [what, settings, data, said] of [
    ['no name', { name: '', 'dispatch-as': 'a-b' }, {}, 'name="…"'],
    ['dispatch without dispatch-as', {}, {}, 'dispatch-as'],
    ['class without class-name', { do: 'class' }, {}, 'class-name'],
    ['attr without attr-name', { do: 'attr' }, {}, 'attr-name'],
    ['refetch without refetch-url', { do: 'refetch' }, {}, 'refetch-url'],
    ['a word that do does not know', { do: 'explode', 'dispatch-as': 'a-b' }, {}, 'explode'],
    ['a target that is not there', { do: 'text', target: '#nobody' }, 'x', '#nobody'],
    ['a target that is no selector', { do: 'text', target: 'p[' }, 'x', 'p['],
    ['a field that leads nowhere', { do: 'text', field: 'a.b' }, {}, 'a.b'],
    ['a field that is no single value', { do: 'text', field: 'a' }, { a: {} }, 'field="a"'],
    ['a prototype name', { do: 'text', field: 'constructor.name' }, {}, 'constructor.name'],
    ['a stream of no text', { do: 'stream' }, { a: 1 }, 'stream'],
    ['a target that takes no focus', { do: 'focus' }, {}, 'tabindex'],
    ['a debounce that is no duration', { debounce: 'soon', 'dispatch-as': 'a-b' }, {}, 'debounce'],
  ] as const)
    it(`${what}: one warning that names the element`, async () => {
      const { page, warnings } = await after('<p>page</p>', settings, data);
      expect(warnings).to.have.lengthOf(1);
      expect(warnings[0]).to.contain('<pusher-event').and.contain(said);
      expect(page.root.querySelector('#page')!.innerHTML).to.match(/^<p>page<\/p><pusher-event/);
    });

  it('to swallow what comes after it where its tag was not closed, and says so', async () => {
    let page!: Page;
    const warnings = await warningsDuring(async () => {
      page = await renderPage(
        (options) =>
          html`<pusher-connection app-key=${key} .options=${options}></pusher-connection>
            <pusher-event channel="cart" name="changed" dispatch-as="a-b"><p>the rest</p></pusher-event>`,
      );
    });
    expect(warnings.join()).to.contain('</pusher-event>');
    expect(page.root.querySelector('p')!.getClientRects()).to.have.lengthOf(1);
  });

  it('a channel that the site does not allow', async () => {
    const meta = document.createElement('meta');
    meta.name = 'pusher-allow';
    meta.content = 'elements=value';
    document.head.append(meta);
    const { page, warnings, done } = await after('', { 'dispatch-as': 'a-b' });
    meta.remove();
    expect(page.subscriptions()).to.deep.equal([]);
    expect(warnings.join()).to.contain('pusher-allow');
    expect(done).to.deep.equal([]);
  });
});
