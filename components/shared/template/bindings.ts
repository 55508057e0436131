/** From attributes to what is written: the grammar of elements.md §3. Paths only; nothing is evaluated. */
import { warnOnce } from '../dev-warning.js';
import { formatValue, timeOf } from '../format/format.js';
import { keepRelative } from '../relative-time.js';
import { readPath } from './paths.js';
import { isSafeAttribute, safeAttributeValue } from './sinks.js';

/** What a template can show. */
export interface BindingScope {
  readonly data: unknown;
  readonly index?: number | undefined;
  readonly event?: string | undefined;
  readonly channel?: string | undefined;
  /** When it came in, in milliseconds since 1970. */
  readonly time?: number | undefined;
  readonly userId?: string | undefined;
}

/** An element with a template. */
export interface TemplateHost extends Element {
  /** Makes nodes of HTML, for `data-pe-html`. From script only; without it no payload is HTML. */
  readonly sanitizer?: ((html: string) => Node) | undefined;
  /** Whether `{{path}}` is read too. */
  readonly curly?: boolean;
}

/** Writes what the scope says, where it has changed. */
export type Binding = (scope: BindingScope) => void;

const prefix = 'data-pe-';

/** The value of a path, or of one of the names that begin with a dollar sign. */
export function read(scope: BindingScope, path: string): unknown {
  switch (path) {
    case '$index':
      return scope.index;
    case '$event':
      return scope.event;
    case '$channel':
      return scope.channel;
    case '$time':
      return scope.time;
    case '$userId':
      return scope.userId;
    default:
      return readPath(scope.data, path);
  }
}

/** Whether there is something: an empty list counts as nothing. */
export const isThere = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : Boolean(value);

/** The bindings of one element by its own attributes, without `if`, `unless` and `each`. */
export function bindingsOf(element: Element, host: TemplateHost): Binding[] {
  const bindings: Binding[] = [];
  const format = element.getAttribute(`${prefix}format`) ?? undefined;
  for (const { name, value } of [...element.attributes]) {
    const path = value.trim();
    if (name === `${prefix}text`) bindings.push(textBinding(element, path, format, host));
    else if (name === `${prefix}html`) bindings.push(htmlBinding(element, path, host));
    else if (name.startsWith(`${prefix}attr-`))
      addAttribute(bindings, element, name.slice(`${prefix}attr-`.length), host, (scope) =>
        attributeText(read(scope, path), format, host),
      );
    else if (name.startsWith(`${prefix}class-`)) {
      const className = name.slice(`${prefix}class-`.length);
      bindings.push((scope) => element.classList.toggle(className, isThere(read(scope, path))));
    } else if (host.curly && value.includes('{{'))
      addAttribute(bindings, element, name, host, (scope) => fill(value, scope, host));
  }
  if (host.curly)
    for (const node of element.childNodes)
      if (node.nodeType === Node.TEXT_NODE && node.nodeValue?.includes('{{')) {
        const pattern = node.nodeValue;
        bindings.push((scope) => {
          write(node, fill(pattern, scope, host));
        });
      }
  return bindings;
}

function textBinding(
  element: Element,
  path: string,
  format: string | undefined,
  host: TemplateHost,
): Binding {
  // Without a value: the default, else what the author has put there.
  const fallback = element.getAttribute(`${prefix}default`) ?? element.textContent;
  return (scope) => {
    const value = read(scope, path);
    const show = (): void => {
      write(element, formatValue(value, format, host) || fallback);
    };
    show();
    if (format === 'relative' && Number.isFinite(timeOf(value))) keepRelative(element, show);
  };
}

function htmlBinding(element: Element, path: string, host: TemplateHost): Binding {
  let last: unknown;
  return (scope) => {
    const value = read(scope, path);
    const { sanitizer } = host;
    if (!sanitizer)
      warnOnce(
        host,
        'data-pe-html shows nothing: payloads are no HTML here. Use data-pe-text, or set `sanitizer`.',
      );
    else if (typeof value === 'string' && value !== last) element.replaceChildren(sanitizer((last = value)));
  };
}

function addAttribute(
  bindings: Binding[],
  element: Element,
  name: string,
  host: TemplateHost,
  textOf: (scope: BindingScope) => string | undefined,
): void {
  if (!isSafeAttribute(name)) {
    warnOnce(host, `a template may not fill the attribute "${name}", so it is left alone.`);
    element.removeAttribute(name);
    return;
  }
  bindings.push((scope) => {
    const text = textOf(scope);
    const value = text === undefined ? undefined : safeAttributeValue(name, text);
    if (value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  });
}

function attributeText(value: unknown, format: string | undefined, host: Element): string | undefined {
  if (value === undefined || value === null || value === false) return undefined;
  return value === true ? '' : formatValue(value, format, host);
}

const fill = (pattern: string, scope: BindingScope, host: Element): string =>
  pattern.replaceAll(/\{\{\s*([^{}]*?)\s*\}\}/g, (_, path: string) =>
    formatValue(read(scope, path), undefined, host),
  );

function write(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
