/**
 * What content systems do to markup (elements.md §4.1), as far as our tags go. `wpautop` here is what the
 * measured version did to each shape; the two filters follow the rules of their sources.
 */

/** Reads markup as a parser would, without upgrading anything. */
export function parse(markup: string): DocumentFragment {
  const template = document.createElement('template');
  template.innerHTML = markup;
  return template.content;
}

const write = (content: DocumentFragment): string => {
  const around = document.createElement('div');
  around.append(document.importNode(content, true));
  return around.innerHTML;
};

function* elementsOf(root: ParentNode): Generator<Element> {
  for (const element of [...root.querySelectorAll('*')]) {
    yield element;
    if (element instanceof HTMLTemplateElement) yield* elementsOf(element.content);
  }
}

const unwrap = (element: Element): void => {
  element.replaceWith(...(element instanceof HTMLTemplateElement ? element.content : element).childNodes);
};

/** A WordPress author without `unfiltered_html`: unknown tags go, their text stays. `allowed` is the site's filter. */
export function kses(markup: string, allowed: readonly string[] = []): string {
  const content = parse(markup);
  const known = new Set([
    'div',
    'span',
    'p',
    'ul',
    'ol',
    'li',
    'b',
    'table',
    'tbody',
    'tr',
    'td',
    ...allowed,
  ]);
  for (const element of elementsOf(content)) {
    if (!known.has(element.localName)) {
      unwrap(element);
      continue;
    }
    for (const { name } of [...element.attributes])
      if (!/^(?:class|id|dir|lang|hidden|title|role|data-[a-z0-9_-]+|aria-label)$/.test(name))
        element.removeAttribute(name);
  }
  return write(content);
}

/** "Limit allowed HTML tags" of Drupal with our tags and their attributes listed: `on…`, `style` and protocols go. */
export function drupal(markup: string): string {
  const content = parse(markup);
  for (const element of elementsOf(content))
    for (const { name, value } of [...element.attributes])
      if (/^on|^style$|[^-a-zA-Z0-9]/.test(name)) element.removeAttribute(name);
      else if (!/^(?:data-.*|title|alt|rel|property|class|datetime)$/.test(name))
        // What stands in front of the last colon is taken for a protocol.
        element.setAttribute(name, /^(?:https?|mailto):/.test(value) ? value : value.replace(/^.*:/, ''));
  return write(content);
}

/** The classic editor: blank lines become paragraphs, line ends become breaks, and a paragraph is left over in a template. */
export function wpautop(markup: string): string {
  return `<p>${markup
    .trim()
    .replaceAll(/\n\s*\n/g, '</p>\n<p>')
    .replaceAll(/([^>\s])\n\s*(?=[^<\s])/g, '$1<br />\n')
    .replaceAll('</template>', '</p><p></p></template>')}</p>`;
}

/** `wptexturize`: quotes, dashes, dots and ampersands in texts, not in tags. */
export function wptexturize(markup: string): string {
  return markup.replaceAll(/>[^<]+/g, (text) =>
    text
      .replaceAll('...', '…')
      .replaceAll(' - ', ' – ')
      .replaceAll('--', '–')
      .replaceAll(/"(\S[^"]*)"/g, '“$1”')
      .replaceAll(/'/g, '’')
      .replaceAll(/&(?!#|\w+;)/g, '&#038;'),
  );
}

/** Somebody who takes HTML for XML. */
export const selfClosed = (markup: string): string =>
  markup.replaceAll(/<(pusher-[a-z]+)([^>]*)>(?:…)?<\/\1>/g, '<$1$2 />');

/** The editors that let everything through. */
export const untouched = (markup: string): string => markup;
