/** The template grammar of elements.md §3, and what payloads cannot do with it (§4.4). */
import { expect } from '@open-wc/testing';
import { bindingsOf } from '../../../components/shared/template/bindings.js';
import type { BindingScope, TemplateHost } from '../../../components/shared/template/bindings.js';
import { findTemplate, rootsOf } from '../../../components/shared/template/find-template.js';
import { readPath } from '../../../components/shared/template/paths.js';
import { isSafeAttribute, safeUrl } from '../../../components/shared/template/sinks.js';
import { createInstance } from '../../../components/shared/template/template.js';
import type { Instance } from '../../../components/shared/template/template.js';
import { warningsDuring } from '../support.js';
import { executable, values } from './corpus.js';

/** Markup of the test's own, parsed as a page is. */
function parse(markup: string): HTMLElement {
  const root = document.createElement('div');
  root.innerHTML = markup;
  return root;
}

interface Made {
  readonly root: HTMLElement;
  readonly instance: Instance;
}

function make(markup: string, scope: BindingScope, host: Partial<TemplateHost> = {}): Made {
  const owner = Object.assign(document.createElement('section'), host) as unknown as TemplateHost &
    HTMLElement;
  owner.append(parse(`<template>${markup}</template>`).firstElementChild!);
  const instance = createInstance(owner, owner.querySelector('template')!, scope)!;
  const root = document.createElement('div');
  root.append(...instance.nodes);
  return { root, instance };
}
const shown = (markup: string, data: unknown, host: Partial<TemplateHost> = {}): string =>
  make(markup, { data }, host).root.innerHTML;

describe('a path', () => {
  it('leads through objects and lists by own names', () => {
    expect(readPath({ a: { b: [{ c: 5 }] } }, 'a.b.0.c')).to.equal(5);
    expect(readPath({ a: 1 }, '')).to.deep.equal({ a: 1 });
    expect(readPath('text', '')).to.equal('text');
  });

  it('leads to nothing that a payload did not bring', () => {
    for (const path of ['constructor', '__proto__', 'toString', 'a.constructor', 'a.length', 'a.b.c', 'a..b'])
      expect(readPath({ a: 'text' }, path), path).to.equal(undefined);
    expect(readPath([1, 2], 'map')).to.equal(undefined);
  });
});

