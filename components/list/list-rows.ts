/** The rows of a list on the page: made of a template or found there, written and moved only where they changed. */
import type { TemplateHost } from '../shared/template/bindings.js';
import { isOwned } from '../shared/template/find-template.js';
import { adoptInstance, createInstance } from '../shared/template/template.js';
import type { Instance } from '../shared/template/template.js';
import type { Row } from './list-store.js';

/** The attribute that makes an element of the page a row, with its key. */
const keyAttribute = 'data-pe-key';

export class ListRows {
  readonly #host: TemplateHost;
  readonly #template: HTMLTemplateElement;
  readonly #instances = new Map<string, Instance>();
  /** What each instance shows; another row object is another state. */
  readonly #shown = new Map<string, Row>();
  /** The rows as they were shown last, in their order; some may have been replaced since. */
  #last: readonly Row[] = [];
  /** Rows end here. */
  readonly #end: Comment;

  constructor(host: TemplateHost, template: HTMLTemplateElement) {
    this.#host = host;
    this.#template = template;
    this.#end = host.ownerDocument.createComment('');
  }

  /** Finds rows that were rendered by a server, and where rows belong. Returns their keys. */
  adopt(): string[] {
    const rows = [...this.#host.querySelectorAll(`[${keyAttribute}]`)].filter((row) =>
      isOwned(row, this.#host),
    );
    const keys: string[] = [];
    for (const row of rows) {
      const key = row.getAttribute(keyAttribute) ?? '';
      if (key === '' || this.#instances.has(key)) continue;
      this.#instances.set(key, adoptInstance(this.#host, row, this.#template));
      keys.push(key);
    }
    const last = rows.at(-1);
    const named = this.#template.getAttribute('container');
    const container = named ? this.#host.querySelector(named) : undefined;
    if (last) last.after(this.#end);
    else if (container) container.append(this.#end);
    else this.#template.after(this.#end);
    return keys;
  }

  /** Shows rows that were replaced and stay where they are, as after most events: nothing else is looked at. */
  update(rows: readonly Row[]): void {
    for (const row of rows) if (this.#instances.has(row.key)) this.#write(row);
  }

  /** Makes the page show these rows, in this order. */
  show(rows: readonly Row[]): void {
    const last = this.#last;
    this.#last = rows;
    // With an order, rows may have moved and mostly have not: the page is not walked over then.
    if (
      rows.length === last.length &&
      rows.every(({ key }, index) => key === last[index]?.key && this.#instances.has(key))
    ) {
      rows.forEach((row, index) => {
        if (row !== last[index]) this.#write(row);
      });
      return;
    }
    const wanted = new Set(rows.map(({ key }) => key));
    for (const [key, instance] of this.#instances)
      if (!wanted.has(key)) {
        for (const node of instance.nodes) node.remove();
        this.#instances.delete(key);
        this.#shown.delete(key);
      }
    let next: Node = this.#end;
    for (let index = rows.length - 1; index >= 0; index -= 1) {
      const row = rows[index];
      const instance = row && this.#write(row);
      if (!instance) continue;
      for (const node of [...instance.nodes].reverse()) {
        if (previousElement(next) !== node) this.#place(node, next);
        next = node;
      }
    }
  }

  #write(row: Row): Instance | undefined {
    const known = this.#instances.get(row.key);
    if (known && (this.#shown.get(row.key) === row || row.item === undefined)) return known;
    const instance = known ?? createInstance(this.#host, this.#template, row.scope);
    if (!instance) return undefined;
    if (known) known.update(row.scope);
    else for (const node of instance.nodes) node.setAttribute(keyAttribute, row.key);
    this.#instances.set(row.key, instance);
    this.#shown.set(row.key, row);
    return instance;
  }

  /** Where the browser can, without resetting what is inside: focus, frames, animations. */
  #place(node: Element, next: Node): void {
    const parent = this.#end.parentNode;
    if (node.isConnected && parent && 'moveBefore' in parent) parent.moveBefore(node, next);
    else {
      const { activeElement } = this.#host.ownerDocument;
      const focused = node.contains(activeElement) ? activeElement : null;
      parent?.insertBefore(node, next);
      if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    }
  }
}

function previousElement(node: Node): Node | null {
  let at = node.previousSibling;
  while (at && at.nodeType !== Node.ELEMENT_NODE) at = at.previousSibling;
  return at;
}
