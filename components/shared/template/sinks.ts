/** Where payloads may go. Everything that is not known to be harmless is refused (elements.md §3, rule 19). */

/** Attributes that hold an address. */
const addresses = new Set(['href', 'src', 'poster', 'cite']);

/**
 * Attributes that a template may fill: of those that are left out some execute (`on…`, `srcdoc`), some style
 * or rename what the page knows (`style`, `class`, `id`, `name`, `is`), some send forms elsewhere (`form…`,
 * `action`), and some give an address a power that the check of one does not cover (`srcset`, `ping`,
 * `xlink:href`, `target`, `rel`, `content`, `http-equiv`, and `to`, `from`, `by`, `values`, `begin` of SVG
 * animations, which write other attributes).
 */
const harmless = new Set(
  (
    'href src poster cite alt title lang dir width height value max min low high optimum datetime hidden ' +
    'disabled checked selected open colspan rowspan span start label placeholder role tabindex'
  ).split(' '),
);

/** Names that libraries on the page take for instructions: ours, Datastar, Knockout, htmx, AngularJS, Turbo, Stimulus, Bootstrap. */
const instructions =
  /^data-(?:pe|pusher|on|bind|hx|ng|bs|turbo|action|controller|attr|class|style|text|show|init|effect|computed|signals)(?:-|$)/;

/** What elements of this library may be told: which data to show, but nothing about where it comes from or goes to. */
const choices = /^data-(?:channel|event|field|initial|name)$/;

/** Elements whose content or address is code, style or another page. */
const powerful = /^(?:script|style|iframe|frame|object|embed|applet|param|link|meta|base)$/;

/** Whether a template may fill anything in this element. */
export function isSafeElement(element: Element): boolean {
  return !powerful.test(element.localName.toLowerCase());
}

/** Whether a template may fill the attribute of this name, on an element of this kind. */
export function isSafeAttribute(name: string, localName = ''): boolean {
  if (harmless.has(name) || /^aria-[a-z]+$/.test(name)) return true;
  if (localName.startsWith('pusher-')) return choices.test(name);
  return /^data-[a-z0-9-]+$/.test(name) && !instructions.test(name);
}

/** What of `value` may be written to the attribute; undefined for nothing. */
export function safeAttributeValue(name: string, value: string): string | undefined {
  return addresses.has(name) ? safeUrl(value) : value;
}

/** An address that cannot execute: `http(s)`, `mailto`, `tel`, or relative; undefined for any other, and for a blank one. */
export function safeUrl(value: string): string | undefined {
  try {
    // The browser's own parser decides: it forgives tabs, line breaks and spaces as no expression does.
    const { protocol } = new URL(value, 'https://relative.invalid');
    return value.trim() && /^(?:https?|mailto|tel):$/.test(protocol) ? value : undefined;
  } catch {
    return undefined;
  }
}