describe('a template', () => {
  it('writes texts, attributes and classes', () => {
    const markup =
      '<li data-pe-class-new="isNew" data-pe-attr-title="name"><a data-pe-attr-href="url" data-pe-text="name"></a></li>';
    const { root, instance } = make(markup, { data: { name: 'A', url: '/a', isNew: true } });
    const item = root.firstElementChild!;
    expect(item.className).to.equal('new');
    expect(item.getAttribute('title')).to.equal('A');
    expect(item.firstElementChild!.getAttribute('href')).to.equal('/a');
    expect(item.textContent).to.equal('A');
    instance.update({ data: { name: 'B' } });
    expect(item.className).to.equal('');
    expect(item.firstElementChild!.hasAttribute('href')).to.equal(false);
    expect(item.textContent).to.equal('B');
  });

  it('shows the default where there is no value, else what the author has written', () => {
    expect(make('<p data-pe-text="a" data-pe-default="none"></p>', { data: {} }).root.textContent).to.equal(
      'none',
    );
    expect(make('<p data-pe-text="a">soon</p>', { data: { a: {} } }).root.textContent).to.equal('soon');
  });

  it('formats', () => {
    const { root } = make('<p lang="en" data-pe-text="a" data-pe-format="percent"></p>', {
      data: { a: 0.25 },
    });
    expect(root.textContent).to.equal('25%');
  });

  it('shows what is there with if, and what is not with unless', () => {
    const markup = '<p><b data-pe-if="a">A</b><i data-pe-unless="a">none</i></p>';
    const { root, instance } = make(markup, { data: { a: [] } });
    expect(root.textContent).to.equal('none');
    instance.update({ data: { a: [1] } });
    expect(root.textContent).to.equal('A');
    instance.update({ data: {} });
    expect(root.textContent).to.equal('none');
  });

  it('repeats with each, and knows the number', () => {
    const markup =
      '<ul><li data-pe-each="items"><b data-pe-text="$index"></b><i data-pe-text="n"></i></li></ul>';
    const { root, instance } = make(markup, { data: { items: [{ n: 'a' }, { n: 'b' }] } });
    expect(root.textContent).to.equal('0a1b');
    const first = root.querySelector('li');
    instance.update({ data: { items: [{ n: 'c' }] } });
    expect(root.textContent).to.equal('0c');
    expect(root.querySelector('li')).to.equal(first);
    instance.update({ data: { items: 'no list' } });
    expect(root.textContent).to.equal('');
  });

  it('knows the event, the channel, the time and the user', () => {
    const markup =
      '<p>' + ['event', 'channel', 'userId'].map((n) => `<b data-pe-text="$${n}"></b>`).join(',') + '</p>';
    const { root } = make(markup, { data: {}, event: 'sold', channel: 'shop', userId: '7' });
    expect(root.textContent).to.equal('sold,shop,7');
  });

  it('reads curly braces only where that is asked for', () => {
    expect(make('<p>{{ a.b }}!</p>', { data: { a: { b: 1 } } }).root.textContent).to.equal('{{ a.b }}!');
    const curly = make('<p title="{{a}}">{{ a }} of {{b}}</p>', { data: { a: 1, b: 2 } }, { curly: true });
    expect(curly.root.textContent).to.equal('1 of 2');
    expect(curly.root.firstElementChild!.getAttribute('title')).to.equal('1');
  });

  it('is valid for table rows', () => {
    const { root } = make('<tr><td data-pe-text="a"></td></tr>', { data: { a: 1 } });
    expect(root.querySelector('td')!.textContent).to.equal('1');
  });

  it('writes only what has changed', async () => {
    const { root, instance } = make('<p data-pe-text="a" data-pe-attr-title="b"></p>', {
      data: { a: 1, b: 2 },
    });
    const seen: MutationRecord[] = [];
    const observer = new MutationObserver((records) => seen.push(...records));
    observer.observe(root, { attributes: true, childList: true, characterData: true, subtree: true });
    instance.update({ data: { a: 1, b: 2 } });
    await Promise.resolve();
    expect(seen).to.deep.equal([]);
    observer.disconnect();
  });

  it('leaves what is inside elements of this library to them', () => {
    const markup =
      '<div><pusher-list><template><li data-pe-text="a"></li></template><b data-pe-text="a">x</b></pusher-list></div>';
    expect(make(markup, { data: { a: 1 } }).root.textContent).to.equal('x');
  });

  it('refuses attributes that do more than show, and says so once', async () => {
    const refused =
      'onclick style srcdoc is name id formaction action srcset ping target content http-equiv xlink:href';
    const said = await warningsDuring(() => {
      for (const name of refused.split(' ')) {
        const root = parse(`<p data-pe-attr-${name}="a"></p>`).firstElementChild!;
        const host = document.createElement('section') as TemplateHost & HTMLElement;
        for (const binding of bindingsOf(root, host)) binding({ data: { a: 'trap()' } });
        expect(root.hasAttribute(name), name).to.equal(false);
      }
    });
    expect(said).to.have.length(refused.split(' ').length);
    expect(said[0]).to.contain('may not fill the attribute "onclick"');
  });

  it('shows no HTML unless a script gives it a sanitizer', async () => {
    const said = await warningsDuring(() => {
      expect(shown('<p data-pe-html="a"></p>', { a: '<b>x</b>' })).to.contain('></p>');
    });
    expect(said.join()).to.contain('data-pe-html shows nothing');
    const sanitizer = (html: string): Node => document.createTextNode(html.toUpperCase());
    expect(make('<p data-pe-html="a"></p>', { data: { a: 'x' } }, { sanitizer }).root.textContent).to.equal(
      'X',
    );
  });
});

