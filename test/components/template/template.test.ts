/** The template grammar of elements.md §3, and what payloads cannot do with it (§4.4). */
import { expect } from '@open-wc/testing';
import type { BindingScope, TemplateHost } from '../../../components/shared/template/bindings.js';
import { findTemplate, rootsOf } from '../../../components/shared/template/find-template.js';
import { readPath } from '../../../components/shared/template/paths.js';
import { isSafeAttribute, safeUrl } from '../../../components/shared/template/sinks.js';
import { adoptInstance, createInstance } from '../../../components/shared/template/template.js';
import type { Instance } from '../../../components/shared/template/template.js';
import { warningsDuring } from '../support.js';
import { cases, inheritedNames } from './corpus.js';
import type { HostileCase } from './corpus.js';

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
  const owner = Object.assign(document.createElement('section'), host);
  owner.append(parse(`<template>${markup}</template>`).firstElementChild!);
  const instance = createInstance(owner, owner.querySelector('template')!, scope)!;
  const root = document.createElement('div');
  root.append(...instance.nodes);
  return { root, instance };
}

const shown = (markup: string, data: unknown, host: Partial<TemplateHost> = {}): string =>
  make(markup, { data }, host).root.innerHTML;

const describeCase = (value: () => unknown): string => {
  const made = value();
  return typeof made === 'string' ? made : typeof made === 'object' ? '' : typeof made;
};

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
  it('may have its elements as children, where a framework has put them', () => {
    const owner = document.createElement('section');
    const template = document.createElement('template');
    owner.append(template);
    const row = document.createElement('li');
    row.setAttribute('data-pe-text', 'name');
    template.append(row);
    const instance = createInstance(owner, template, { data: { name: 'A' } })!;
    expect(instance.nodes.map(({ outerHTML }) => outerHTML)).to.deep.equal([
      '<li data-pe-text="name">A</li>',
    ]);
    expect(row.parentNode, 'the framework finds it where it was').to.equal(template);
  });

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
      'onclick style class srcdoc is name id formaction action srcset ping target rel content http-equiv ' +
      'xlink:href to from by values begin data-pe-text data-pusher data-on-click data-bind data-hx-get';
    const said = await warningsDuring(() => {
      for (const name of refused.split(' ')) {
        const { root } = make(`<p data-pe-attr-${name}="a"></p>`, { data: { a: 'trap()' } });
        expect(root.firstElementChild!.hasAttribute(name), name).to.equal(false);
      }
    });
    expect(said).to.have.length(refused.split(' ').length);
    expect(said[0]).to.contain('may not fill the attribute "onclick"');
  });

  // elements.md rule 19: an author who may write data attributes must not get further by them.
  it('fills nothing in elements whose content or address is code, style or another page', async () => {
    Object.assign(globalThis, { trap: () => expect.fail('executed') });
    const markup =
      '<div><script data-pe-text="a"></script><script data-pe-attr-src="u"></script><style data-pe-text="a"></style>' +
      '<style>{{a}}</style><iframe data-pe-attr-src="u"></iframe><object data-pe-attr-title="u"></object>' +
      '<embed data-pe-attr-src="u"><link data-pe-attr-href="u"><base data-pe-attr-href="u">' +
      '<svg><script data-pe-text="a"></script></svg></div>';
    const said = await warningsDuring(() => {
      const { root } = make(markup, { data: { a: 'trap()', u: 'https://a.example/' } }, { curly: true });
      document.body.append(root);
      expect(root.textContent).to.equal('{{a}}');
      expect(root.querySelector('[src], [href], [title]')).to.equal(null);
      root.remove();
    });
    expect(said.join()).to.contain('may not fill <script>').and.to.contain('may not fill <iframe>');
    Reflect.deleteProperty(globalThis, 'trap');
  });

  it('tells elements of this library which data to show, never where it comes from', async () => {
    await warningsDuring(() => {
      const { root } = make(
        '<div><pusher-value data-pe-attr-data-channel="a" data-pe-attr-data-snapshot-url="a" data-pe-attr-data-auth-endpoint="a"></pusher-value></div>',
        { data: { a: 'x' } },
      );
      const element = root.querySelector('pusher-value')!;
      expect(element.getAttribute('data-channel')).to.equal('x');
      expect(element.hasAttribute('data-snapshot-url')).to.equal(false);
      expect(element.hasAttribute('data-auth-endpoint')).to.equal(false);
    });
  });

  it('keeps what the author wrote where there is no value, and where an address is refused', async () => {
    const markup = '<img src="#none" alt="nobody" data-pe-attr-src="u" data-pe-attr-alt="n">';
    const { root, instance } = make(markup, { data: { u: '#a', n: 'Ann' } });
    const image = root.firstElementChild!;
    expect([image.getAttribute('src'), image.getAttribute('alt')]).to.deep.equal(['#a', 'Ann']);
    instance.update({ data: { u: 'javascript:trap()', n: {} } });
    expect([image.getAttribute('src'), image.getAttribute('alt')]).to.deep.equal(['#none', 'nobody']);
    const said = await warningsDuring(() => {
      expect(shown('<p id="mine" data-pe-attr-id="a"></p>', { a: 'x' })).to.contain('id="mine"');
    });
    expect(said).to.have.length(1);
  });

  it('says yes and no by an attribute that is there or not, and in words for aria', () => {
    const markup = '<p data-pe-attr-hidden="a" data-pe-attr-aria-busy="a"></p>';
    const { root, instance } = make(markup, { data: { a: true } });
    const element = root.firstElementChild!;
    expect([element.getAttribute('hidden'), element.getAttribute('aria-busy')]).to.deep.equal(['', 'true']);
    instance.update({ data: { a: false } });
    expect([element.getAttribute('hidden'), element.getAttribute('aria-busy')]).to.deep.equal([
      null,
      'false',
    ]);
  });

  it('keeps a time readable by machines beside its text', () => {
    const markup = '<time data-pe-text="at" data-pe-format="date" data-pe-attr-datetime="at"></time>';
    const { root } = make(markup, { data: { at: '2024-05-06T00:00:00Z' } });
    expect(root.firstElementChild!.getAttribute('datetime')).to.equal('2024-05-06T00:00:00Z');
    expect(root.textContent).to.contain('2024').and.not.to.contain('T00');
  });

  it('repeats inside of what is repeated', () => {
    const markup =
      '<table><tbody><tr data-pe-each="rows"><td data-pe-each="cells" data-pe-text=""></td></tr></tbody></table>';
    const { root, instance } = make(markup, { data: { rows: [{ cells: [1, 2] }, { cells: [3] }] } });
    const rows = (): string[][] =>
      [...root.querySelectorAll('tr')].map((row) => [...row.cells].map((cell) => cell.textContent));
    expect(rows()).to.deep.equal([['1', '2'], ['3']]);
    instance.update({ data: { rows: [{ cells: [] }, { cells: [3, 4] }] } });
    expect(rows()).to.deep.equal([[], ['3', '4']]);
  });

  it('is read once: what is wrong is said once for a hundred rows', async () => {
    const owner = document.createElement('section');
    const template = parse(
      '<template><p data-pe-if="x" data-pe-text="a()" data-pe-txt="b">-</p>stray</template>',
    ).firstElementChild as HTMLTemplateElement;
    const said = await warningsDuring(() => {
      for (let row = 0; row < 100; row += 1) createInstance(owner, template, { data: { a: 1 } });
    });
    expect(said).to.have.length(4);
    expect(said.join('\n'))
      .to.contain('"a()" is no path')
      .and.to.contain('data-pe-txt is not known')
      .and.to.contain('do nothing on an outermost element')
      .and.to.contain('text in its <template> is left out');
  });

  it('without an element makes nothing, and says so', async () => {
    const owner = document.createElement('section');
    const template = parse('<template> text <p></p><br></template>').firstElementChild as HTMLTemplateElement;
    const said = await warningsDuring(() => {
      expect(createInstance(owner, template, { data: {} })).to.equal(undefined);
    });
    expect(said.join()).to.contain('no element in it');
  });

  it('with two outermost elements makes both', () => {
    const { root } = make('<dt data-pe-text="a"></dt><dd data-pe-text="b"></dd>', { data: { a: 1, b: 2 } });
    expect([...root.children].map((element) => element.textContent)).to.deep.equal(['1', '2']);
  });

  it('takes over what a server has rendered, and changes it only when there is news', () => {
    const root = parse(
      '<ul><li><b data-pe-text="n">A</b><i data-pe-each="tags" data-pe-text="">x</i><i data-pe-each="tags" data-pe-text="">y</i></li></ul>',
    );
    const item = root.querySelector('li')!;
    const instance = adoptInstance(document.createElement('section'), item);
    expect(item.textContent).to.equal('Axy');
    instance.update({ data: { n: 'B', tags: ['z'] } });
    expect(item.textContent).to.equal('Bz');
    expect(instance.nodes).to.deep.equal([item]);
  });

  it('replaces what a server has rendered without bindings', () => {
    const root = parse(
      '<ul><template><li><b data-pe-text="n"></b></li></template><li data-pe-key="7">A</li></ul>',
    );
    const host = root.firstElementChild!;
    const instance = adoptInstance(host, root.querySelector('li')!, root.querySelector('template')!);
    expect(root.textContent).to.equal('A');
    instance.update({ data: { n: 'B' } });
    expect(root.querySelector('li[data-pe-key="7"]')!.textContent).to.equal('B');
    instance.update({ data: { n: 'C' } });
    expect(host.querySelectorAll('li')).to.have.length(1);
    expect(instance.nodes[0]!.textContent).to.equal('C');
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
    '<p><a href="#mine" data-pe-attr-href="value">link</a><img alt="" data-pe-attr-src="value">' +
    '<b data-pe-if="value" data-pe-text="value.value"></b><b data-pe-unless="value"></b>' +
    '<i data-pe-each="value" data-pe-text="value" data-pe-attr-aria-label=""></i>' +
    '<u title="{{value}}">{{ value }}</u><q data-pe-attr-data-id="value" data-pe-attr-cite="value"></q>' +
    ['number', 'currency:EUR', 'bytes', 'date', 'relative', 'json']
      .map((format) => `<s data-pe-text="value" data-pe-format="${format}"></s>`)
      .join('') +
    '</p>';
  const filled = /^(?:data-pe-.+|data-id|aria-label|title|class|href|src|cite|alt)$/;
  const powers = 'script, style, iframe, object, embed, svg, math, form, link, meta, base, pusher-connection';
  let executed = 0;
  before(() => {
    Object.assign(globalThis, { trap: () => (executed += 1) });
  });
  after(() => {
    Reflect.deleteProperty(globalThis, 'trap');
  });

  function check(root: HTMLElement, { isRefused, shown: text }: HostileCase): void {
    expect(root.querySelector(powers)).to.equal(null);
    expect(root.querySelectorAll('p')).to.have.length(2);
    for (const element of root.querySelectorAll('*'))
      for (const { name } of element.attributes) expect(name).to.match(filled);
    const first = root.firstElementChild!;
    expect(first.textContent).to.equal(text ?? 'fallback');
    expect(first.childElementCount).to.equal(0);
    const link = root.querySelector('a')!;
    if (isRefused) {
      expect(link.getAttribute('href')).to.equal('#mine');
      expect(root.querySelector('[src], [cite]')).to.equal(null);
    } else expect(['http:', 'https:', 'mailto:', 'tel:', ':']).to.include(link.protocol); // a colon leads nowhere
  }

  it('is tried in two hundred forms and more', () => {
    const different = new Set(
      cases.map(({ kind, value }) => `${kind} ${value.toString()} ${describeCase(value)}`),
    );
    expect(different.size).to.be.at.least(200);
  });

  cases.forEach((hostile, number) => {
    it(`is data and nothing else: ${hostile.kind} ${number}`, async () => {
      await warningsDuring(() => {
        const { root, instance } = make(everywhere, { data: { value: hostile.value() } }, { curly: true });
        document.body.append(root);
        check(root, hostile);
        // As news in place of something harmless, and as the whole of the data.
        instance.update({ data: { value: '#ok' } });
        expect(root.querySelector('a')!.getAttribute('href')).to.equal('#ok');
        instance.update({ data: { value: hostile.value() } });
        check(root, hostile);
        instance.update({ data: hostile.value() });
        expect(root.querySelector(powers)).to.equal(null);
        root.remove();
      });
      expect(executed).to.equal(0);
      expect(({} as Record<string, unknown>)['value']).to.equal(undefined);
    }).timeout(20_000);
  });

  it('brings no names that every object has', async () => {
    await warningsDuring(() => {
      for (const name of inheritedNames) {
        const data = { value: 'text', list: [1], a: { b: 1 } };
        expect(shown(`<p data-pe-text="${name}">fallback</p>`, data), name).to.contain('>fallback<');
        expect(shown(`<p>{{${name}}}</p>`, data, { curly: true }), name).to.equal('<p></p>');
      }
    });
  });

  it('is no address that executes', () => {
    for (const { kind, value, isRefused } of cases)
      if (kind === 'address')
        expect(safeUrl(String(value())), String(value())).to.equal(isRefused ? undefined : value());
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

  it('is the marked element where filters let no template through', () => {
    const host = parse(
      '<pusher-list><ul><li data-pe-template data-pe-text="a">None yet</li></ul></pusher-list>',
    ).firstElementChild!;
    const template = findTemplate(host)!;
    expect(host.innerHTML).to.equal('<ul><template><li data-pe-text="a">None yet</li></template></ul>');
    expect(findTemplate(host)).to.equal(template);
    expect(rootsOf(template).map((root) => root.localName)).to.deep.equal(['li']);
  });

  it('is not that of a list inside', () => {
    const host = parse(
      '<pusher-list><pusher-list><template><li>inner</li></template></pusher-list></pusher-list>',
    ).firstElementChild!;
    expect(findTemplate(host)).to.equal(undefined);
    expect(findTemplate(host.firstElementChild!)).not.to.equal(undefined);
  });
});
