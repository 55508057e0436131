/** Brings the elements of a page to life as they come, in whatever order, and once, also with several copies of this library. */
import { clientVersion } from '../../src/index.js';
import { sharedRegistry } from '../shared/shared-registry.js';
import { permits } from '../shared/site-rules.js';
import { applyScriptSettings, isConnectionLost } from './script-settings.js';
import { upgrade } from './upgrade.js';

const cloak = 'pusher-cloak';
/** What is looked for in a page: elements that nobody has defined, and what else there is something to do about. */
const wanted = `:not(:defined),[data-pusher],pusher-connection,script[data-app-key],.${cloak}`;

/**
 * Watches the document from now on. `names` are the elements that this copy has, `load` defines one of them. After
 * everything that the page came with is defined, `pusher-elements-ready` is dispatched on the document, and the
 * class `pusher-cloak` is taken away wherever it is.
 */
export function watchPage(names: readonly string[], load: (name: string) => Promise<unknown>): void {
  const loaders = (sharedRegistry().loaders ??= new Map<string, string>());
  const others = new Set(loaders.values()).add(clientVersion);
  if (others.size > 1)
    console.info(`[pusher-elements] The first of the versions ${[...others].join(', ')} is used.`);
  const isFirst = loaders.size === 0;
  // A copy that came before has watched since; what it does not know is left for this one.
  const mine = names.filter((name) => !loaders.has(name));
  for (const name of mine) loaders.set(name, clientVersion);
  if (mine.length === 0) return;

  const loading = new Map<string, Promise<unknown>>();
  const told = new WeakSet();
  let round = 0;
  let isReady = !isFirst;

  const mayUse = (element: Element, name: string, isStandIn: boolean): boolean => {
    // A connection decides where everything comes from: who may write only a stand-in needs the word of the site.
    const problem = !loaders.has(name)
      ? `does not exist. There are: ${names.join(', ')}.`
      : (name === 'connection' && !isStandIn) || permits(document, 'elements', name, name !== 'connection')
        ? ''
        : 'is not among the elements of <meta name="pusher-allow">.';
    if (problem && isFirst && !told.has(element)) {
      told.add(element);
      console.warn(`[pusher-elements] <pusher-${name}> ${problem}`, element);
    }
    return !problem && mine.includes(name);
  };

  const discover = (roots: Iterable<Node>): void => {
    let isConcerned = isConnectionLost();
    for (const root of roots) {
      if (!(root instanceof Element)) continue;
      for (let element of [root, ...root.querySelectorAll(wanted)]) {
        if (!element.matches(wanted)) continue;
        isConcerned = true;
        const standIn = (element as HTMLElement).dataset['pusher']?.trim();
        if (standIn !== undefined && mayUse(element, standIn, true))
          element = upgrade(element as HTMLElement, standIn);
        const [, name] = /^pusher-(.+)/.exec(element.localName) ?? [];
        if (
          !name ||
          customElements.get(element.localName) ||
          !mayUse(element, name, standIn !== undefined) ||
          loading.has(name)
        )
          continue;
        const failed = (error: unknown): void => {
          // The next such tag tries again.
          loading.delete(name);
          console.error(`[pusher-elements] <pusher-${name}> could not be loaded.`, error);
        };
        loading.set(name, load(name).catch(failed));
      }
    }
    if (isConcerned && document.readyState !== 'loading') void finish();
  };

  const finish = async (): Promise<void> => {
    if (isFirst) applyScriptSettings();
    const current = ++round;
    await Promise.all(loading.values());
    // Something more has come; its own round ends this one.
    if (current !== round) return;
    for (const element of document.querySelectorAll(`.${cloak}`)) element.classList.remove(cloak);
    if (isReady) return;
    isReady = true;
    document.dispatchEvent(new Event('pusher-elements-ready', { bubbles: true }));
  };

  const discoverAll = (): void => {
    discover([document.documentElement]);
  };
  new MutationObserver((records) => {
    discover(
      records.flatMap(({ type, target, addedNodes }) => (type === 'attributes' ? [target] : [...addedNodes])),
    );
  }).observe(document, { childList: true, subtree: true, attributeFilter: ['data-pusher'] });
  document.addEventListener('DOMContentLoaded', discoverAll);
  discoverAll();
}
