/** Rows from a template: made once, written again when their data changes. */
import { warnOnce } from '../dev-warning.js';
import { bindingsOf, isThere, read } from './bindings.js';
import type { Binding, BindingScope, TemplateHost } from './bindings.js';
import { rootsOf } from './find-template.js';

/** What was made of a template for one piece of data. */
export interface Instance {
  readonly nodes: readonly Element[];
  update(scope: BindingScope): void;
}

/** Makes nodes for `scope`; undefined where the template has no element, which is said once. */
export function createInstance(
  host: TemplateHost,
  template: HTMLTemplateElement,
  scope: BindingScope,
): Instance | undefined {
  const roots = rootsOf(template);
  if (roots.length === 0) {
    warnOnce(host, 'its <template> has no element in it, so nothing is shown. Put one around the text.');
    return undefined;
  }
  // Imported, so that elements of the page inside are the page's own.
  const nodes = roots.map((root) => host.ownerDocument.importNode(root, true));
  return instanceOf(host, nodes, scope);
}

/** Takes over an element that was there, with the bindings that are written on it. It is not changed before the first update. */
export function adoptInstance(host: TemplateHost, root: Element): Instance {
  const bindings = bindingsWithin(root, host);
  return {
    nodes: [root],
    update(scope) {
      for (const binding of bindings) binding(scope);
    },
  };
}

function instanceOf(host: TemplateHost, nodes: readonly Element[], scope: BindingScope): Instance {
  const bindings = nodes.flatMap((node) => bindingsWithin(node, host));
  const update = (next: BindingScope): void => {
    for (const binding of bindings) binding(next);
  };
  update(scope);
  return { nodes, update };
}

/** The bindings of an element and of everything in it, but for what belongs to elements of this library. */
function bindingsWithin(element: Element, host: TemplateHost): Binding[] {
  const bindings = bindingsOf(element, host);
  if (element.localName.startsWith('pusher-')) return bindings;
  for (const child of [...element.children]) {
    const each = child.getAttribute('data-pe-each');
    const condition = child.getAttribute('data-pe-if') ?? child.getAttribute('data-pe-unless');
    if (each !== null) bindings.push(eachBinding(child, each.trim(), host));
    else if (condition !== null) bindings.push(ifBinding(child, condition.trim(), host));
    else bindings.push(...bindingsWithin(child, host));
  }
  return bindings;
}

function ifBinding(element: Element, path: string, host: TemplateHost): Binding {
  const isNegated = !element.hasAttribute('data-pe-if');
  const place = host.ownerDocument.createComment('');
  const bindings = bindingsWithin(element, host);
  return (scope) => {
    const isShown = isThere(read(scope, path)) !== isNegated;
    if (isShown) for (const binding of bindings) binding(scope);
    if (isShown && place.parentNode) place.replaceWith(element);
    else if (!isShown && element.parentNode) element.replaceWith(place);
  };
}

function eachBinding(element: Element, path: string, host: TemplateHost): Binding {
  const place = host.ownerDocument.createComment('');
  element.replaceWith(place);
  element.removeAttribute('data-pe-each');
  const instances: Instance[] = [];
  return (scope) => {
    const found = read(scope, path);
    const items: readonly unknown[] = Array.isArray(found) ? found : [];
    for (const instance of instances.splice(items.length)) for (const node of instance.nodes) node.remove();
    items.forEach((data, index) => {
      const inner = { ...scope, data, index };
      const known = instances[index];
      if (known) {
        known.update(inner);
        return;
      }
      const instance = instanceOf(host, [element.cloneNode(true) as Element], inner);
      instances.push(instance);
      place.before(...instance.nodes);
    });
  };
}
