/** Registering elements, any number of times and from any number of copies of this library. */

/** A custom element class that knows its tag and the version of the library that it comes from. */
export interface DefinableElement extends CustomElementConstructor {
  readonly tag: string;
  readonly version: string;
}

/** Where and under which name to register. */
export interface SafeDefineOptions {
  /** Another tag name, for pages where the usual one is taken. Default: the `tag` of the class. */
  readonly tag?: string;
  /** Another registry. Default: the page's; where there is none (in Node), nothing happens. */
  readonly registry?: CustomElementRegistry | undefined;
}

/**
 * Registers `element`, unless its name is taken. The first copy on a page wins, because a name can be
 * registered only once and an exception here would stop the definitions that follow.
 */
export function safeDefine(element: DefinableElement, options: SafeDefineOptions = {}): void {
  const { tag = element.tag, registry = pageRegistry() } = options;
  if (!registry) return;
  const present = registry.get(tag) as Partial<DefinableElement> | undefined;
  if (!present) {
    define(registry, tag, element);
    return;
  }
  if (present.version === element.version) return;
  console.warn(
    `[pusher-elements] <${tag}> is already registered ` +
      `(by ${present.version ? `version ${present.version} of pusher-elements` : 'another script'}); ` +
      `version ${element.version} leaves it alone. ` +
      'Load one version only, or register this one under another name: safeDefine(element, { tag: "my-tag" }).',
  );
}

/** Where there is no page, as in Node, there is none. */
function pageRegistry(): CustomElementRegistry | undefined {
  return (globalThis as { customElements?: CustomElementRegistry }).customElements;
}

function define(registry: CustomElementRegistry, tag: string, element: DefinableElement): void {
  try {
    registry.define(tag, element);
  } catch (error) {
    // A class can be registered once: for a second name it takes a class of its own.
    if (registry.get(tag)) return;
    if (!(error instanceof DOMException)) throw error;
    registry.define(tag, class extends element {});
  }
}
