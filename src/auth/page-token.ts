/** The page's CSRF token, where it has one (elements.md §6 N14). */

interface TokenPage {
  querySelector(selectors: string): { getAttribute(name: string): string | null } | null;
  readonly cookie: string;
  readonly baseURI: string;
}

/** Whether a URL leads to the page's own origin: tokens go nowhere else. */
function isSameOrigin(url: string, page: TokenPage): boolean {
  try {
    return new URL(url, page.baseURI).origin === new URL(page.baseURI).origin;
  } catch {
    return false;
  }
}

/**
 * The header that proves to the page's own server that the page asks: `X-CSRF-TOKEN` from
 * `<meta name="csrf-token">`, else `X-XSRF-TOKEN` from the cookie `XSRF-TOKEN`. Read anew for each request,
 * because an expired session changes it. Nothing for other origins, and nothing where there is no page.
 */
export function csrfHeader(url: string): Record<string, string> {
  if (recent?.url !== url) {
    recent = { url, header: readHeader(url) };
    // Asking a page for its cookies is slow, and a thousand channels ask in one go.
    queueMicrotask(() => {
      recent = undefined;
    });
  }
  return { ...recent.header };
}

/** What has been read by what runs just now. */
let recent: { readonly url: string; readonly header: Record<string, string> } | undefined;

function readHeader(url: string): Record<string, string> {
  const { document: page } = globalThis as { document?: TokenPage };
  if (!page || !isSameOrigin(url, page)) return {};
  const token = page.querySelector('meta[name="csrf-token"]')?.getAttribute('content');
  if (token) return { 'X-CSRF-TOKEN': token };
  try {
    const cookie = /(?:^|;\s*)XSRF-TOKEN=([^;]+)/.exec(page.cookie)?.[1];
    return cookie === undefined ? {} : { 'X-XSRF-TOKEN': decodeURIComponent(cookie) };
  } catch {
    return {}; // a sandboxed frame has no cookies, and a cookie may be badly encoded
  }
}
