/** Rows from a template: read once, made by copying, written again where their data changes. */
import { warnOnce } from '../dev-warning.js';
import { bindersOf, isFilled, isThere, pathOf, read } from './bindings.js';
import type { Binder, Binding, BindingScope, TemplateHost } from './bindings.js';
import { contentOf, hasText, rootsOf } from './find-template.js';

/** What was made of a template for one piece of data. */
export interface Instance {
  readonly nodes: readonly Element[];
  update(scope: BindingScope): void;
}

/** An element to copy, and what to bind in each copy: the way to a node by child indexes, and its binder. */
interface Plan {
  readonly root: Element;
  readonly steps: readonly (readonly [way: readonly number[], bind: Binder])[];
}

/** Templates that were read. A template is read once, when it is first used. */
const plansOf = new WeakMap<HTMLTemplateElement, readonly Plan[]>();

/** Makes nodes for `scope`, one for each outermost element; undefined where the template has none, which is said once. */
export function createInstance(
  host: TemplateHost,
  template: HTMLTemplateElement,
  scope: BindingScope,
): Instance | undefined {
  let plans = plansOf.get(template);
  if (!plans) {
    const roots = rootsOf(template);
    if (roots.length === 0) {
      warnOnce(host, 'its <template> has no element in it, so nothing is shown. Put one around the text.');
      return undefined;
    }
    if (hasText(contentOf(template)))
      warnOnce(host, 'text in its <template> is left out where no element is around it.');
    plans = roots.map((root) => compile(root.cloneNode(true) as Element, host));
    plansOf.set(template, plans);
  }
  return instanceOf(host, plans, scope);
}

/**
 * Takes over an element that was there, with the bindings that are written on it; without any it is replaced
 * by a copy of the template, which keeps its key. It is not changed before the first update.
 */
export function adoptInstance(host: TemplateHost, root: Element, template?: HTMLTemplateElement): Instance {
  let nodes: readonly Element[] = [root];
  let bindings: readonly Binding[] | undefined;
  return {
    get nodes() {
      return nodes;
    },
    update(scope) {
      if (!bindings) {
        dropRepeated(root);
        const plan = compile(root, host);
        bindings = bind(plan, root);
        const made = template && bindings.length === 0 ? createInstance(host, template, scope) : undefined;
        if (made) {
          const key = root.getAttribute('data-pe-key');
          if (key !== null) for (const node of made.nodes) node.setAttribute('data-pe-key', key);
          root.replaceWith(...made.nodes);
          nodes = made.nodes;
          bindings = [
            (next) => {
              made.update(next);
            },
          ];
        }
      }
      run(bindings, scope, host);
    },
  };
}

function instanceOf(host: TemplateHost, plans: readonly Plan[], scope: BindingScope): Instance {
  const bindings: Binding[] = [];
  const nodes = plans.map((plan) => {
    // Imported, so that elements of the page inside are the page's own.
    const node = host.ownerDocument.importNode(plan.root, true);
    bindings.push(...bind(plan, node));
    return node;
  });
  const update = (next: BindingScope): void => {
    run(bindings, next, host);
  };
  update(scope);
  return { nodes, update };
}

const bind = ({ steps }: Plan, root: Element): Binding[] =>
  steps.map(([way, binder]) =>
    binder(way.reduce((at: Node, index) => at.childNodes.item(index), root) as Element),
  );

function run(bindings: readonly Binding[], scope: BindingScope, host: TemplateHost): void {
  for (const binding of bindings)
    try {
      binding(scope);
    } catch {
      warnOnce(host, 'a value cannot be shown: reading it, or the sanitizer, has failed.');
    }
}

/** Finds the bindings of an element and of everything in it, but for what belongs to elements of this library. */
function compile(root: Element, host: TemplateHost): Plan {
  const steps: [readonly number[], Binder][] = [];
  if (root.matches('[data-pe-if],[data-pe-unless],[data-pe-each]'))
    warnOnce(
      host,
      'data-pe-if, -unless and -each do nothing on an outermost element, nor if and unless beside each. ' +
        'Put them on one inside.',
    );
  const visit = (element: Element, way: readonly number[]): void => {
    for (const binder of bindersOf(element, host)) steps.push([way, binder]);
    if (isFilled(element) || element.localName.startsWith('pusher-')) return;
    [...element.childNodes].forEach((child, index) => {
      if (child.nodeType !== Node.ELEMENT_NODE) return;
      const inner = child as Element;
      const there = [...way, index];
      const binder = eachBinder(inner, host) ?? ifBinder(inner, host);
      if (binder) steps.push([there, binder]);
      else visit(inner, there);
    });
  };
  visit(root, []);
  return { root, steps };
}

function ifBinder(element: Element, host: TemplateHost): Binder | undefined {
  const wanted = element.getAttribute('data-pe-if');
  const unwanted = wanted ?? element.getAttribute('data-pe-unless');
  if (unwanted === null) return undefined;
  const path = pathOf(unwanted, host);
  element.removeAttribute('data-pe-if');
  element.removeAttribute('data-pe-unless');
  const plan = compile(element, host);
  return (copy) => {
    const place = host.ownerDocument.createComment('');
    const bindings = bind(plan, copy);
    return (scope) => {
      const isShown = isThere(read(scope, path)) === (wanted !== null);
      if (isShown) run(bindings, scope, host);
      if (isShown && place.parentNode) place.replaceWith(copy);
      else if (!isShown && copy.parentNode) copy.replaceWith(place);
    };
  };
}

function eachBinder(element: Element, host: TemplateHost): Binder | undefined {
  const each = element.getAttribute('data-pe-each');
  if (each === null) return undefined;
  const path = pathOf(each, host);
  element.replaceWith(host.ownerDocument.createComment(''));
  element.removeAttribute('data-pe-each');
  const plans = [compile(element, host)];
  return (place) => {
    const instances: Instance[] = [];
    return (scope) => {
      const found = read(scope, path);
      const items: readonly unknown[] = Array.isArray(found) ? found : [];
      for (const { nodes } of instances.splice(items.length)) for (const node of nodes) node.remove();
      items.forEach((data, index) => {
        const inner = { ...scope, data, index };
        const known = instances[index];
        if (known) {
          known.update(inner);
          return;
        }
        const instance = instanceOf(host, plans, inner);
        instances.push(instance);
        place.before(...instance.nodes);
      });
    };
  };
}

/** Of what a server has repeated, the first is what is repeated from now on. */
function dropRepeated(root: Element): void {
  for (const first of root.querySelectorAll('[data-pe-each]')) {
    const isSame = (other: Element): boolean =>
      other.localName === first.localName &&
      other.getAttribute('data-pe-each') === first.getAttribute('data-pe-each');
    while (first.nextElementSibling && isSame(first.nextElementSibling)) first.nextElementSibling.remove();
  }
}