describe('a payload', () => {
  /** Every place that a template can fill. */
  const everywhere =
    '<p data-pe-text="value" data-pe-attr-title="value" data-pe-class-x="value">fallback</p>' +
    '<p><a data-pe-attr-href="value" data-pe-text="value">link</a><img alt="" data-pe-attr-src="value">' +
    '<b data-pe-if="value" data-pe-text="value.value"></b><i data-pe-each="value" data-pe-text=""></i>' +
    '<u title="{{value}}">{{ value }}</u><s data-pe-text="value" data-pe-format="date"></s></p>';
  let executed = 0;
  before(() => {
    Object.assign(globalThis, { trap: () => (executed += 1) });
  });
  after(() => {
    Reflect.deleteProperty(globalThis, 'trap');
  });

  values.forEach((value, number) => {
    it(`is data and nothing else: number ${number}, as a field and as the whole`, () => {
      for (const data of [{ value }, value]) {
        const { root, instance } = make(everywhere, { data }, { curly: true });
        document.body.append(root);
        for (const link of root.querySelectorAll<HTMLAnchorElement>('a[href]'))
          expect(['http:', 'https:', 'mailto:', 'tel:', ':']).to.include(link.protocol); // a colon: leads nowhere
        instance.update({ data });
        expect(
          root.querySelectorAll('script, iframe, object, embed, svg, form, pusher-connection'),
        ).to.have.length(0);
        expect(root.querySelectorAll('p')).to.have.length(2);
        for (const element of root.querySelectorAll('*'))
          for (const { name } of element.attributes)
            expect(name).to.match(/^(?:data-pe-.+|title|class|href|src|alt)$/);
        root.remove();
      }
      expect(executed).to.equal(0);
      expect(({} as Record<string, unknown>)['value']).to.equal(undefined);
    }).timeout(20_000);
  });

  it('is no address that executes', () => {
    for (const address of executable)
      if (safeUrl(address) !== undefined)
        expect(['http:', 'https:'], address).to.include(new URL(address, 'https://page.example').protocol);
    expect(safeUrl('javascript:trap()')).to.equal(undefined);
  });

  it('may be an ordinary address', () => {
    for (const address of [
      '/a?b#c',
      'a/b',
      '#c',
      '//cdn.example/x',
      'https://a.example',
      'mailto:a@b.example',
      'tel:+49',
    ])
      expect(safeUrl(address), address).to.equal(address);
  });

  it('fills attributes of meaning only', () => {
    for (const name of ['href', 'title', 'aria-label', 'data-id', 'datetime'])
      expect(isSafeAttribute(name)).to.equal(true);
  });
});

describe('markup that an editor has been at', () => {
  // elements.md §4.1: what WordPress, Drupal and self-closing habits make of it
  for (const [where, markup] of [
    ['as it was written', '<pusher-list><template><li>x</li></template></pusher-list>'],
    ['pretty-printed', '<pusher-list>\n  <template>\n    <li>x</li>\n  </template>\n</pusher-list>'],
    [
      'with an empty paragraph at its end (wpautop)',
      '<pusher-list><template><li>x</li><p></p></template></pusher-list>',
    ],
    [
      'inside a paragraph (a blank line between tags)',
      '<pusher-list><p><template><li>x</li></template></p></pusher-list>',
    ],
    [
      'with breaks and comments',
      '<pusher-list><br><template><!-- c --><br><li>x</li><br></template></pusher-list>',
    ],
    ['wrapped in a paragraph', '<pusher-list><template><p><li>x</li></p></template></pusher-list>'],
  ] as const)
    it(`is found ${where}`, () => {
      const host = parse(markup).firstElementChild!;
      const template = findTemplate(host)!;
      expect(rootsOf(template).map((root) => root.localName)).to.deep.equal(['li']);
    });

  it('unwraps the paragraph around one element', () => {
    const template = parse('<template><p> <b>x</b> </p></template>').firstElementChild as HTMLTemplateElement;
    expect(rootsOf(template).map((root) => root.localName)).to.deep.equal(['b']);
  });

  it('keeps a paragraph that is the author’s', () => {
    for (const markup of ['<p>text <b>x</b></p>', '<p class="row"><b>x</b></p>']) {
      const template = parse(`<template>${markup}</template>`).firstElementChild as HTMLTemplateElement;
      expect(rootsOf(template).map((root) => root.localName)).to.deep.equal(['p']);
    }
  });

  it('is not that of a list inside', () => {
    const host = parse(
      '<pusher-list><pusher-list><template><li>inner</li></template></pusher-list></pusher-list>',
    ).firstElementChild!;
    expect(findTemplate(host)).to.equal(undefined);
    expect(findTemplate(host.firstElementChild!)).not.to.equal(undefined);
  });
});
