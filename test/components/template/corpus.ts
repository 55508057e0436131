/** Payloads that want to do more than be shown. `trap` is what they would call. */

/** Addresses that execute, with what parsers forgive in them. */
const addresses = [
  'javascript:trap()',
  'JAVASCRIPT:trap()',
  ' javascript:trap()',
  '\u0001javascript:trap()',
  'java\tscript:trap()',
  'java\nscript:trap()',
  'java\r\nscript:trap()',
  'javascript\t:trap()',
  'javascript&#58;trap()',
  'javascript&colon;trap()',
  'javascript:/*\u2028*/trap()',
  'javascript://comment%0Atrap()',
  'data:text/html,<script>parent.trap()</script>',
  'data:text/html;base64,PHNjcmlwdD5wYXJlbnQudHJhcCgpPC9zY3JpcHQ+',
  'data:image/svg+xml,<svg onload="trap()" xmlns="http://www.w3.org/2000/svg"/>',
  'vbscript:trap()',
  'blob:https://example.com/1',
  'file:///etc/passwd',
  'filesystem:https://example.com/x',
  'view-source:javascript:trap()',
  'feed:javascript:trap()',
  'about:srcdoc',
  'http://[broken',
  'https://',
];

/** Markup that executes where it is parsed. */
const markup = [
  '<script>trap()</script>',
  '<img src=x onerror=trap()>',
  '<svg onload=trap()>',
  '<svg><script>trap()</script></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=trap()>',
  '<iframe srcdoc="<script>parent.trap()</script>"></iframe>',
  '"><img src=x onerror=trap()>',
  "' onmouseover='trap()",
  '" autofocus onfocus="trap()',
  '</template><script>trap()</script>',
  '</textarea><script>trap()</script>',
  '</title><script>trap()</script>',
  '<!--<img src="--><img src=x onerror=trap()>',
  '<a href="javascript:trap()">x</a>',
  '<form action="javascript:trap()"><button>x</button></form>',
  '<object data="javascript:trap()"></object>',
  '<embed src="javascript:trap()">',
  '<link rel=stylesheet href="javascript:trap()">',
  '<style>@import "javascript:trap()"</style>',
  '<base href="javascript:/">',
  '<meta http-equiv=refresh content="0;javascript:trap()">',
  '<details open ontoggle=trap()>',
  '<video><source onerror=trap()></video>',
  '<body onload=trap()>',
  '<input autofocus onfocus=trap()>',
  '<pusher-connection app-key="stolen"></pusher-connection>',
  '<pusher-event do="reload"></pusher-event>',
];

/** Texts that template languages, formats and parsers take for something. */
const texts = [
  '{{constructor.constructor("trap()")()}}',
  '{{path}}',
  '${trap()}',
  '<%= trap() %>',
  '#{trap()}',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\uD800',
  '\uDFFF\uD800',
  '\u202Etxet',
  '\u2028\u2029',
  '%s%n%x',
  '&lt;script&gt;',
  'x'.repeat(100_000),
  '🏳️‍🌈'.repeat(1000),
  '',
  ' ',
];

const deep = (levels: number): unknown => {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level += 1) value = { value };
  return value;
};

/** Values of every type, and objects that want to be more than data. */
const others: readonly unknown[] = [
  null,
  undefined,
  true,
  false,
  0,
  -0,
  NaN,
  Infinity,
  1e308,
  [],
  [[[]]],
  [null, undefined],
  {},
  { value: {} },
  deep(5000),
  JSON.parse('{"__proto__":{"value":"polluted"}}') as unknown,
  JSON.parse('{"constructor":{"prototype":{"value":"polluted"}}}') as unknown,
  Object.create({ value: 'inherited' }) as unknown,
  Object.create(null) as unknown,
  { toString: 'not a function' },
  { toString: null, valueOf: null },
  { toJSON: 'no' },
  { then: 'no' },
  { length: 1e9 },
  { length: -1 },
  { nodeType: 1, tagName: 'SCRIPT', outerHTML: '<script>trap()</script>' },
  { 'a.b': 1 },
  { '': 'empty' },
  Array.from({ length: 5000 }, (_, index) => index),
  'true',
  'false',
];

export const values: readonly unknown[] = [...addresses, ...markup, ...texts, ...others];
export const executable: readonly string[] = addresses;
