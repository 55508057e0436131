/**
 * Payloads that want to do more than be shown, each with what may be seen of it. `trap` is what they would
 * call. The places they are written to are in template.test.ts: text, attributes, addresses, classes,
 * conditions, repetitions, curly braces, formats and JSON.
 */

/** A payload, and what a template must make of it. */
export interface HostileCase {
  readonly kind: 'address' | 'markup' | 'text' | 'type' | 'object' | 'name';
  /** Made for each use: some of them can be read once only. */
  readonly value: () => unknown;
  /** Whether it is an address that must not reach an attribute. */
  readonly isRefused?: boolean;
  /** What a text shows; undefined: the fallback. */
  readonly shown: string | undefined;
}

const controls = ['\u0000', '\u0001', '\u0008', '\u001f', ' ', '\t', '\n', '\r', '\r\n', '\f', ' \t\n '];
/** What an address may begin with, and what parsers forgive inside of a scheme. */
const executing = [
  'javascript:trap()',
  'JAVASCRIPT:trap()',
  'jAvAsCrIpT:trap()',
  ...controls.map((control) => `${control}javascript:trap()`),
  ...['\t', '\n', '\r', '\r\n', '\t\n\t'].flatMap((inside) => [
    `java${inside}script:trap()`,
    `javascript${inside}:trap()`,
    `j${inside}avascript:trap()`,
  ]),
  'javascript://comment%0Atrap()',
  'javascript://https://a.example/%0Atrap()',
  'javascript:/*\u2028*/trap()',
  'javascript:void(trap())',
  'javascript:"<script>trap()</script>"',
  'javascript:%74%72%61%70()',
  'javascript:\\u0074rap()',
  'javascript:https:trap()',
  'javascript:/**/trap()//mailto:',
  'data:text/html,<script>parent.trap()</script>',
  'data:text/html;base64,PHNjcmlwdD5wYXJlbnQudHJhcCgpPC9zY3JpcHQ+',
  'data:image/svg+xml,<svg onload="trap()" xmlns="http://www.w3.org/2000/svg"/>',
  'data:,trap()',
  ' DATA:text/html,x',
  'da\tta:text/html,x',
  'vbscript:trap()',
  'VBScript:trap()',
  'vb\nscript:trap()',
  'livescript:trap()',
  'mocha:trap()',
  'blob:https://example.com/1',
  'file:///etc/passwd',
  'filesystem:https://example.com/x',
  'view-source:javascript:trap()',
  'feed:javascript:trap()',
  'jar:javascript:trap()',
  'about:srcdoc',
  'about:blank',
  'chrome://settings',
  'intent://x#Intent;scheme=javascript;end',
  'ms-settings:x',
  'ws://a.example',
  'ftp://a.example/x',
  'http://[broken',
  'https://',
  'https://a.example:99999/',
];
/** Addresses that only look as if: to a parser they are relative, or lead to a host. */
const relative = [
  'javascript&#58;trap()',
  'javascript&colon;trap()',
  'javascript%3Atrap()',
  '%6Aavascript:trap()',
  'java\u00adscript:trap()',
  '\u200bjavascript:trap()',
  'ｊavascript:trap()',
  'javascript：trap()',
  '/javascript:trap()',
  '?javascript:trap()',
  '#javascript:trap()',
  './javascript:trap()',
  'https://a.example/#javascript:trap()',
  'https://user:javascript@a.example/',
  '//a.example/javascript:trap()',
  '\\\\a.example\\x',
];

/** Markup that executes, or becomes an element of power, where it is parsed. */
const markup = [
  '<script>trap()</script>',
  '<ScRiPt>trap()</sCrIpT>',
  '<script src="data:,trap()"></script>',
  '<img src=x onerror=trap()>',
  '<img/src=x/onerror=trap()>',
  '<image src=x onerror=trap()>',
  '<svg onload=trap()>',
  '<svg><script>trap()</script></svg>',
  '<svg><animate onbegin=trap() attributeName=x dur=1s>',
  '<svg><a xlink:href="javascript:trap()"><text>x</text></a></svg>',
  '<svg><use href="data:image/svg+xml,x"/></svg>',
  '<svg><foreignObject><img src=x onerror=trap()></foreignObject></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=trap()>',
  '<math href="javascript:trap()">x</math>',
  '<iframe srcdoc="<script>parent.trap()</script>"></iframe>',
  '<iframe src="javascript:parent.trap()"></iframe>',
  '"><img src=x onerror=trap()>',
  "' onmouseover='trap()",
  '" autofocus onfocus="trap()',
  '` onfocus=`trap()',
  '</template><script>trap()</script>',
  '</p><script>trap()</script>',
  '</textarea><script>trap()</script>',
  '</title><script>trap()</script>',
  '</style><script>trap()</script>',
  '<!--<img src="--><img src=x onerror=trap()>',
  '<![CDATA[<img src=x onerror=trap()>]]>',
  '<?xml version="1.0"?><script>trap()</script>',
  '<noscript><p title="</noscript><img src=x onerror=trap()>">',
  '<a href="javascript:trap()">x</a>',
  '<form action="javascript:trap()"><button>x</button></form>',
  '<button formaction="javascript:trap()">x</button>',
  '<isindex action="javascript:trap()">',
  '<object data="javascript:trap()"></object>',
  '<embed src="javascript:trap()">',
  '<link rel=stylesheet href="javascript:trap()">',
  '<style>@import "javascript:trap()"</style>',
  '<style>*{background:url("javascript:trap()")}</style>',
  '<base href="javascript:/">',
  '<meta http-equiv=refresh content="0;javascript:trap()">',
  '<details open ontoggle=trap()>',
  '<video><source onerror=trap()></video>',
  '<audio src=x onerror=trap()>',
  '<body onload=trap()>',
  '<input autofocus onfocus=trap()>',
  '<select autofocus onfocus=trap()>',
  '<marquee onstart=trap()>',
  '<div style="animation:x" onanimationstart=trap()>',
  '<template shadowrootmode=open><img src=x onerror=trap()></template>',
  '<pusher-connection app-key="stolen"></pusher-connection>',
  '<pusher-event do="reload"></pusher-event>',
  '<div data-pusher="connection" data-app-key="stolen"></div>',
  '<p data-pe-text="value"></p>',
];

