/**
 * Pages as somebody would write them, with an app of the local server that is theirs alone. Most tests:
 * `const app = await createApp()`, then `const page = openPage(`<pusher-connection ${where(app)}>…`)`, then
 * act, then `await until('…', () => …)`. What needs a document of its own, such as the place of the script,
 * is opened with `openFrame`. Pages and apps are removed after each test.
 */
import '../../components/define.js';
import { createApp as createControlledApp } from '../server/control-client.js';
import type { ControlledApp, ControlledProxy } from '../server/control-client.js';
import { serverAddress } from '../server-address.js';
import { pause, untilWithin } from '../until.js';

export const address = `http://${serverAddress.host}:${String(serverAddress.port)}`;

/** For Mocha: longer than anything takes on a busy machine. */
export const patience = 60_000;

/** Resolves once the condition holds. */
export const until = untilWithin(20_000);
export { pause };

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** An app with a key of its own, so that tests at the same time do not meet. */
export async function createApp(
  settings: Parameters<typeof createControlledApp>[1] = {},
): Promise<ControlledApp> {
  const app = await createControlledApp(address, settings);
  cleanups.push(() => app.remove());
  return app;
}

/** A port in front of the server that can be shut, opened and silenced: a server process, as far as a page can tell. */
export async function openProxy(app: ControlledApp): Promise<ControlledProxy> {
  const proxy = await app.openProxy();
  cleanups.push(() => proxy.close());
  return proxy;
}

/** The attributes that lead a `<pusher-connection>` to the app, which has no certificate. */
export const where = (
  { key, host, port, securePort }: ControlledApp,
  at: { port: number } = { port },
): string =>
  `app-key="${key}" host="${host}" ws-port="${String(at.port)}" wss-port="${String(securePort)}" encrypted="false"`;

/** The tag that brings the elements, as the README has it. */
export const scriptTag = '<script type="module" src="/components/define.js"></script>';

/** In the head of a page: what is asked for encrypted goes out plain, because there is no certificate here. */
export const plainSockets = `<script>
  window.WebSocket = class extends WebSocket {
    constructor(url) { super(url.replace('wss:', 'ws:')); }
  };
</script>`;

/** A page, or the part of one that belongs to a test. */
export interface Page {
  /** Everything of the page is in here; events can be listened to here. */
  readonly root: HTMLElement;
  /** The one element that matches. */
  find<Tag extends keyof HTMLElementTagNameMap>(selector: Tag): HTMLElementTagNameMap[Tag];
  find<Found extends Element = HTMLElement>(selector: string): Found;
}

/** A page in a frame. */
export interface FramedPage extends Page {
  readonly frame: HTMLIFrameElement;
  readonly window: Window & typeof globalThis;
}

function pageIn(root: HTMLElement): Page {
  return {
    root,
    find: (selector: string) => {
      const found = root.querySelectorAll(selector);
      if (found.length !== 1) throw new Error(`${String(found.length)} elements match ${selector}.`);
      return found[0] as never;
    },
  };
}

/** Puts markup on this page, which has the script already. */
export function openPage(markup: string): Page {
  const root = document.createElement('main');
  root.lang = 'en';
  cleanups.push(() => {
    root.remove();
  });
  document.body.append(root);
  root.innerHTML = markup;
  return pageIn(root);
}

/** Opens a document with this markup; the tag that brings the elements comes last, unless there is one or a head. */
export async function openFrame(markup: string, head: string = ''): Promise<FramedPage> {
  const frame = document.createElement('iframe');
  frame.srcdoc =
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>${head}</head>` +
    `<body>${markup}${markup.includes('<script type="module"') || head ? '' : scriptTag}</body></html>`;
  const loaded = new Promise((resolve) => {
    frame.addEventListener('load', resolve, { once: true });
  });
  cleanups.push(() => {
    frame.remove();
  });
  document.body.append(frame);
  await loaded;
  const { contentDocument, contentWindow } = frame;
  if (!contentDocument || !contentWindow) throw new Error('The page did not open.');
  const window = contentWindow as FramedPage['window'];
  return { ...pageIn(contentDocument.body), frame, window };
}

/** What the console is warned of, from now to the end of the test. */
export function recordWarnings(): string[] {
  const warnings: string[] = [];
  const { console } = globalThis;
  const original = console.warn;
  console.warn = (message: unknown) => {
    warnings.push(String(message));
  };
  cleanups.push(() => {
    console.warn = original;
  });
  return warnings;
}

/** Every value that the `state` attribute gets, the present one first. */
export function recordStates(element: Element): string[] {
  const states = [element.getAttribute('state') ?? ''];
  new MutationObserver(() => {
    const state = element.getAttribute('state') ?? '';
    if (states.at(-1) !== state) states.push(state);
  }).observe(element, { attributeFilter: ['state'] });
  return states;
}

/** Everything that a screen reader is told by a status, in order. */
export function recordAnnouncements(status: Element): string[] {
  const announcements: string[] = [];
  const region = status.shadowRoot?.querySelector('[role="status"]');
  if (!region) throw new Error('The status has no live region.');
  new MutationObserver(() => {
    if (region.textContent) announcements.push(region.textContent);
  }).observe(region, { childList: true, characterData: true, subtree: true });
  return announcements;
}

/** What a status says to the eyes. */
export function textOf(status: Element, part: string = 'label'): string {
  const found = status.shadowRoot?.querySelector<HTMLElement>(`[part="${part}"]`);
  return found?.textContent.trim().replaceAll(/\s+/g, ' ') ?? '';
}

/** The colour of the shape in a status, as amounts of red, green and blue. */
export function colourOf(status: Element): { red: number; green: number; blue: number } {
  const dot = status.shadowRoot?.querySelector('[part="dot"]');
  const view = status.ownerDocument.defaultView;
  if (!dot || !view) throw new Error('The status shows no shape.');
  const [red = NaN, green = NaN, blue = NaN] = (view.getComputedStyle(dot).color.match(/[\d.]+/g) ?? []).map(
    Number,
  );
  return { red, green, blue };
}
