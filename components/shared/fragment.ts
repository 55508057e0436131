/**
 * Pages of the site itself, read to take a part out of them. They are parsed in a document of their own, where
 * nothing runs and nothing is loaded, and what could run later is taken out.
 */
import { askPatiently, RefusedError, request } from './data/snapshot.js';
import { sharedRegistry } from './shared-registry.js';
import { isSafeElement } from './template/sinks.js';

/** The page at `url`, without what executes. Rejects where it cannot be had, or is none. */
export async function loadPage(url: URL, signal: AbortSignal): Promise<Document> {
  const html = await askPatiently(async () => {
    // Not by way of another origin either; and never what was current before the event.
    const options = { mode: 'same-origin', cache: 'no-cache', headers: { accept: 'text/html' } } as const;
    const response = await request(url, options, signal);
    const header = (name: string): string => response.headers.get(name) ?? '';
    // What users have uploaded is not the site's word; servers mark it so that it cannot act as a page.
    const isPage =
      /^text\/html\b/i.test(header('content-type')) &&
      !/attachment/i.test(header('content-disposition')) &&
      !/sandbox/i.test(header('content-security-policy'));
    if (!isPage) throw new RefusedError('the answer is no page; it has to be text/html');
    return response.text();
  }, signal);
  const page = (sharedRegistry().parseHtml ??= createParser())(html);
  disarm(page);
  return page;
}

/** The part of Trusted Types that is used. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML(html: string): string },
  ): { createHTML(html: string): string };
}

/**
 * Where a page has Trusted Types, a parser is given HTML by a policy of the name `pusher-elements`, which the page
 * can allow or not. The policy stays in here: what all copies on a page share returns documents only.
 */
function createParser(): (html: string) => Document {
  let createHTML = (html: string): string => html;
  try {
    const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
    const policy = trustedTypes?.createPolicy('pusher-elements', { createHTML });
    if (policy) createHTML = (html) => policy.createHTML(html);
  } catch {
    // Not allowed. Where nothing is enforced, parsing works all the same.
  }
  return (html) => {
    try {
      return new DOMParser().parseFromString(createHTML(html), 'text/html');
    } catch {
      throw new Error('Trusted Types forbid it; add pusher-elements to trusted-types in the policy');
    }
  };
}

/** Takes out what executes, styles, embeds, or takes the focus. */
function disarm(root: ParentNode): void {
  for (const element of root.querySelectorAll('*')) {
    if (!isSafeElement(element) || /^(?:animate|set|noscript)$/.test(element.localName)) {
      element.remove();
      continue;
    }
    for (const { name, value } of [...element.attributes])
      if (/^(?:on|srcdoc$|autofocus$)/i.test(name) || isScript(value)) element.removeAttribute(name);
    if (element.localName === 'template') disarm((element as HTMLTemplateElement).content);
  }
}

/** Whether a value, wherever it stands, is an address that executes. */
function isScript(value: string): boolean {
  try {
    return new URL(value).protocol === 'javascript:';
  } catch {
    return false;
  }
}
