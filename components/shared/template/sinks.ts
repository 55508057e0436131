/** Where payloads may go. Everything that is not known to be harmless is refused (elements.md §3, rule 19). */

/** Attributes that hold an address. */
const addresses = new Set(['href', 'src', 'poster', 'cite']);

/**
 * Attributes that a template may fill: of those that are left out some execute (`on…`, `srcdoc`), some style
 * or rename what the page knows (`style`, `id`, `name`, `is`), some send forms elsewhere (`form…`, `action`),
 * and some give an address a power that the check of one does not cover (`srcset`, `ping`, `xlink:href`,
 * `target`, `content`, `http-equiv`, those of SVG animations).
 */
const harmless = new Set(
  (
    'href src poster cite alt title lang dir width height value max min low high optimum datetime hidden ' +
    'disabled checked selected open colspan rowspan span start label placeholder role tabindex loading ' +
    'decoding referrerpolicy rel hreflang class'
  ).split(' '),
);

/** Whether a template may fill the attribute of this name. */
export function isSafeAttribute(name: string): boolean {
  return harmless.has(name) || /^(?:aria|data)-[a-z0-9-]+$/.test(name);
}

/** What of `value` may be written to the attribute; undefined for nothing. */
export function safeAttributeValue(name: string, value: string): string | undefined {
  return addresses.has(name) ? safeUrl(value) : value;
}

/** An address that cannot execute: `http(s)`, `mailto`, `tel`, or relative; undefined for any other. */
export function safeUrl(value: string): string | undefined {
  try {
    // The browser's own parser decides: it forgives tabs, line breaks and spaces as no expression does.
    const { protocol } = new URL(value, 'https://relative.invalid');
    return ['http:', 'https:', 'mailto:', 'tel:'].includes(protocol) ? value : undefined;
  } catch {
    return undefined;
  }
}