/** Texts that template languages, formats and parsers take for something. */
const texts = [
  '{{constructor.constructor("trap()")()}}',
  '{{value}}',
  '{{{value}}}',
  '{% trap() %}',
  '${trap()}',
  '$&$1$`',
  '<%= trap() %>',
  '#{trap()}',
  '[[trap()]]',
  '@{trap()}',
  ':trap()',
  'trap()',
  '");trap();//',
  "');trap();//",
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '\u0001',
  '\uD800',
  '\uDFFF\uD800',
  'a\uDC00b',
  '\uFFFE\uFFFF',
  '\u202Etxet',
  '\u2028\u2029',
  '\u200b',
  '%s%n%x',
  '&lt;script&gt;',
  '&#x3C;script&#x3E;',
  'x'.repeat(100_000),
  '<'.repeat(20_000),
  '{{'.repeat(20_000),
  '&'.repeat(20_000),
  '🏳️‍🌈'.repeat(1000),
  'Z͑ͫ̓'.repeat(1000),
  '9'.repeat(400),
  '1e999',
  '-0',
  '0x10',
  '+275760-09-13T00:00:00.001Z',
  '0000-00-00',
  'true',
  'false',
  'null',
  'undefined',
];

const deep = (levels: number): unknown => {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level += 1) value = { value };
  return value;
};
const deepList = (levels: number): unknown => {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
};
const json = (text: string) => (): unknown => JSON.parse(text) as unknown;
const fail = (): never => {
  throw Object.create(null);
};

/** Values that have a text of their own. */
const plain: readonly unknown[] = [
  true,
  false,
  0,
  -0,
  NaN,
  Infinity,
  -Infinity,
  1e308,
  1e21,
  5e-324,
  2n ** 80n,
];

/** Values of every type that are no text, and objects that want to be more than data. */
const objects: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => '',
  () => Symbol('trap'),
  () => fail,
  () => [],
  () => [[[]]],
  () => [null, undefined],
  () => ['<script>trap()</script>'],
  () => ['javascript:trap()'],
  () => new Array<unknown>(1000),
  () => ({}),
  () => ({ value: {} }),
  () => deep(5000),
  () => deepList(5000),
  json('{"__proto__":{"value":"polluted"}}'),
  json('{"constructor":{"prototype":{"value":"polluted"}}}'),
  json('{"value":{"__proto__":{"value":"polluted"}}}'),
  json('[{"__proto__":{"length":9}}]'),
  () => Object.create({ value: 'inherited' }) as unknown,
  () => Object.create(null) as unknown,
  () => ({ toString: 'not a function' }),
  () => ({ toString: null, valueOf: null }),
  () => ({ toString: fail, valueOf: fail }),
  () => ({ [Symbol.toPrimitive]: fail }),
  () => ({ toJSON: 'no' }),
  () => ({ toJSON: fail }),
  () => ({ then: 'no' }),
  () => ({ then: fail }),
  () => ({ length: 1e9 }),
  () => ({ length: -1 }),
  () => ({ nodeType: 1, tagName: 'SCRIPT', outerHTML: '<script>trap()</script>' }),
  () => ({ _$litType$: 1, strings: ['<script>trap()</script>'], values: [] }),
  () => ({ __html: '<script>trap()</script>' }),
  () => ({ 'a.b': 1 }),
  () => ({ '': 'empty' }),
  () => Array.from({ length: 2000 }, (_, index) => index),
  () => ({
    get value(): never {
      return fail();
    },
  }),
  () => [
    {
      get value(): never {
        return fail();
      },
    },
  ],
  () => new Proxy({}, { get: fail }),
  () =>
    new Proxy(
      {},
      { get: fail, has: fail, getOwnPropertyDescriptor: fail, getPrototypeOf: fail, ownKeys: fail },
    ),
  () => new Proxy([1, 2], { get: fail }),
  () =>
    new Proxy([1, 2], {
      get: (list, name) => (name === '1' ? fail() : (Reflect.get(list, name) as unknown)),
    }),
  () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  () => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    return proxy;
  },
  () => {
    const own: Record<string, unknown> = {};
    own['value'] = own;
    return own;
  },
  () => new Date(NaN),
  () => new Map([['value', 1]]),
  () => document.createElement('script'),
  () => globalThis.location,
];

/** Names that every object answers to. A payload brings none of them, so each leads to the fallback. */
export const inheritedNames: readonly string[] = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...['prototype', 'constructor.name', 'constructor.constructor', '__proto__.__proto__', 'value.constructor'],
  ...[
    'value.length',
    'value.at',
    'value.0',
    'list.map',
    'list.at',
    'list.-1',
    'list.constructor',
    'a..b',
    '.',
    'a.',
  ],
];

const of = (kind: HostileCase['kind'], values: readonly unknown[], isRefused = false): HostileCase[] =>
  values.map((value) => ({ kind, value: () => value, isRefused, shown: String(value) }));

export const cases: readonly HostileCase[] = [
  ...of('address', executing, true),
  ...of('address', relative),
  ...of('markup', markup),
  ...of('text', texts),
  ...of('type', plain),
  ...objects.map((value) => ({ kind: 'object' as const, value, isRefused: true, shown: undefined })),
];
