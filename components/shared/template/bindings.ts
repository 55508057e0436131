/** From attributes to what is written: the grammar of elements.md §3. Paths only; nothing is evaluated. */
import { warnOnce } from '../dev-warning.js';
import { formatValue, timeOf } from '../format/format.js';
import { keepRelative } from '../relative-time.js';
import { readPath } from './paths.js';
import { isSafeAttribute, isSafeElement, safeAttributeValue } from './sinks.js';

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

/** Makes the binding of one copy of an element. */
export type Binder = (element: Element) => Binding;

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

/** Whether the content of an element is written as a whole, so that what is inside is only its fallback. */
export const isFilled = (element: Element): boolean =>
  element.hasAttribute('data-pe-text') || element.hasAttribute('data-pe-html');

/** A path as it was written; what is no path is said once. */
export function pathOf(value: string, host: Element): string {
  const path = value.trim();
  if (/[()[\]{}|!?=<>+*&;"'`]|^\.|\.\.|\.$/.test(path))
    warnOnce(host, `"${path}" is no path, so it leads nowhere. Write names with dots, as in items.0.name.`);
  return path;
}

/** The bindings of one element by its own attributes, without `if`, `unless` and `each`. */
export function bindersOf(element: Element, host: TemplateHost): Binder[] {
  const binders: Binder[] = [];
  const isWritten = isFilled(element);
  const format = element.getAttribute('data-pe-format') ?? undefined;
  const addAttribute = (name: string, textOf: AttributeText, isPattern = false): void => {
    if (isSafeAttribute(name, element.localName)) {
      binders.push(attributeBinder(name, textOf, isPattern));
      return;
    }
    warnOnce(host, `a template may not fill the attribute "${name}", so it is left out.`);
    if (isPattern) element.removeAttribute(name);
  };
  for (const { name, value } of [...element.attributes]) {
    const [, kind, detail] = /^data-pe-([a-z]+)(?:-(.+))?$/.exec(name) ?? [];
    if (!kind) {
      if (host.curly && value.includes('{{')) addAttribute(name, patternOf(value, host), true);
    } else if (kind === 'text') binders.push(textBinder(pathOf(value, host), format, host));
    else if (kind === 'html') binders.push(htmlBinder(pathOf(value, host), host));
    else if (kind === 'attr' && detail) {
      const path = pathOf(value, host);
      // Beside a text the format is that of the text: <time data-pe-attr-datetime> stays readable by machines.
      addAttribute(detail, (scope) =>
        attributeText(detail, read(scope, path), isWritten ? undefined : format, host),
      );
    } else if (kind === 'class' && detail) {
      const path = pathOf(value, host);
      binders.push((copy) => (scope) => copy.classList.toggle(detail, isThere(read(scope, path))));
    } else if (!/^(?:if|unless|each|format|default|key)$/.test(kind))
      warnOnce(host, `${name} is not known, so it does nothing.`);
  }
  if (host.curly && !isWritten)
    [...element.childNodes].forEach(({ nodeType, nodeValue }, index) => {
      if (nodeType === Node.TEXT_NODE && nodeValue?.includes('{{'))
        binders.push(patternBinder(index, patternOf(nodeValue, host)));
    });
  if (binders.length === 0 || isSafeElement(element)) return binders;
  warnOnce(host, `a template may not fill <${element.localName}>, so it is left as it is.`);
  return [];
}

/** What an attribute is to be: a text, null for no such attribute, undefined for what the author wrote. */
type AttributeText = (scope: BindingScope) => string | null | undefined;

function textBinder(path: string, format: string | undefined, host: TemplateHost): Binder {
  return (element) => {
    let last = element.textContent;
    // Without a value: the default, else what the author has put there.
    const fallback = element.getAttribute('data-pe-default') ?? last;
    let value: unknown;
    const show = (): void => {
      const text = formatValue(value, format, host) || fallback;
      if (text !== last) element.textContent = last = text;
    };
    return (scope) => {
      value = read(scope, path);
      show();
      if (format === 'relative') keepRelative(element, show, timeOf(value));
    };
  };
}

function htmlBinder(path: string, host: TemplateHost): Binder {
  return (element) => {
    const fallback = [...element.childNodes];
    let last: unknown;
    return (scope) => {
      const { sanitizer } = host;
      const found = sanitizer && read(scope, path);
      const html = typeof found === 'string' ? found : undefined;
      if (!sanitizer)
        warnOnce(
          host,
          'data-pe-html shows nothing: payloads are no HTML here. Use data-pe-text, or set `sanitizer`.',
        );
      else if (html !== last) {
        element.replaceChildren(...(html === undefined ? fallback : [sanitizer(html)]));
        last = html;
      }
    };
  };
}

function attributeBinder(name: string, textOf: AttributeText, isPattern: boolean): Binder {
  return (element) => {
    let last = element.getAttribute(name);
    const fallback = isPattern ? null : last;
    return (scope) => {
      const text = textOf(scope);
      const value = text === null ? null : (safeAttributeValue(name, text ?? '') ?? fallback);
      const next = text === undefined ? fallback : value;
      if (next === last) return;
      if (next === null) element.removeAttribute(name);
      else element.setAttribute(name, next);
      last = next;
    };
  };
}

/** What a value is as an attribute: a text, null for none, undefined where it has no text. */
export function attributeText(
  name: string,
  value: unknown,
  format: string | undefined,
  host: Element,
): string | null | undefined {
  // aria-… says false in words; other attributes by not being there.
  if (typeof value === 'boolean' && !name.startsWith('aria-')) return value ? '' : null;
  const text = formatValue(value, format, host);
  return text === '' && value !== '' ? undefined : text;
}

/** Texts and paths in turn. */
function patternOf(pattern: string, host: Element): (scope: BindingScope) => string {
  const parts = pattern
    .split(/\{\{([^{}]*)\}\}/)
    .map((part, index) => (index % 2 === 1 ? pathOf(part, host) : part));
  return (scope) =>
    parts
      .map((part, index) => (index % 2 === 1 ? formatValue(read(scope, part), undefined, host) : part))
      .join('');
}

function patternBinder(index: number, textOf: (scope: BindingScope) => string): Binder {
  return (element) => {
    const node = element.childNodes[index] as Text;
    return (scope) => {
      const text = textOf(scope);
      if (node.data !== text) node.data = text;
    };
  };
}
